interface ErrorDetails {
  readonly retriable?: boolean;
  readonly cause?: Error | undefined;
  readonly helpUrl?: string;
}

/**
 * The errors of kafkajs by name and shape, so that `instanceof`, `error.name`, `error.type` and `error.retriable` go on
 * working. What the layer is made of threw is the `cause`, with its `code`.
 */
export class KafkaJSError extends Error {
  override name = 'KafkaJSError';
  readonly retriable: boolean;
  readonly helpUrl?: string;
  override readonly cause?: Error;

  constructor(problem: Error | string, details: ErrorDetails = {}) {
    super(typeof problem === 'string' ? problem : problem.message);
    this.retriable = details.retriable ?? true;
    const cause = details.cause ?? (problem instanceof Error ? problem : undefined);
    if (cause !== undefined) this.cause = cause;
    if (details.helpUrl !== undefined) this.helpUrl = details.helpUrl;
  }
}

export class KafkaJSNonRetriableError extends KafkaJSError {
  override name = 'KafkaJSNonRetriableError';

  constructor(problem: Error | string, details: ErrorDetails = {}) {
    super(problem, { ...details, retriable: false });
  }
}

/** What a broker answered: `type` is Kafka's name of the error, `code` its number. */
export class KafkaJSProtocolError extends KafkaJSError {
  override name = 'KafkaJSProtocolError';
  readonly type: string;
  readonly code: number;

  constructor(
    problem: Error | string,
    details: ErrorDetails & { readonly type?: string; readonly code?: number } = {},
  ) {
    super(problem, details);
    this.type = details.type ?? 'UNKNOWN';
    this.code = details.code ?? -1;
  }
}

export class KafkaJSOffsetOutOfRange extends KafkaJSProtocolError {
  override name = 'KafkaJSOffsetOutOfRange';
  readonly topic: string;
  readonly partition: number;

  constructor(problem: Error | string, place: { readonly topic: string; readonly partition: number }) {
    super(problem, { type: 'OFFSET_OUT_OF_RANGE', code: 1, retriable: false });
    this.topic = place.topic;
    this.partition = place.partition;
  }
}

export class KafkaJSNumberOfRetriesExceeded extends KafkaJSNonRetriableError {
  override name = 'KafkaJSNumberOfRetriesExceeded';
  readonly retryCount: number;
  readonly retryTime: number;

  constructor(
    problem: Error | string,
    tries: { readonly retryCount: number; readonly retryTime: number } = { retryCount: 0, retryTime: 0 },
  ) {
    super(problem);
    this.retryCount = tries.retryCount;
    this.retryTime = tries.retryTime;
  }
}

export class KafkaJSConnectionError extends KafkaJSError {
  override name = 'KafkaJSConnectionError';
  readonly broker: string;
  readonly code: string | undefined;

  constructor(problem: Error | string, place: { readonly broker?: string; readonly code?: string } = {}) {
    super(problem);
    this.broker = place.broker ?? '';
    this.code = place.code;
  }
}

export class KafkaJSConnectionClosedError extends KafkaJSConnectionError {
  override name = 'KafkaJSConnectionClosedError';
}

export class KafkaJSRequestTimeoutError extends KafkaJSError {
  override name = 'KafkaJSRequestTimeoutError';
  readonly broker: string;
  readonly correlationId: number;
  readonly createdAt: number;
  readonly sentAt: number;
  readonly pendingDuration: number;

  constructor(
    problem: Error | string,
    request: Partial<
      Pick<
        KafkaJSRequestTimeoutError,
        'broker' | 'correlationId' | 'createdAt' | 'sentAt' | 'pendingDuration'
      >
    > = {},
  ) {
    super(problem);
    this.broker = request.broker ?? '';
    this.correlationId = request.correlationId ?? -1;
    this.createdAt = request.createdAt ?? -1;
    this.sentAt = request.sentAt ?? -1;
    this.pendingDuration = request.pendingDuration ?? -1;
  }
}

export class KafkaJSMetadataNotLoaded extends KafkaJSError {
  override name = 'KafkaJSMetadataNotLoaded';
}

