import { MillraceError, type ErrorEntry } from '@millrace/protocol';

/** Every error of this package. Errors that a broker answers with are `KafkaError`s of `@millrace/protocol`. */
export const clientErrors = {
  CLOSED: {
    code: 'ERR_CLIENT_CLOSED',
    retriable: false,
    summary: 'The client was closed before or while the call ran.',
    help: 'Await pending calls before close(), and make no calls after it.',
  },
  CONNECTION: {
    code: 'ERR_CLIENT_CONNECTION',
    retriable: true,
    summary: 'A connection to a broker could not be opened.',
    help: 'Check that the address in the message is reachable from here and is the one the broker advertises.',
  },
  DISCONNECTED: {
    code: 'ERR_CLIENT_DISCONNECTED',
    retriable: true,
    summary: 'A connection was lost while a request was on its way; whether the broker ran it is unknown.',
    help: 'Idempotent calls are retried by the client. Look for the reason in the cause and in the broker log.',
  },
  REQUEST_TIMEOUT: {
    code: 'ERR_CLIENT_REQUEST_TIMEOUT',
    retriable: true,
    kafkaCode: 7,
    summary: 'A broker did not answer a request in time; its connection was closed.',
    help: 'Look at the load of the broker; raise request.timeout.ms if it is slow but healthy.',
  },
  TIMEOUT: {
    code: 'ERR_CLIENT_TIMEOUT',
    retriable: true,
    kafkaCode: 7,
    summary: 'An operation did not succeed before its deadline, retries included.',
    help: 'The cause is the last failure. Raise the limit that the message names if the cluster was only slow.',
  },
  AUTHENTICATION_FAILED: {
    code: 'ERR_CLIENT_AUTHENTICATION_FAILED',
    retriable: false,
    kafkaCode: 58,
    summary: 'A broker refused the credentials of this client, or could not prove its own.',
    help: 'Check sasl.mechanism and sasl.jaas.config (or the option "sasl"); the message is what the broker says.',
  },
  CERTIFICATE_EXPIRED: {
    code: 'ERR_CLIENT_CERTIFICATE_EXPIRED',
    retriable: false,
    summary: 'The certificate of a broker, or of this client, has expired.',
    help: 'Renew the certificate that the message names.',
  },
  TLS: {
    code: 'ERR_CLIENT_TLS',
    retriable: false,
    summary: 'The TLS handshake with a broker failed: a certificate is not trusted, or is for another host.',
    help: 'The message says which; see the properties that begin with ssl.',
  },
  UNSUPPORTED_VERSION: {
    code: 'ERR_CLIENT_UNSUPPORTED_VERSION',
    retriable: false,
    kafkaCode: 35,
    summary: 'The broker has no version of an API that the client or the option in use needs.',
    help: 'Upgrade the broker, or do without the option that the message names.',
  },
  BAD_RESPONSE: {
    code: 'ERR_CLIENT_BAD_RESPONSE',
    retriable: true,
    summary: 'A broker sent bytes that are not an answer to the request; its connection was closed.',
    help: 'Check that the address is a Kafka listener of the right security protocol, not an HTTP or TLS port.',
  },
  INVALID_CONFIG: {
    code: 'ERR_CLIENT_INVALID_CONFIG',
    retriable: false,
    kafkaCode: 40,
    summary: 'Properties contradict each other, or a value means nothing to the client.',
    help: 'The message names the properties and a combination that works.',
  },
  INVALID_OPTION: {
    code: 'ERR_CLIENT_INVALID_OPTION',
    retriable: false,
    summary: 'An option of a client or of a call is unknown, out of range, or contradicts another one.',
    help: 'The message names the option, what it was, and what it may be.',
  },
  UNKNOWN_TOPIC: {
    code: 'ERR_CLIENT_UNKNOWN_TOPIC',
    retriable: false,
    kafkaCode: 3,
    summary: 'The topic or partition does not exist, and waiting for it did not help.',
    help: 'Check the name, create the topic, or allow the broker to create topics.',
  },
  BUFFER_EXHAUSTED: {
    code: 'ERR_CLIENT_BUFFER_EXHAUSTED',
    retriable: true,
    summary: 'No room in buffer.memory within max.block.ms: records come faster than brokers take them.',
    help: 'Await send() to slow the caller down, or raise buffer.memory.',
  },
  RECORD_TOO_LARGE: {
    code: 'ERR_CLIENT_RECORD_TOO_LARGE',
    retriable: false,
    kafkaCode: 10,
    summary: 'A record is larger than max.request.size or buffer.memory.',
    help: 'Raise the property that the message names (and max.message.bytes of the topic), or send less.',
  },
  INVALID_RECORD: {
    code: 'ERR_CLIENT_INVALID_RECORD',
    retriable: false,
    kafkaCode: 87,
    summary: 'A record handed to send() is malformed; nothing of the call was sent.',
    help: 'The message names the record by its index and the field that is wrong.',
  },
  DELIVERY_TIMEOUT: {
    code: 'ERR_CLIENT_DELIVERY_TIMEOUT',
    retriable: true,
    summary: 'A batch was not acknowledged within delivery.timeout.ms; whether it was written is unknown.',
    help: 'The cause is the last failure. Sending the records again may write them twice.',
  },
  PARTIAL_SEND: {
    code: 'ERR_CLIENT_PARTIAL_SEND',
    retriable: false,
    summary: 'Some records of one send() were acknowledged, others failed.',
    help: 'results holds what was acknowledged, errors the failure of each other record, both by position.',
  },
  TRANSACTION_STATE: {
    code: 'ERR_CLIENT_TRANSACTION_STATE',
    retriable: false,
    kafkaCode: 48,
    summary:
      'A call does not fit the state of the producer: outside of a transaction, before initTransactions, …',
    help: 'Call initTransactions once, then beginTransaction, send, commitTransaction or abortTransaction, in turn.',
  },
  TRANSACTION_ABORTABLE: {
    code: 'ERR_CLIENT_TRANSACTION_ABORTABLE',
    retriable: false,
    kafkaCode: 120,
    summary: 'The transaction cannot be committed any more.',
    help: 'Call abortTransaction, then begin another one. The cause says what failed.',
  },
  TRANSACTION_FATAL: {
    code: 'ERR_CLIENT_TRANSACTION_FATAL',
    retriable: false,
    summary:
      'The producer cannot go on, mostly because another one with the same transactional.id has started.',
    help: 'Close this producer. If no other took its place, make a new one.',
  },
  ITEMS_FAILED: {
    code: 'ERR_CLIENT_ITEMS_FAILED',
    retriable: false,
    summary:
      'An Admin call about several topics, partitions, groups or resources failed for some, in different ways.',
    help: 'results holds what succeeded, errors the failure of each other item, both by name.',
  },
} as const satisfies Record<string, ErrorEntry>;

