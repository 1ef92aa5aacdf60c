import type { Host } from '@millrace/host';

/** Holds work back so that it moves at most so many bytes per second on average. */
export class Throttle {
  readonly #host: Host;
  readonly #maxBytesPerSec: number;
  #startedMs: number;
  #bytes = 0;

  /** @param maxBytesPerSec Infinity for no limit. */
  constructor(host: Host, maxBytesPerSec: number) {
    this.#host = host;
    this.#maxBytesPerSec = maxBytesPerSec;
    this.#startedMs = host.clock.monotonicMs();
  }

  async moved(sizeBytes: number): Promise<void> {
    if (this.#maxBytesPerSec === Infinity) return;
    this.#bytes += sizeBytes;
    const dueMs = this.#startedMs + (this.#bytes / this.#maxBytesPerSec) * 1000;
    const aheadMs = dueMs - this.#host.clock.monotonicMs();
    if (aheadMs <= 0) return;
    await new Promise<void>((resolve) => this.#host.timers.schedule(aheadMs, resolve));
  }
}
