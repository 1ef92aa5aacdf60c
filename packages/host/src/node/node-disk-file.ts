import fs from 'node:fs';
import type { DiskFile } from '../disk.ts';
import { systemError } from '../system-error.ts';
import { WriteStalls } from './write-stalls.ts';

/** Of all files: what holds up a write to one of them would hold up the next, and the event loop is one. */
const stalls = new WriteStalls();

/**
 * An open file on Node's callback API, which costs about half of what `fs.promises` does per call. A small write is made
 * within the call, as long as the disk does not hold such writes up (`WriteStalls`).
 *
 * `close()` waits for calls in flight: closing the descriptor under them would let them land in whatever file the
 * operating system gives the number to next.
 */
export class NodeDiskFile implements DiskFile {
  readonly path: string;
  readonly #descriptor: number;
  #inFlight = 0;
  #closed: Promise<void> | undefined;
  #onIdle: (() => void) | undefined;

  constructor(path: string, descriptor: number) {
    this.path = path;
    this.#descriptor = descriptor;
  }

  async read(target: Uint8Array, position: number): Promise<number> {
    let filled = 0;
    while (filled < target.length) {
      const rest = target.length - filled;
      const count = await this.#call<number>('read', (done) => {
        fs.read(this.#descriptor, target, filled, rest, position + filled, done);
      });
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  async write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    let rest = chunks;
    let end = position;
    let left = totalBytes(chunks);
    while (left > 0) {
      const isPrompt = stalls.isPrompt(left, performance.now());
      const written = isPrompt ? this.#writeAtOnce(rest, end) : await this.#writeOnce(rest, end);
      // A disk that takes nothing and reports no error would otherwise keep us here for ever.
      if (written === 0) throw systemError('EIO', { syscall: 'write', path: this.path });
      left -= written;
      end += written;
      if (left > 0) rest = skipBytes(rest, written);
    }
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#call('ftruncate', (done) => {
      fs.ftruncate(this.#descriptor, sizeBytes, done);
    });
  }

  async sync(): Promise<void> {
    stalls.onSyncBegin();
    try {
      // fdatasync also makes the size durable where it changed; only times may be lost.
      await this.#call('fdatasync', (done) => {
        fs.fdatasync(this.#descriptor, done);
      });
    } finally {
      stalls.onSyncEnd();
    }
  }

  async size(): Promise<number> {
    const status = await this.#call<fs.Stats>('fstat', (done) => {
      fs.fstat(this.#descriptor, done);
    });
    return status.size;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    if (this.#inFlight > 0) {
      const idle = Promise.withResolvers<void>();
      this.#onIdle = idle.resolve;
      await idle.promise;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    fs.close(this.#descriptor, (error) => {
      if (error) reject(error);
      else resolve();
    });
    await promise;
  }

  /** Within the call: see decision 0027. */
  #writeAtOnce(chunks: readonly Uint8Array[], position: number): number {
    if (this.#closed !== undefined) throw systemError('EBADF', { syscall: 'write', path: this.path });
    const beganMs = performance.now();
    const [first] = chunks;
    const written =
      chunks.length === 1 && first !== undefined
        ? fs.writeSync(this.#descriptor, first, 0, first.length, position)
        : fs.writevSync(this.#descriptor, chunks, position);
    stalls.onWritten(beganMs, performance.now());
    return written;
  }

  #writeOnce(chunks: readonly Uint8Array[], position: number): Promise<number> {
    return this.#call('write', (done) => {
      const [first] = chunks;
      if (chunks.length === 1 && first !== undefined) {
        fs.write(this.#descriptor, first, 0, first.length, position, done);
      } else {
        fs.writev(this.#descriptor, chunks, position, done);
      }
    });
  }

  #call<T>(syscall: string, start: (done: (error: Error | null, result?: T) => void) => void): Promise<T> {
    if (this.#closed !== undefined) return Promise.reject(systemError('EBADF', { syscall, path: this.path }));
    this.#inFlight++;
    return new Promise((resolve, reject) => {
      start((error, result) => {
        this.#inFlight--;
        if (this.#inFlight === 0) this.#onIdle?.();
        if (error) reject(error);
        else resolve(result as T);
      });
    });
  }
}

function totalBytes(chunks: readonly Uint8Array[]): number {
  let total = 0;
  for (const chunk of chunks) total += chunk.length;
  return total;
}

/** What is left of the chunks after a partial write. */
function skipBytes(chunks: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let left = count;
  let index = 0;
  for (const chunk of chunks) {
    if (left < chunk.length) break;
    left -= chunk.length;
    index++;
  }
  const rest = chunks.slice(index);
  if (left > 0) rest[0] = (rest[0] as Uint8Array).subarray(left);
  return rest;
}
