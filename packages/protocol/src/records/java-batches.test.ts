import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  buildBatch,
  compactBatch,
  compress,
  controlRecordType,
  type DecodedRecord,
  decodeRecords,
  decodeRecordsAsync,
  LazyRecords,
  RecordBatch,
  recordBatches,
  uncompressedRecords,
} from '../index.ts';

interface JavaRecord {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [string, string | null])[];
}

interface JavaBatch {
  readonly name: string;
  readonly bytes: string;
  /** Getters of `RecordBatch` by name. */
  readonly batch: Readonly<Record<string, unknown>>;
  readonly records: readonly JavaRecord[];
}

const fixture = new URL('../../fixtures/records/java-batches.jsonl', import.meta.url);
const javaBatches = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as JavaBatch);
const byName = new Map(javaBatches.map((java) => [java.name, java]));
const small = javaBatches.filter((java) => !java.name.startsWith('large'));
const large = javaBatches.filter((java) => java.name.startsWith('large'));

describe("batches of Kafka's own classes", () => {
  it.each(javaBatches)('have the header fields that Kafka reads: $name', (java) => {
    const batch = only(java);
    const keys = Object.keys(java.batch) as (keyof RecordBatch)[];
    expect(Object.fromEntries(keys.map((key) => [key, batch[key]]))).toEqual(java.batch);
    expect(batch.isCrcValid).toBe(true);
  });

  it.each(small)('hold the records that Kafka reads: $name', async (java) => {
    const batch = only(java);
    const expected = java.records.map(decodeBase64);
    expect(decodeRecords(batch)).toEqual(expected);
    expect(await decodeRecordsAsync(batch)).toEqual(expected);
    expect([...new LazyRecords(batch)]).toEqual(expected);
  });

  it.each(large)('hold the records that were put in: $name', (java) => {
    const records = decodeRecords(only(java));
    expect(records).toHaveLength(500);
    records.forEach((record, index) => {
      expect(record.key?.toString()).toBe(`order-${index}`);
      expect(record.timestampMs).toBe(1_700_000_000_000 + index);
      expect(record.value).toHaveLength(200);
      if (index < 100 || index >= 250) expect(record.value?.toString()).toBe(pattern(index));
    });
  });

  it.each(small)('are written again to the same bytes: $name', (java) => {
    const batch = only(java);
    const rewritten = rewrite(batch, decodeRecords(batch));
    if (batch.compression === 'none') expect(rewritten.toString('hex')).toBe(hex(java));
    // Compressors may differ; what goes into them may not.
    expect(uncompressedRecords(new RecordBatch(rewritten))).toEqual(uncompressedRecords(batch));
  });

  it.each(['none', 'gzip'])('are compacted to the same bytes, with %s', (compression) => {
    const source = only(byName.get(`compacted source ${compression}`)!);
    const survivors = decodeRecords(source).filter(({ offset }) => offset === 21 || offset === 22);
    const compacted = compactBatch(source, survivors, { deleteHorizonMs: 1_700_000_000_000 + 86_400_000 });
    const expected = only(byName.get(`compacted survivors ${compression}`)!);
    expect(uncompressedRecords(new RecordBatch(compacted))).toEqual(uncompressedRecords(expected));
    // Length, CRC and what the compressor made are all that may differ.
    expect(compacted.subarray(21, 61)).toEqual(expected.buffer.subarray(21, 61));
    const empty = only(byName.get(`compacted empty ${compression}`)!);
    expect(compactBatch(source, [], { deleteHorizonMs: 1 })).toEqual(empty.buffer);
  });

  it('keep the delete horizon that they have when they are compacted again', () => {
    const source = only(byName.get('compacted survivors none')!);
    const again = new RecordBatch(compactBatch(source, decodeRecords(source), { deleteHorizonMs: 1 }));
    expect(again.buffer).toEqual(source.buffer);
  });

  it('are cut into blocks of snappy at the same places', () => {
    const batch = only(byName.get('large snappy')!);
    const stored = batch.buffer.subarray(61);
    const own = compress('snappy', uncompressedRecords(batch));
    expect(blockSizes(own, 16, 'readInt32BE')).toHaveLength(blockSizes(stored, 16, 'readInt32BE').length);
    expect(own.subarray(0, 16)).toEqual(stored.subarray(0, 16));
  });

  it('are framed the same with LZ4', () => {
    const batch = only(byName.get('large lz4')!);
    const stored = batch.buffer.subarray(61);
    const own = compress('lz4', uncompressedRecords(batch));
    expect(own.subarray(0, 7)).toEqual(stored.subarray(0, 7));
    expect(own.subarray(-4)).toEqual(stored.subarray(-4));
  });

  it('say what kind of control record they hold', () => {
    const kinds = javaBatches
      .filter((java) => java.batch.isControl === true)
      .map((java) => [java.name, controlRecordType(decodeRecords(only(java))[0]!)]);
    expect(Object.fromEntries(kinds)).toEqual({
      'commit marker': 'COMMIT',
      'abort marker': 'ABORT',
      'leader change': 'LEADER_CHANGE',
      'snapshot header': 'SNAPSHOT_HEADER',
      'snapshot footer': 'SNAPSHOT_FOOTER',
      'kraft version': 'KRAFT_VERSION',
      'kraft voters': 'KRAFT_VOTERS',
    });
  });
});

function only(java: JavaBatch): RecordBatch {
  const batches = recordBatches(Buffer.from(java.bytes, 'base64'));
  expect(batches).toHaveLength(1);
  return batches[0]!;
}

function hex(java: JavaBatch): string {
  return Buffer.from(java.bytes, 'base64').toString('hex');
}

function decodeBase64(record: JavaRecord) {
  return {
    offset: record.offset,
    timestampMs: record.timestampMs,
    key: bytes(record.key),
    value: bytes(record.value),
    headers: record.headers.map(([key, value]) => ({ key: bytes(key)!.toString(), value: bytes(value) })),
  };
}

function bytes(base64: string | null): Buffer | null {
  return base64 === null ? null : Buffer.from(base64, 'base64');
}

/** The value that `largeRecords` of JavaBatches.java makes where it does not make noise. */
function pattern(index: number): string {
  return Array.from({ length: 200 }, (_, at) => String.fromCharCode(97 + ((at + index) % 7))).join('');
}

/** The batch made anew from what was read of it. */
function rewrite(batch: RecordBatch, records: readonly DecodedRecord[]): Buffer {
  const isLogAppendTime = batch.timestampType === 'LogAppendTime';
  const original = isLogAppendTime ? createTimes(batch) : records;
  return buildBatch(original, {
    compression: batch.compression,
    baseOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    maxTimestampMs: batch.maxTimestamp,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
    isControl: batch.isControl,
    isLogAppendTime,
    ...(batch.hasDeleteHorizon ? { deleteHorizonMs: batch.baseTimestamp } : {}),
  });
}

/** The records with the times that their producer gave them, which a LogAppendTime batch still holds. */
function createTimes(batch: RecordBatch): DecodedRecord[] {
  const copy = Buffer.from(batch.buffer);
  copy[22] = copy[22]! & ~0x08;
  return decodeRecords(new RecordBatch(copy));
}

function blockSizes(stream: Buffer, start: number, read: 'readInt32BE'): number[] {
  const sizes: number[] = [];
  for (let at = start; at < stream.length; at += 4 + sizes.at(-1)!) sizes.push(stream[read](at));
  return sizes;
}
