import type { DirectoryEntry, Disk, DiskFile, DiskLock, FileStatus } from '../disk.ts';
import { systemError } from '../system-error.ts';
import type { DiskContents } from './disk-contents.ts';
import type { DiskFaults } from './disk-faults.ts';
import type { DiskScheduler } from './disk-scheduler.ts';
import { SimulatedDiskFile } from './simulated-disk-file.ts';

export interface SimulatedDiskParts {
  readonly contents: DiskContents;
  readonly scheduler: DiskScheduler;
  readonly faults: DiskFaults;
}

/** The disk of one incarnation: the memory disk's tree, with time, faults and a memory of what is durable. */
export class SimulatedDisk implements Disk {
  /** Inject errors, a size limit or latency here. */
  readonly faults: DiskFaults;
  readonly #contents: DiskContents;
  readonly #scheduler: DiskScheduler;
  /** End with the process, like those of a real one. */
  readonly #locks = new Set<string>();

  constructor(parts: SimulatedDiskParts) {
    this.faults = parts.faults;
    this.#contents = parts.contents;
    this.#scheduler = parts.scheduler;
  }

  open(path: string, mode: 'read' | 'write' | 'create'): Promise<DiskFile> {
    return this.#scheduler.submit({
      operation: 'open',
      syscall: 'open',
      path,
      run: () => this.#opened(path, mode),
    });
  }

  readFile(path: string): Promise<Buffer> {
    return this.#scheduler.submit({
      operation: 'read',
      syscall: 'open',
      path,
      run: () => this.#contents.tree.fileAt(path, 'open').content.toBuffer(),
    });
  }

  async writeFile(
    path: string,
    content: Uint8Array | string,
    options?: { readonly sync?: boolean },
  ): Promise<void> {
    const file = await this.open(path, 'write');
    try {
      await file.truncate(0);
      await file.write([typeof content === 'string' ? Buffer.from(content) : content], 0);
      if (options?.sync === true) await file.sync();
    } finally {
      await file.close();
    }
  }

  rename(from: string, to: string): Promise<void> {
    return this.#scheduler.submit({
      operation: 'rename',
      syscall: 'rename',
      path: from,
      run: () => {
        this.#contents.tree.rename(from, to);
      },
    });
  }

  removeFile(path: string): Promise<void> {
    return this.#scheduler.submit({
      operation: 'remove',
      syscall: 'unlink',
      path,
      run: () => {
        this.#contents.tree.removeFile(path);
      },
    });
  }

  removeDirectory(path: string): Promise<void> {
    return this.#scheduler.submit({
      operation: 'remove',
      syscall: 'rmdir',
      path,
      run: () => {
        this.#contents.tree.removeDirectory(path);
      },
    });
  }

  makeDirectory(path: string): Promise<void> {
    return this.#scheduler.submit({
      operation: 'mkdir',
      syscall: 'mkdir',
      path,
      run: () => {
        this.#contents.tree.makeDirectory(path);
      },
    });
  }

  list(path: string): Promise<readonly DirectoryEntry[]> {
    return this.#scheduler.submit({
      operation: 'list',
      syscall: 'scandir',
      path,
      run: () => this.#contents.tree.list(path),
    });
  }

  stat(path: string): Promise<FileStatus | undefined> {
    return this.#scheduler.submit({
      operation: 'stat',
      syscall: 'stat',
      path,
      run: () => this.#contents.tree.stat(path),
    });
  }

  setModifiedTime(path: string, modifiedMs: number): Promise<void> {
    return this.#scheduler.submit({
      operation: 'utime',
      syscall: 'utime',
      path,
      run: () => {
        this.#contents.tree.setModifiedTime(path, modifiedMs);
      },
    });
  }

  space(path: string): Promise<undefined> {
    return this.#scheduler.submit({
      operation: 'stat',
      syscall: 'statfs',
      path,
      run: () => {
        const status = this.#contents.tree.stat(path);
        if (status === undefined) throw systemError('ENOENT', { syscall: 'statfs', path });
        return undefined;
      },
    });
  }

  syncDirectory(path: string): Promise<void> {
    return this.#scheduler.submit({
      operation: 'sync',
      syscall: 'fsync',
      path,
      run: () => {
        this.#contents.syncDirectory(this.#contents.tree.directoryAt(path, 'open'));
      },
    });
  }

  lock(path: string): Promise<DiskLock | undefined> {
    return this.#scheduler.submit({
      operation: 'lock',
      syscall: 'open',
      path,
      run: () => this.#locked(path),
    });
  }

  #opened(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    return new SimulatedDiskFile({
      path,
      node: this.#contents.tree.openFile(path, mode),
      isWritable: mode !== 'read',
      contents: this.#contents,
      scheduler: this.#scheduler,
      faults: this.faults,
    });
  }

  #locked(path: string): DiskLock | undefined {
    if (this.#locks.has(path)) return undefined;
    this.#contents.tree.openFile(path, 'write');
    this.#locks.add(path);
    let isHeld = true;
    return {
      release: async () => {
        if (isHeld) this.#locks.delete(path);
        isHeld = false;
      },
    };
  }
}
