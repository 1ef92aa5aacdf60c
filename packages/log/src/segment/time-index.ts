import { CorruptFileError } from '../errors.ts';
import { GrowingTable } from './growing-table.ts';

export const TIME_INDEX_ENTRY_BYTES = 12;
const ENTRY_BYTES = TIME_INDEX_ENTRY_BYTES;

/** A timestamp and the offset of the batch that carried it. */
export interface TimestampOffset {
  readonly timestampMs: number;
  readonly offset: number;
}

/**
 * The time index of one segment: largest timestamp so far -> offset of the batch that carried it. A time search
 * starts at the greatest entry at or below the target.
 */
export class TimeIndex {
  readonly #baseOffset: number;
  readonly #table: GrowingTable;
  #lastTimestampMs: number;
  #lastOffset: number;

  constructor(baseOffset: number, content: Buffer = Buffer.alloc(0)) {
    this.#baseOffset = baseOffset;
    this.#table = new GrowingTable(ENTRY_BYTES, content);
    const last = this.#table.count - 1;
    this.#lastTimestampMs = last < 0 ? -1 : this.timestampAt(last);
    this.#lastOffset = last < 0 ? baseOffset : this.offsetAt(last);
  }

  /** @throws CorruptFileError where the bytes cannot be a time index. */
  static parse(baseOffset: number, content: Buffer, path: string): TimeIndex {
    if (content.length % ENTRY_BYTES !== 0) {
      throw new CorruptFileError(path, content.length, `the length is not a multiple of ${ENTRY_BYTES}`);
    }
    const index = new TimeIndex(baseOffset, content);
    let [timestampMs, offset] = [-1, baseOffset - 1];
    for (let slot = 0; slot < index.entryCount; slot++) {
      const [nextTimestampMs, nextOffset] = [index.timestampAt(slot), index.offsetAt(slot)];
      if (nextTimestampMs <= timestampMs || nextOffset < offset) {
        const problem = `entry (${nextTimestampMs}, ${nextOffset}) follows (${timestampMs}, ${offset})`;
        throw new CorruptFileError(path, slot * ENTRY_BYTES, problem);
      }
      [timestampMs, offset] = [nextTimestampMs, nextOffset];
    }
    return index;
  }

  get entryCount(): number {
    return this.#table.count;
  }

  /** -1 while empty. */
  get lastTimestampMs(): number {
    return this.#lastTimestampMs;
  }

  get lastOffset(): number {
    return this.#lastOffset;
  }

  timestampAt(slot: number): number {
    const at = slot * ENTRY_BYTES;
    return this.#table.bytes.readInt32BE(at) * 4294967296 + this.#table.bytes.readUInt32BE(at + 4);
  }

  offsetAt(slot: number): number {
    return this.#baseOffset + this.#table.bytes.readInt32BE(slot * ENTRY_BYTES + 8);
  }

  /** One slot stays reserved for the entry that closes the segment. */
  freeSlots(maxBytes: number): number {
    return Math.floor(maxBytes / ENTRY_BYTES) - 1 - this.#table.count;
  }

  /** Does nothing unless the timestamp is larger than every one before. */
  append(timestampMs: number, offset: number): void {
    if (timestampMs <= this.#lastTimestampMs || offset < this.#lastOffset) return;
    const at = this.#table.appendEntry();
    this.#table.bytes.writeInt32BE(Math.floor(timestampMs / 4294967296), at);
    this.#table.bytes.writeUInt32BE(timestampMs % 4294967296, at + 4);
    this.#table.bytes.writeInt32BE(offset - this.#baseOffset, at + 8);
    this.#lastTimestampMs = timestampMs;
    this.#lastOffset = offset;
  }

  /** The entry from which a search for records at or after `timestampMs` starts, `undefined` for the beginning. */
  lookup(timestampMs: number): TimestampOffset | undefined {
    const slot = this.#table.lastSlotWhere((index) => this.timestampAt(index) <= timestampMs);
    return slot === -1 ? undefined : { timestampMs: this.timestampAt(slot), offset: this.offsetAt(slot) };
  }

  /** Forgets entries for offsets at or above `offset`. */
  truncateToOffset(offset: number): void {
    this.#table.truncate(this.#table.lastSlotWhere((slot) => this.offsetAt(slot) < offset) + 1);
    const last = this.#table.count - 1;
    this.#lastTimestampMs = last < 0 ? -1 : this.timestampAt(last);
    this.#lastOffset = last < 0 ? this.#baseOffset : this.offsetAt(last);
  }

  get table(): GrowingTable {
    return this.#table;
  }
}
