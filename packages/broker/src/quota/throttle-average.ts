import type { QuotaWindow } from './sliding-rate.ts';

/** How long somebody had to be quiet each time, on average over the last one to two windows of a quota. */
export class ThrottleAverage {
  readonly #windowMs: number;
  #beganMs = 0;
  #totalMs = 0;
  #count = 0;
  #previousTotalMs = 0;
  #previousCount = 0;

  constructor({ sampleCount, sampleMs }: QuotaWindow) {
    this.#windowMs = sampleCount * sampleMs;
  }

  record(throttleMs: number, nowMs: number): void {
    this.#turn(nowMs);
    this.#totalMs += throttleMs;
    this.#count++;
  }

  /** In milliseconds; 0 when nobody was throttled. */
  averageMs(nowMs: number): number {
    this.#turn(nowMs);
    const count = this.#count + this.#previousCount;
    return count === 0 ? 0 : (this.#totalMs + this.#previousTotalMs) / count;
  }

  #turn(nowMs: number): void {
    const elapsedMs = nowMs - this.#beganMs;
    if (elapsedMs < this.#windowMs) return;
    const isRecent = elapsedMs < 2 * this.#windowMs;
    this.#previousTotalMs = isRecent ? this.#totalMs : 0;
    this.#previousCount = isRecent ? this.#count : 0;
    this.#totalMs = 0;
    this.#count = 0;
    this.#beganMs = nowMs;
  }
}
