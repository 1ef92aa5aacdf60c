/** What is remembered one by one; beyond that, appends that are not committed count together. */
const MAX_ENTRIES = 1024;

/** How many bytes were written to a replica, and how many of them lie below its high watermark. */
export class UncommittedBytes {
  /** End offset and bytes up to there, alternating; what lies before `#head` is committed. */
  #entries: number[] = [];
  #head = 0;
  #appended = 0;
  #committed = 0;

  get appended(): number {
    return this.#appended;
  }

  get committed(): number {
    return this.#committed;
  }

  /** A batch was written and is committed at once, as it is without followers. */
  onCommitted(sizeBytes: number): void {
    this.#appended += sizeBytes;
    this.#committed = this.#appended;
    if (this.#entries.length > 0) this.#clear();
  }

  onAppended(endOffset: number, sizeBytes: number): void {
    this.#appended += sizeBytes;
    const isFull = this.#entries.length - this.#head >= MAX_ENTRIES * 2;
    if (isFull) this.#entries.length -= 2;
    this.#entries.push(endOffset, this.#appended);
  }

  onHighWatermark(highWatermark: number): void {
    const entries = this.#entries;
    if (entries.length === 0) return;
    while (this.#head < entries.length && entries[this.#head]! <= highWatermark) {
      this.#committed = entries[this.#head + 1]!;
      this.#head += 2;
    }
    if (this.#head === entries.length) this.#clear();
    else if (this.#head >= MAX_ENTRIES) {
      entries.splice(0, this.#head);
      this.#head = 0;
    }
  }

  #clear(): void {
    this.#entries.length = 0;
    this.#head = 0;
  }
}
