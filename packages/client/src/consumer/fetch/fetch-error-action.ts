import { ErrorCode } from '@millrace/protocol';

/**
 * What an error of one partition in a Fetch answer means:
 *
 * - `refreshMetadata`: somebody else leads, or the topic is not (or not yet) what we think; ask again, then retry
 * - `retryLater`: the broker is behind us; it will catch up
 * - `outOfRange`: the position does not exist at that replica
 * - `fail`: the application must know
 * - `logAndRetry`: nobody knows what happened
 */
export type FetchErrorAction = 'refreshMetadata' | 'retryLater' | 'outOfRange' | 'fail' | 'logAndRetry';

const actions: ReadonlyMap<number, FetchErrorAction> = new Map<number, FetchErrorAction>([
  [ErrorCode.NOT_LEADER_OR_FOLLOWER, 'refreshMetadata'],
  [ErrorCode.REPLICA_NOT_AVAILABLE, 'refreshMetadata'],
  [ErrorCode.KAFKA_STORAGE_ERROR, 'refreshMetadata'],
  [ErrorCode.FENCED_LEADER_EPOCH, 'refreshMetadata'],
  [ErrorCode.OFFSET_NOT_AVAILABLE, 'refreshMetadata'],
  [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'refreshMetadata'],
  [ErrorCode.UNKNOWN_TOPIC_ID, 'refreshMetadata'],
  [ErrorCode.INCONSISTENT_TOPIC_ID, 'refreshMetadata'],
  [ErrorCode.LEADER_NOT_AVAILABLE, 'refreshMetadata'],
  [ErrorCode.UNKNOWN_LEADER_EPOCH, 'retryLater'],
  [ErrorCode.OFFSET_OUT_OF_RANGE, 'outOfRange'],
  [ErrorCode.TOPIC_AUTHORIZATION_FAILED, 'fail'],
  [ErrorCode.CORRUPT_MESSAGE, 'fail'],
  [ErrorCode.UNKNOWN_SERVER_ERROR, 'logAndRetry'],
]);

/** Codes that no version of the protocol lists for Fetch are the application's business: they cannot be waited out. */
export function fetchErrorAction(errorCode: number): FetchErrorAction {
  return actions.get(errorCode) ?? 'fail';
}
