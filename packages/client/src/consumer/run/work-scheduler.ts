import type { Host } from '@millrace/host';
import { murmur2 } from '../../producer/murmur2.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { KeyLane, PartitionWork, Piece } from './partition-work.ts';
import { Worker, type WorkerTasks } from './worker.ts';

export interface SchedulerOptions {
  readonly host: Host;
  readonly concurrency: number;
  readonly byKey: boolean;
  readonly isBatched: boolean;
  /** See `WorkerTasks.start`. */
  readonly start: (worker: Worker) => PromiseLike<unknown> | undefined;
  /** A handler failed. Rejects when the run has to stop. */
  readonly recover: (worker: Worker, error: unknown) => Promise<'done' | 'again' | 'dropped'>;
  /** When a record of a retry topic may be started; milliseconds since 1970. */
  readonly dueAtMs: (record: ConsumerRecord) => number;
  /** So many records are done. */
  readonly onProgress: (work: PartitionWork, count: number) => void;
  /** Nothing is started any more. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * Who processes what: so many workers, each on a partition or a key of its own. A record is started when a worker is
 * free, nothing before it in its partition (or of its key) is being processed, and its time has come.
 */
export class WorkScheduler implements WorkerTasks {
  readonly isBatched: boolean;
  readonly #options: SchedulerOptions;
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[];
  /** Works with something to start, perhaps. */
  #ready: PartitionWork[] = [];
  #isStopped = false;
  #isPumping = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.isBatched = options.isBatched;
    this.#workers = Array.from({ length: options.concurrency }, () => new Worker(this));
    this.#idle = [...this.#workers];
  }

  /** Looks at the work when a worker is free. */
  enqueue(work: PartitionWork): void {
    if (work.isReady || work.nextPiece === undefined) return;
    work.isReady = true;
    this.#ready.push(work);
  }

