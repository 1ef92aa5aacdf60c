import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Errors of keys and values that do not fit; the rest of the package's table is in `../errors.ts`. */
export const serdeErrors = {
  SERIALIZATION: {
    code: 'ERR_CLIENT_SERIALIZATION',
    retriable: false,
    summary: 'A key or value cannot be turned into bytes; nothing of the call was sent.',
    help: 'The message names topic, part and record, the cause says what does not fit.',
  },
  DESERIALIZATION: {
    code: 'ERR_CLIENT_DESERIALIZATION',
    retriable: false,
    summary: 'The bytes of a record are not what the serde of its topic expects.',
    help: 'The position stays on the record: seek behind it, or skip such records with onInvalidRecord.',
  },
  VALIDATION: {
    code: 'ERR_CLIENT_VALIDATION',
    retriable: false,
    summary: 'The validator of a serde refused a key or value.',
    help: 'issues lists what is wrong and where. Change the data, or the schema if the data is right.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Which half of a record. */
export type RecordPart = 'key' | 'value';

/** A key or value of a record to be sent does not fit the serde of its topic. */
export class SerializationError extends MillraceError {
  readonly topic: string;
  readonly part: RecordPart;
  /** Position in the array handed to `send`; 0 for a single record. */
  readonly index: number;

  constructor(topic: string, part: RecordPart, index: number, cause: unknown) {
    super(
      serdeErrors.SERIALIZATION,
      `Cannot serialize the ${part} of record ${index} for topic "${topic}": ${reasonOf(cause)}`,
      { cause },
    );
    this.topic = topic;
    this.part = part;
    this.index = index;
  }
}

/** A record that was read does not fit the serde of its topic. */
export class DeserializationError extends MillraceError {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly part: RecordPart;

  constructor(
    {
      topic,
      partition,
      offset,
    }: { readonly topic: string; readonly partition: number; readonly offset: number },
    part: RecordPart,
    cause: unknown,
  ) {
    super(
      serdeErrors.DESERIALIZATION,
      `Cannot deserialize the ${part} of ${topic}-${partition} at offset ${offset}: ${reasonOf(cause)}`,
      { cause },
    );
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.part = part;
  }
}

/** One thing that a validator found. */
export interface ValidationIssue {
  readonly message: string;
  /** Names and indexes from the outside in; empty for the whole value. */
  readonly path: readonly PropertyKey[];
}

/** A validator says no. Mostly the `cause` of a {@link SerializationError} or {@link DeserializationError}. */
export class ValidationError extends MillraceError {
  /** What made the validator, by its own account. */
  readonly vendor: string;
  readonly issues: readonly ValidationIssue[];

  constructor(vendor: string, issues: readonly ValidationIssue[]) {
    super(
      serdeErrors.VALIDATION,
      `The validator (${vendor}) refused it: ${issues.map(describeIssue).join('; ')}`,
    );
    this.vendor = vendor;
    this.issues = issues;
  }
}

function describeIssue({ message, path }: ValidationIssue): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
