import type { Disk, DiskFile } from '@millrace/host';
import { LogClosedError } from '../errors.ts';
import { MAX_IDLE_OPEN_FILES } from '../limits.ts';

/**
 * Opens segment files when they are used and closes the ones that were not used for longest, so that a node with
 * many segments does not run out of file descriptors. One per log manager.
 */
export class OpenFiles {
  readonly #disk: Disk;
  readonly #maxIdle: number;
  /** In order of last use. */
  readonly #idle = new Set<PooledFile>();

  constructor(disk: Disk, maxIdle: number = MAX_IDLE_OPEN_FILES) {
    this.#disk = disk;
    this.#maxIdle = maxIdle;
  }

  file(path: string): PooledFile {
    return new PooledFile(this, path);
  }

  open(path: string): Promise<DiskFile> {
    return this.#disk.open(path, 'write');
  }

  markUsed(file: PooledFile): void {
    this.#idle.delete(file);
  }

  /** Closes what nothing uses at the moment, for a manager that does not come to be. */
  async closeIdle(): Promise<void> {
    await Promise.allSettled([...this.#idle].map((file) => file.closeHandle()));
  }

  markIdle(file: PooledFile): void {
    this.#idle.add(file);
    if (this.#idle.size <= this.#maxIdle) return;
    const [oldest] = this.#idle;
    this.#idle.delete(oldest!);
    // Nothing waits in a file that is idle, so a failing close has nothing to lose.
    oldest!.closeHandle().catch(() => undefined);
  }
}

/** One file that is open while it is in use and for as long after as the pool has room. */
export class PooledFile {
  readonly #pool: OpenFiles;
  #path: string;
  #handle: Promise<DiskFile> | undefined;
  /** What `#handle` has become. */
  #file: DiskFile | undefined;
  #users = 0;
  #isRetired = false;
  #onUnused: (() => void) | undefined;

  constructor(pool: OpenFiles, path: string) {
    this.#pool = pool;
    this.#path = path;
  }

  get path(): string {
    return this.#path;
  }

  /** Follows a rename; an open handle keeps working. */
  renamed(path: string): void {
    this.#path = path;
  }

  /**
   * Runs `operation` with the open file. Any number may run at the same time. Where the file is open already the
   * operation begins before this returns, so that what it asks of the disk goes on beside what the caller computes.
   * @throws LogClosedError after `retire`
   */
  async use<T>(operation: (file: DiskFile) => Promise<T>): Promise<T> {
    if (this.#isRetired) throw new LogClosedError(this.#path);
    if (this.#users++ === 0) this.#pool.markUsed(this);
    try {
      if (this.#file !== undefined) return await operation(this.#file);
      this.#handle ??= this.#open();
      return await operation(await this.#handle);
    } finally {
      if (--this.#users === 0) this.#markUnused();
    }
  }

  /** A later `use` opens the file again. Nothing uses it at the moment. */
  async closeHandle(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#file = undefined;
    this.#pool.markUsed(this);
    if (handle !== undefined) await (await handle).close();
  }

  /**
   * Closes the file for good once the operations that run have ended. Opening it again would create it anew if it was
   * removed meanwhile.
   */
  async retire(): Promise<void> {
    this.#isRetired = true;
    if (this.#users > 0) {
      await new Promise<void>((resolve) => {
        this.#onUnused = resolve;
      });
    }
    await this.closeHandle();
  }

  #markUnused(): void {
    if (this.#isRetired) this.#onUnused?.();
    else if (this.#handle !== undefined) this.#pool.markIdle(this);
  }

  async #open(): Promise<DiskFile> {
    try {
      this.#file = await this.#pool.open(this.#path);
      return this.#file;
    } catch (error) {
      this.#handle = undefined;
      throw error;
    }
  }
}
