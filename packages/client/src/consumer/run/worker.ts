import type { KeyLane, PartitionWork, Piece } from './partition-work.ts';

/** What a worker is given and tells: the scheduler's side. */
export interface WorkerTasks {
  /** An array is one task, rather than a record. */
  readonly isBatched: boolean;
  /** Monotonic. */
  nowMs(): number;
  /**
   * Does tasks of the worker's range from `index` on, moving `index` behind each that is done at once. Returns the
   * promise of one that is not, with `index` on it; undefined at the end of the range, or where the rest has to stay.
   * @throws what a handler threw, with `index` on its record
   */
  start(worker: Worker): PromiseLike<unknown> | undefined;
  /** Gives the worker its next range of the same work. @returns false when there is none */
  next(worker: Worker): boolean;
  /** The rest of the range must not be started now. */
  giveBack(worker: Worker): void;
  /** The task has failed: what now? Rejects when the run has to stop. */
  recover(worker: Worker, error: unknown): Promise<'done' | 'again' | 'dropped'>;
  /** The task goes on in the background: others of its key must wait. */
  wentAsync(worker: Worker): void;
  finished(work: PartitionWork, count: number): void;
  released(worker: Worker): void;
  failed(worker: Worker, error: unknown): void;
}

/**
 * One of the handlers that may run at the same time. Goes through a range of records in a plain loop as long as they are
 * done at once; its two callbacks are made once, not per record.
 */
export class Worker {
  readonly #tasks: WorkerTasks;
  readonly #onDone = () => {
    this.#done(this.#tasks.isBatched ? this.end - this.index : 1);
    this.#go();
  };
  readonly #onError = (error: unknown) => void this.#recover(error);
  work!: PartitionWork;
  piece!: Piece;
  /** The record at work, or the next one. */
  index = 0;
  /** Where its range ends. */
  end = 0;
  lane: KeyLane | undefined;
  /** By key: others may have done what is behind its record, so that it cannot be given back. */
  isAlone = false;
  /** Of the key, where there is a lane. */
  hash = 0;
  /** Monotonic; when the task went on in the background. */
  startedMs = Infinity;

  constructor(tasks: WorkerTasks) {
    this.#tasks = tasks;
  }

  /** Asked per record. */
  get mayStart(): boolean {
    return this.isAlone ? this.work.canGoOn : this.work.canStart;
  }

  begin(work: PartitionWork, piece: Piece, index: number, end: number): void {
    this.work = work;
    this.lane = undefined;
    this.isAlone = false;
    work.running++;
    this.take(piece, index, end);
    this.#go();
  }

  /** The next range; of the same work. */
  take(piece: Piece, index: number, end: number): void {
    this.piece = piece;
    this.index = index;
    this.end = end;
  }

  /** Runs on until a task takes its time, or there are no more. */
  #go(): void {
    while (this.index < this.end || this.#tasks.next(this)) {
      const running = this.#startRange();
      if (running !== undefined) {
        this.#tasks.wentAsync(this);
        this.startedMs = this.#tasks.nowMs();
        running.then(this.#onDone, this.#onError);
        return;
      }
      if (this.index < this.end) {
        this.#tasks.giveBack(this);
        break;
      }
    }
    this.#release();
  }

  #startRange(): PromiseLike<unknown> | undefined {
    const first = this.index;
    try {
      return this.#tasks.start(this);
    } catch (error) {
      return Promise.reject(error);
    } finally {
      const count = this.index - first;
      if (count > 0) {
        this.work.done(this.piece, first, count);
        this.#tasks.finished(this.work, count);
      }
    }
  }

  /** The task that took its time. */
  #done(count: number): void {
    this.work.done(this.piece, this.index, count);
    this.index += count;
    this.startedMs = Infinity;
    this.#tasks.finished(this.work, count);
  }

  async #recover(error: unknown): Promise<void> {
    try {
      const outcome = await this.#tasks.recover(this, error);
      if (outcome === 'dropped') return this.#release();
      if (outcome === 'done') this.#done(this.#tasks.isBatched ? this.end - this.index : 1);
    } catch (failure) {
      this.#tasks.failed(this, failure);
      return this.#release();
    }
    return this.#go();
  }

  #release(): void {
    this.end = this.index;
    this.startedMs = Infinity;
    this.work.released();
    this.#tasks.released(this);
  }
}
