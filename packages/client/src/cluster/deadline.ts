import type { Host } from '@millrace/host';

/** A point in time on the host's monotonic clock by which an operation must have ended. */
export class Deadline {
  readonly timeoutMs: number;
  readonly #host: Host;
  readonly #atMs: number;

  constructor(host: Host, timeoutMs: number) {
    this.#host = host;
    this.timeoutMs = timeoutMs;
    this.#atMs = host.clock.monotonicMs() + timeoutMs;
  }

  /** Never negative. */
  get remainingMs(): number {
    return Math.max(0, this.#atMs - this.#host.clock.monotonicMs());
  }

  get isExpired(): boolean {
    return this.remainingMs <= 0;
  }

  /** `promise`, or the rejection made by `onExpired` when the deadline comes first. The loser's outcome is dropped. */
  async race<T>(promise: Promise<T>, onExpired: () => Error): Promise<T> {
    const { promise: expired, reject } = Promise.withResolvers<never>();
    const timer = this.#host.timers.schedule(this.remainingMs, () => reject(onExpired()));
    try {
      return await Promise.race([promise, expired]);
    } finally {
      timer.cancel();
    }
  }
}