  /** Starts what can be started. */
  pump(): void {
    // Handlers run in here; what they cause must not pump again below them.
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#idle.length > 0 && !this.#isStopped) {
        const work = this.#ready.shift();
        if (work === undefined) break;
        work.isReady = false;
        if (this.#isStartable(work)) this.#startNext(work);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  /** Nothing more is started; what runs goes on. */
  stop(): void {
    this.#isStopped = true;
    this.#ready = [];
  }

  /** Tasks that have been running since before that time. */
  runningSince(beforeMs: number): readonly Worker[] {
    return this.#workers.filter(({ startedMs }) => startedMs < beforeMs);
  }

  nowMs(): number {
    return this.#options.host.clock.monotonicMs();
  }

  start(worker: Worker): PromiseLike<unknown> | undefined {
    return this.#options.start(worker);
  }

  recover(worker: Worker, error: unknown): Promise<'done' | 'again' | 'dropped'> {
    return this.#options.recover(worker, error);
  }

  wentAsync(worker: Worker): void {
    if (!this.#options.byKey || worker.lane !== undefined) return;
    // Only this one record is its own; the next one may be of another key.
    if (worker.end > worker.index + 1) {
      worker.work.rewind(worker.piece, worker.index + 1);
      worker.end = worker.index + 1;
    }
    worker.isAlone = true;
    const { key } = worker.piece.records[worker.index]!;
    if (key === null) return;
    worker.hash = hashOf(key);
    worker.lane = { pieces: [], indexes: [] };
    worker.work.lanes.set(worker.hash, worker.lane);
  }

  finished(work: PartitionWork, count: number): void {
    this.#options.onProgress(work, count);
  }

  giveBack({ work, piece, index, isAlone }: Worker): void {
    if (!isAlone) work.rewind(piece, index);
  }

  next(worker: Worker): boolean {
    const { work } = worker;
    if (this.#isStopped) return false;
    if (this.#options.byKey) return work.canGoOn && this.#nextOfKey(worker);
    return work.canStart && this.#nextOfPartition(worker);
  }

  released(worker: Worker): void {
    const { work } = worker;
    if (worker.lane !== undefined && work.lanes.get(worker.hash) === worker.lane)
      work.lanes.delete(worker.hash);
    this.#idle.push(worker);
    this.enqueue(work);
    this.pump();
  }

  failed(_worker: Worker, error: unknown): void {
    this.stop();
    this.#options.onFailed(error);
  }

  #isStartable(work: PartitionWork): boolean {
    const { predecessor, nextPiece } = work;
    if (nextPiece === undefined || !work.canStart) return false;
    if (predecessor !== undefined && predecessor.running > 0 && !predecessor.isAbandoned) {
      void predecessor.whenIdle().then(() => this.#again(work));
      return false;
    }
    work.predecessor = undefined;
    if (!this.#options.byKey && work.running > 0) return false;
    return !this.#mustWait(work, nextPiece, work.nextIndex);
  }

  #startNext(work: PartitionWork): void {
    if (this.#options.byKey) return this.#startByKey(work);
    const piece = work.nextPiece!;
    const index = work.nextIndex;
    this.#idle.pop()!.begin(work, piece, index, this.#tookRange(work, piece, index));
  }

  /**
   * Starts records of this work until no worker is free; those whose key is busy are put behind it. As long as none is,
   * one worker gets all there is, and gives back what follows a record that takes its time.
   */
  #startByKey(work: PartitionWork): void {
    while (this.#idle.length > 0 && !this.#isStopped && work.canStart) {
      const piece = work.nextPiece;
      if (piece === undefined) return;
      const index = work.nextIndex;
      if (this.#mustWait(work, piece, index)) return;
      if (work.lanes.size === 0) {
        this.#idle.pop()!.begin(work, piece, index, this.#tookRange(work, piece, index));
        continue;
      }
      const { key } = piece.records[index]!;
      const lane = key === null ? undefined : work.lanes.get(hashOf(key));
      work.took(1);
      if (lane === undefined) this.#idle.pop()!.begin(work, piece, index, index + 1);
      else append(lane, piece, index);
    }
    this.enqueue(work);
  }

  #nextOfPartition(worker: Worker): boolean {
    const { work } = worker;
    const piece = work.nextPiece;
    if (piece === undefined) return false;
    const index = work.nextIndex;
    if (this.#mustWait(work, piece, index)) return false;
    worker.take(piece, index, this.#tookRange(work, piece, index));
    return true;
  }

  /** All of the piece at once, except where each record has its own time. @returns the end of the range */
  #tookRange(work: PartitionWork, piece: Piece, index: number): number {
    const count = work.isRetry ? 1 : piece.end - index;
    work.took(count);
    return index + count;
  }

  #nextOfKey(worker: Worker): boolean {
    const { lane } = worker;
    const piece = lane?.pieces.shift();
    if (lane === undefined || piece === undefined) return false;
    const index = lane.indexes.shift()!;
    worker.take(piece, index, index + 1);
    return true;
  }

  /** Not due yet: comes back when it is. */
  #mustWait(work: PartitionWork, piece: Piece, index: number): boolean {
    if (!work.isRetry) return false;
    if (work.isWaiting) return true;
    const { host, dueAtMs } = this.#options;
    const delayMs = dueAtMs(piece.records[index]!) - host.clock.nowMs();
    if (delayMs <= 0) return false;
    work.timer = host.timers.schedule(delayMs, () => {
      work.timer = undefined;
      this.#again(work);
      this.#options.onProgress(work, 0);
    });
    return true;
  }

  #again(work: PartitionWork): void {
    if (this.#isStopped) return;
    this.enqueue(work);
    this.pump();
  }
}

/** Two keys of the same hash wait for each other, which does no harm. */
function hashOf(key: Buffer): number {
  return murmur2(key);
}

function append(lane: KeyLane, piece: Piece, index: number): void {
  lane.pieces.push(piece);
  lane.indexes.push(index);
}
