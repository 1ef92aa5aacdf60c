/** What the choice of what to clean needs to know of a segment. */
export interface CleanableSegment {
  readonly baseOffset: number;
  readonly sizeBytes: number;
  readonly largestTimestampMs: number;
}

export interface CleanableLog {
  /** In offset order; the last one is active and never cleaned. */
  readonly segments: readonly CleanableSegment[];
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  readonly lastStableOffset: number;
  /** Everything below was cleaned; `undefined` if nothing ever was. */
  readonly cleanedOffset: number | undefined;
}

export interface CleanablePolicy {
  /** `min.cleanable.dirty.ratio` */
  readonly minDirtyRatio: number;
  /** `min.compaction.lag.ms` */
  readonly minLagMs: number;
  /** `max.compaction.lag.ms` */
  readonly maxLagMs: number;
  readonly nowMs: number;
}

/** The part of a log that is worth cleaning. */
export interface CleanableRange {
  /** First offset to be put into the offset map. */
  readonly firstDirtyOffset: number;
  /** Base of the first segment that must stay as it is. */
  readonly firstUncleanableOffset: number;
  readonly cleanableBytes: number;
  /** Cleanable bytes as a share of those and the clean ones. */
  readonly dirtyRatio: number;
}

/** What of a log can be cleaned (`LogCleanerManager.cleanableOffsets` in Kafka). */
export function cleanableRange(log: CleanableLog, policy: CleanablePolicy): CleanableRange {
  const firstDirtyOffset = firstDirty(log);
  const uncleanable = firstUncleanable(log, policy, firstDirtyOffset);
  let [cleanBytes, cleanableBytes] = [0, 0];
  for (let index = 0; index < log.segments.length; index++) {
    const segment = log.segments[index]!;
    const nextOffset = log.segments[index + 1]?.baseOffset ?? log.logEndOffset;
    if (segment.baseOffset >= uncleanable) break;
    if (nextOffset <= firstDirtyOffset) cleanBytes += segment.sizeBytes;
    else cleanableBytes += segment.sizeBytes;
  }
  const total = cleanBytes + cleanableBytes;
  const dirtyRatio = total === 0 ? 0 : cleanableBytes / total;
  return { firstDirtyOffset, firstUncleanableOffset: uncleanable, cleanableBytes, dirtyRatio };
}

/** Dirty enough, or waiting for too long. @param firstTimestampMs Of the oldest dirty segment, -1 if unknown. */
export function isCleaningDue(
  range: CleanableRange,
  policy: CleanablePolicy,
  firstTimestampMs: number,
): boolean {
  if (range.cleanableBytes === 0) return false;
  if (range.dirtyRatio > policy.minDirtyRatio) return true;
  return firstTimestampMs >= 0 && firstTimestampMs < policy.nowMs - policy.maxLagMs;
}

function firstDirty(log: CleanableLog): number {
  const offset = log.cleanedOffset ?? log.logStartOffset;
  return offset < log.logStartOffset || offset > log.logEndOffset ? log.logStartOffset : offset;
}

/** Rounded down to the base of a segment: segments are cleaned as a whole. */
function firstUncleanable(log: CleanableLog, policy: CleanablePolicy, firstDirtyOffset: number): number {
  const active = log.segments.at(-1)!;
  const tooYoung =
    policy.minLagMs <= 0
      ? undefined
      : log.segments.find((segment, index) => {
          const nextOffset = log.segments[index + 1]?.baseOffset ?? log.logEndOffset;
          return nextOffset > firstDirtyOffset && segment.largestTimestampMs > policy.nowMs - policy.minLagMs;
        });
  const bound = Math.min(log.lastStableOffset, active.baseOffset, tooYoung?.baseOffset ?? Infinity);
  const segment = log.segments.findLast((each) => each.baseOffset <= bound);
  return Math.max(firstDirtyOffset, segment?.baseOffset ?? 0);
}