/** The client was closed before or while the call ran. */
export class ClientClosedError extends MillraceError {
  constructor(what: string) {
    super(clientErrors.CLOSED, `${what} is closed`);
  }
}

/** A connection could not be opened: refused, unresolvable, timed out, or the handshake failed. */
export class ConnectionError extends MillraceError {
  readonly address: string;

  constructor(address: string, problem: string, options?: ErrorOptions) {
    super(clientErrors.CONNECTION, `Cannot connect to broker ${address}: ${problem}`, options);
    this.address = address;
  }
}

/** A broker does not accept the credentials of this client, or a broker could not show that it is one. */
export class AuthenticationError extends MillraceError {
  readonly address: string;
  readonly mechanism: string;

  constructor(address: string, mechanism: string, problem: string, options?: ErrorOptions) {
    super(
      clientErrors.AUTHENTICATION_FAILED,
      `Authentication with ${address} by ${mechanism} failed: ${problem}`,
      options,
    );
    this.address = address;
    this.mechanism = mechanism;
  }
}

/** A TLS handshake failed in a way that no second try will help. */
export class TlsError extends MillraceError {
  readonly address: string;
  /** OpenSSL's or Node's code, for example `CERT_HAS_EXPIRED`. */
  readonly reason: string;

  constructor(address: string, reason: string, problem: string, options?: ErrorOptions) {
    const isExpired = reason.endsWith('HAS_EXPIRED') || reason.endsWith('CERTIFICATE_EXPIRED');
    super(
      isExpired ? clientErrors.CERTIFICATE_EXPIRED : clientErrors.TLS,
      `No TLS connection to broker ${address}: ${problem} (${reason})`,
      options,
    );
    this.address = address;
    this.reason = reason;
  }
}

