import { KafkaError } from '@millrace/protocol';
import { CommitFailedError, OffsetOutOfRangeError } from '../consumer/consumer-errors.ts';
import { ItemsFailedError } from '../admin/items-failed-error.ts';
import {
  AuthenticationError,
  ClientClosedError,
  ConnectionError,
  DeliveryTimeoutError,
  DisconnectedError,
  InvalidConfigError,
  PartialSendError,
  RequestTimeoutError,
  TimeoutError,
  TransactionAbortableError,
  TransactionFatalError,
  UnsupportedVersionError,
} from '../errors.ts';
import {
  KafkaJSConnectionClosedError,
  KafkaJSConnectionError,
  KafkaJSError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSOffsetOutOfRange,
  KafkaJSProtocolError,
  KafkaJSRequestTimeoutError,
  KafkaJSSASLAuthenticationError,
  KafkaJSServerDoesNotSupportApiKey,
} from './kafkajs-errors.ts';

/** kafkajs calls a few of Kafka's errors by their older names. */
const typeNames: Readonly<Record<string, string>> = {
  UNKNOWN_SERVER_ERROR: 'UNKNOWN',
  COORDINATOR_LOAD_IN_PROGRESS: 'GROUP_LOAD_IN_PROGRESS',
  COORDINATOR_NOT_AVAILABLE: 'GROUP_COORDINATOR_NOT_AVAILABLE',
  NOT_COORDINATOR: 'NOT_COORDINATOR_FOR_GROUP',
  NOT_LEADER_OR_FOLLOWER: 'NOT_LEADER_FOR_PARTITION',
};

/** The same failure as a user of kafkajs knows it. Errors of the application itself stay what they are. */
export function toKafkaJsError(error: unknown): Error {
  if (!(error instanceof Error)) return new KafkaJSError(String(error));
  if (error instanceof KafkaJSError) return error;
  if (error instanceof ItemsFailedError || error instanceof PartialSendError) {
    const { cause } = error;
    return cause instanceof Error ? toKafkaJsError(cause) : new KafkaJSNonRetriableError(error);
  }
  if (error instanceof KafkaError) return protocolError(error);
  if (error instanceof CommitFailedError && error.cause instanceof KafkaError) {
    return protocolError(error.cause);
  }
  return ofClient(error);
}

/** For calls that go through promises. */
export async function withKafkaJsErrors<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw toKafkaJsError(error);
  }
}

function protocolError(error: KafkaError): KafkaJSProtocolError {
  const type = typeNames[error.code] ?? error.code;
  return new KafkaJSProtocolError(error, { type, code: error.errorCode, retriable: error.retriable });
}

function ofClient(error: Error): Error {
  if (error instanceof TimeoutError || error instanceof DeliveryTimeoutError) return exhausted(error);
  if (error instanceof DisconnectedError) {
    return new KafkaJSConnectionClosedError(error, { broker: error.address });
  }
  if (error instanceof ConnectionError) return new KafkaJSConnectionError(error, { broker: error.address });
  if (error instanceof RequestTimeoutError) {
    return new KafkaJSRequestTimeoutError(error, { broker: error.address });
  }
  if (error instanceof AuthenticationError) return new KafkaJSSASLAuthenticationError(error);
  if (error instanceof UnsupportedVersionError) {
    return new KafkaJSServerDoesNotSupportApiKey(error, { apiName: error.api });
  }
  if (error instanceof OffsetOutOfRangeError) {
    return new KafkaJSOffsetOutOfRange(error, error);
  }
  if (error instanceof TransactionAbortableError || error instanceof TransactionFatalError) {
    return error.cause instanceof KafkaError
      ? protocolError(error.cause)
      : new KafkaJSNonRetriableError(error);
  }
  if (error instanceof ClientClosedError || error instanceof InvalidConfigError) {
    return new KafkaJSNonRetriableError(error);
  }
  if (!('code' in error) || !('retriable' in error)) return error;
  return error.retriable === true ? new KafkaJSError(error) : new KafkaJSNonRetriableError(error);
}

/** Time is up: in kafkajs's words, all tries are. The cause is what the last one failed of. */
function exhausted(error: Error): KafkaJSNumberOfRetriesExceeded {
  const cause = error.cause instanceof Error ? toKafkaJsError(error.cause) : error;
  return new KafkaJSNumberOfRetriesExceeded(cause);
}
