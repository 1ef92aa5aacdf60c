import { MAX_RELATIVE_OFFSET } from '../limits.ts';

/** What the roll decision needs to know of the active segment. */
export interface ActiveSegmentState {
  readonly baseOffset: number;
  readonly sizeBytes: number;
  /** Of the first batch; -1 where it has none, `undefined` while the segment is empty. */
  readonly firstTimestampMs: number | undefined;
  readonly createdMs: number;
  readonly areIndexesFull: boolean;
}

export interface IncomingAppend {
  readonly sizeBytes: number;
  readonly lastOffset: number;
  readonly maxTimestampMs: number;
  readonly nowMs: number;
}

export interface RollLimits {
  readonly segmentBytes: number;
  /** `segment.ms` minus the jitter drawn for this segment. */
  readonly segmentMs: number;
}

export type RollReason = 'size' | 'time' | 'index-full' | 'offset-overflow';

/** Why a new segment must begin before the append, `undefined` if it need not (`LogSegment.shouldRoll` in Kafka). */
export function rollReason(
  segment: ActiveSegmentState,
  incoming: IncomingAppend,
  limits: RollLimits,
): RollReason | undefined {
  if (incoming.lastOffset - segment.baseOffset > MAX_RELATIVE_OFFSET) return 'offset-overflow';
  if (segment.sizeBytes === 0) return undefined;
  if (segment.sizeBytes > limits.segmentBytes - incoming.sizeBytes) return 'size';
  if (segmentAgeMs(segment, incoming) > limits.segmentMs) return 'time';
  return segment.areIndexesFull ? 'index-full' : undefined;
}

/** By the clock of the records where they have one, so that replaying old data rolls as it did the first time. */
function segmentAgeMs(segment: ActiveSegmentState, incoming: IncomingAppend): number {
  const first = segment.firstTimestampMs;
  return first !== undefined && first >= 0
    ? incoming.maxTimestampMs - first
    : incoming.nowMs - segment.createdMs;
}
