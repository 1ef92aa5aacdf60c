import type { Host, Timer } from '@millrace/host';

/** Of an application that polls. */
export interface PollingApplication {
  /** Called when a poll should look again: callbacks are due, or something has failed. */
  readonly onProgress: () => void;
  /** Whether the application is inside a poll that is waiting: then time counts as polled. */
  readonly isPolling: () => boolean;
}

/** Asks a membership again when its state machine wants to be asked. */
export class WakeupTimer {
  readonly #host: Host;
  readonly #onTime: () => void;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor(host: Host, onTime: () => void) {
    this.#host = host;
    this.#onTime = onTime;
  }

  /** Inside a poll, the poll itself looks at the clock: waiting there is not an absence of polls. */
  static outsidePolls(host: Host, application: PollingApplication, onTime: () => void): WakeupTimer {
    return new WakeupTimer(host, () => {
      if (application.isPolling()) application.onProgress();
      else onTime();
    });
  }

  /** @param atMs on the monotonic clock, in the place of what was set before; Infinity for never */
  arm(atMs: number): void {
    this.cancel();
    if (atMs === Infinity || this.#isClosed) return;
    const delayMs = Math.max(0, atMs - this.#host.clock.monotonicMs());
    this.#timer = this.#host.timers.schedule(delayMs, this.#onTime);
  }

  cancel(): void {
    this.#timer?.cancel();
  }

  /** For good. */
  close(): void {
    this.#isClosed = true;
    this.cancel();
  }
}
