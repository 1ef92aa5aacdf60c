import type { Timer, Timers } from '@millrace/host';

export interface PeriodicTaskOptions {
  readonly initialDelayMs: number;
  readonly intervalMs: number;
  /** Gets what a run threw; the next run comes all the same. */
  readonly onError: (error: unknown) => void;
}

/** Runs a task again and again, never twice at the same time. Does not keep the process alive. */
export class PeriodicTask {
  readonly #timers: Timers;
  readonly #task: () => Promise<void>;
  readonly #options: PeriodicTaskOptions;
  #timer: Timer | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(timers: Timers, task: () => Promise<void>, options: PeriodicTaskOptions) {
    this.#timers = timers;
    this.#task = task;
    this.#options = options;
    this.#schedule(options.initialDelayMs);
  }

  /** No further run begins; resolves when the present one has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#running;
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped) return;
    const run = (): void => {
      this.#running = this.#run();
    };
    this.#timer = this.#timers.schedule(delayMs, run, { background: true });
  }

  async #run(): Promise<void> {
    try {
      await this.#task();
    } catch (error) {
      this.#options.onError(error);
    }
    this.#running = undefined;
    this.#schedule(this.#options.intervalMs);
  }
}
