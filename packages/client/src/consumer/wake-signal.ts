import type { Host } from '@millrace/host';

/** Lets waits end early when something has happened. Notifications while nobody waits are remembered once. */
export class WakeSignal {
  readonly #host: Host;
  readonly #waiters = new Set<() => void>();
  #isPending = false;

  constructor(host: Host) {
    this.#host = host;
  }

  notify(): void {
    if (this.#waiters.size === 0) {
      this.#isPending = true;
      return;
    }
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    for (const wake of waiters) wake();
  }

  /** Resolves with the next notification, or after `timeoutMs`. Leaves no timer behind. */
  wait(timeoutMs: number): Promise<void> {
    if (this.#isPending || timeoutMs <= 0) {
      this.#isPending = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const wake = () => {
        timer?.cancel();
        this.#waiters.delete(wake);
        resolve();
      };
      const timer = timeoutMs === Infinity ? undefined : this.#host.timers.schedule(timeoutMs, wake);
      this.#waiters.add(wake);
    });
  }
}
