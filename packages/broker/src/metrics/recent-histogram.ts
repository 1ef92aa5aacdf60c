/** Buckets per power of two: a percentile is off by 6 % at most. */
const SUB_BUCKET_BITS = 3;
const SUB_BUCKETS = 1 << SUB_BUCKET_BITS;
const MAX_VALUE = 0x7fffffff;
const BUCKETS = indexOf(MAX_VALUE) + 1;

/** A value counts for one to two of these. */
const WINDOW_MS = 150_000;

/**
 * Whole numbers of the last two and a half to five minutes, as percentiles. Costs a few instructions for each value,
 * and 2 kB in all: Kafka's own keep a sample of 1028 values of about the last five minutes.
 */
export class RecentHistogram {
  #current = new Uint32Array(BUCKETS);
  /** Made when the first window has passed: a node has hundreds of histograms, most of them hardly used. */
  #previous: Uint32Array<ArrayBuffer> | undefined;
  #windowEndMs = -Infinity;
  #count = 0;

  /** How many values there were since the start. */
  get count(): number {
    return this.#count;
  }

  /** @param value not negative; fractions are cut off, more than 2^31-1 counts as that */
  record(value: number, nowMs: number): void {
    if (nowMs >= this.#windowEndMs) this.#turn(nowMs);
    this.#count++;
    this.#current[indexOf(value > MAX_VALUE ? MAX_VALUE : value | 0)]!++;
  }

  /** The value that `quantile` (0 to 1) of the recent values do not exceed; 0 when there are none. */
  percentile(quantile: number, nowMs: number): number {
    if (nowMs >= this.#windowEndMs) this.#turn(nowMs);
    let total = 0;
    for (let index = 0; index < BUCKETS; index++) total += this.#countOf(index);
    let left = Math.max(1, Math.ceil(total * quantile));
    if (total === 0) return 0;
    for (let index = 0; index < BUCKETS; index++) {
      left -= this.#countOf(index);
      if (left <= 0) return middleOf(index);
    }
    return MAX_VALUE;
  }

  #countOf(bucket: number): number {
    return this.#current[bucket]! + (this.#previous?.[bucket] ?? 0);
  }

  #turn(nowMs: number): void {
    const isFirst = this.#windowEndMs === -Infinity;
    const isLong = nowMs >= this.#windowEndMs + WINDOW_MS;
    this.#windowEndMs = nowMs + WINDOW_MS;
    if (isFirst) return;
    const oldest = this.#previous?.fill(0) ?? new Uint32Array(BUCKETS);
    this.#previous = this.#current;
    this.#current = oldest;
    if (isLong) this.#previous.fill(0);
  }
}

function indexOf(value: number): number {
  if (value < SUB_BUCKETS) return value;
  const shift = 31 - Math.clz32(value) - SUB_BUCKET_BITS;
  return (shift + 1) * SUB_BUCKETS + ((value >>> shift) & (SUB_BUCKETS - 1));
}

function middleOf(index: number): number {
  if (index < SUB_BUCKETS) return index;
  const shift = Math.floor(index / SUB_BUCKETS) - 1;
  const lowest = (SUB_BUCKETS + (index % SUB_BUCKETS)) * 2 ** shift;
  return lowest + (2 ** shift - 1) / 2;
}