/** The connection was lost while the request was in flight: it may or may not have been executed. */
export class DisconnectedError extends MillraceError {
  readonly address: string;
  readonly api: string;

  constructor(address: string, api: string, options?: ErrorOptions) {
    super(
      clientErrors.DISCONNECTED,
      `Connection to broker ${address} was lost before it answered ${api}`,
      options,
    );
    this.address = address;
    this.api = api;
  }
}

/** One request got no answer in time. The operation around it may still be retried. */
export class RequestTimeoutError extends MillraceError {
  readonly address: string;
  readonly api: string;

  constructor(address: string, api: string, timeoutMs: number) {
    super(clientErrors.REQUEST_TIMEOUT, `Broker ${address} did not answer ${api} within ${timeoutMs} ms`);
    this.address = address;
    this.api = api;
  }
}

/** A whole operation, retries included, ran out of time. */
export class TimeoutError extends MillraceError {
  /** @param property The Kafka property or option that sets the limit. */
  constructor(operation: string, timeoutMs: number, property: string, options?: ErrorOptions) {
    const last = options?.cause instanceof Error ? `; last failure: ${options.cause.message}` : '';
    super(
      clientErrors.TIMEOUT,
      `${operation} did not finish within ${Math.round(timeoutMs)} ms (${property})${last}`,
      options,
    );
  }
}

/** A broker has no version of a request that can do what was asked. */
export class UnsupportedVersionError extends MillraceError {
  readonly api: string;

  constructor(api: string, problem: string) {
    super(clientErrors.UNSUPPORTED_VERSION, `${api}: ${problem}`);
    this.api = api;
  }
}

/** What a broker has sent cannot be an answer to what it was asked. */
export class BadResponseError extends MillraceError {
  readonly address: string;

  constructor(address: string, problem: string, options?: ErrorOptions) {
    super(clientErrors.BAD_RESPONSE, `Broker ${address} sent an unreadable answer: ${problem}`, options);
    this.address = address;
  }
}

/** Properties that do not fit together; thrown by constructors. */
export class InvalidConfigError extends MillraceError {
  readonly property: string;

  constructor(property: string, problem: string, options?: ErrorOptions) {
    super(clientErrors.INVALID_CONFIG, `Property "${property}" ${problem}`, options);
    this.property = property;
  }
}

/** A client or a call was given an option that does not exist, or cannot be. */
export class InvalidOptionError extends MillraceError {
  readonly option: string;

  constructor(call: string, option: string, problem: string) {
    super(clientErrors.INVALID_OPTION, `Option "${option}" of ${call} ${problem}`);
    this.option = option;
  }
}

/** A topic, or a partition of it, that brokers do not have. */
export class UnknownTopicError extends MillraceError {
  readonly topic: string;

  constructor(topic: string, problem: string, options?: ErrorOptions) {
    super(clientErrors.UNKNOWN_TOPIC, `Topic "${topic}" ${problem}`, options);
    this.topic = topic;
  }
}

