import { MAX_LOADED_INDEX_BYTES } from '../limits.ts';

/** Something whose index can be read again from its files. */
export interface IndexOwner {
  /** Forgets the index, unless it holds what the files do not. */
  unloadIndex(): void;
}

/**
 * Bounds the memory of the indexes that reads and background work load: the one that was not used for longest goes
 * first. One per log manager.
 */
export class LoadedIndexes {
  readonly #maxBytes: number;
  /** In order of last use. */
  readonly #sizes = new Map<IndexOwner, number>();
  #sizeBytes = 0;

  constructor(maxBytes: number = MAX_LOADED_INDEX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  markUsed(owner: IndexOwner, sizeBytes: number): void {
    this.forget(owner);
    this.#sizes.set(owner, sizeBytes);
    this.#sizeBytes += sizeBytes;
    while (this.#sizeBytes > this.#maxBytes && this.#sizes.size > 1) {
      const [oldest] = this.#sizes.keys();
      this.forget(oldest!);
      oldest!.unloadIndex();
    }
  }

  forget(owner: IndexOwner): void {
    this.#sizeBytes -= this.#sizes.get(owner) ?? 0;
    this.#sizes.delete(owner);
  }
}
