import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. */
export const registryErrors = {
  INVALID_SCHEMA: {
    code: 'ERR_REGISTRY_INVALID_SCHEMA',
    retriable: false,
    summary: 'The text is not a valid schema of its format.',
    help: 'The message names the line and column where the text breaks, or the path of the part that makes no sense.',
  },
  REFUSED: {
    code: 'ERR_REGISTRY_REFUSED',
    retriable: false,
    summary: 'The schema registry answered a request with an error.',
    help: 'errorCode and status are those of the REST API; the message is the one of the registry.',
  },
  UNAVAILABLE: {
    code: 'ERR_REGISTRY_UNAVAILABLE',
    retriable: true,
    summary: 'No schema registry of schema.registry.url gave an answer, retries included.',
    help: 'The cause is the last failure. Check the addresses in the message, and that a registry listens there.',
  },
  BAD_RESPONSE: {
    code: 'ERR_REGISTRY_BAD_RESPONSE',
    retriable: false,
    summary: 'Something answered that does not speak the REST API of a schema registry.',
    help: 'Check that schema.registry.url names a schema registry, not a proxy page or a Kafka port.',
  },
  AUTHENTICATION: {
    code: 'ERR_REGISTRY_AUTHENTICATION',
    retriable: false,
    summary: 'No credentials could be had for the schema registry.',
    help: 'The message names the property that is missing, or what the token endpoint answered.',
  },
  INVALID_CONFIG: {
    code: 'ERR_REGISTRY_INVALID_CONFIG',
    retriable: false,
    summary: 'Properties of a registry client or a serde contradict each other.',
    help: 'The message names the properties and a combination that works.',
  },
  SUBJECT_NAME: {
    code: 'ERR_REGISTRY_SUBJECT_NAME',
    retriable: false,
    summary: 'The subject name strategy found no subject for a record.',
    help: 'The message names the strategy and what it misses, such as the record name or an association.',
  },
  SERIALIZATION: {
    code: 'ERR_REGISTRY_SERIALIZATION',
    retriable: false,
    summary: 'A value does not fit the schema it should be written with.',
    help: 'The message names the path in the value and what the schema wants there.',
  },
  DESERIALIZATION: {
    code: 'ERR_REGISTRY_DESERIALIZATION',
    retriable: false,
    summary: 'Bytes of a record are not what a serializer with a schema registry writes, or are damaged.',
    help: 'Send the record to a dead letter topic; look at what produced it. The message says what was wrong.',
  },
  INCOMPATIBLE_READER: {
    code: 'ERR_REGISTRY_INCOMPATIBLE_READER',
    retriable: false,
    summary:
      'Two schemas that have to fit do not: the reader and the writer, or the own one and the registered one.',
    help: 'The message names the paths and reasons. Give the reader defaults for what the writer does not have.',
  },
  RULE: {
    code: 'ERR_REGISTRY_RULE',
    retriable: false,
    summary: 'A rule of a data contract does not hold for a value, or nothing executes it.',
    help: 'Correct the value, give the serde an executor for the type of the rule, or disable the rule in the registry.',
  },
  REQUEST_REFUSED: {
    code: 'ERR_REGISTRY_REQUEST_REFUSED',
    retriable: false,
    summary: 'The registry refused a request, or could not serve it.',
    help: 'errorCode is the code of the REST API; the page of error codes says what each means.',
  },
  SCHEMAS_TOPIC: {
    code: 'ERR_REGISTRY_SCHEMAS_TOPIC',
    retriable: false,
    summary: 'The topic that schemas are kept in has the wrong shape.',
    help: 'It needs one partition and cleanup.policy=compact, or schemas get lost. Correct the topic, or name another one.',
  },
  INVALID_PROPERTY: {
    code: 'ERR_REGISTRY_INVALID_PROPERTY',
    retriable: false,
    summary: 'Properties of the server do not fit together.',
    help: 'The message names the property and what it needs.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** Where a schema breaks: a position in its text, or a path into its meaning. */
export interface SchemaPlace {
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** A JSON pointer, or the dotted name of a Protobuf element. */
  readonly path?: string;
}

/** The text is not a valid schema. */
export class InvalidSchemaError extends MillraceError {
  readonly place: SchemaPlace;

  constructor(problem: string, place: SchemaPlace = {}, options?: ErrorOptions) {
    super(registryErrors.INVALID_SCHEMA, `${problem}${placeText(place)}`, options);
    this.place = place;
  }
}

function placeText({ line, column, path }: SchemaPlace): string {
  const parts = [
    ...(path === undefined ? [] : [`at ${path === '' ? 'the root' : path}`]),
    ...(line === undefined ? [] : [`line ${line}${column === undefined ? '' : `, column ${column}`}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** The registry answered with an error of its REST API. */
export class RegistryRefusedError extends MillraceError {
  /** The code of the REST API, such as 40401 for a subject that does not exist. */
  readonly errorCode: number;
  /** The HTTP status. */
  readonly status: number;

  constructor(request: string, answer: { errorCode: number; status: number; message: string }) {
    const retriable = answer.status === 429 || answer.status >= 500;
    super(
      { ...registryErrors.REFUSED, retriable },
      `${answer.message} (error ${answer.errorCode} to ${request})`,
    );
    this.errorCode = answer.errorCode;
    this.status = answer.status;
  }
}

/** No registry answered. */
export class RegistryUnavailableError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(registryErrors.UNAVAILABLE, message, options);
  }
}

/** What answered is no schema registry. */
export class RegistryBadResponseError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(registryErrors.BAD_RESPONSE, message, options);
  }
}

/** No credentials for the registry. */
export class RegistryAuthenticationError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(registryErrors.AUTHENTICATION, message, options);
  }
}

/** Properties that contradict each other. */
export class RegistryConfigError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(registryErrors.INVALID_CONFIG, message, options);
  }
}

/** The subject name strategy found no subject. */
export class SubjectNameError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(registryErrors.SUBJECT_NAME, message, options);
  }
}

/** A value does not fit its schema. */
export class SerializationError extends MillraceError {
  /** A JSON pointer into the value; empty for the value itself. */
  readonly path: string;

  constructor(problem: string, path: string, options?: ErrorOptions) {
    super(registryErrors.SERIALIZATION, `${problem} at ${path === '' ? 'the root' : path}`, options);
    this.path = path;
  }
}

/** Bytes of a record that are damaged, or not of a schema registry at all. */
export class DeserializationError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(registryErrors.DESERIALIZATION, message, options);
  }
}

/** Two schemas that have to fit do not. */
export class IncompatibleReaderError extends MillraceError {
  constructor(message: string, options?: ErrorOptions) {
    super(registryErrors.INCOMPATIBLE_READER, message, options);
  }
}

/** A rule of a data contract failed, or cannot be executed. */
export class RuleError extends MillraceError {
  /** The name of the rule. */
  readonly rule: string;

  constructor(rule: string, problem: string, options?: ErrorOptions) {
    super(registryErrors.RULE, `The rule "${rule}" ${problem}`, options);
    this.rule = rule;
  }
}

/** The topic of a registry cannot keep schemas. */
export class SchemasTopicError extends MillraceError {
  readonly topic: string;

  constructor(topic: string, problem: string) {
    super(registryErrors.SCHEMAS_TOPIC, `Topic "${topic}" ${problem}`);
    this.topic = topic;
  }
}

/** A property of the server makes no sense. */
export class RegistryPropertyError extends MillraceError {
  readonly property: string;

  constructor(property: string, problem: string) {
    super(registryErrors.INVALID_PROPERTY, `Property ${property} ${problem}`);
    this.property = property;
  }
}
