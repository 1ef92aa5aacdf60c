/** Gathers batches in one buffer that is used again and again, so that a cleaning leaves nothing to collect. */
export class BatchBuffer {
  #buffer: Buffer;
  #sizeBytes = 0;

  constructor(sizeBytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(sizeBytes);
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** What was added since the last `clear`; valid until the next `add`. */
  get content(): Buffer {
    return this.#buffer.subarray(0, this.#sizeBytes);
  }

  add(batch: Buffer): void {
    const end = this.#sizeBytes + batch.length;
    if (end > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(end, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, this.#sizeBytes);
      this.#buffer = grown;
    }
    batch.copy(this.#buffer, this.#sizeBytes);
    this.#sizeBytes = end;
  }

  clear(): void {
    this.#sizeBytes = 0;
  }
}
