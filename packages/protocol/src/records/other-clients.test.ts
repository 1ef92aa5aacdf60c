import { createRequire } from 'node:module';
import * as platformatic from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { buildBatch, CompressionType, decodeRecords, RecordBatch, recordBatches } from '../index.ts';

const BASE_TIMESTAMP_MS = 1_700_000_000_000;
const BODY = 'All the water of the river goes through the race, and the wheel takes what it needs. ';

const records = Array.from({ length: 300 }, (_, index) => ({
  offset: index,
  timestampMs: BASE_TIMESTAMP_MS + ((index * 7) % 50),
  key: index % 5 === 0 ? null : Buffer.from(`order-${index}`),
  value: index % 11 === 0 ? null : Buffer.from(index % 13 === 0 ? '' : `${index} ${BODY.repeat(index % 4)}`),
  headers: index % 3 === 0 ? [] : [{ key: 'größe', value: Buffer.from(`value ${index}`) }],
}));
/** Messages of @platformatic/kafka must have a value. */
const withValues = records.map((record) => ({ ...record, value: record.value ?? Buffer.from('-') }));

const codecs = Object.keys(CompressionType) as CompressionType[];

describe('@platformatic/kafka', () => {
  it.each(codecs)('writes batches that are read, with %s', (compression) => {
    const messages = withValues.map((record) => ({
      topic: 'orders',
      ...(record.key === null ? {} : { key: record.key }),
      value: record.value,
      timestamp: BigInt(record.timestampMs),
      headers: new Map(record.headers.map(({ key, value }) => [Buffer.from(key), value])),
    }));
    const [batch] = recordBatches(platformatic.createRecordsBatch(messages, { compression }).buffer);
    expect(batch!.compression).toBe(compression);
    expect(batch!.isCrcValid).toBe(true);
    expect(decodeRecords(batch!)).toEqual(withValues);
  });

  it.each(codecs)('reads batches that were written, with %s', (compression) => {
    const reader = platformatic.Reader.from(buildBatch(records, { compression }));
    const [batch] = platformatic.readRecordsBatches(reader);
    const read = batch!.records.map((record) => ({
      offset: Number(batch!.firstOffset) + record.offsetDelta,
      timestampMs: Number(batch!.firstTimestamp + record.timestampDelta),
      key: record.key ?? null,
      value: record.value ?? null,
      headers: record.headers.map(([key, value]) => ({ key: String(key), value })),
    }));
    expect(read).toEqual(records);
  });
});

describe('kafkajs', () => {
  const kafkajs = loadKafkajs();
  // The other codecs of kafkajs are packages of their own.
  const ownCodecs = ['none', 'gzip'] as const;

  it.each(ownCodecs)('writes batches that are read, with %s', async (compression) => {
    const encoded = records.map((record, offsetDelta) =>
      kafkajs.Record({
        offsetDelta,
        timestampDelta: record.timestampMs - BASE_TIMESTAMP_MS,
        key: record.key,
        value: record.value,
        headers: Object.fromEntries(record.headers.map(({ key, value }) => [key, value])),
      }),
    );
    const { buffer } = await kafkajs.RecordBatch({
      compression: CompressionType[compression],
      records: encoded,
      firstTimestamp: BASE_TIMESTAMP_MS,
      maxTimestamp: BASE_TIMESTAMP_MS + 49,
      lastOffsetDelta: records.length - 1,
    });
    const [batch] = recordBatches(buffer);
    expect(batch!.compression).toBe(compression);
    expect(batch!.isCrcValid).toBe(true);
    expect(batch!.maxTimestamp).toBe(BASE_TIMESTAMP_MS + 49);
    expect(decodeRecords(batch!)).toEqual(records);
  });

  it.each(ownCodecs)('reads batches that were written, with %s', async (compression) => {
    const batch = await kafkajs.decodeBatch(new kafkajs.Decoder(buildBatch(records, { compression })));
    const read = batch.records.map((record) => ({
      offset: Number(record.offset),
      timestampMs: Number(record.timestamp),
      key: record.key,
      value: record.value,
      headers: Object.entries(record.headers).map(([key, value]) => ({ key, value })),
    }));
    expect(read).toEqual(records);
  });
});

it('an empty batch of ours is an empty batch of others', () => {
  const batch = buildBatch([], { baseOffset: 5, lastOffset: 9, compression: 'none', maxTimestampMs: 3 });
  expect(new RecordBatch(batch)).toMatchObject({
    recordCount: 0,
    lastOffset: 9,
    baseTimestamp: -1,
    maxTimestamp: 3,
  });
  expect(platformatic.readRecordsBatches(platformatic.Reader.from(batch))[0]!.records).toEqual([]);
});

interface KafkajsRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
}

/** The functions that its produce and fetch requests call; kafkajs does not export them. */
function loadKafkajs() {
  const require = createRequire(import.meta.url);
  return {
    Record: require('kafkajs/src/protocol/recordBatch/record/v0') as (record: object) => object,
    RecordBatch: (
      require('kafkajs/src/protocol/recordBatch/v0') as {
        RecordBatch: (batch: object) => Promise<{ buffer: Buffer }>;
      }
    ).RecordBatch,
    decodeBatch: require('kafkajs/src/protocol/recordBatch/v0/decoder') as (
      decoder: object,
    ) => Promise<{ records: readonly KafkajsRecord[] }>,
    Decoder: require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => object,
  };
}
