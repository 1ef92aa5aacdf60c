/** As long as a sample of Kafka's own metrics, of which there are two. */
const WINDOW_MS = 30_000;

interface Window {
  readonly startMs: number;
  count: number;
  sum: number;
  max: number;
}

/**
 * Numbers of the last half to whole minute, with their average, maximum and sum per second. Costs a few additions for
 * each; what is too old is let go of when the next one comes, or when somebody asks. Pure.
 */
export class RecentSamples {
  #current: Window | undefined;
  #previous: Window | undefined;

  record(value: number, nowMs: number): void {
    const window = this.#turned(nowMs);
    window.count++;
    window.sum += value;
    window.max = Math.max(window.max, value);
  }

  /** 0 where there was nothing. */
  average(nowMs: number): number {
    const { count, sum } = this.#recent(nowMs);
    return count === 0 ? 0 : sum / count;
  }

  /** 0 where there was nothing. */
  max(nowMs: number): number {
    return this.#recent(nowMs).max;
  }

  /** The sum, over no less than half a minute: the first value of all is not a burst. */
  perSec(nowMs: number): number {
    const { startMs, sum } = this.#recent(nowMs);
    return (sum * 1000) / Math.max(WINDOW_MS, nowMs - startMs);
  }

  #recent(nowMs: number): Window {
    const current = this.#turned(nowMs);
    const previous = this.#previous;
    if (previous === undefined) return current;
    return {
      startMs: previous.startMs,
      count: previous.count + current.count,
      sum: previous.sum + current.sum,
      max: Math.max(previous.max, current.max),
    };
  }

  #turned(nowMs: number): Window {
    const before = this.#current;
    if (before !== undefined && nowMs < before.startMs + WINDOW_MS) return before;
    this.#previous = before !== undefined && nowMs < before.startMs + 2 * WINDOW_MS ? before : undefined;
    return (this.#current = { startMs: nowMs, count: 0, sum: 0, max: 0 });
  }
}
