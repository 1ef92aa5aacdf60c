import type { Timer } from '@millrace/host';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { HandedOut } from '../fetch/fetch-buffer.ts';
import type { AssignedPartition, LogPosition } from '../subscription/assigned-partition.ts';
import type { RecordContext } from './run-options.ts';

/** Records of one partition from one poll, in order. */
export interface Piece {
  readonly records: readonly ConsumerRecord[];
  /** Index of the first one in `records`. */
  readonly start: number;
  readonly end: number;
  /** Behind the last one, and behind what was not handed out (control records, filtered batches). */
  readonly position: LogPosition;
  /** The first record that is not processed. */
  head: number;
  /** Which ones behind `head` are, where they were not processed in order; by distance from `start`. */
  isDone: Uint8Array | undefined;
}

/** Records of one key that wait for the one being processed. */
export interface KeyLane {
  readonly pieces: Piece[];
  readonly indexes: number[];
}

/**
 * What `run()` knows of one partition for as long as it is assigned and not moved by a seek: which records came, which
 * are being processed, which are done. Commits cover `position` of what is done without a gap.
 */
export class PartitionWork {
  readonly partition: AssignedPartition;
  readonly version: number;
  /** Records wait for their time. */
  readonly isRetry: boolean;
  readonly context: RecordContext;
  /** Work on an earlier position of the partition, which has to end first; undefined when it has. */
  predecessor: PartitionWork | undefined;
  /** By hash of the key, those that are being processed. */
  readonly lanes = new Map<number, KeyLane>();
  /** Records that came and are not done. */
  outstanding = 0;
  /** Handlers at work. */
  running = 0;
  /** In the scheduler's queue. */
  isReady = false;
  /** Runs while records are not due yet. */
  timer: Timer | undefined;
  readonly #abort = new AbortController();
  readonly #end = new AbortController();
  readonly #pieces: Piece[] = [];
  /** The next record to start: piece and index. */
  #pieceAt = 0;
  #index = 0;
  #idle: PromiseWithResolvers<void> | undefined;
  #isEnding = false;

  constructor(
    partition: AssignedPartition,
    version: number,
    options: { readonly isRetry: boolean; readonly predecessor: PartitionWork | undefined },
  ) {
    this.partition = partition;
    this.version = version;
    this.isRetry = options.isRetry;
    this.predecessor = options.predecessor;
    this.context = { signal: this.#abort.signal, ending: this.#end.signal, attempt: 1 };
  }

  add(records: readonly ConsumerRecord[], { start, end, position }: HandedOut): void {
    this.#pieces.push({ records, start, end, position, head: start, isDone: undefined });
    if (this.#pieceAt === this.#pieces.length - 1) this.#index = start;
    this.outstanding += end - start;
    this.#skipEmpty();
  }

  get isAbandoned(): boolean {
    return this.#abort.signal.aborted;
  }

  get isWaiting(): boolean {
    return this.timer !== undefined;
  }

  /** Aborted when nothing more is started: a pause between two attempts ends then. */
  get ending(): AbortSignal {
    return this.#end.signal;
  }

  /** The position has not been moved by anybody else. */
  get isCurrent(): boolean {
    return this.partition.version === this.version && !this.isAbandoned;
  }

  /** May records be started? Runs per record. */
  get canStart(): boolean {
    return this.canGoOn && !this.partition.isPaused;
  }

  /** May those be started that wait behind another one of their key? A pause comes too late for them. */
  get canGoOn(): boolean {
    const { partition } = this;
    return !this.#isEnding && partition.version === this.version && !partition.isRevoking;
  }

  /** The piece with the next record to start; undefined when there is none. */
  get nextPiece(): Piece | undefined {
    return this.#pieces[this.#pieceAt];
  }

  /** Its index in that piece. */
  get nextIndex(): number {
    return this.#index;
  }

  /** `count` records from there on are started. */
  took(count: number): void {
    this.#index += count;
    this.#skipEmpty();
  }

  /** Records from there on were not started after all. */
  rewind(piece: Piece, index: number): void {
    this.#pieceAt = this.#pieces.indexOf(piece);
    this.#index = index;
    this.#skipEmpty();
  }

  done(piece: Piece, index: number, count: number): void {
    this.outstanding -= count;
    if (index === piece.head) {
      piece.head += count;
      while (piece.head < piece.end && piece.isDone?.[piece.head - piece.start] === 1) piece.head++;
    } else {
      const from = index - piece.start;
      piece.isDone ??= new Uint8Array(piece.end - piece.start);
      piece.isDone.fill(1, from, from + count);
    }
  }

  /** Moves the consumer's position behind what is done without a gap. */
  publish(): void {
    if (!this.isCurrent) return;
    let position: LogPosition | undefined;
    while (
      this.#pieces[0] !== undefined &&
      this.#pieces[0].head === this.#pieces[0].end &&
      this.#pieceAt > 0
    ) {
      position = this.#pieces.shift()!.position;
      this.#pieceAt--;
    }
    const first = this.#pieces[0];
    if (first !== undefined && first.head > first.start) {
      const { offset, leaderEpoch } = first.records[first.head - 1]!;
      position = { offset: offset + 1, leaderEpoch };
    }
    if (position !== undefined) this.partition.consumedTo(position);
  }

  /** Resolves when no handler is at work any more. */
  whenIdle(): Promise<void> {
    if (this.running === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  released(): void {
    this.running--;
    if (this.running === 0) this.#idle?.resolve();
  }

  /** Nothing more is started; what runs may finish. */
  end(): void {
    this.#isEnding = true;
    this.timer?.cancel();
    this.timer = undefined;
    this.#end.abort();
  }

  /** Nothing that still happens counts. */
  abandon(): void {
    this.predecessor?.abandon();
    this.end();
    this.lanes.clear();
    this.#abort.abort();
  }

  #skipEmpty(): void {
    for (let piece = this.#pieces[this.#pieceAt]; piece !== undefined && this.#index >= piece.end;) {
      piece = this.#pieces[++this.#pieceAt];
      this.#index = piece?.start ?? 0;
    }
  }
}
