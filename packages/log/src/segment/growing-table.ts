/** Entries of a fixed size in one growing buffer that mirrors an index file, with a note of what the file has. */
export class GrowingTable {
  readonly #entryBytes: number;
  #buffer: Buffer;
  #count: number;
  #savedCount: number;
  /** The file is longer than the table, since the table was cut. */
  #needsTruncate = false;

  /** @param content The file as it is on disk; taken over. */
  constructor(entryBytes: number, content: Buffer) {
    this.#entryBytes = entryBytes;
    this.#buffer = content;
    this.#count = content.length / entryBytes;
    this.#savedCount = this.#count;
  }

  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    return this.#count * this.#entryBytes;
  }

  /** Valid up to `sizeBytes`. */
  get bytes(): Buffer {
    return this.#buffer;
  }

  /** Makes room for one entry. @returns the position in `bytes` to write it to. */
  appendEntry(): number {
    const at = this.sizeBytes;
    if (at + this.#entryBytes > this.#buffer.length) {
      const grown = Buffer.alloc(Math.max(this.#buffer.length * 2, 16 * this.#entryBytes));
      this.#buffer.copy(grown, 0, 0, at);
      this.#buffer = grown;
    }
    this.#count++;
    return at;
  }

  truncate(count: number): void {
    if (count >= this.#count) return;
    this.#count = count;
    if (count < this.#savedCount) {
      this.#savedCount = count;
      this.#needsTruncate = true;
    }
  }

  /** The file, if there is one, holds something else and is cut first. */
  markReplaced(): void {
    this.#savedCount = 0;
    this.#needsTruncate = true;
  }

  /** What the file lacks, `undefined` when it is up to date. Valid until the next append. */
  unsaved(): { readonly bytes: Buffer; readonly position: number; readonly truncate: boolean } | undefined {
    if (this.#savedCount === this.#count && !this.#needsTruncate) return undefined;
    const position = this.#savedCount * this.#entryBytes;
    return {
      bytes: this.#buffer.subarray(position, this.sizeBytes),
      position,
      truncate: this.#needsTruncate,
    };
  }

  /** @param sizeBytes What `unsaved` covered. */
  markSaved(sizeBytes: number): void {
    this.#savedCount = Math.min(this.#count, sizeBytes / this.#entryBytes);
    this.#needsTruncate = false;
  }

  /** The largest slot for which `holds` is true, given that it is true up to some slot only; -1 for none. */
  lastSlotWhere(holds: (slot: number) => boolean): number {
    let [low, high] = [-1, this.#count - 1];
    while (low < high) {
      const middle = low + Math.ceil((high - low) / 2);
      if (holds(middle)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
