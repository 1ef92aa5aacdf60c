import { batchLastOffset, batchSizeBytes } from '@millrace/protocol';
import { QuorumSnapshotError } from '../errors.ts';
import { checkSnapshot } from './check-snapshot.ts';
import type { QuorumListener } from './quorum-listener.ts';
import type { QuorumLog } from './quorum-log.ts';

const READ_BYTES = 1 << 20;

/** Hands what is committed to the listener, in order, one piece after the other. */
export class CommittedDelivery {
  readonly #log: QuorumLog;
  readonly #listener: QuorumListener;
  readonly #onFailure: (error: unknown) => void;
  #nextOffset = 0;
  #highWatermark = 0;
  #isSnapshotDue = true;
  #running: Promise<void> | undefined;
  #waiting: { readonly offset: number; readonly run: () => void }[] = [];
  #isPaused = false;
  #isStopped = false;

  constructor(log: QuorumLog, listener: QuorumListener, onFailure: (error: unknown) => void) {
    this.#log = log;
    this.#listener = listener;
    this.#onFailure = onFailure;
  }

  /** Everything below has gone to the listener, and it is done with it. */
  get deliveredOffset(): number {
    return this.#nextOffset;
  }

  /** The newest snapshot is committed whatever the high watermark is. */
  start(): void {
    this.#run();
  }

  /** Everything below is committed. */
  advance(highWatermark: number): void {
    if (highWatermark <= this.#highWatermark) return;
    this.#highWatermark = highWatermark;
    this.#run();
  }

  /** Runs a change of the log that puts a snapshot in the place of what was there; nothing is delivered meanwhile. */
  async whileReplaced(change: () => Promise<void>): Promise<void> {
    this.#isPaused = true;
    try {
      await this.#running;
      await change();
      this.#isSnapshotDue = true;
    } finally {
      this.#isPaused = false;
    }
    this.#run();
  }

  /** Runs `run` when everything below `offset` is delivered, at once if it is. */
  whenDelivered(offset: number, run: () => void): void {
    if (offset <= this.#nextOffset) return run();
    this.#waiting.push({ offset, run });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#waiting = [];
    await this.#running;
  }

  #run(): void {
    if (this.#running !== undefined || this.#isStopped || this.#isPaused) return;
    this.#running = this.#deliver()
      .catch((error: unknown) => {
        this.#isStopped = true;
        this.#onFailure(error);
      })
      .finally(() => {
        this.#running = undefined;
        // What came in the turn between the end of the loop and here has nobody else.
        if (this.#isDue()) this.#run();
      });
  }

  #isDue(): boolean {
    return this.#isSnapshotDue || this.#nextOffset < this.#highWatermark;
  }

  async #deliver(): Promise<void> {
    for (;;) {
      if (this.#isStopped || this.#isPaused) return;
      if (this.#isSnapshotDue) await this.#deliverSnapshot();
      else if (this.#nextOffset < this.#log.startOffset) this.#isSnapshotDue = true;
      else if (this.#nextOffset < this.#highWatermark) await this.#deliverBatches();
      else return;
      this.#wake();
    }
  }

  async #deliverSnapshot(): Promise<void> {
    this.#isSnapshotDue = false;
    const { snapshots, startOffset, endOffset } = this.#log;
    const { newest } = snapshots;
    if (newest === undefined || newest.endOffset < startOffset) {
      if (startOffset === 0) return;
      const file = newest === undefined ? 'is missing' : `ends at offset ${newest.endOffset}`;
      throw new QuorumSnapshotError(
        file,
        `the metadata log begins at offset ${startOffset}, and nothing stands for what was before`,
      );
    }
    // A snapshot of nothing only says who the first voters are.
    if (newest.endOffset <= this.#nextOffset) return;
    if (newest.endOffset > endOffset) {
      throw new QuorumSnapshotError(
        snapshots.path(newest),
        `the metadata log holds offsets ${startOffset} to ${endOffset}, which do not continue it`,
      );
    }
    const snapshot = await snapshots.read(newest);
    checkSnapshot(snapshot.path, snapshot.bytes);
    await this.#listener.onSnapshot(snapshot);
    this.#nextOffset = newest.endOffset;
  }

  async #deliverBatches(): Promise<void> {
    const offset = this.#nextOffset;
    const read = await this.#log.log.read({
      offset,
      maxBytes: READ_BYTES,
      minOneMessage: true,
      upTo: 'highWatermark',
    });
    const batches = read.records.length === 1 ? read.records[0]! : Buffer.concat(read.records);
    const nextOffset = endOf(batches, offset);
    await this.#listener.onCommitted(batches);
    this.#nextOffset = nextOffset;
  }

  #wake(): void {
    const due = this.#waiting.filter(({ offset }) => offset <= this.#nextOffset);
    if (due.length === 0) return;
    this.#waiting = this.#waiting.filter(({ offset }) => offset > this.#nextOffset);
    for (const { run } of due) run();
  }
}

function endOf(batches: Buffer, offset: number): number {
  let endOffset = offset;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    endOffset = batchLastOffset(batches, at) + 1;
  }
  return endOffset;
}
