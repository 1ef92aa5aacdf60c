import type { Host, Timer } from '@millrace/host';
import type { SubscriptionState } from './subscription/subscription-state.ts';

/** One timer for the back-offs of all partitions: fires when the first of them is over, then waits for the next. */
export class RetryTimer {
  readonly #host: Host;
  readonly #subscription: SubscriptionState;
  readonly #onRetry: () => void;
  readonly #otherRetries: () => Iterable<number>;
  #timer: Timer | undefined;
  #isClosed = false;

  /** @param otherRetries times of back-offs that belong to no partition. */
  constructor(
    host: Host,
    subscription: SubscriptionState,
    onRetry: () => void,
    otherRetries: () => Iterable<number> = () => [],
  ) {
    this.#host = host;
    this.#subscription = subscription;
    this.#onRetry = onRetry;
    this.#otherRetries = otherRetries;
  }

  /** A back-off has begun. */
  arm(): void {
    if (this.#isClosed) return;
    this.#timer?.cancel();
    const nowMs = this.#host.clock.monotonicMs();
    const atMs = this.#nextAtMs(nowMs);
    if (atMs === Infinity) return;
    // A fraction late is in time; a fraction early would find nothing to do.
    this.#timer = this.#host.timers.schedule(atMs - nowMs + 1, () => {
      this.#onRetry();
      this.arm();
    });
  }

  #nextAtMs(nowMs: number): number {
    let atMs = Infinity;
    for (const { retryAtMs } of this.#subscription.assigned) {
      if (retryAtMs > nowMs && retryAtMs < atMs) atMs = retryAtMs;
    }
    for (const retryAtMs of this.#otherRetries()) {
      if (retryAtMs > nowMs && retryAtMs < atMs) atMs = retryAtMs;
    }
    return atMs;
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }
}
