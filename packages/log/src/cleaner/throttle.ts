import type { Host } from '@millrace/host';

/**
 * Holds work back so that it moves at most so many bytes per second on average, and lets the event loop turn between
 * any two pieces: a disk in memory answers at once, and the work would not let anything else run.
 */
export class Throttle {
  readonly #host: Host;
  readonly #maxBytesPerSec: number;
  readonly #startedMs: number;
  #bytes = 0;

  /** @param maxBytesPerSec Infinity for no limit. */
  constructor(host: Host, maxBytesPerSec: number) {
    this.#host = host;
    this.#maxBytesPerSec = maxBytesPerSec;
    this.#startedMs = host.clock.monotonicMs();
  }

  /** @param stop Ends a wait at once. */
  async moved(sizeBytes: number, stop?: AbortSignal): Promise<void> {
    const { clock, timers } = this.#host;
    this.#bytes += sizeBytes;
    const dueMs = this.#startedMs + (this.#bytes / this.#maxBytesPerSec) * 1000;
    const aheadMs = dueMs - clock.monotonicMs();
    await new Promise<void>((resolve) => {
      if (aheadMs <= 0 || stop?.aborted === true) {
        timers.defer(resolve);
        return;
      }
      const end = (): void => {
        timer.cancel();
        stop?.removeEventListener('abort', end);
        resolve();
      };
      const timer = timers.schedule(aheadMs, end);
      stop?.addEventListener('abort', end);
    });
  }
}
