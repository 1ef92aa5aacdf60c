import type { LogDirectory } from '../directory/log-directory.ts';
import type { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import type { ProducerStates } from '../producer/producer-states.ts';
import type { SegmentList } from '../segment/segment-list.ts';
import type { AbortedTransactions } from '../segment/transaction-index.ts';

/** What a partition's log is at a moment: made by recovery, changed by appends and clean-ups. */
export interface PartitionState {
  readonly directory: LogDirectory;
  /** Empty where the file was lost before it was ever flushed. */
  topicId: string;
  readonly segments: SegmentList;
  readonly producers: ProducerStates;
  readonly epochs: LeaderEpochCache;
  readonly aborted: AbortedTransactions;
  /** First offset that readers may ask for. */
  logStartOffset: number;
  /** Offset of the next record to become readable. */
  logEndOffset: number;
  highWatermark: number;
  /** Everything below survives a power loss. */
  recoveryPoint: number;
  /** Everything below was compacted; `undefined` if nothing ever was. */
  cleanedOffset: number | undefined;
  /** Base of the segment that is being made; the recovery point stays below it until it is there. */
  rollingAt: number | undefined;
  /** Rises with every truncation, so that work begun before one notices. */
  truncations: number;
  isClosed: boolean;
}

/** The bound of `read_committed` readers. */
export function lastStableOffset(state: PartitionState): number {
  const unstable = state.producers.firstUnstableOffset;
  if (unstable === undefined) return state.highWatermark;
  // The beginning of an open transaction may have been deleted.
  return Math.min(state.highWatermark, Math.max(unstable, state.logStartOffset));
}
