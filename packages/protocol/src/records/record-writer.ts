import { RECORDS_OFFSET } from './batch-layout.ts';
import { refused } from './encode-errors.ts';
import type { RecordBytes, RecordHeaderInput } from './record.ts';
import { varintSizeBytes, varlongSizeBytes, writeVarint, writeVarlong } from './varint.ts';

const NO_HEADERS: readonly RecordHeaderInput[] = [];
const GROWTH = 4;
/** A loop writes text of up to this length faster than the call into native code. */
const LOOP_UP_TO_CHARACTERS = 16;
/** Most bytes of one character. A text written with this much room to spare betrays itself if it is not ASCII. */
const MAX_CHARACTER_BYTES = 4;

/** Where the memory of batches comes from, and goes to where it can be used again. */
export interface BatchMemory {
  /** At least so many bytes, of any content. */
  take(bytes: number): Buffer;
  /** Nobody reads or writes it any more. */
  give(buffer: Buffer): void;
}

/** New memory each time, left to the garbage collector. */
const freshMemory: BatchMemory = {
  take: (bytes) => Buffer.allocUnsafeSlow(bytes),
  give() {},
};

/**
 * Records behind room for a batch header, in one buffer that grows. Nothing is made per record: sizes are measured
 * first, then every byte is written once.
 *
 * Text is taken to be ASCII, so its length is known without a pass over it, until the first that is not: that record
 * is written again with exact lengths, and so are all that follow in the batch.
 */
export class RecordWriter {
  /** The batch so far; bytes from `position` on mean nothing. */
  buffer: Buffer;
  position = RECORDS_OFFSET;
  readonly #maxBytes: number;
  readonly #memory: BatchMemory;
  #countsBytesOfText = false;
  #sawOtherThanAscii = false;

  /** @param maxBytes most bytes that the buffer may hold; the first record is taken whatever its size. */
  constructor(initialBytes: number, maxBytes = Number.MAX_SAFE_INTEGER, memory = freshMemory) {
    this.#maxBytes = maxBytes;
    this.#memory = memory;
    this.buffer = memory.take(Math.max(initialBytes, RECORDS_OFFSET));
  }

  /** Gives the memory back; nothing can be appended after that. */
  release(): void {
    this.#memory.give(this.buffer);
  }

  /** Starts again in the same memory. */
  reset(): void {
    this.position = RECORDS_OFFSET;
    this.#countsBytesOfText = false;
  }

  /** Room for the header and the records so far; a view, not a copy. */
  written(): Buffer {
    return this.buffer.subarray(0, this.position);
  }

  /** The records so far; a view, not a copy. */
  records(): Buffer {
    return this.buffer.subarray(RECORDS_OFFSET, this.position);
  }

