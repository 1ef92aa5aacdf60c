import type { BatchMemory } from '@millrace/protocol';

/** Smaller ones are cheaper to make than to look for. */
const SMALLEST_BYTES = 4096;
/** Enough for what five requests of 1 MB carry and what fills meanwhile; more would be memory held for a rush that is over. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_BUFFERS = 64;
/** A buffer may be so much larger than what is asked for. */
const MAX_FACTOR = 2;

/**
 * Memory of batches that have been acknowledged, for the next ones. Making it anew each time is the largest cost of
 * records of 1 KB: every batch brings the garbage collector nearer to its next round, and each page of it is cleared by
 * the system before it is written to.
 */
export class SpareBuffers implements BatchMemory {
  readonly #maxBytes: number;
  readonly #buffers: Buffer[] = [];
  #bytes = 0;

  /** @param maxBytes 0 keeps nothing: where somebody may hold on to what was written */
  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** What is kept for later. */
  get bytes(): number {
    return this.#bytes;
  }

  take(bytes: number): Buffer {
    if (bytes >= SMALLEST_BYTES) {
      // The one that came last is the likeliest to be in the processor's cache.
      for (let index = this.#buffers.length - 1; index >= 0; index--) {
        const { length } = this.#buffers[index]!;
        if (length >= bytes && length <= bytes * MAX_FACTOR) return this.#takeAt(index);
      }
    }
    return Buffer.allocUnsafeSlow(bytes);
  }

  give(buffer: Buffer): void {
    const { length } = buffer;
    if (length < SMALLEST_BYTES || length > this.#maxBytes) return;
    this.#buffers.push(buffer);
    this.#bytes += length;
    if (this.#buffers.length > MAX_BUFFERS) this.#takeAt(0);
    this.keepAtMost(this.#maxBytes);
  }

  /** Lets go of the oldest as long as it is more. */
  keepAtMost(bytes: number): void {
    while (this.#bytes > bytes) this.#takeAt(0);
  }

  #takeAt(index: number): Buffer {
    const [buffer] = this.#buffers.splice(index, 1);
    this.#bytes -= buffer!.length;
    return buffer!;
  }
}
