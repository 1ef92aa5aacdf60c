import type { Host, Timer } from '@millrace/host';
import { BufferExhaustedError } from '../errors.ts';
import { SpareBuffers } from './spare-buffers.ts';

interface Waiter {
  readonly bytes: number;
  readonly timer: Timer;
  resolve(): void;
  reject(error: Error): void;
}

/** `buffer.memory`: bytes reserved for records that are not acknowledged yet. Waiters are served in order. */
export class BufferMemory {
  readonly limitBytes: number;
  /** What is not in use and kept for later; with what is in use it stays below the limit. */
  readonly spare: SpareBuffers;
  /** Somebody waited in vain. */
  onExhausted: (nowMs: number) => void = () => {};
  readonly #host: Host;
  readonly #waiters: Waiter[] = [];
  #usedBytes = 0;

  constructor(host: Host, limitBytes: number, spare = new SpareBuffers()) {
    this.#host = host;
    this.limitBytes = limitBytes;
    this.spare = spare;
  }

  get waiterCount(): number {
    return this.#waiters.length;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Somebody waits: batches should leave before they are full. */
  get isExhausted(): boolean {
    return this.#waiters.length > 0;
  }

  /** Takes the bytes if they are there and nobody waited for them before. */
  tryReserve(bytes: number): boolean {
    if (this.#waiters.length > 0 || this.#usedBytes + bytes > this.limitBytes) return false;
    this.take(bytes);
    return true;
  }

  /** Counts bytes that are in use whether there is room for them or not; others wait the longer. */
  take(bytes: number): void {
    this.#usedBytes += bytes;
    this.spare.keepAtMost(this.limitBytes - this.#usedBytes);
  }

  /** Resolves when the bytes are reserved. @throws BufferExhaustedError after `timeoutMs` */
  reserve(bytes: number, timeoutMs: number, limitMs: number): Promise<void> {
    if (this.tryReserve(bytes)) return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      const timer = this.#host.timers.schedule(timeoutMs, () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        this.onExhausted(this.#host.clock.monotonicMs());
        reject(new BufferExhaustedError(bytes, this.limitBytes, limitMs));
        // The one behind may need less than this one did.
        this.#serve();
      });
      const waiter: Waiter = { bytes, timer, resolve, reject };
      this.#waiters.push(waiter);
    });
  }

  release(bytes: number): void {
    this.#usedBytes -= bytes;
    this.#serve();
  }

  /** Rejects everybody who waits. */
  close(error: Error): void {
    this.spare.keepAtMost(0);
    for (const waiter of this.#waiters.splice(0)) {
      waiter.timer.cancel();
      waiter.reject(error);
    }
  }

  #serve(): void {
    for (let first = this.#waiters[0]; first !== undefined; first = this.#waiters[0]) {
      if (this.#usedBytes + first.bytes > this.limitBytes) return;
      this.#waiters.shift();
      this.take(first.bytes);
      first.timer.cancel();
      first.resolve();
    }
  }
}
