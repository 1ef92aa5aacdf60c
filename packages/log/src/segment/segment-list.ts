import { invariant } from '../errors.ts';
import type { LogSegment } from './log-segment.ts';

/** The segments of a partition in offset order; the last one is active. */
export class SegmentList {
  #segments: LogSegment[];

  constructor(segments: readonly LogSegment[]) {
    invariant(segments.length > 0, 'a log has at least one segment');
    this.#segments = [...segments];
  }

  get all(): readonly LogSegment[] {
    return this.#segments;
  }

  get active(): LogSegment {
    return this.#segments.at(-1)!;
  }

  get first(): LogSegment {
    return this.#segments[0]!;
  }

  get sizeBytes(): number {
    let sizeBytes = 0;
    for (const segment of this.#segments) sizeBytes += segment.sizeBytes;
    return sizeBytes;
  }

  /** Index of the segment with the greatest base at or below `offset`; 0 for offsets below all. */
  indexOf(offset: number): number {
    let [low, high] = [0, this.#segments.length - 1];
    while (low < high) {
      const middle = low + Math.ceil((high - low) / 2);
      if (this.#segments[middle]!.baseOffset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Segments that hold or may hold offsets in [fromOffset, toOffset). */
  covering(fromOffset: number, toOffset: number): readonly LogSegment[] {
    const segments = this.#segments.slice(this.indexOf(fromOffset));
    return segments.filter((segment, index) => index === 0 || segment.baseOffset < toOffset);
  }

  has(segment: LogSegment): boolean {
    return this.#segments[this.indexOf(segment.baseOffset)] === segment;
  }

  push(segment: LogSegment): void {
    invariant(
      segment.baseOffset > this.active.baseOffset,
      `segment ${segment.baseOffset} does not follow segment ${this.active.baseOffset}`,
    );
    this.#segments.push(segment);
  }

  /** Puts `replacements` where `removed`, a run of neighbours, was. Readers keep the list they took before. */
  replace(removed: readonly LogSegment[], replacements: readonly LogSegment[]): void {
    const gone = new Set(removed);
    const kept = this.#segments.filter((segment) => !gone.has(segment));
    this.#segments = [...kept, ...replacements].toSorted((a, b) => a.baseOffset - b.baseOffset);
    invariant(this.#segments.length > 0, 'a log has at least one segment');
  }
}
