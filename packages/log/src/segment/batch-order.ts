import { batchBaseOffset, batchLastOffset, RECORD_BATCH_OVERHEAD } from '@millrace/protocol';

export interface BatchOrderOptions {
  readonly baseOffset: number;
  /** Base of the segment behind, `Infinity` for the last one. */
  readonly endOffset: number;
  /** Nothing was ever compacted, so each batch begins where the one before ends. */
  readonly isContiguous: boolean;
}

/**
 * Holds the offsets of batches, which no CRC covers, against each other while a segment is recovered. A batch is kept
 * once the next one has been seen: an offset that was changed upwards shows only in the batch behind it, which then
 * goes back. Pure.
 */
export class BatchOrder {
  readonly #options: BatchOrderOptions;
  readonly #keep: (header: Buffer) => void;
  /** The batch that waits for the one behind it. */
  readonly #header = Buffer.alloc(RECORD_BATCH_OVERHEAD);
  #heldPosition: number | undefined;
  /** Behind the batch before the one that waits. */
  #expectedBefore: number;
  #expected: number;
  /** Where and why the log ends, `undefined` while everything fits. */
  damage: { readonly position: number; readonly problem: string } | undefined;

  /** @param keep Sees the header of each batch that stays; valid during the call only. */
  constructor(options: BatchOrderOptions, keep: (header: Buffer) => void) {
    this.#options = options;
    this.#keep = keep;
    this.#expectedBefore = options.baseOffset;
    this.#expected = options.baseOffset;
  }

  /** @returns false where the log ends, before this batch or before the last one. */
  visit(buffer: Buffer, at: number, position: number): boolean {
    const baseOffset = batchBaseOffset(buffer, at);
    const problem = this.#problemOf(baseOffset, batchLastOffset(buffer, at));
    if (problem === undefined) {
      this.finish();
      buffer.copy(this.#header, 0, at, at + RECORD_BATCH_OVERHEAD);
      this.#heldPosition = position;
      this.#expectedBefore = this.#expected;
      this.#expected = batchLastOffset(buffer, at) + 1;
      return true;
    }
    const isHeldAtFault = baseOffset < this.#expected && baseOffset >= this.#expectedBefore;
    if (isHeldAtFault && this.#heldPosition !== undefined && this.#leavesGap()) {
      const held = batchBaseOffset(this.#header, 0);
      const contradiction = `offset ${held} cannot be right: ${baseOffset} follows it`;
      this.damage = { position: this.#heldPosition, problem: contradiction };
      this.#heldPosition = undefined;
      return false;
    }
    this.damage = { position, problem };
    return false;
  }

  /** Nothing comes behind the batch that waits. */
  finish(): void {
    if (this.#heldPosition === undefined) return;
    this.#heldPosition = undefined;
    this.#keep(this.#header);
  }

  #leavesGap(): boolean {
    return batchBaseOffset(this.#header, 0) > this.#expectedBefore;
  }

  #problemOf(baseOffset: number, lastOffset: number): string | undefined {
    const { endOffset, isContiguous } = this.#options;
    if (baseOffset < this.#expected)
      return `a batch at offset ${baseOffset} follows offset ${this.#expected - 1}`;
    if (lastOffset >= endOffset)
      return `offset ${lastOffset} reaches into the next segment, which begins at ${endOffset}`;
    if (isContiguous && baseOffset > this.#expected)
      return `offsets ${this.#expected} to ${baseOffset - 1} are missing before the batch`;
    return undefined;
  }
}
