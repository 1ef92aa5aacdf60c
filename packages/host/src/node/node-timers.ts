import type { Timer, TimerOptions, Timers } from '../host.ts';

/** The longest delay that `setTimeout` honours; longer ones would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export const nodeTimers: Timers = {
  schedule: (delayMs, callback, options) => new NodeTimer(delayMs, callback, options),
  defer(callback) {
    setImmediate(callback);
  },
};

class NodeTimer implements Timer {
  readonly #callback: () => void;
  readonly #background: boolean;
  readonly #dueAtMs: number;
  #timeout: NodeJS.Timeout | undefined;

  constructor(delayMs: number, callback: () => void, options: TimerOptions | undefined) {
    this.#callback = callback;
    this.#background = options?.background ?? false;
    this.#dueAtMs = performance.now() + (delayMs > 0 ? delayMs : 0);
    this.#arm(delayMs);
  }

  cancel(): void {
    clearTimeout(this.#timeout);
    this.#timeout = undefined;
  }

  /** Delays over {@link MAX_DELAY_MS} run in legs. */
  #arm(delayMs: number): void {
    this.#timeout = setTimeout(
      () => {
        // libuv counts whole milliseconds from a rounded-down start and may be up to one early.
        const earlyMs = this.#dueAtMs - performance.now();
        if (earlyMs > 0) this.#arm(earlyMs);
        else this.#callback();
      },
      delayMs > 0 ? Math.ceil(Math.min(delayMs, MAX_DELAY_MS)) : 0,
    );
    if (this.#background) this.#timeout.unref();
  }
}
