import type { NumberRange } from '../descriptor/descriptor.ts';

/** Finds the range that a number is in, of ranges that do not overlap: there may be a hundred thousand of them. */
export class RangeIndex<R extends NumberRange> {
  readonly #sorted: readonly R[];
  /** How far beyond the last number of a range its `end` is: 1 in messages, 0 in enums. */
  readonly #beyond: number;

  constructor(ranges: readonly R[], beyond: number) {
    this.#sorted = ranges.toSorted((left, right) => left.start - right.start);
    this.#beyond = beyond;
  }

  find(number: number): R | undefined {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle]?.start ?? 0) <= number) low = middle + 1;
      else high = middle;
    }
    const range = this.#sorted[low - 1];
    return range !== undefined && number <= range.end - this.#beyond ? range : undefined;
  }

  /** The first two ranges that overlap. */
  overlap(): readonly [R, R] | undefined {
    for (const [index, range] of this.#sorted.entries()) {
      const before = this.#sorted[index - 1];
      if (before !== undefined && before.end - this.#beyond >= range.start) return [before, range];
    }
    return undefined;
  }
}
