import { decompress, decompressAsync } from '../compression/decompress.ts';
import { RECORDS_OFFSET } from './batch-layout.ts';
import type { RecordBatch } from './record-batch.ts';
import { RecordCursor } from './record-cursor.ts';
import type { DecodedRecord } from './record.ts';
import { sliceBytes } from './slice-bytes.ts';

/** For `decodeRecords()`. */
export interface DecodeRecordsOptions {
  /** Most bytes that a compressed batch may hold; more is a CORRUPT_MESSAGE error. Default 100 MiB. */
  readonly maxDecompressedBytes?: number;
}

/**
 * All records of a batch as plain objects, decompressed on this thread. Keys and values are slices of the batch or of
 * its decompressed form: holding one record holds that memory.
 *
 * The CRC is not checked here; `RecordBatch.isCrcValid` does that. Damage ends in a CORRUPT_MESSAGE error.
 */
export function decodeRecords(batch: RecordBatch, options: DecodeRecordsOptions = {}): DecodedRecord[] {
  return decodeFrom(batch, uncompressedRecords(batch, options));
}

/** As `decodeRecords`, decompressing off the event loop where the codec can. */
export async function decodeRecordsAsync(
  batch: RecordBatch,
  options: DecodeRecordsOptions = {},
): Promise<DecodedRecord[]> {
  const stored = batch.buffer.subarray(RECORDS_OFFSET);
  if (batch.recordCount === 0 || batch.compression === 'none') return decodeFrom(batch, stored);
  return decodeFrom(batch, await decompressAsync(batch.compression, stored, options.maxDecompressedBytes));
}

/** The encoded records of a batch, decompressed on this thread if need be. */
export function uncompressedRecords(batch: RecordBatch, options: DecodeRecordsOptions = {}): Buffer {
  const stored = batch.buffer.subarray(RECORDS_OFFSET);
  // The cleaner leaves the codec bits of a batch that it has emptied, with nothing after the header.
  if (batch.recordCount === 0) return stored;
  return decompress(batch.compression, stored, options.maxDecompressedBytes);
}

function decodeFrom(batch: RecordBatch, bytes: Buffer): DecodedRecord[] {
  const cursor = new RecordCursor(bytes, batch.recordCount, 0, true);
  const baseOffset = batch.baseOffset;
  const isAppendTime = batch.timestampType === 'LogAppendTime';
  const timestampMs = isAppendTime ? batch.maxTimestamp : batch.baseTimestamp;
  const { buffer: memory, byteOffset } = bytes;
  const records: DecodedRecord[] = [];
  // The cursor has found the count to fit the bytes; growing step by step would add a fifth to the time.
  records.length = batch.recordCount;
  for (let index = 0; cursor.next(); index++) {
    records[index] = {
      offset: baseOffset + cursor.offsetDelta,
      timestampMs: isAppendTime ? timestampMs : timestampMs + cursor.timestampDelta,
      key: sliceBytes(memory, byteOffset + cursor.keyStart, cursor.keyBytes),
      value: sliceBytes(memory, byteOffset + cursor.valueStart, cursor.valueBytes),
      headers: cursor.headers,
    };
  }
  return records;
}

/** The record that the cursor stands on. */
export function recordFrom(batch: RecordBatch, bytes: Buffer, cursor: RecordCursor): DecodedRecord {
  const isAppendTime = batch.timestampType === 'LogAppendTime';
  const { buffer: memory, byteOffset } = bytes;
  return {
    offset: batch.baseOffset + cursor.offsetDelta,
    timestampMs: isAppendTime ? batch.maxTimestamp : batch.baseTimestamp + cursor.timestampDelta,
    key: sliceBytes(memory, byteOffset + cursor.keyStart, cursor.keyBytes),
    value: sliceBytes(memory, byteOffset + cursor.valueStart, cursor.valueBytes),
    headers: cursor.headers,
  };
}
