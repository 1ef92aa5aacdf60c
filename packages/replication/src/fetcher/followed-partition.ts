import type { PartitionLog } from '@millrace/log';

/** What a fetch request says of a replica. */
export interface FetchingReplica {
  readonly topic: string;
  readonly topicId: string;
  readonly index: number;
  readonly leaderEpoch: number;
  readonly log: Pick<PartitionLog, 'logStartOffset' | 'logEndOffset' | 'latestEpoch'>;
}

/** A replica that follows a leader: what a fetcher needs of it, and tells it. */
export interface FollowedPartition extends FetchingReplica {
  readonly log: PartitionLog;
  /** -1: nobody leads it. */
  readonly leaderId: number;
  /** The leader was elected though others may have had more: what was committed may be cut off here. */
  readonly isRecovering: boolean;
  /** How long not to ask for more records while it lacks some; 0: it may. */
  readonly pauseMs: number;
  /** Records of the leader were written to the log. */
  onAppended(sizeBytes: number): void;
  /** The leader's high watermark; the replica's own moves as far as its log goes. */
  onHighWatermark(highWatermark: number): void;
}
