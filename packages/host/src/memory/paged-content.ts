/** Pages start small and double up to this size: an empty index costs nothing, a large segment no copying. */
const PAGE_BYTES = 64 * 1024;
const FIRST_PAGE_BYTES = 256;

/** The bytes of a file in memory. Holes and everything behind the end of a page read as zeros. */
export class PagedContent {
  readonly #pages: (Buffer | undefined)[] = [];
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  read(target: Uint8Array, position: number): number {
    const count = Math.max(0, Math.min(target.length, this.#sizeBytes - position));
    for (let done = 0; done < count;) {
      const offset = (position + done) % PAGE_BYTES;
      const length = Math.min(count - done, PAGE_BYTES - offset);
      const page = this.#pages[Math.floor((position + done) / PAGE_BYTES)];
      const isStored = page !== undefined && offset < page.length;
      const copied = isStored ? page.copy(target, done, offset, offset + length) : 0;
      target.fill(0, done + copied, done + length);
      done += length;
    }
    return count;
  }

  write(bytes: Uint8Array, position: number): void {
    for (let done = 0; done < bytes.length;) {
      const offset = (position + done) % PAGE_BYTES;
      const length = Math.min(bytes.length - done, PAGE_BYTES - offset);
      const page = this.#pageFor(Math.floor((position + done) / PAGE_BYTES), offset + length);
      page.set(bytes.subarray(done, done + length), offset);
      done += length;
    }
    if (bytes.length > 0) this.#sizeBytes = Math.max(this.#sizeBytes, position + bytes.length);
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes < this.#sizeBytes) {
      this.#pages.length = Math.min(this.#pages.length, Math.ceil(sizeBytes / PAGE_BYTES));
      // What is cut off must read as zeros when the file grows over it again.
      if (sizeBytes % PAGE_BYTES > 0)
        this.#pages[Math.floor(sizeBytes / PAGE_BYTES)]?.fill(0, sizeBytes % PAGE_BYTES);
    }
    this.#sizeBytes = sizeBytes;
  }

  toBuffer(): Buffer {
    const result = Buffer.allocUnsafe(this.#sizeBytes);
    this.read(result, 0);
    return result;
  }

  clone(): PagedContent {
    const copy = new PagedContent();
    for (const [index, page] of this.#pages.entries()) {
      if (page !== undefined) copy.#pages[index] = Buffer.from(page);
    }
    copy.#sizeBytes = this.#sizeBytes;
    return copy;
  }

  #pageFor(index: number, neededBytes: number): Buffer {
    const page = this.#pages[index];
    if (page !== undefined && page.length >= neededBytes) return page;
    let capacity = page?.length ?? FIRST_PAGE_BYTES;
    while (capacity < neededBytes) capacity *= 2;
    const grown = Buffer.alloc(capacity);
    page?.copy(grown);
    this.#pages[index] = grown;
    return grown;
  }
}
