import { recordFrom, uncompressedRecords, type DecodeRecordsOptions } from './decode-records.ts';
import type { RecordBatch } from './record-batch.ts';
import { RecordCursor } from './record-cursor.ts';
import type { DecodedRecord } from './record.ts';

/**
 * The records of a batch, found at once and decoded when asked for. For readers that skip most of what they fetch:
 * finding records costs a fraction of decoding them.
 *
 * Lengths and count are checked on construction, the inside of a record when it is read; damage ends in a
 * CORRUPT_MESSAGE error.
 */
export class LazyRecords implements Iterable<DecodedRecord> {
  readonly length: number;
  readonly #batch: RecordBatch;
  readonly #bytes: Buffer;
  /** Where each record begins, its length field included; one more for the end. */
  readonly #starts: Uint32Array;

  constructor(batch: RecordBatch, options: DecodeRecordsOptions = {}) {
    this.#batch = batch;
    this.#bytes = uncompressedRecords(batch, options);
    this.length = batch.recordCount;
    this.#starts = RecordCursor.starts(this.#bytes, this.length);
  }

  /** The record at `index`, 0 to `length` - 1, made anew each time; undefined outside. */
  at(index: number): DecodedRecord | undefined {
    const start = this.#starts[index];
    const end = this.#starts[index + 1];
    if (start === undefined || end === undefined) return undefined;
    const cursor = new RecordCursor(this.#bytes.subarray(0, end), 1, start, true);
    cursor.next();
    return recordFrom(this.#batch, this.#bytes, cursor);
  }

  *[Symbol.iterator](): IterableIterator<DecodedRecord> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}
