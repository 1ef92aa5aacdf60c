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
  /** Starts the handler. Undefined when it is done already. @throws what it threw */
  readonly start: (worker: Worker) => PromiseLike<unknown> | undefined;
  /** A handler failed. Rejects when the run has to stop. */
  readonly recover: (worker: Worker, error: unknown) => Promise<'done' | 'again' | 'dropped'>;
  /** When a record of a retry topic may be started; milliseconds since 1970. */
  readonly dueAtMs: (record: ConsumerRecord) => number;
  /** A handler that had taken its time has ended. */
  readonly onProgress: (work: PartitionWork) => void;
  /** Nothing is started any more. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * Who processes what: so many workers, each on a partition or a key of its own. A record is started when a worker is
 * free, nothing before it in its partition (or of its key) is being processed, and its time has come.
 */
export class WorkScheduler implements WorkerTasks {
  readonly #options: SchedulerOptions;
  readonly #workers: readonly Worker[];
  readonly #idle: Worker[];
  /** Works with something to start, perhaps. */
  #ready: PartitionWork[] = [];
  #isStopped = false;
  #isPumping = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
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
    return this.#workers.filter(({ count, startedMs }) => count > 0 && startedMs < beforeMs);
  }

  start(worker: Worker): PromiseLike<unknown> | undefined {
    return this.#options.start(worker);
  }

  recover(worker: Worker, error: unknown): Promise<'done' | 'again' | 'dropped'> {
    return this.#options.recover(worker, error);
  }

  wentAsync(worker: Worker): void {
    worker.startedMs = this.#options.host.clock.monotonicMs();
    if (!this.#options.byKey || worker.lane !== undefined) return;
    const { key } = worker.piece.records[worker.index]!;
    if (key === null) return;
    worker.hash = hashOf(key);
    worker.lane = { pieces: [], indexes: [] };
    worker.work.lanes.set(worker.hash, worker.lane);
  }

  finished({ work }: Worker): void {
    this.#options.onProgress(work);
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
    if (!this.#options.byKey && work.running > 0) return false;
    return !this.#mustWait(work, nextPiece, work.nextIndex);
  }

  #startNext(work: PartitionWork): void {
    if (this.#options.byKey) return this.#startByKey(work);
    const piece = work.nextPiece!;
    const index = work.nextIndex;
    const count = this.#options.isBatched ? piece.end - index : 1;
    work.took(count);
    this.#idle.pop()!.begin(work, piece, index, count);
  }

  /** Starts records of this work until no worker is free; those whose key is busy are put behind it. */
  #startByKey(work: PartitionWork): void {
    while (this.#idle.length > 0 && !this.#isStopped && work.canStart) {
      const piece = work.nextPiece;
      if (piece === undefined) return;
      const index = work.nextIndex;
      if (this.#mustWait(work, piece, index)) return;
      const { key } = piece.records[index]!;
      const lane = key === null || work.lanes.size === 0 ? undefined : work.lanes.get(hashOf(key));
      work.took(1);
      if (lane === undefined) this.#idle.pop()!.begin(work, piece, index, 1);
      else append(lane, piece, index);
    }
    this.enqueue(work);
  }

  #nextOfPartition(worker: Worker): boolean {
    const { work } = worker;
    const piece = work.nextPiece;
    if (piece === undefined || (work.isRetry && this.#mustWait(work, piece, work.nextIndex))) return false;
    const index = work.nextIndex;
    const count = this.#options.isBatched ? piece.end - index : 1;
    work.took(count);
    worker.take(piece, index, count);
    return true;
  }

  #nextOfKey(worker: Worker): boolean {
    const { lane } = worker;
    const piece = lane?.pieces.shift();
    if (lane === undefined || piece === undefined) return false;
    worker.take(piece, lane.indexes.shift()!, 1);
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
      this.#options.onProgress(work);
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
