import type { Clock } from '../host.ts';
import type { DirectoryEntry, Disk, DiskFile, DiskLock, FileStatus } from '../disk.ts';
import { systemError } from '../system-error.ts';
import { type FileNode, FileTree } from './file-tree.ts';

/**
 * A disk in memory that answers in the same turn of the event loop. Nothing on it survives the process, and `sync` does
 * nothing; every error is the one a real disk would give.
 */
export class MemoryDisk implements Disk {
  readonly #tree: FileTree;
  readonly #clock: Clock;
  readonly #locks = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tree = new FileTree({ nowMs: () => clock.nowMs() });
  }

  async open(path: string, mode: 'read' | 'write' | 'create'): Promise<DiskFile> {
    return new MemoryDiskFile(path, this.#tree.openFile(path, mode), mode !== 'read', this.#clock);
  }

  async readFile(path: string): Promise<Buffer> {
    return this.#tree.fileAt(path, 'open').content.toBuffer();
  }

  async writeFile(path: string, content: Uint8Array | string): Promise<void> {
    const node = this.#tree.openFile(path, 'write');
    node.content.truncate(0);
    node.content.write(typeof content === 'string' ? Buffer.from(content) : content, 0);
    node.modifiedMs = this.#clock.nowMs();
  }

  async rename(from: string, to: string): Promise<void> {
    this.#tree.rename(from, to);
  }

  async removeFile(path: string): Promise<void> {
    this.#tree.removeFile(path);
  }

  async removeDirectory(path: string): Promise<void> {
    this.#tree.removeDirectory(path);
  }

  async makeDirectory(path: string): Promise<void> {
    this.#tree.makeDirectory(path);
  }

  async list(path: string): Promise<readonly DirectoryEntry[]> {
    return this.#tree.list(path);
  }

  async stat(path: string): Promise<FileStatus | undefined> {
    return this.#tree.stat(path);
  }

  async setModifiedTime(path: string, modifiedMs: number): Promise<void> {
    this.#tree.setModifiedTime(path, modifiedMs);
  }

  async space(path: string): Promise<undefined> {
    if (this.#tree.stat(path) === undefined) throw systemError('ENOENT', { syscall: 'statfs', path });
  }

  async syncDirectory(path: string): Promise<void> {
    this.#tree.directoryAt(path, 'open');
  }

  async lock(path: string): Promise<DiskLock | undefined> {
    if (this.#locks.has(path)) return undefined;
    this.#tree.openFile(path, 'write');
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

class MemoryDiskFile implements DiskFile {
  readonly path: string;
  readonly #node: FileNode;
  readonly #isWritable: boolean;
  readonly #clock: Clock;
  #isClosed = false;

  constructor(path: string, node: FileNode, isWritable: boolean, clock: Clock) {
    this.path = path;
    this.#node = node;
    this.#isWritable = isWritable;
    this.#clock = clock;
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    this.#checkOpen('read');
    return this.#node.content.read(target, position);
  }

  async write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    this.#checkOpen('write');
    if (!this.#isWritable) throw systemError('EBADF', { syscall: 'write', path: this.path });
    let end = position;
    for (const chunk of chunks) {
      this.#node.content.write(chunk, end);
      end += chunk.length;
    }
    this.#node.modifiedMs = this.#clock.nowMs();
  }

  async truncate(sizeBytes: number): Promise<void> {
    this.#checkOpen('ftruncate');
    if (!this.#isWritable) throw systemError('EINVAL', { syscall: 'ftruncate', path: this.path });
    this.#node.content.truncate(sizeBytes);
    this.#node.modifiedMs = this.#clock.nowMs();
  }

  async sync(): Promise<void> {
    this.#checkOpen('fdatasync');
  }

  async size(): Promise<number> {
    this.#checkOpen('fstat');
    return this.#node.content.sizeBytes;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #checkOpen(syscall: string): void {
    if (this.#isClosed) throw systemError('EBADF', { syscall, path: this.path });
  }
}
