import type { KeyLane, PartitionWork, Piece } from './partition-work.ts';

/** What a worker is given and tells: the scheduler's side. */
export interface WorkerTasks {
  /** Starts the task. Undefined when it is done already. @throws what the handler threw */
  start(worker: Worker): PromiseLike<unknown> | undefined;
  /** Gives the worker its next task of the same work. @returns false when there is none */
  next(worker: Worker): boolean;
  /** The task has failed: what now? Rejects when the run has to stop. */
  recover(worker: Worker, error: unknown): Promise<'done' | 'again' | 'dropped'>;
  /** The task goes on in the background: others of its key must wait. */
  wentAsync(worker: Worker): void;
  finished(worker: Worker): void;
  released(worker: Worker): void;
  failed(worker: Worker, error: unknown): void;
}

/**
 * One of the handlers that may run at the same time. Goes through records as long as they are done at once, in a plain
 * loop; its two callbacks are made once, not per record.
 */
export class Worker {
  readonly #tasks: WorkerTasks;
  readonly #onDone = () => {
    this.#done();
    this.#go();
  };
  readonly #onError = (error: unknown) => void this.#recover(error);
  work!: PartitionWork;
  piece!: Piece;
  index = 0;
  /** Records of the task: more than one for batches. */
  count = 0;
  lane: KeyLane | undefined;
  /** Of the key, where there is a lane. */
  hash = 0;
  /** Monotonic; when the task went on in the background. */
  startedMs = 0;

  constructor(tasks: WorkerTasks) {
    this.#tasks = tasks;
  }

  begin(work: PartitionWork, piece: Piece, index: number, count: number): void {
    this.work = work;
    this.lane = undefined;
    work.running++;
    this.take(piece, index, count);
    this.#go();
  }

  /** The next task; of the same work. */
  take(piece: Piece, index: number, count: number): void {
    this.piece = piece;
    this.index = index;
    this.count = count;
  }

  /** Runs the present task and those that follow, until one takes its time. */
  #go(): void {
    while (this.count > 0) {
      try {
        const running = this.#tasks.start(this);
        if (running !== undefined) {
          this.#tasks.wentAsync(this);
          running.then(this.#onDone, this.#onError);
          return;
        }
      } catch (error) {
        this.#tasks.wentAsync(this);
        this.#onError(error);
        return;
      }
      this.#done();
    }
    this.work.released();
    this.#tasks.released(this);
  }

  #done(): void {
    this.work.done(this.piece, this.index, this.count);
    this.#tasks.finished(this);
    if (!this.#tasks.next(this)) this.count = 0;
  }

  async #recover(error: unknown): Promise<void> {
    try {
      const outcome = await this.#tasks.recover(this, error);
      if (outcome === 'done') this.#done();
      else if (outcome === 'dropped') this.count = 0;
    } catch (failure) {
      this.count = 0;
      this.#tasks.failed(this, failure);
    }
    this.#go();
  }
}
