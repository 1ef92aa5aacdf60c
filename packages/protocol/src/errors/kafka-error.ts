import { ErrorCode, errorRows } from '../generated/error-table.ts';
import { MillraceError } from './millrace-error.ts';

/** Kafka's name of an error code, such as `NOT_LEADER_OR_FOLLOWER`. */
export type KafkaErrorName = keyof typeof ErrorCode;

const FIRST_CODE = ErrorCode.UNKNOWN_SERVER_ERROR;

/**
 * An error of the wire: what a broker answers with an error code, and what a client makes of that code.
 *
 * `code` is Kafka's name, `errorCode` the number that travels.
 */
export class KafkaError extends MillraceError {
  declare readonly code: KafkaErrorName;
  readonly errorCode: number;

  /** @param message what happened, to what; the general meaning of the code when left out */
  constructor(code: KafkaErrorName, message?: string, options?: ErrorOptions) {
    const errorCode = ErrorCode[code];
    const row = rowOf(errorCode);
    const entry = { ...row, code, kafkaCode: errorCode, help: '' };
    super(entry, message ?? `${code} (${errorCode}): ${row.summary}`, options);
    this.errorCode = errorCode;
  }

  /** The error for a code that came over the wire. Codes newer than this library become UNKNOWN_SERVER_ERROR. */
  static fromCode(errorCode: number, message?: string | null, options?: ErrorOptions): KafkaError {
    if (errorRows[errorCode - FIRST_CODE] !== undefined) {
      return new KafkaError(kafkaErrorName(errorCode), message ?? undefined, options);
    }
    const text = `Error code ${errorCode} is not known to this version${message ? `: ${message}` : ''}`;
    return new KafkaError('UNKNOWN_SERVER_ERROR', text, options);
  }
}

/** Kafka's name of a code; UNKNOWN_SERVER_ERROR for one that this library does not know. */
export function kafkaErrorName(errorCode: number): KafkaErrorName {
  return rowOf(errorCode).name;
}

/** May a request that was answered with this code be sent again unchanged? */
export function isRetriableErrorCode(errorCode: number): boolean {
  return rowOf(errorCode).retriable;
}

function rowOf(errorCode: number): (typeof errorRows)[number] {
  return errorRows[errorCode - FIRST_CODE] ?? (errorRows[0] as (typeof errorRows)[number]);
}
