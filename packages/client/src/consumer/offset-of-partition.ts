import type { OffsetToCommit } from './offsets/commit-offsets.ts';
import type { TopicPartition } from './topic-partition.ts';

/** An offset to commit or to seek to: the next record to read, not the last one read. */
export interface OffsetOfPartition extends TopicPartition {
  readonly offset: number;
  /** Leader epoch of the record before it, if known. */
  readonly leaderEpoch?: number;
  /** Text stored with a commit. */
  readonly metadata?: string;
}

/** With what is not said as the wire has it. */
export function asOffsetToCommit({
  topic,
  partition,
  offset,
  leaderEpoch = -1,
  metadata = '',
}: OffsetOfPartition): OffsetToCommit {
  return { topic, partition, offset, leaderEpoch, metadata };
}
