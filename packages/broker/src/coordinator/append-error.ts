import { ErrorCode, KafkaError } from '@millrace/protocol';
import { AppendInDoubtError } from './append-in-doubt-error.ts';

/**
 * The error that a client sees when an append to an internal topic failed. Errors of a produce request would be
 * misread by it: it asked for a coordinator, so it must look for the coordinator again, or give up.
 */
export function appendErrorForClient(cause: unknown): number {
  if (cause instanceof AppendInDoubtError) return ErrorCode.NOT_COORDINATOR;
  if (!(cause instanceof KafkaError)) return ErrorCode.UNKNOWN_SERVER_ERROR;
  switch (cause.errorCode) {
    case ErrorCode.UNKNOWN_TOPIC_OR_PARTITION:
    case ErrorCode.NOT_ENOUGH_REPLICAS:
    case ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case ErrorCode.REQUEST_TIMED_OUT:
      return ErrorCode.COORDINATOR_NOT_AVAILABLE;
    case ErrorCode.NOT_LEADER_OR_FOLLOWER:
    case ErrorCode.KAFKA_STORAGE_ERROR:
      return ErrorCode.NOT_COORDINATOR;
    case ErrorCode.MESSAGE_TOO_LARGE:
    case ErrorCode.RECORD_LIST_TOO_LARGE:
    case ErrorCode.INVALID_FETCH_SIZE:
      return ErrorCode.UNKNOWN_SERVER_ERROR;
    default:
      return cause.errorCode;
  }
}
