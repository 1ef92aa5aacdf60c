import { corruptMessage } from './record-errors.ts';
import type { RecordHeader } from './record.ts';

/** Length, attributes, two deltas, two null fields and no headers, one byte each. */
const MIN_RECORD_BYTES = 7;
const MIN_HEADER_BYTES = 2;
const MAX_VARINT_BYTES = 5;
const MAX_VARLONG_BYTES = 10;
const NO_HEADERS: readonly RecordHeader[] = Object.freeze([]);

/**
 * Walks the records of a batch without making anything per record: `next` reads one record's fields into this object.
 *
 * Everything is checked before it is used: lengths against the record, the record against the batch, the count
 * against the bytes. A contradiction ends in a CORRUPT_MESSAGE error.
 */
export class RecordCursor {
  timestampDelta = 0;
  offsetDelta = 0;
  keyStart = 0;
  /** -1 for null. */
  keyBytes = -1;
  valueStart = 0;
  /** -1 for null. */
  valueBytes = -1;
  headerCount = 0;
  /** Empty unless the cursor was asked to read headers. */
  headers: readonly RecordHeader[] = NO_HEADERS;

  readonly #bytes: Buffer;
  readonly #recordCount: number;
  readonly #readsHeaders: boolean;
  #recordIndex = 0;
  /** The next byte to read. */
  #position: number;
  /** The end of the record that is being read. */
  #end = 0;

  /** @param bytes records from `position` to the end, not compressed. */
  constructor(bytes: Buffer, recordCount: number, position: number, readsHeaders = false) {
    const size = bytes.length - position;
    if (recordCount < 0 || recordCount * MIN_RECORD_BYTES > size) {
      throw corruptMessage(`Record batch claims ${recordCount} records in ${size} bytes`);
    }
    this.#bytes = bytes;
    this.#recordCount = recordCount;
    this.#position = position;
    this.#readsHeaders = readsHeaders;
  }

  /** Where each record begins, its length field included, and where the last one ends. Only lengths are read. */
  static starts(bytes: Buffer, recordCount: number): Uint32Array {
    const cursor = new RecordCursor(bytes, recordCount, 0);
    const starts = new Uint32Array(recordCount + 1);
    cursor.#end = bytes.length;
    while (cursor.#recordIndex < recordCount) {
      starts[cursor.#recordIndex] = cursor.#position;
      const length = cursor.#readVarint();
      if (length < MIN_RECORD_BYTES - 1 || length > bytes.length - cursor.#position) {
        throw cursor.#damaged('length', length);
      }
      cursor.#position += length;
      cursor.#recordIndex++;
    }
    starts[recordCount] = cursor.#position;
    cursor.#finish();
    return starts;
  }

  /** Reads the next record; false after the last one, which must end where the bytes end. */
  next(): boolean {
    if (this.#recordIndex === this.#recordCount) return this.#finish();
    this.#end = this.#bytes.length;
    const length = this.#readVarint();
    const start = this.#position;
    if (length < MIN_RECORD_BYTES - 1 || length > this.#bytes.length - start)
      throw this.#damaged('length', length);
    this.#end = start + length;
    this.#position = start + 1;
    this.timestampDelta = this.#readVarlong();
    this.offsetDelta = this.#readVarint();
    this.keyBytes = this.#readFieldLength('key length');
    this.keyStart = this.#position;
    if (this.keyBytes > 0) this.#position += this.keyBytes;
    this.valueBytes = this.#readFieldLength('value length');
    this.valueStart = this.#position;
    if (this.valueBytes > 0) this.#position += this.valueBytes;
    this.headerCount = this.#readVarint();
    this.headers = this.headerCount === 0 ? NO_HEADERS : this.#walkHeaders();
    if (this.#position !== this.#end) throw this.#damaged('length', length);
    this.#recordIndex++;
    return true;
  }

  #finish(): false {
    if (this.#position === this.#bytes.length) return false;
    const leftBytes = this.#bytes.length - this.#position;
    throw corruptMessage(`Record batch has ${leftBytes} bytes left after its ${this.#recordCount} records`);
  }

  #walkHeaders(): readonly RecordHeader[] {
    const count = this.headerCount;
    if (count < 0 || count * MIN_HEADER_BYTES > this.#end - this.#position) {
      throw this.#damaged('header count', count);
    }
    const headers: RecordHeader[] = [];
    for (let index = 0; index < count; index++) {
      const keyBytes = this.#readFieldLength('header key length');
      if (keyBytes < 0) throw this.#damaged('header key length', keyBytes);
      const keyStart = this.#position;
      this.#position += keyBytes;
      const valueBytes = this.#readFieldLength('header value length');
      const valueStart = this.#position;
      if (valueBytes > 0) this.#position += valueBytes;
      if (this.#readsHeaders) {
        headers.push({
          key: this.#bytes.toString('utf8', keyStart, keyStart + keyBytes),
          value: valueBytes < 0 ? null : this.#bytes.subarray(valueStart, valueStart + valueBytes),
        });
      }
    }
    return headers;
  }

  /** A length of -1 to what is left of the record. */
  #readFieldLength(field: string): number {
    const length = this.#readVarint();
    if (length < -1 || length > this.#end - this.#position) throw this.#damaged(field, length);
    return length;
  }

  #readVarint(): number {
    const byte = this.#bytes[this.#position]!;
    if (byte < 0x80 && this.#position < this.#end) {
      this.#position++;
      return (byte >>> 1) ^ -(byte & 1);
    }
    return this.#readLongVarint();
  }

  #readLongVarint(): number {
    const start = this.#position;
    const limit = Math.min(start + MAX_VARINT_BYTES, this.#end);
    let value = 0;
    for (let at = start; at < limit; at++) {
      const byte = this.#bytes[at]!;
      value |= (byte & 0x7f) << (7 * (at - start));
      if (byte < 0x80) {
        this.#position = at + 1;
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw this.#damaged('varint at byte', start);
  }

  #readVarlong(): number {
    const byte = this.#bytes[this.#position]!;
    if (byte < 0x80 && this.#position < this.#end) {
      this.#position++;
      return (byte >>> 1) ^ -(byte & 1);
    }
    return this.#readLongVarlong();
  }

  /** Takes the sign off first: the zigzag form of a safe integer may need 54 bits. */
  #readLongVarlong(): number {
    const start = this.#position;
    const limit = Math.min(start + MAX_VARLONG_BYTES, this.#end);
    const isNegative = (this.#bytes[start]! & 1) === 1;
    let magnitude = (this.#bytes[start]! & 0x7f) >>> 1;
    for (let at = start + 1; at < limit; at++) {
      const byte = this.#bytes[at]!;
      magnitude += (byte & 0x7f) * 2 ** (7 * (at - start) - 1);
      if (byte < 0x80) {
        this.#position = at + 1;
        if (magnitude > Number.MAX_SAFE_INTEGER) throw this.#damaged('timestamp delta', magnitude);
        return isNegative ? -magnitude - 1 : magnitude;
      }
    }
    throw this.#damaged('varlong at byte', start);
  }

  #damaged(field: string, value: number): Error {
    return corruptMessage(
      `Record ${this.#recordIndex} of ${this.#recordCount} has a wrong ${field}: ${value}`,
    );
  }
}