/** No room for a record within `max.block.ms`: brokers take less than is sent. */
export class BufferExhaustedError extends MillraceError {
  constructor(neededBytes: number, bufferBytes: number, waitedMs: number) {
    super(
      clientErrors.BUFFER_EXHAUSTED,
      `No room for ${neededBytes} bytes within ${waitedMs} ms (max.block.ms): ` +
        `all ${bufferBytes} bytes of buffer.memory hold records that are not acknowledged yet`,
    );
  }
}

/** A record is larger than `max.request.size` or than `buffer.memory`. Nothing of the call was queued. */
export class RecordTooLargeError extends MillraceError {
  readonly topic: string;
  readonly sizeBytes: number;

  constructor(topic: string, sizeBytes: number, limitBytes: number, property: string) {
    super(
      clientErrors.RECORD_TOO_LARGE,
      `Record for topic "${topic}" takes up to ${sizeBytes} bytes, over the ${limitBytes} of ${property}`,
    );
    this.topic = topic;
    this.sizeBytes = sizeBytes;
  }
}

/** A record cannot be sent as it is. Nothing of the call was queued. */
export class InvalidRecordError extends MillraceError {
  /** Position in the array handed to `send`; 0 for a single record. */
  readonly index: number;

  constructor(index: number, problem: string) {
    super(clientErrors.INVALID_RECORD, `Record ${index} of send(): ${problem}`);
    this.index = index;
  }
}

/** Some records of an array given to `send` failed, others did not. */
export class PartialSendError<Result> extends MillraceError {
  /** By position in the array; `undefined` where the record failed. */
  readonly results: readonly (Result | undefined)[];
  /** By position in the array; `undefined` where the record was acknowledged. */
  readonly errors: readonly (Error | undefined)[];

  constructor(results: readonly (Result | undefined)[], errors: readonly (Error | undefined)[]) {
    const failures = errors.filter((error) => error !== undefined);
    super(
      clientErrors.PARTIAL_SEND,
      `${failures.length} of ${errors.length} records failed; first failure: ${failures[0]?.message}`,
      { cause: failures[0] },
    );
    this.results = results;
    this.errors = errors;
  }
}

/** A call that does not fit the state of a transactional producer. Nothing was changed. */
export class TransactionStateError extends MillraceError {
  constructor(call: string, state: string, expected: string) {
    super(
      clientErrors.TRANSACTION_STATE,
      `${call} needs a producer that is "${expected}", but it is "${state}"`,
    );
  }
}

/** The transaction failed and must be aborted; the producer can go on after that. */
export class TransactionAbortableError extends MillraceError {
  constructor(cause: Error) {
    super(clientErrors.TRANSACTION_ABORTABLE, `The transaction must be aborted: ${cause.message}`, { cause });
  }
}

/** The producer is fenced, or must not use transactions: there is nothing to do but to close it. */
export class TransactionFatalError extends MillraceError {
  constructor(cause: Error) {
    super(clientErrors.TRANSACTION_FATAL, `The producer cannot go on: ${cause.message}`, { cause });
  }
}

/** What `DeliveryTimeoutError` tells of the batch. */
export interface ExpiredBatch {
  readonly topic: string;
  readonly partition: number;
  readonly recordCount: number;
  /** False: it never left, so it was certainly not written. */
  readonly wasSent: boolean;
  readonly timeoutMs: number;
}

/** A record was not acknowledged within `delivery.timeout.ms`; it may have been written. */
export class DeliveryTimeoutError extends MillraceError {
  readonly topic: string;
  readonly partition: number;

  constructor({ topic, partition, recordCount, wasSent, timeoutMs }: ExpiredBatch, options?: ErrorOptions) {
    const fate = wasSent ? 'whether they were written is unknown' : 'they were never sent';
    const last = options?.cause instanceof Error ? `; last failure: ${options.cause.message}` : '';
    super(
      clientErrors.DELIVERY_TIMEOUT,
      `${recordCount} records for ${topic}-${partition} were not acknowledged within ${timeoutMs} ms ` +
        `(delivery.timeout.ms); ${fate}${last}`,
      options,
    );
    this.topic = topic;
    this.partition = partition;
  }
}
