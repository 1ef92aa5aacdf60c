import { describe, expect, it } from 'vitest';
import {
  batchBaseOffset,
  batchLastSequence,
  batchLeaderEpoch,
  batchSizeBytes,
  buildBatch,
  decodeRecords,
  incrementSequence,
  isBatchCrcValid,
  RecordBatch,
  recordBatches,
  setBatchBaseOffset,
  setBatchLeaderEpoch,
  setBatchMaxTimestamp,
  wholeBatchSizeBytes,
} from '../index.ts';

const one = buildBatch([{ timestampMs: 1000, key: 'a', value: '1' }]);
const two = buildBatch([
  { timestampMs: 2000, value: '2' },
  { timestampMs: 1500, value: '3' },
]);

describe('the leader', () => {
  it('writes offset and epoch into a batch in the middle of a buffer without touching its CRC', () => {
    const log = Buffer.concat([one, two]);
    setBatchBaseOffset(log, one.length, 2 ** 40 + 3);
    setBatchLeaderEpoch(log, one.length, 7);
    expect(batchBaseOffset(log, one.length)).toBe(2 ** 40 + 3);
    expect(batchLeaderEpoch(log, one.length)).toBe(7);
    expect(batchSizeBytes(log, one.length)).toBe(two.length);
    expect(isBatchCrcValid(log, one.length)).toBe(true);
    expect(log.subarray(0, one.length)).toEqual(one);
  });

  it('stamps its own time on all records of a batch', () => {
    const batch = new RecordBatch(Buffer.from(two));
    setBatchMaxTimestamp(batch.buffer, 0, 5000, true);
    expect(batch.timestampType).toBe('LogAppendTime');
    expect(batch.isCrcValid).toBe(true);
    expect(decodeRecords(batch).map((record) => record.timestampMs)).toEqual([5000, 5000]);
    setBatchMaxTimestamp(batch.buffer, 0, 2000, false);
    expect(batch.buffer).toEqual(two);
  });
});

describe('sequence numbers', () => {
  it('go on with 0 after 2147483647', () => {
    expect(incrementSequence(2147483646, 1)).toBe(2147483647);
    expect(incrementSequence(2147483647, 1)).toBe(0);
    expect(incrementSequence(2147483647, 2147483647)).toBe(2147483646);
  });

  it('of a batch wrap with it, and are missing together', () => {
    const wrapping = buildBatch([{ timestampMs: 1 }, { timestampMs: 2 }], { baseSequence: 2147483647 });
    expect(batchLastSequence(wrapping, 0)).toBe(0);
    expect(batchLastSequence(two, 0)).toBe(-1);
  });
});

describe('a piece of a log', () => {
  it('is cut into whole batches; a partial one at its end is left', () => {
    const log = Buffer.concat([one, two]);
    for (let end = 0; end <= log.length; end++) {
      const whole = end < one.length ? 0 : end < log.length ? 1 : 2;
      expect(recordBatches(log.subarray(0, end))).toHaveLength(whole);
    }
    expect(wholeBatchSizeBytes(log, one.length, log.length - 1)).toBe(0);
    expect(wholeBatchSizeBytes(log, one.length)).toBe(two.length);
  });

  it.each([0, 48, -1, -0x80000000])('is damaged where a batch has length %i', (length) => {
    const log = Buffer.concat([one, two]);
    log.writeInt32BE(length, one.length + 8);
    expect(() => recordBatches(log)).toThrow(
      `Record batch at byte ${one.length} has length ${length}, but a batch has at least 49`,
    );
  });

  it.each([
    [0, 'UNSUPPORTED_FOR_MESSAGE_FORMAT'],
    [1, 'UNSUPPORTED_FOR_MESSAGE_FORMAT'],
    [3, 'CORRUPT_MESSAGE'],
  ])('is not read where a batch has magic %i', (magic, code) => {
    const log = Buffer.from(one);
    log[16] = magic;
    expect(() => recordBatches(log)).toThrow(expect.objectContaining({ code }));
  });

  it('has no whole batch where its end cuts a CRC check short', () => {
    for (let end = 0; end < one.length; end++) expect(isBatchCrcValid(one.subarray(0, end), 0)).toBe(false);
  });
});

describe('a header', () => {
  it('with an offset beyond the safe integers is damaged', () => {
    const batch = Buffer.from(one);
    batch.writeBigInt64BE(2n ** 53n, 0);
    expect(() => batchBaseOffset(batch, 0)).toThrow(
      'The int64 at byte 0 of a record batch is 9007199254740992, beyond the safe integers',
    );
    batch.writeBigInt64BE(2n ** 53n - 1n, 0);
    expect(batchBaseOffset(batch, 0)).toBe(Number.MAX_SAFE_INTEGER);
    batch.writeBigInt64BE(-(2n ** 53n) + 1n, 0);
    expect(batchBaseOffset(batch, 0)).toBe(Number.MIN_SAFE_INTEGER);
  });

  it('with a codec that nobody has defined is refused by name', () => {
    const batch = Buffer.from(one);
    batch[22] = 5;
    expect(() => new RecordBatch(batch).compression).toThrow(
      'Compression codec 5 is not supported here; use none, gzip, snappy, lz4 or zstd',
    );
  });

  it('keeps attributes that are not known out of what is', () => {
    const batch = Buffer.from(one);
    batch[21] = 0xff;
    batch[22] = 0x80;
    expect(new RecordBatch(batch)).toMatchObject({
      compression: 'none',
      isControl: false,
      isTransactional: false,
    });
  });
});
