import { ErrorCode, isRetriableErrorCode } from '@millrace/protocol';

/** What to do with a batch after its answer. */
export type BatchVerdict =
  /** Written, offset in the answer. */
  | 'done'
  /** Written by an earlier attempt; the offset is no longer known. */
  | 'duplicate'
  /** Too large as a whole: cut it. */
  | 'split'
  /** The broker expected another sequence: the sequencer decides, then again. */
  | 'sequence'
  /** Sent to the wrong broker: again, with the new leader. */
  | 'moved'
  /** Again, later. */
  | 'retry'
  | 'fail';

const moved: ReadonlySet<number> = new Set([
  ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  ErrorCode.LEADER_NOT_AVAILABLE,
  ErrorCode.NOT_LEADER_OR_FOLLOWER,
  ErrorCode.KAFKA_STORAGE_ERROR,
  ErrorCode.FENCED_LEADER_EPOCH,
  ErrorCode.UNKNOWN_TOPIC_ID,
]);

/** The producer's table of answers, see `docs` of Kafka's `Sender`. Limits on retries come after it. */
export function batchVerdict(errorCode: number, recordCount: number, isIdempotent: boolean): BatchVerdict {
  switch (errorCode) {
    case ErrorCode.NONE:
      return 'done';
    case ErrorCode.DUPLICATE_SEQUENCE_NUMBER:
      return 'duplicate';
    case ErrorCode.MESSAGE_TOO_LARGE:
      return recordCount > 1 ? 'split' : 'fail';
    case ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER:
    case ErrorCode.UNKNOWN_PRODUCER_ID:
      return isIdempotent ? 'sequence' : 'fail';
    default:
      if (moved.has(errorCode)) return 'moved';
      return isRetriableErrorCode(errorCode) ? 'retry' : 'fail';
  }
}
