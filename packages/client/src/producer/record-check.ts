import { InvalidRecordError } from '../errors.ts';
import type { ProducerRecord } from './producer-record.ts';

/** UTF-8 takes at most three bytes per UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;
/** Overhead of a record and of the batch around it, and of each header's two lengths; an upper bound. */
const RECORD_OVERHEAD_BYTES = 21 + 61;
const HEADER_OVERHEAD_BYTES = 10;

/**
 * Checks a record as a caller without types may hand it over, and answers an upper bound of its size in a batch.
 * @param index Position in the call, for the error.
 * @throws InvalidRecordError
 */
export function checkRecord(record: ProducerRecord, index: number): number {
  if (typeof record !== 'object' || record === null) throw new InvalidRecordError(index, 'is not an object');
  const { topic, partition, timestampMs } = record;
  if (typeof topic !== 'string' || topic === '') throw new InvalidRecordError(index, 'topic is missing');
  if (partition !== undefined && !(Number.isInteger(partition) && partition >= 0)) {
    throw new InvalidRecordError(index, `partition is ${String(partition)}, not a whole number from 0`);
  }
  if (timestampMs !== undefined && !(Number.isSafeInteger(timestampMs) && timestampMs >= 0)) {
    throw new InvalidRecordError(index, `timestampMs is ${String(timestampMs)}, not milliseconds since 1970`);
  }
  let bytes = RECORD_OVERHEAD_BYTES + maxBytesOf(record.value, 'value', index);
  if (record.key !== undefined) bytes += maxBytesOf(record.key, 'key', index);
  if (record.headers !== undefined) bytes += maxHeaderBytes(record.headers, index);
  return bytes;
}

/** The exact counterpart of `checkRecord`, for records whose upper bound is above a limit. */
export function recordSizeBytes({ key = null, value, headers = [] }: ProducerRecord): number {
  let bytes = RECORD_OVERHEAD_BYTES + exactBytesOf(key) + exactBytesOf(value);
  for (const header of headers) {
    bytes += HEADER_OVERHEAD_BYTES + exactBytesOf(header.key) + exactBytesOf(header.value);
  }
  return bytes;
}

function maxBytesOf(bytes: unknown, field: string, index: number): number {
  if (typeof bytes === 'string') return bytes.length * MAX_BYTES_PER_UNIT;
  if (bytes === null) return 0;
  if (bytes instanceof Uint8Array) return bytes.length;
  const kind = Array.isArray(bytes) ? 'an array' : typeof bytes;
  throw new InvalidRecordError(index, `${field} is of type ${kind}; it must be a string, Uint8Array or null`);
}

function maxHeaderBytes(headers: NonNullable<ProducerRecord['headers']>, index: number): number {
  if (!Array.isArray(headers))
    throw new InvalidRecordError(index, 'headers is not an array of { key, value }');
  let bytes = 0;
  for (const header of headers as readonly { readonly key: unknown; readonly value: unknown }[]) {
    if (typeof header?.key !== 'string')
      throw new InvalidRecordError(index, 'a header has no key of type string');
    const { key, value } = header;
    bytes +=
      HEADER_OVERHEAD_BYTES + maxBytesOf(key, 'header key', index) + maxBytesOf(value, 'header value', index);
  }
  return bytes;
}

function exactBytesOf(bytes: Uint8Array | string | null): number {
  if (bytes === null) return 0;
  return typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
}
