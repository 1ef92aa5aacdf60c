/** What the retention decision needs to know of a segment. */
export interface SegmentFacts {
  readonly baseOffset: number;
  readonly sizeBytes: number;
  /** Largest timestamp of its records, or the time of its last change where no record has one. */
  readonly largestTimestampMs: number;
}

export interface RetentionPolicy {
  /** -1 for no limit. */
  readonly retentionMs: number;
  /** -1 for no limit. */
  readonly retentionBytes: number;
  /** False for logs that are only compacted: then only what lies below the log start goes. */
  readonly isDeleting: boolean;
}

export interface RetentionBounds {
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly logEndOffset: number;
  readonly nowMs: number;
}

/**
 * How many of the oldest segments may go (`UnifiedLog.deleteOldSegments` in Kafka): below the log start, beyond the
 * size limit, beyond the age limit. Stops at the first segment that must stay; one with a timestamp in the future
 * therefore blocks those behind it.
 */
export function deletableSegments(
  segments: readonly SegmentFacts[],
  policy: RetentionPolicy,
  bounds: RetentionBounds,
): number {
  const startBreached = countWhile(
    segments,
    bounds,
    (_, next) => next !== undefined && next.baseOffset <= bounds.logStartOffset,
  );
  if (!policy.isDeleting) return startBreached;
  return Math.max(startBreached, bySize(segments, policy, bounds), byTime(segments, policy, bounds));
}

function bySize(segments: readonly SegmentFacts[], policy: RetentionPolicy, bounds: RetentionBounds): number {
  if (policy.retentionBytes < 0) return 0;
  let surplusBytes = -policy.retentionBytes;
  for (const segment of segments) surplusBytes += segment.sizeBytes;
  return countWhile(segments, bounds, (segment) => {
    surplusBytes -= segment.sizeBytes;
    return surplusBytes >= 0;
  });
}

function byTime(segments: readonly SegmentFacts[], policy: RetentionPolicy, bounds: RetentionBounds): number {
  if (policy.retentionMs < 0) return 0;
  return countWhile(
    segments,
    bounds,
    (segment) => bounds.nowMs - segment.largestTimestampMs > policy.retentionMs,
  );
}

function countWhile(
  segments: readonly SegmentFacts[],
  bounds: RetentionBounds,
  mayGo: (segment: SegmentFacts, next: SegmentFacts | undefined) => boolean,
): number {
  for (let index = 0; index < segments.length; index++) {
    const [segment, next] = [segments[index]!, segments[index + 1]];
    const isLastAndEmpty = next === undefined && segment.sizeBytes === 0;
    const upperOffset = next?.baseOffset ?? bounds.logEndOffset;
    if (isLastAndEmpty || bounds.highWatermark < upperOffset || !mayGo(segment, next)) return index;
  }
  return segments.length;
}
