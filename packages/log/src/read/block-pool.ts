import { POOLED_BLOCK_BYTES } from '../limits.ts';

/** Blocks differ by so much at least, so that readers with slightly different limits share them. */
const UNIT_BYTES = 64 * 1024;

/**
 * Memory for what is read from files. A block of a megabyte that is made anew for each read keeps the garbage collector
 * busier than the read keeps the disk; so readers give theirs back, and the next read gets it as it is, without zeros
 * in it. Whoever does not give a block back only costs a collection. Bounded in bytes.
 */
export class BlockPool {
  readonly #maxBytes: number;
  /** By size in units. */
  readonly #free = new Map<number, Buffer[]>();
  #sizeBytes = 0;

  constructor(maxBytes: number = POOLED_BLOCK_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Of the blocks that wait to be used again. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** A block of exactly `sizeBytes` with anything in it. */
  take(sizeBytes: number): Buffer {
    // Small ones are cheap to make, and a unit for each would waste memory.
    if (sizeBytes < UNIT_BYTES) return Buffer.allocUnsafeSlow(sizeBytes);
    const units = Math.ceil(sizeBytes / UNIT_BYTES);
    const block = this.#free.get(units)?.pop();
    if (block === undefined) return Buffer.allocUnsafeSlow(units * UNIT_BYTES).subarray(0, sizeBytes);
    this.#sizeBytes -= units * UNIT_BYTES;
    return block.subarray(0, sizeBytes);
  }

  /** Takes back what `take` gave, or a part of it. Nobody may look at it any more. */
  give(block: Buffer): void {
    const capacityBytes = block.buffer.byteLength;
    const isOurs = capacityBytes >= UNIT_BYTES && capacityBytes % UNIT_BYTES === 0;
    if (!isOurs || this.#sizeBytes + capacityBytes > this.#maxBytes) return;
    const units = capacityBytes / UNIT_BYTES;
    const free = this.#free.get(units);
    const whole = Buffer.from(block.buffer, 0, capacityBytes);
    if (free === undefined) this.#free.set(units, [whole]);
    else free.push(whole);
    this.#sizeBytes += capacityBytes;
  }
}
