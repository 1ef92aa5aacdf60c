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
  #remainingMs: number;
  #timeout: NodeJS.Timeout | undefined;

  constructor(delayMs: number, callback: () => void, options: TimerOptions | undefined) {
    this.#callback = callback;
    this.#background = options?.background ?? false;
    this.#remainingMs = delayMs > 0 ? Math.ceil(delayMs) : 0;
    this.#arm();
  }

  cancel(): void {
    clearTimeout(this.#timeout);
    this.#timeout = undefined;
  }

  /** Delays over {@link MAX_DELAY_MS} run in legs. */
  #arm(): void {
    const legMs = Math.min(this.#remainingMs, MAX_DELAY_MS);
    this.#remainingMs -= legMs;
    this.#timeout = setTimeout(() => {
      if (this.#remainingMs > 0) this.#arm();
      else this.#callback();
    }, legMs);
    if (this.#background) this.#timeout.unref();
  }
}
