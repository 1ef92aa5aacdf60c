import { LONG_MAX } from '@millrace/protocol';
import { SerialTasks } from '../append/serial-tasks.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import type { LogContext } from './log-context.ts';
import type { PartitionFiles } from './partition-files.ts';
import type { PartitionState } from './partition-state.ts';

/** Forces a log to the disk and moves the recovery point. */
export class LogFlusher {
  readonly #context: LogContext;
  readonly #state: PartitionState;
  readonly #files: PartitionFiles;
  readonly #tasks = new SerialTasks();
  /** When the recovery point last caught up with the end, by the monotonic clock. */
  #lastFlushMs: number;
  /** What lies between the recovery point and this was left by a process that did not stop in order. */
  #foundEndOffset: number;
  #isStopped = false;

  constructor(context: LogContext, state: PartitionState, files: PartitionFiles) {
    this.#context = context;
    this.#state = state;
    this.#files = files;
    this.#lastFlushMs = context.host.clock.monotonicMs();
    this.#foundEndOffset = state.recoveryPoint < state.logEndOffset ? state.logEndOffset : 0;
  }

  /** Acknowledgements rest on flushes: whatever is flushed has to be on the disk for certain. */
  get isDurable(): boolean {
    const config = this.#context.config();
    return config['flush.messages'] < LONG_MAX || config['flush.ms'] < LONG_MAX;
  }

  get unflushedMs(): number {
    return this.#context.host.clock.monotonicMs() - this.#lastFlushMs;
  }

  /**
   * Makes everything below `upToOffset` survive a power loss. Segments first, then the small files, then directory
   * entries; only then the recovery point moves.
   * @param isDurable Somebody relies on it. What the process before has left is written once more then: its last sync
   * may have failed, and a sync of this process would say that all is well.
   */
  flush(upToOffset: number, isDurable: boolean = this.isDurable): Promise<void> {
    return this.#tasks.run(() => this.#flush(upToOffset, isDurable));
  }

  /** Runs a task while no flush runs: a truncation must not change what one is about to count as flushed. */
  withoutFlush<T>(task: () => Promise<T>): Promise<T> {
    return this.#tasks.run(task);
  }

  /**
   * Waits for the flush under way, and lets none begin after it: what is deleted need not survive anything. Without
   * this, the flush of a rolled segment would look for files in a directory that has another name by then, and take
   * that for a failed disk.
   */
  stop(): Promise<void> {
    return this.#tasks.run(async () => {
      this.#isStopped = true;
    });
  }

  async #flush(wantedOffset: number, isDurable: boolean): Promise<void> {
    const state = this.#state;
    // What comes while the flush runs is not covered, however far the caller wanted it to go: a flush may have been
    // asked for before a truncation and begin after it.
    const upToOffset = Math.min(wantedOffset, state.logEndOffset);
    if (this.#isStopped || upToOffset <= state.recoveryPoint) return;
    state.directory.assertOnline();
    const fromOffset = state.recoveryPoint;
    try {
      for (const segment of state.segments.covering(fromOffset, upToOffset)) {
        const isFound = isDurable && segment.baseOffset < this.#foundEndOffset;
        await this.#flushSegment(segment, isFound ? fromOffset : undefined);
      }
      await this.#files.sync();
      await this.#syncClosedIndexes(fromOffset, upToOffset);
    } catch (error) {
      // A failed fsync must not be tried again: the kernel may have dropped the pages and would report success.
      throw state.directory.fail(error);
    }
    const rollingAt = state.rollingAt ?? Infinity;
    state.recoveryPoint = Math.max(state.recoveryPoint, Math.min(upToOffset, rollingAt - 1));
    if (state.recoveryPoint >= this.#foundEndOffset) this.#foundEndOffset = 0;
    this.#lastFlushMs = this.#context.host.clock.monotonicMs();
  }

  /** Retention and compaction may take a segment away while it is flushed; what replaces it is on the disk already. */
  async #flushSegment(segment: LogSegment, rewrittenFrom?: number): Promise<void> {
    const { segments } = this.#state;
    if (!segments.has(segment)) return;
    try {
      if (rewrittenFrom !== undefined) await segment.rewriteFrom(rewrittenFrom);
      await segment.flush(segment !== segments.active);
    } catch (error) {
      if (segments.has(segment)) throw error;
    }
  }

  /**
   * Recovery trusts the indexes of segments that end at or below the recovery point. One of those that were flushed
   * as active may have been closed meanwhile; when this finds none, the point may move in the same turn.
   */
  async #syncClosedIndexes(fromOffset: number, upToOffset: number): Promise<void> {
    const { segments } = this.#state;
    const isBehind = (segment: LogSegment): boolean => segment !== segments.active && !segment.isIndexSynced;
    for (;;) {
      const segment = segments.covering(Math.max(0, fromOffset - 1), upToOffset).find(isBehind);
      if (segment === undefined) return;
      await this.#flushSegment(segment);
    }
  }
}
