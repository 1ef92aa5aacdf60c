import { SerialTasks } from '../append/serial-tasks.ts';
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

  constructor(context: LogContext, state: PartitionState, files: PartitionFiles) {
    this.#context = context;
    this.#state = state;
    this.#files = files;
    this.#lastFlushMs = context.host.clock.monotonicMs();
  }

  get unflushedMs(): number {
    return this.#context.host.clock.monotonicMs() - this.#lastFlushMs;
  }

  /**
   * Makes everything below `upToOffset` survive a power loss. Segments first, then the small files, then directory
   * entries; only then the recovery point moves.
   */
  flush(upToOffset: number): Promise<void> {
    return this.#tasks.run(() => this.#flush(upToOffset));
  }

  async #flush(wantedOffset: number): Promise<void> {
    const state = this.#state;
    // What comes while the flush runs is not covered, however far the caller wanted it to go: a flush may have been
    // asked for before a truncation and begin after it.
    const upToOffset = Math.min(wantedOffset, state.logEndOffset);
    if (upToOffset <= state.recoveryPoint) return;
    state.directory.assertOnline();
    const { truncations } = state;
    try {
      for (const segment of state.segments.covering(state.recoveryPoint, upToOffset)) {
        await segment.flush(segment !== state.segments.active);
      }
      await this.#files.sync();
    } catch (error) {
      // A failed fsync must not be tried again: the kernel may have dropped the pages and would report success.
      throw state.directory.fail(error);
    }
    // 1. This flush began for offset 100. 2. The log was truncated to 50 and the recovery point with it.
    // 3. Offsets 50 to 100 are other records now, that were not flushed: the point must stay.
    if (truncations !== state.truncations) return;
    state.recoveryPoint = Math.max(state.recoveryPoint, upToOffset);
    this.#lastFlushMs = this.#context.host.clock.monotonicMs();
  }
}
