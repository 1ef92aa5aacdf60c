import type { Timer } from '@millrace/host';
import type { QuorumLog } from './quorum-log.ts';

/** What `MetadataQuorum.append` has begun. */
export interface QuorumAppend {
  readonly baseOffset: number;
  /** @throws NotLeaderError where leadership was lost first; the batch may still become committed */
  readonly committed: Promise<void>;
}

interface Proposal {
  readonly endOffset: number;
  readonly appendedMs: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface ProposalsOptions {
  readonly log: QuorumLog;
  /** How long appends are gathered before a flush; 0 for none. */
  readonly lingerMs: () => number;
  readonly schedule: (delayMs: number, callback: () => void) => Timer;
  /** Monotonic. */
  readonly nowMs: () => number;
  /** A majority has a batch, so long after its append. */
  readonly onCommitted: (elapsedMs: number, nowMs: number) => void;
  /** The log is on the disk up to here. */
  readonly onFlushed: (offset: number) => void;
  readonly onFailure: (error: unknown) => void;
}

/** Appends of the leader on their way to being committed, and the flushes that they share. */
export class Proposals {
  readonly #options: ProposalsOptions;
  #waiting: Proposal[] = [];
  #flushing: Promise<void> | undefined;
  #timer: Timer | undefined;
  #hasFailed = false;

  constructor(options: ProposalsOptions) {
    this.#options = options;
  }

  /** The log takes the batch over. */
  append(batch: Buffer, epoch: number, recordCount: number): QuorumAppend {
    const { log, nowMs, onFailure } = this.#options;
    const { baseOffset, written } = log.append(batch, epoch, recordCount);
    const { promise: committed, resolve, reject } = Promise.withResolvers<void>();
    this.#waiting.push({ endOffset: baseOffset + recordCount, appendedMs: nowMs(), resolve, reject });
    written.then(() => this.#flushSoon(), onFailure);
    return { baseOffset, committed };
  }

  onHighWatermark(highWatermark: number): void {
    const waiting = this.#waiting;
    let count = 0;
    while (count < waiting.length && waiting[count]!.endOffset <= highWatermark) waiting[count++]!.resolve();
    if (count === 0) return;
    this.#waiting = waiting.slice(count);
    const { onCommitted } = this.#options;
    const nowMs = this.#options.nowMs();
    for (const { appendedMs } of waiting.slice(0, count)) onCommitted(nowMs - appendedMs, nowMs);
  }

  rejectAll(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(error);
  }

  async close(): Promise<void> {
    this.#timer?.cancel();
    await this.#flushing;
  }

  #flushSoon(): void {
    if (this.#hasFailed || this.#flushing !== undefined || this.#timer !== undefined) return;
    const lingerMs = this.#options.lingerMs();
    if (lingerMs === 0) return this.#startFlush();
    this.#timer = this.#options.schedule(lingerMs, () => {
      this.#timer = undefined;
      this.#startFlush();
    });
  }

  #startFlush(): void {
    const { log, onFailure } = this.#options;
    this.#flushing = this.#flush()
      .catch((error: unknown) => {
        // What is on the disk after a failed flush is known to nobody, so there is not another one.
        this.#hasFailed = true;
        onFailure(error);
      })
      .finally(() => {
        this.#flushing = undefined;
        // Written after the loop had looked.
        if (log.flushedOffset < log.endOffset) this.#flushSoon();
      });
  }

  async #flush(): Promise<void> {
    const { log, lingerMs, onFlushed } = this.#options;
    do {
      await log.flush();
      onFlushed(log.flushedOffset);
    } while (lingerMs() === 0 && log.flushedOffset < log.endOffset);
  }
}