export class KafkaJSTopicMetadataNotLoaded extends KafkaJSMetadataNotLoaded {
  override name = 'KafkaJSTopicMetadataNotLoaded';
  readonly topic: string;

  constructor(problem: Error | string, place: { readonly topic?: string } = {}) {
    super(problem);
    this.topic = place.topic ?? '';
  }
}

export class KafkaJSStaleTopicMetadataAssignment extends KafkaJSError {
  override name = 'KafkaJSStaleTopicMetadataAssignment';
  readonly topic: string;
  readonly unknownPartitions: number;

  constructor(
    problem: Error | string,
    place: { readonly topic?: string; readonly unknownPartitions?: number } = {},
  ) {
    super(problem);
    this.topic = place.topic ?? '';
    this.unknownPartitions = place.unknownPartitions ?? 0;
  }
}

export class KafkaJSServerDoesNotSupportApiKey extends KafkaJSNonRetriableError {
  override name = 'KafkaJSServerDoesNotSupportApiKey';
  readonly apiKey: number;
  readonly apiName: string;

  constructor(problem: Error | string, api: { readonly apiKey?: number; readonly apiName?: string } = {}) {
    super(problem);
    this.apiKey = api.apiKey ?? -1;
    this.apiName = api.apiName ?? '';
  }
}

export class KafkaJSBrokerNotFound extends KafkaJSError {
  override name = 'KafkaJSBrokerNotFound';
}

export class KafkaJSPartialMessageError extends KafkaJSNonRetriableError {
  override name = 'KafkaJSPartialMessageError';
}

export class KafkaJSSASLAuthenticationError extends KafkaJSNonRetriableError {
  override name = 'KafkaJSSASLAuthenticationError';
}

export class KafkaJSGroupCoordinatorNotFound extends KafkaJSNonRetriableError {
  override name = 'KafkaJSGroupCoordinatorNotFound';
}

export class KafkaJSNotImplemented extends KafkaJSNonRetriableError {
  override name = 'KafkaJSNotImplemented';
}

export class KafkaJSTimeout extends KafkaJSNonRetriableError {
  override name = 'KafkaJSTimeout';
}

export class KafkaJSLockTimeout extends KafkaJSTimeout {
  override name = 'KafkaJSLockTimeout';
}

export class KafkaJSUnsupportedMagicByteInMessageSet extends KafkaJSNonRetriableError {
  override name = 'KafkaJSUnsupportedMagicByteInMessageSet';
}

export class KafkaJSCreateTopicError extends KafkaJSProtocolError {
  override name = 'KafkaJSCreateTopicError';
  readonly topic: string;

  constructor(
    problem: Error | string,
    details: ErrorDetails & { readonly type?: string; readonly code?: number; readonly topic: string },
  ) {
    super(problem, details);
    this.topic = details.topic;
  }
}

export class KafkaJSAlterPartitionReassignmentsError extends KafkaJSProtocolError {
  override name = 'KafkaJSAlterPartitionReassignmentsError';
  readonly topic?: string;
  readonly partition?: number;
}

export class KafkaJSDeleteGroupsError extends KafkaJSError {
  override name = 'KafkaJSDeleteGroupsError';
  readonly groups: { groupId: string; errorCode?: number; error?: KafkaJSProtocolError }[];

  constructor(problem: Error | string, groups: KafkaJSDeleteGroupsError['groups'] = []) {
    super(problem);
    this.groups = groups;
  }
}

export class KafkaJSDeleteTopicRecordsError extends KafkaJSError {
  override name = 'KafkaJSDeleteTopicRecordsError';
  readonly partitions: readonly { partition: number; offset: string; error: KafkaJSError }[];

  constructor({ partitions }: Pick<KafkaJSDeleteTopicRecordsError, 'partitions'>) {
    super('Error while deleting records', {
      retriable: partitions.every(({ error }) => error.retriable),
    });
    this.partitions = partitions;
  }
}

/** Several failures of one call. */
export class KafkaJSAggregateError extends Error {
  override name = 'KafkaJSAggregateError';
  readonly errors: (Error | string)[];

  constructor(message: Error | string, errors: (Error | string)[]) {
    super(typeof message === 'string' ? message : message.message);
    this.errors = errors;
  }
}
