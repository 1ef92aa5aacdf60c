import { MAX_RELATIVE_OFFSET } from '../limits.ts';

export interface GroupableSegment {
  readonly baseOffset: number;
  readonly sizeBytes: number;
  readonly offsetIndexBytes: number;
  readonly timeIndexBytes: number;
  /** Largest offset that the segment can hold: the base of the next one, minus one. */
  readonly lastOffset: number;
}

export interface GroupLimits {
  readonly segmentBytes: number;
  readonly indexBytes: number;
}

/** Neighbours that are cleaned into one segment, since together they do not exceed what one may be. */
export function groupSegments<T extends GroupableSegment>(
  segments: readonly T[],
  limits: GroupLimits,
): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let [logBytes, offsetBytes, timeBytes] = [0, 0, 0];
  for (const segment of segments) {
    const fits =
      group.length > 0 &&
      logBytes + segment.sizeBytes <= limits.segmentBytes &&
      offsetBytes + segment.offsetIndexBytes <= limits.indexBytes &&
      timeBytes + segment.timeIndexBytes <= limits.indexBytes &&
      (segment.sizeBytes === 0 || segment.lastOffset - group[0]!.baseOffset <= MAX_RELATIVE_OFFSET);
    if (!fits) {
      group = [];
      groups.push(group);
      [logBytes, offsetBytes, timeBytes] = [0, 0, 0];
    }
    group.push(segment);
    logBytes += segment.sizeBytes;
    offsetBytes += segment.offsetIndexBytes;
    timeBytes += segment.timeIndexBytes;
  }
  return groups;
}
