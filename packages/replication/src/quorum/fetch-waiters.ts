import type { Timer, Timers } from '@millrace/host';

interface Waiter {
  readonly timer: Timer;
  readonly wake: () => void;
}

/** Fetches that found nothing new, until there is something, or their time is up. */
export class FetchWaiters {
  readonly #timers: Timers;
  readonly #waiters = new Set<Waiter>();

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Resolves with `wakeAll`, or after the time. */
  wait(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        waiter.timer.cancel();
        this.#waiters.delete(waiter);
        resolve();
      };
      const waiter: Waiter = { timer: this.#timers.schedule(timeoutMs, wake, { background: true }), wake };
      this.#waiters.add(waiter);
    });
  }

  wakeAll(): void {
    for (const { wake } of this.#waiters) wake();
  }
}
