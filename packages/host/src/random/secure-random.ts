import { randomBytes, randomFillSync } from 'node:crypto';
import type { Random } from '../host.ts';

const POOL_BYTES = 4096;

/** The operating system's random source, read through a pool: one draw costs nanoseconds, not a system call. */
export class SecureRandom implements Random {
  readonly #pool = Buffer.allocUnsafeSlow(POOL_BYTES);
  #position = POOL_BYTES;

  uint32(): number {
    if (this.#position === POOL_BYTES) {
      randomFillSync(this.#pool);
      this.#position = 0;
    }
    const result = this.#pool.readUInt32LE(this.#position);
    this.#position += 4;
    return result;
  }

  float(): number {
    return ((this.uint32() >>> 5) * 0x4000000 + (this.uint32() >>> 6)) / 0x20000000000000;
  }

  bytes(length: number): Buffer {
    return randomBytes(length);
  }

  /** Draws of a secure source are independent anyway, so every fork may share it. */
  fork(): Random {
    return this;
  }
}
