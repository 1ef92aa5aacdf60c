import { SerialTasks } from '../append/serial-tasks.ts';
import { cleanLog, type CleanOptions, type CleanParts, type CleanResult } from '../cleaner/clean-log.ts';
import { CorruptFileError } from '../errors.ts';
import { damageError, quarantineSegment } from './segment-quarantine.ts';

/**
 * Compactions of one log: one at a time, and none while the log closes or moves to another directory. Damage that one
 * meets is marked; where some is known, none runs.
 */
export class LogCompaction {
  readonly #tasks = new SerialTasks();
  /** Others have the files for as long as that. */
  #isHeldBack = false;
  #isEnded = false;

  /** A second call waits for the first. @param parts the log's when the compaction begins */
  run(parts: () => CleanParts, options: CleanOptions): Promise<CleanResult | undefined> {
    const isCancelled = (): boolean => this.#isHeldBack || this.#isEnded || options.isCancelled?.() === true;
    return this.#tasks.run(() => compact(parts(), { ...options, isCancelled }));
  }

  /** Runs `change` when the compaction that runs has given up; those that wait give up as well. */
  async without<T>(change: () => Promise<T>): Promise<T> {
    this.#isHeldBack = true;
    try {
      return await this.#tasks.run(change);
    } finally {
      this.#isHeldBack = false;
    }
  }

  /** Gives up the one that runs, and all that are still asked for. */
  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#tasks.run(async () => undefined);
  }
}

async function compact(parts: CleanParts, options: CleanOptions): Promise<CleanResult | undefined> {
  const { directory, segments } = parts.state;
  const known = segments.all.find(({ damage }) => damage !== undefined);
  if (known?.damage !== undefined) throw damageError(known, known.damage);
  try {
    return await directory.guard(() => cleanLog(parts, options));
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    const segment = segments.all.find(({ file }) => file.path === error.file);
    if (segment !== undefined) await quarantineSegment(parts.context, segment, error, 0);
    throw error;
  }
}
