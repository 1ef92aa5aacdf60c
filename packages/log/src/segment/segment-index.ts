import { batchLastOffset, batchMaxTimestamp, batchSizeBytes } from '@millrace/protocol';
import { MAX_RELATIVE_OFFSET } from '../limits.ts';
import { OffsetIndex } from './offset-index.ts';
import { OffsetOverflow } from './offset-overflow.ts';
import { TimeIndex, type TimestampOffset } from './time-index.ts';

/** About what the objects around two empty tables take. */
const OBJECT_BYTES = 500;

/**
 * Both indexes of a segment and the counters that decide when they get an entry. Which batches get one depends on the
 * batches alone, so that a rebuilt index equals the original.
 */
export class SegmentIndex {
  readonly offset: OffsetIndex;
  readonly time: TimeIndex;
  /** Position in the log file up to which batches were noted. */
  sizeBytes: number;
  /** Of the first batch; `undefined` while unknown. */
  firstTimestampMs: number | undefined;
  #bytesSinceEntry: number;
  #maxTimestamp: TimestampOffset;

  /** From index files of a log file of `sizeBytes`. */
  constructor(offset: OffsetIndex, time: TimeIndex, sizeBytes: number) {
    this.offset = offset;
    this.time = time;
    this.sizeBytes = sizeBytes;
    this.#bytesSinceEntry = sizeBytes - offset.lastPosition;
    this.#maxTimestamp = { timestampMs: time.lastTimestampMs, offset: time.lastOffset };
  }

  /** Without entries; what the index files hold, if they exist, is replaced when the index is saved. */
  static empty(baseOffset: number): SegmentIndex {
    const index = new SegmentIndex(new OffsetIndex(baseOffset), new TimeIndex(baseOffset), 0);
    index.offset.table.markReplaced();
    index.time.table.markReplaced();
    return index;
  }

  /** The largest timestamp with the batch that carries it; -1 if no record has one. */
  get maxTimestamp(): TimestampOffset {
    return this.#maxTimestamp;
  }

  isFull(maxBytes: number): boolean {
    return this.freeSlots(maxBytes) === 0;
  }

  get sizeInMemoryBytes(): number {
    return this.offset.table.sizeBytes + this.time.table.sizeBytes + OBJECT_BYTES;
  }

  /** How many more entries fit into both files. */
  freeSlots(maxBytes: number): number {
    return Math.max(0, Math.min(this.offset.freeSlots(maxBytes), this.time.freeSlots(maxBytes)));
  }

  /**
   * Takes note of the batch that stands behind the ones noted before.
   * @throws OffsetOverflow where it is too far from the base for an index
   */
  noteBatch(buffer: Buffer, at: number, intervalBytes: number): void {
    const batchBytes = batchSizeBytes(buffer, at);
    const { baseOffset } = this.offset;
    const lastOffset = batchLastOffset(buffer, at);
    if (lastOffset - baseOffset > MAX_RELATIVE_OFFSET) throw new OffsetOverflow(baseOffset, lastOffset);
    if (this.sizeBytes === 0) this.firstTimestampMs = batchMaxTimestamp(buffer, at);
    this.noteTimestamp(buffer, at);
    if (this.#bytesSinceEntry > intervalBytes) {
      this.offset.append(lastOffset, this.sizeBytes);
      this.#appendTime();
      this.#bytesSinceEntry = 0;
    }
    this.#bytesSinceEntry += batchBytes;
    this.sizeBytes += batchBytes;
  }

  /** Takes note of the timestamp alone, of a batch behind the last entry that `truncate` has left. */
  noteTimestamp(buffer: Buffer, at: number): void {
    const timestampMs = batchMaxTimestamp(buffer, at);
    if (timestampMs <= this.#maxTimestamp.timestampMs) return;
    this.#maxTimestamp = { timestampMs, offset: batchLastOffset(buffer, at) };
  }

  /** The final entry of the time index, so that its last one is the largest timestamp of the segment. */
  noteClosing(): void {
    this.#appendTime();
  }

  /**
   * Forgets batches from a file position on; the first of them had last offset `offset` or more. What is left behind the
   * last entry has to be shown to `noteTimestamp`, or a later closing entry would fall short of the largest timestamp.
   */
  truncate(position: number, offset: number): void {
    this.offset.truncateToPosition(position);
    this.time.truncateToOffset(offset);
    this.sizeBytes = position;
    if (position === 0) this.firstTimestampMs = undefined;
    this.#bytesSinceEntry = position - this.offset.lastPosition;
    this.#maxTimestamp = { timestampMs: this.time.lastTimestampMs, offset: this.time.lastOffset };
  }

  #appendTime(): void {
    if (this.#maxTimestamp.timestampMs >= 0) {
      this.time.append(this.#maxTimestamp.timestampMs, this.#maxTimestamp.offset);
    }
  }
}
