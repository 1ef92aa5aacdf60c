import { ConsumerStateError } from '../consumer-errors.ts';

/** One call of `run()`. */
export interface RunningWork {
  /** Resolves when it was ended. */
  run(): Promise<void>;
  /** Takes no more records; what is at work may finish. */
  end(): void;
}

/** The `run()` that a consumer is in: one at a time. */
export class OngoingRun<Work extends RunningWork> {
  #work: Work | undefined;
  /** Never rejects. */
  #ended: Promise<void> | undefined;

  get work(): Work | undefined {
    return this.#work;
  }

  /** @throws ConsumerStateError */
  throwIfAny(): void {
    if (this.#work !== undefined)
      throw new ConsumerStateError('run() is already running; end it by its signal');
  }

  /** @throws what the work throws */
  async start(work: Work): Promise<void> {
    const running = work.run();
    this.#work = work;
    this.#ended = running.catch(() => {});
    try {
      await running;
    } finally {
      this.#work = undefined;
    }
  }

  /** Resolves when everything that was at work has finished. */
  async end(): Promise<void> {
    this.#work?.end();
    await this.#ended;
  }
}
