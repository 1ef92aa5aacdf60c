import type { Timer, TimerOptions, Timers } from '@millrace/host';

/** The timers of one process: when it is killed, none of them fires any more. */
export class MortalTimers implements Timers {
  readonly #timers: Timers;
  readonly #live = new Set<Timer>();
  #isKilled = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  kill(): void {
    this.#isKilled = true;
    for (const timer of this.#live) timer.cancel();
    this.#live.clear();
  }

  schedule(delayMs: number, callback: () => void, options?: TimerOptions): Timer {
    if (this.#isKilled) return { cancel() {} };
    const live = this.#live;
    const run = (): void => {
      live.delete(timer);
      callback();
    };
    const timer = this.#timers.schedule(delayMs, run, options);
    live.add(timer);
    return {
      cancel() {
        live.delete(timer);
        timer.cancel();
      },
    };
  }

  defer(callback: () => void): void {
    this.#timers.defer(() => {
      if (!this.#isKilled) callback();
    });
  }
}
