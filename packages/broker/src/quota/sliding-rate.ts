/** The time over which a rate is measured: `quota.window.num` samples of `quota.window.size.seconds`. */
export interface QuotaWindow {
  readonly sampleCount: number;
  readonly sampleMs: number;
}

interface Sample {
  readonly startMs: number;
  lastMs: number;
  total: number;
}

/**
 * A rate over the last samples, measured as Apache Kafka does: a window that has just begun counts as if all but its
 * last sample had passed, so that a burst of that many samples is free.
 */
export class SlidingRate {
  readonly #window: QuotaWindow;
  /** The oldest first. One more than the window has: the oldest may overlap its begin. */
  #samples: Sample[] = [];

  constructor(window: QuotaWindow) {
    this.#window = window;
  }

  /** @param value negative to take back what was recorded */
  record(value: number, nowMs: number): void {
    let sample = this.#samples.at(-1);
    if (sample === undefined || nowMs - sample.startMs >= this.#window.sampleMs) {
      sample = { startMs: nowMs, lastMs: nowMs, total: 0 };
      this.#samples.push(sample);
      if (this.#samples.length > this.#window.sampleCount + 1) this.#samples.shift();
    }
    sample.total += value;
    sample.lastMs = nowMs;
  }

  perSec(nowMs: number): number {
    return (this.#total(nowMs) / this.#elapsedMs(nowMs)) * 1000;
  }

  /** How long nothing may be added for the rate to be down at `limitPerSec`; 0 while it is not above. */
  throttleMs(limitPerSec: number, nowMs: number): number {
    const total = this.#total(nowMs);
    const elapsedMs = this.#elapsedMs(nowMs);
    const ratePerSec = (total / elapsedMs) * 1000;
    return ratePerSec > limitPerSec ? Math.round((ratePerSec / limitPerSec - 1) * elapsedMs) : 0;
  }

  #total(nowMs: number): number {
    const { sampleCount, sampleMs } = this.#window;
    const oldestMs = nowMs - sampleCount * sampleMs;
    if (this.#samples.length > 0 && this.#samples[0]!.lastMs <= oldestMs)
      this.#samples = this.#samples.filter(({ lastMs }) => lastMs > oldestMs);
    let total = 0;
    for (const sample of this.#samples) total += sample.total;
    return total;
  }

  #elapsedMs(nowMs: number): number {
    const { sampleCount, sampleMs } = this.#window;
    const elapsedMs = nowMs - (this.#samples[0]?.startMs ?? nowMs);
    const missingSamples = Math.max(0, sampleCount - 1 - Math.floor(elapsedMs / sampleMs));
    return Math.max(1, elapsedMs + missingSamples * sampleMs);
  }
}
