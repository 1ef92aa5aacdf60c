import { READ_AHEAD_BYTES } from '../limits.ts';
import { BlockPool } from './block-pool.ts';

/** A block that is being read before anybody asked for it. */
export interface AheadBlock {
  readonly sizeBytes: number;
  /** `undefined` once the room was needed for others. */
  content: Promise<Buffer> | undefined;
}

/**
 * Reads the next block of a sequential reader while the present one travels to the consumer. Bounded in bytes; the
 * oldest block goes first, so readers that went away do not keep theirs. One per log manager.
 */
export class ReadAhead {
  /** Where the blocks come from. */
  readonly pool = new BlockPool();
  readonly #maxBytes: number;
  readonly #blocks = new Set<AheadBlock>();
  #sizeBytes = 0;

  constructor(maxBytes: number = READ_AHEAD_BYTES) {
    this.#maxBytes = maxBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** @returns `undefined` for a block that would take all the room. */
  begin(sizeBytes: number, read: () => Promise<Buffer>): AheadBlock | undefined {
    if (sizeBytes > this.#maxBytes / 2) return undefined;
    const content = read();
    // Whoever takes the block gets the error; if nobody does, it does not matter.
    content.catch(() => undefined);
    const block: AheadBlock = { sizeBytes, content };
    this.#blocks.add(block);
    this.#sizeBytes += sizeBytes;
    while (this.#sizeBytes > this.#maxBytes) {
      const [oldest] = this.#blocks;
      this.drop(oldest!);
    }
    return block;
  }

  /** The content, which is the caller's from now on; `undefined` if it was dropped. */
  take(block: AheadBlock): Promise<Buffer> | undefined {
    const { content } = block;
    this.#forget(block);
    return content;
  }

  /** Nobody wants the content; its memory is used again once it is there. */
  drop(block: AheadBlock): void {
    const { content } = block;
    if (!this.#forget(block)) return;
    content?.then(
      (unused) => this.pool.give(unused),
      () => undefined,
    );
  }

  #forget(block: AheadBlock): boolean {
    if (!this.#blocks.delete(block)) return false;
    this.#sizeBytes -= block.sizeBytes;
    block.content = undefined;
    return true;
  }
}
