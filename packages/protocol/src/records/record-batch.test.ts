import { describe, expect, it } from 'vitest';
import {
  buildBatch,
  decodeRecords,
  endTxnMarker,
  recordBatches,
  RecordBatchBuilder,
  LazyRecords,
} from '../index.ts';

const BATCH_A =
  '000000000000000000000046ffffffff027de7892f0000000000010000018bcfe568000000018bcfe56805' +
  'ffffffffffffffffffffffffffff0000000210000000026b02760016000a020102780202680231';
const BATCH_B =
  '000000000000002a0000004200000004027cb941890030000000000000018bcfe568000000018bcfe568000000' +
  '0000000000070003ffffffff000000012000000008000000000c00000000000100';

const records = [
  { timestampMs: 1700000000000, key: 'k', value: 'v' },
  { timestampMs: 1700000000005, key: null, value: Buffer.from('x'), headers: [{ key: 'h', value: '1' }] },
];

describe('record batches', () => {
  it('writes the bytes that Kafka writes for two records', () => {
    const builder = new RecordBatchBuilder({ maxBytes: 1000 });
    for (const { timestampMs, key, value, headers } of records)
      builder.tryAppend(timestampMs, key, value, headers);
    expect(builder.build().toString('hex')).toBe(BATCH_A);
    expect(buildBatch(records).toString('hex')).toBe(BATCH_A);
  });

  it('reads the records that Kafka wrote', () => {
    const [batch] = recordBatches(Buffer.from(BATCH_A, 'hex'));
    expect(batch!.isCrcValid).toBe(true);
    expect(decodeRecords(batch!)).toEqual([
      { offset: 0, timestampMs: 1700000000000, key: Buffer.from('k'), value: Buffer.from('v'), headers: [] },
      {
        offset: 1,
        timestampMs: 1700000000005,
        key: null,
        value: Buffer.from('x'),
        headers: [{ key: 'h', value: Buffer.from('1') }],
      },
    ]);
  });

  it('finds records first and decodes them when asked', () => {
    const [batch] = recordBatches(Buffer.from(BATCH_A, 'hex'));
    expect([...new LazyRecords(batch!)]).toEqual(decodeRecords(batch!));
    expect(new LazyRecords(batch!).at(2)).toBeUndefined();
  });

  it('writes the transaction marker that Kafka writes', () => {
    const marker = endTxnMarker({
      type: 'ABORT',
      producerId: 7,
      producerEpoch: 3,
      coordinatorEpoch: 1,
      timestampMs: 1700000000000,
      baseOffset: 42,
      partitionLeaderEpoch: 4,
    });
    expect(marker.toString('hex')).toBe(BATCH_B);
  });

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'reads back what it wrote with %s',
    (compression) => {
      const value = 'x'.repeat(100_000);
      const [batch] = recordBatches(buildBatch([{ timestampMs: 1, value }], { compression, baseOffset: 7 }));
      expect(batch!.compression).toBe(compression);
      expect(decodeRecords(batch!)).toEqual([
        { offset: 7, timestampMs: 1, key: null, value: Buffer.from(value), headers: [] },
      ]);
    },
  );
});
