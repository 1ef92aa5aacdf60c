/** So many bytes are decoded, or copied, in less than a millisecond or two; then the event loop turns. */
export const BYTES_PER_TURN = 1 << 20;

/** What comes out of a large batch block by block, and put together, without keeping the event loop for long. */
export class PartsInTurns {
  readonly #parts: Buffer[] = [];
  #totalBytes = 0;
  #turnBytes = 0;

  get totalBytes(): number {
    return this.#totalBytes;
  }

  async add(part: Buffer): Promise<void> {
    this.#parts.push(part);
    this.#totalBytes += part.length;
    await this.#count(part.length);
  }

  async join(): Promise<Buffer> {
    if (this.#parts.length === 1) return this.#parts[0]!;
    const joined = Buffer.allocUnsafeSlow(this.#totalBytes);
    let at = 0;
    for (const part of this.#parts) {
      at += part.copy(joined, at);
      await this.#count(part.length);
    }
    return joined;
  }

  async #count(bytes: number): Promise<void> {
    this.#turnBytes += bytes;
    if (this.#turnBytes < BYTES_PER_TURN) return;
    this.#turnBytes = 0;
    await new Promise(setImmediate);
  }
}