  /** Appends a record, or returns false and changes nothing if the batch would pass the limit. */
  tryAppend(
    timestampDelta: number,
    offsetDelta: number,
    key: RecordBytes,
    value: RecordBytes,
    headers: readonly RecordHeaderInput[] = NO_HEADERS,
  ): boolean {
    // Length and bytes of key and value are written out here, not in a method: 54 instead of 66 ns per record.
    const keyBytes = key === null ? -1 : typeof key === 'string' ? this.#textBytes(key) : key.length;
    const valueBytes =
      value === null ? -1 : typeof value === 'string' ? this.#textBytes(value) : value.length;
    const bodyBytes =
      1 +
      varlongSizeBytes(timestampDelta) +
      varintSizeBytes(offsetDelta) +
      fieldSizeBytes(keyBytes) +
      fieldSizeBytes(valueBytes) +
      (headers.length === 0 ? 1 : this.#headersSizeBytes(headers));
    const recordBytes = varintSizeBytes(bodyBytes) + bodyBytes;
    // Not a number if something has no length, as happens where no compiler looks.
    if (!(recordBytes > 0)) throw refused('key, value and header values must be bytes, text or null');
    const end = this.position + recordBytes;
    if (end > this.#maxBytes && this.position > RECORDS_OFFSET) return false;
    if (end + MAX_CHARACTER_BYTES > this.buffer.length) this.#grow(end + MAX_CHARACTER_BYTES);
    const buffer = this.buffer;
    let at = writeVarint(buffer, this.position, bodyBytes);
    buffer[at] = 0;
    at = writeVarlong(buffer, at + 1, timestampDelta);
    at = writeVarint(buffer, at, offsetDelta);
    at = writeVarint(buffer, at, keyBytes);
    if (key !== null) {
      if (typeof key === 'string') this.#writeText(buffer, at, key, keyBytes);
      else buffer.set(key, at);
      at += keyBytes;
    }
    at = writeVarint(buffer, at, valueBytes);
    if (value !== null) {
      if (typeof value === 'string') this.#writeText(buffer, at, value, valueBytes);
      else buffer.set(value, at);
      at += valueBytes;
    }
    at = writeVarint(buffer, at, headers.length);
    if (headers.length > 0) at = this.#writeHeaders(buffer, at, headers);
    if (this.#sawOtherThanAscii) {
      this.#sawOtherThanAscii = false;
      this.#countsBytesOfText = true;
      return this.tryAppend(timestampDelta, offsetDelta, key, value, headers);
    }
    this.position = at;
    return true;
  }

  #grow(neededBytes: number): void {
    const wanted = Math.min(this.buffer.length * GROWTH, this.#maxBytes + MAX_CHARACTER_BYTES);
    const outgrown = this.buffer;
    this.buffer = this.#memory.take(Math.max(neededBytes, wanted));
    this.buffer.set(outgrown.subarray(0, this.position));
    this.#memory.give(outgrown);
  }

  #textBytes(text: string): number {
    return this.#countsBytesOfText ? Buffer.byteLength(text) : text.length;
  }

  /** -1 for null, as on the wire. */
  #lengthOf(bytes: RecordBytes): number {
    if (bytes === null) return -1;
    return typeof bytes === 'string' ? this.#textBytes(bytes) : bytes.length;
  }

  #headersSizeBytes(headers: readonly RecordHeaderInput[]): number {
    let bytes = varintSizeBytes(headers.length);
    for (let index = 0; index < headers.length; index++) {
      const header = headers[index]!;
      bytes += fieldSizeBytes(this.#lengthOf(header.key)) + fieldSizeBytes(this.#lengthOf(header.value));
    }
    return bytes;
  }

  #writeHeaders(buffer: Buffer, position: number, headers: readonly RecordHeaderInput[]): number {
    let at = position;
    for (let index = 0; index < headers.length; index++) {
      const { key, value } = headers[index]!;
      at = this.#writeField(buffer, at, key, this.#lengthOf(key));
      at = this.#writeField(buffer, at, value, this.#lengthOf(value));
    }
    return at;
  }

  #writeField(buffer: Buffer, position: number, bytes: RecordBytes, length: number): number {
    const at = writeVarint(buffer, position, length);
    if (bytes === null) return at;
    if (typeof bytes === 'string') this.#writeText(buffer, at, bytes, length);
    else buffer.set(bytes, at);
    return at + length;
  }

  #writeText(buffer: Buffer, at: number, text: string, length: number): void {
    if (this.#countsBytesOfText) {
      buffer.write(text, at, length, 'utf8');
    } else if (length > LOOP_UP_TO_CHARACTERS) {
      // Characters beyond ASCII take more bytes, so more than `length` are written, with one left out at most.
      if (buffer.write(text, at, length + MAX_CHARACTER_BYTES, 'utf8') !== length)
        this.#sawOtherThanAscii = true;
    } else {
      for (let index = 0; index < length; index++) {
        const character = text.charCodeAt(index);
        if (character > 0x7f) this.#sawOtherThanAscii = true;
        buffer[at + index] = character;
      }
    }
  }
}

function fieldSizeBytes(length: number): number {
  return length < 0 ? 1 : varintSizeBytes(length) + length;
}
