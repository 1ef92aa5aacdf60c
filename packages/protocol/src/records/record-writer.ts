import { RECORDS_OFFSET } from './batch-layout.ts';
import type { RecordBytes, RecordHeaderInput } from './record.ts';
import { varintSizeBytes, varlongSizeBytes, writeVarint, writeVarlong } from './varint.ts';

const NO_HEADERS: readonly RecordHeaderInput[] = [];

/**
 * Records behind room for a batch header, in one buffer that grows by doubling. Nothing is made per record: sizes are
 * measured first, then every byte is written once.
 */
export class RecordWriter {
  /** The batch so far; bytes from `position` on mean nothing. */
  buffer: Buffer;
  position = RECORDS_OFFSET;
  readonly #maxBytes: number;

  /** @param maxBytes most bytes that the buffer may hold; the first record is taken whatever its size. */
  constructor(initialBytes: number, maxBytes = Number.MAX_SAFE_INTEGER) {
    this.#maxBytes = maxBytes;
    this.buffer = Buffer.allocUnsafeSlow(Math.max(initialBytes, RECORDS_OFFSET));
  }

  /** Starts again in the same memory. */
  reset(): void {
    this.position = RECORDS_OFFSET;
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
    const keyBytes = byteLength(key);
    const valueBytes = byteLength(value);
    const bodyBytes =
      bodyStartSizeBytes(timestampDelta, offsetDelta) +
      fieldSizeBytes(keyBytes) +
      fieldSizeBytes(valueBytes) +
      headersSizeBytes(headers);
    const recordBytes = varintSizeBytes(bodyBytes) + bodyBytes;
    if (this.position + recordBytes > this.#maxBytes && this.position > RECORDS_OFFSET) return false;
    this.#reserve(recordBytes);
    const buffer = this.buffer;
    let at = writeVarint(buffer, this.position, bodyBytes);
    buffer[at++] = 0;
    at = writeVarlong(buffer, at, timestampDelta);
    at = writeVarint(buffer, at, offsetDelta);
    at = writeField(buffer, at, key, keyBytes);
    at = writeField(buffer, at, value, valueBytes);
    this.position = writeHeaders(buffer, at, headers);
    return true;
  }

  #reserve(bytes: number): void {
    const needed = this.position + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.buffer.length * 2));
    grown.set(this.buffer.subarray(0, this.position));
    this.buffer = grown;
  }
}

function bodyStartSizeBytes(timestampDelta: number, offsetDelta: number): number {
  return 1 + varlongSizeBytes(timestampDelta) + varintSizeBytes(offsetDelta);
}

/** -1 for null, as on the wire. */
function byteLength(bytes: RecordBytes): number {
  if (bytes === null) return -1;
  return typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
}

function fieldSizeBytes(length: number): number {
  return length < 0 ? 1 : varintSizeBytes(length) + length;
}

function headersSizeBytes(headers: readonly RecordHeaderInput[]): number {
  let bytes = varintSizeBytes(headers.length);
  for (let index = 0; index < headers.length; index++) {
    const header = headers[index]!;
    bytes += fieldSizeBytes(byteLength(header.key)) + fieldSizeBytes(byteLength(header.value));
  }
  return bytes;
}

function writeHeaders(buffer: Buffer, position: number, headers: readonly RecordHeaderInput[]): number {
  let at = writeVarint(buffer, position, headers.length);
  for (let index = 0; index < headers.length; index++) {
    const header = headers[index]!;
    at = writeField(buffer, at, header.key, byteLength(header.key));
    at = writeField(buffer, at, header.value, byteLength(header.value));
  }
  return at;
}

function writeField(buffer: Buffer, position: number, bytes: RecordBytes, length: number): number {
  const at = writeVarint(buffer, position, length);
  if (bytes === null) return at;
  if (typeof bytes === 'string') buffer.write(bytes, at, length, 'utf8');
  else buffer.set(bytes, at);
  return at + length;
}
