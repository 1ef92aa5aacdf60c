import type { DiskFile } from '../disk.ts';
import type { FileNode } from '../memory/file-tree.ts';
import { systemError } from '../system-error.ts';
import type { DiskContents } from './disk-contents.ts';
import type { DiskFaults } from './disk-faults.ts';
import type { DiskRequest, DiskScheduler } from './disk-scheduler.ts';

export interface SimulatedDiskFileParts {
  readonly path: string;
  readonly node: FileNode;
  readonly isWritable: boolean;
  readonly contents: DiskContents;
  readonly scheduler: DiskScheduler;
  readonly faults: DiskFaults;
}

/** An open file on a simulated disk. Reads see a write once its promise has resolved. */
export class SimulatedDiskFile implements DiskFile {
  readonly path: string;
  readonly #parts: SimulatedDiskFileParts;
  #inFlight = 0;
  #closed: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(parts: SimulatedDiskFileParts) {
    this.path = parts.path;
    this.#parts = parts;
  }

  read(target: Uint8Array, position: number): Promise<number> {
    const { content } = this.#parts.node;
    return this.#submit({ operation: 'read', syscall: 'read', run: () => content.read(target, position) });
  }

  async write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    this.#checkWritable('write', 'EBADF');
    if (chunks.length === 0) return;
    const { node, contents } = this.#parts;
    const bytes = Buffer.concat(chunks);
    const inFlight = contents.begin(node, { kind: 'write', bytes, position });
    await this.#submit({
      operation: 'write',
      syscall: 'write',
      bytes: [bytes],
      run: () => {
        contents.cancel(inFlight);
        this.#checkUnchanged(chunks, bytes);
        this.#writeWhatFits(bytes, position);
      },
      onFault: () => {
        contents.cancel(inFlight);
      },
    });
  }

  async truncate(sizeBytes: number): Promise<void> {
    this.#checkWritable('ftruncate', 'EINVAL');
    const { node, contents } = this.#parts;
    const inFlight = contents.begin(node, { kind: 'truncate', sizeBytes });
    await this.#submit({
      operation: 'truncate',
      syscall: 'ftruncate',
      run: () => {
        contents.cancel(inFlight);
        contents.apply(node, { kind: 'truncate', sizeBytes });
      },
      onFault: () => {
        contents.cancel(inFlight);
      },
    });
  }

  sync(): Promise<void> {
    const { node, contents } = this.#parts;
    return this.#submit({
      operation: 'sync',
      syscall: 'fdatasync',
      run: () => {
        contents.sync(node);
      },
      onFault: () => {
        contents.failSync(node);
      },
    });
  }

  size(): Promise<number> {
    const { content } = this.#parts.node;
    return this.#submit({ operation: 'size', syscall: 'fstat', run: () => content.sizeBytes });
  }

  close(): Promise<void> {
    this.#closed ??= this.#whenIdle();
    return this.#closed;
  }

  async #whenIdle(): Promise<void> {
    if (this.#inFlight === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle = resolve;
    await promise;
  }

  /** A full disk takes the beginning of a write, as a real one does. */
  #writeWhatFits(bytes: Buffer, position: number): void {
    const { node, contents, faults } = this.#parts;
    const growthBytes = position + bytes.length - node.content.sizeBytes;
    const excessBytes =
      faults.capacityBytes === Infinity || growthBytes <= 0
        ? 0
        : contents.usedBytes() + growthBytes - faults.capacityBytes;
    const fittingBytes = bytes.length - Math.max(0, Math.min(excessBytes, bytes.length));
    if (fittingBytes > 0 || bytes.length === 0) {
      contents.apply(node, { kind: 'write', bytes: bytes.subarray(0, fittingBytes), position });
    }
    if (fittingBytes < bytes.length) throw systemError('ENOSPC', { syscall: 'write', path: this.path });
  }

  /** On a real disk the write would land with some of both contents, once in a thousand runs. */
  #checkUnchanged(chunks: readonly Uint8Array[], copy: Buffer): void {
    let position = 0;
    for (const chunk of chunks) {
      if (copy.compare(chunk, 0, chunk.length, position, position + chunk.length) !== 0) {
        throw new Error(`A chunk of a write to ${this.path} was changed before the write had settled`);
      }
      position += chunk.length;
    }
  }

  #checkWritable(syscall: string, code: string): void {
    if (!this.#parts.isWritable) throw systemError(code, { syscall, path: this.path });
  }

  async #submit<T>(request: Omit<DiskRequest<T>, 'path'>): Promise<T> {
    if (this.#closed !== undefined) throw systemError('EBADF', { syscall: request.syscall, path: this.path });
    this.#inFlight++;
    try {
      return await this.#parts.scheduler.submit({ ...request, path: this.path });
    } finally {
      this.#inFlight--;
      if (this.#inFlight === 0) this.#onIdle?.();
    }
  }
}
