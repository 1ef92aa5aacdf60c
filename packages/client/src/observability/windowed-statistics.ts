/** `metrics.sample.window.ms` and `metrics.num.samples` of Kafka. */
const WINDOW_MS = 30_000;
const WINDOWS = 2;

/**
 * What was recorded in the last 30 to 60 seconds, and in all, by Kafka's arithmetic: two windows, of which the older one
 * is thrown away when a third begins. Recording allocates nothing.
 */
export class WindowedStatistics {
  #startMs: number;
  #sum = 0;
  #count = 0;
  #max = -Infinity;
  #previousStartMs: number;
  #previousSum = 0;
  #previousCount = 0;
  #previousMax = -Infinity;
  #totalSum = 0;
  #totalCount = 0;

  constructor(nowMs: number) {
    this.#startMs = nowMs;
    this.#previousStartMs = nowMs;
  }

  record(value: number, nowMs: number): void {
    if (nowMs - this.#startMs >= WINDOW_MS) this.#turn(nowMs);
    this.#sum += value;
    this.#count++;
    if (value > this.#max) this.#max = value;
    this.#totalSum += value;
    this.#totalCount++;
  }

  /** Of everything ever recorded. */
  get total(): number {
    return this.#totalSum;
  }

  get totalCount(): number {
    return this.#totalCount;
  }

  /** NaN where nothing was recorded, as in Kafka. */
  average(nowMs: number): number {
    this.#expire(nowMs);
    return (this.#sum + this.#previousSum) / (this.#count + this.#previousCount);
  }

  max(nowMs: number): number {
    this.#expire(nowMs);
    const max = Math.max(this.#max, this.#previousMax);
    return max === -Infinity ? NaN : max;
  }

  /** Sum a second. The time counts as one whole window at least, so that a first value does not look like a flood. */
  rate(nowMs: number): number {
    this.#expire(nowMs);
    return ((this.#sum + this.#previousSum) * 1000) / this.#elapsedMs(nowMs);
  }

  /** Recordings a second. */
  countRate(nowMs: number): number {
    this.#expire(nowMs);
    return ((this.#count + this.#previousCount) * 1000) / this.#elapsedMs(nowMs);
  }

  #elapsedMs(nowMs: number): number {
    return Math.max(WINDOW_MS * (WINDOWS - 1), nowMs - this.#previousStartMs);
  }

  #expire(nowMs: number): void {
    if (nowMs - this.#startMs >= WINDOW_MS) this.#turn(nowMs);
  }

  /** Begins a window; the one before is kept if it has not ended a whole window ago. */
  #turn(nowMs: number): void {
    const isRecent = nowMs - this.#startMs < WINDOWS * WINDOW_MS;
    this.#previousStartMs = isRecent ? this.#startMs : nowMs - WINDOW_MS;
    this.#previousSum = isRecent ? this.#sum : 0;
    this.#previousCount = isRecent ? this.#count : 0;
    this.#previousMax = isRecent ? this.#max : -Infinity;
    this.#startMs = nowMs;
    this.#sum = 0;
    this.#count = 0;
    this.#max = -Infinity;
  }
}
