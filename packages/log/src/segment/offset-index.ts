import { CorruptFileError, invariant } from '../errors.ts';
import { GrowingTable } from './growing-table.ts';

const ENTRY_BYTES = 8;

/**
 * The offset index of one segment: last offset of a batch -> file position of that batch, sparse. In memory it is the
 * file's bytes; appends reach the file through `unsavedBytes()` when the segment is flushed, rolled or closed.
 */
export class OffsetIndex {
  readonly #baseOffset: number;
  readonly #table: GrowingTable;
  #lastOffset: number;

  constructor(baseOffset: number, content: Buffer = Buffer.alloc(0)) {
    this.#baseOffset = baseOffset;
    this.#table = new GrowingTable(ENTRY_BYTES, content);
    this.#lastOffset = this.#table.count === 0 ? baseOffset : this.offsetAt(this.#table.count - 1);
  }

  /** @throws CorruptFileError where the bytes cannot be an index of a log file of `logSizeBytes`. */
  static parse(baseOffset: number, content: Buffer, path: string, logSizeBytes: number): OffsetIndex {
    if (content.length % ENTRY_BYTES !== 0) {
      throw new CorruptFileError(path, content.length, `the length is not a multiple of ${ENTRY_BYTES}`);
    }
    let [offset, position] = [-1, -1];
    for (let at = 0; at < content.length; at += ENTRY_BYTES) {
      const [nextOffset, nextPosition] = [content.readInt32BE(at), content.readInt32BE(at + 4)];
      if (nextOffset <= offset || nextPosition <= position || nextPosition >= logSizeBytes) {
        throw new CorruptFileError(
          path,
          at,
          `entry (${nextOffset}, ${nextPosition}) follows (${offset}, ${position})`,
        );
      }
      [offset, position] = [nextOffset, nextPosition];
    }
    return new OffsetIndex(baseOffset, content);
  }

  get baseOffset(): number {
    return this.#baseOffset;
  }

  get entryCount(): number {
    return this.#table.count;
  }

  /** The base offset while empty. */
  get lastOffset(): number {
    return this.#lastOffset;
  }

  /** File position of the last entry, 0 while empty. */
  get lastPosition(): number {
    return this.#table.count === 0 ? 0 : this.positionAt(this.#table.count - 1);
  }

  offsetAt(slot: number): number {
    return this.#baseOffset + this.#table.bytes.readInt32BE(slot * ENTRY_BYTES);
  }

  positionAt(slot: number): number {
    return this.#table.bytes.readInt32BE(slot * ENTRY_BYTES + 4);
  }

  freeSlots(maxBytes: number): number {
    return Math.floor(maxBytes / ENTRY_BYTES) - this.#table.count;
  }

  append(offset: number, position: number): void {
    if (this.#table.count > 0 && offset <= this.#lastOffset) return;
    invariant(offset >= this.#baseOffset, `index entry ${offset} below the base offset ${this.#baseOffset}`);
    const at = this.#table.appendEntry();
    this.#table.bytes.writeInt32BE(offset - this.#baseOffset, at);
    this.#table.bytes.writeInt32BE(position, at + 4);
    this.#lastOffset = offset;
  }

  /** File position from which a scan finds `offset`. */
  lookup(offset: number): number {
    const slot = this.#table.lastSlotWhere((index) => this.offsetAt(index) <= offset);
    return slot === -1 ? 0 : this.positionAt(slot);
  }

  /** Where a batch begins at or before a file position; 0 if no entry tells. */
  boundaryBefore(position: number): number {
    const slot = this.#table.lastSlotWhere((index) => this.positionAt(index) <= position);
    return slot === -1 ? 0 : this.positionAt(slot);
  }

  /** Forgets entries at or behind a file position. */
  truncateToPosition(position: number): void {
    this.#table.truncate(this.#table.lastSlotWhere((index) => this.positionAt(index) < position) + 1);
    this.#lastOffset = this.#table.count === 0 ? this.#baseOffset : this.offsetAt(this.#table.count - 1);
  }

  get table(): GrowingTable {
    return this.#table;
  }
}
