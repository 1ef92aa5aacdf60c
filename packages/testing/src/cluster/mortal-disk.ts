import type { Disk, DiskFile, DiskLock } from '@millrace/host';

/**
 * A disk as one process sees it. When the process is killed, what it has asked for is finished without an answer,
 * nothing more is done, its files are closed and its locks are free.
 */
export class MortalDisk implements Disk {
  readonly #disk: Disk;
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #files = new Set<DiskFile>();
  readonly #locks = new Set<DiskLock>();
  #isKilled = false;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Resolves when nothing of the process is left on the disk. */
  async kill(): Promise<void> {
    this.#isKilled = true;
    await Promise.allSettled(this.#inFlight);
    const files = [...this.#files].map((file) => file.close());
    const locks = [...this.#locks].map((lock) => lock.release());
    await Promise.allSettled([...files, ...locks]);
  }

  async open(path: string, mode: 'read' | 'write' | 'create'): Promise<DiskFile> {
    const file = await this.during(() => this.#disk.open(path, mode), this.#files);
    return new MortalFile(this, file, () => this.#files.delete(file));
  }

  readFile(path: string): Promise<Buffer> {
    return this.during(() => this.#disk.readFile(path));
  }

  writeFile(...parameters: Parameters<Disk['writeFile']>): Promise<void> {
    return this.during(() => this.#disk.writeFile(...parameters));
  }

  rename(from: string, to: string): Promise<void> {
    return this.during(() => this.#disk.rename(from, to));
  }

  removeFile(path: string): Promise<void> {
    return this.during(() => this.#disk.removeFile(path));
  }

  removeDirectory(path: string): Promise<void> {
    return this.during(() => this.#disk.removeDirectory(path));
  }

  makeDirectory(path: string): Promise<void> {
    return this.during(() => this.#disk.makeDirectory(path));
  }

  list(path: string): ReturnType<Disk['list']> {
    return this.during(() => this.#disk.list(path));
  }

  stat(path: string): ReturnType<Disk['stat']> {
    return this.during(() => this.#disk.stat(path));
  }

  setModifiedTime(path: string, modifiedMs: number): Promise<void> {
    return this.during(() => this.#disk.setModifiedTime(path, modifiedMs));
  }

  space(path: string): ReturnType<Disk['space']> {
    return this.during(() => this.#disk.space(path));
  }

  syncDirectory(path: string): Promise<void> {
    return this.during(() => this.#disk.syncDirectory(path));
  }

  async lock(path: string): Promise<DiskLock | undefined> {
    const lock = await this.during(() => this.#disk.lock(path), this.#locks);
    if (lock === undefined) return undefined;
    return {
      release: () => {
        this.#locks.delete(lock);
        return this.during(() => lock.release());
      },
    };
  }

  /**
   * Runs an operation for the process. What it gives goes into `held` even when nobody is left to be told.
   */
  async during<Result>(operation: () => Promise<Result>, held?: Set<NonNullable<Result>>): Promise<Result> {
    if (this.#isKilled) return nothing();
    const running = operation();
    this.#inFlight.add(running);
    try {
      const result = await running;
      if (held !== undefined && result !== undefined && result !== null) held.add(result);
      return this.#isKilled ? await nothing() : result;
    } catch (error) {
      if (this.#isKilled) return await nothing();
      throw error;
    } finally {
      this.#inFlight.delete(running);
    }
  }
}

class MortalFile implements DiskFile {
  readonly path: string;
  readonly #disk: MortalDisk;
  readonly #file: DiskFile;
  readonly #onClose: () => void;

  constructor(disk: MortalDisk, file: DiskFile, onClose: () => void) {
    this.path = file.path;
    this.#disk = disk;
    this.#file = file;
    this.#onClose = onClose;
  }

  read(target: Uint8Array, position: number): Promise<number> {
    return this.#disk.during(() => this.#file.read(target, position));
  }

  write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    return this.#disk.during(() => this.#file.write(chunks, position));
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#disk.during(() => this.#file.truncate(sizeBytes));
  }

  sync(): Promise<void> {
    return this.#disk.during(() => this.#file.sync());
  }

  size(): Promise<number> {
    return this.#disk.during(() => this.#file.size());
  }

  close(): Promise<void> {
    this.#onClose();
    return this.#disk.during(() => this.#file.close());
  }
}

function nothing(): Promise<never> {
  return new Promise<never>(() => {});
}
