import { memoryHost } from '@millrace/host';
import {
  buildBatch,
  decodeRecords,
  RecordBatch,
  setBatchCrc,
  type BuildBatchOptions,
} from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { logConfig } from '../log-config.ts';
import { validateBatch, validateLargeBatch } from './validate-batch.ts';

const NOW_MS = 1700000000000;

function produced(
  options: BuildBatchOptions & { count?: number; timestampMs?: number; key?: string | null } = {},
): Buffer {
  const { count = 3, timestampMs = NOW_MS, key = 'k', ...rest } = options;
  return buildBatch(
    Array.from({ length: count }, (_, index) => ({
      timestampMs: timestampMs + index,
      key,
      value: `v${index}`,
    })),
    rest,
  );
}

function validate(records: Buffer, config: Record<string, unknown> = {}): Buffer {
  return validateBatch(records, { name: 'orders-0', config: logConfig(config), nowMs: NOW_MS });
}

/** A host where everything takes a millisecond, so that work is cut at every third look at the clock. */
function hostOfHaste() {
  const host = memoryHost();
  let nowMs = 0;
  let deferred = 0;
  return {
    host: {
      ...host,
      clock: { nowMs: () => NOW_MS, monotonicMs: () => nowMs++ },
      timers: {
        schedule: host.timers.schedule.bind(host.timers),
        defer: (callback: () => void) => {
          deferred++;
          host.timers.defer(callback);
        },
      },
    },
    deferred: () => deferred,
  };
}

function edited(edit: (batch: Buffer) => void, options: Parameters<typeof produced>[0] = {}): Buffer {
  const batch = produced(options);
  edit(batch);
  setBatchCrc(batch, 0);
  return batch;
}

function failure(
  records: Buffer,
  config: Record<string, unknown> = {},
): { code: string; message: string; recordErrors?: unknown } {
  try {
    validate(records, config);
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('the batch was accepted');
}

describe('a batch from a producer', () => {
  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'is kept as it is, byte for byte (%s)',
    (compression) => {
      const batch = produced({ compression });
      const before = Buffer.from(batch);
      expect(validate(batch)).toBe(batch);
      expect(batch.equals(before)).toBe(true);
    },
  );

  test.each([
    ['two batches at once', Buffer.concat([produced(), produced()]), 'INVALID_RECORD', 'more than one batch'],
    ['nothing', Buffer.alloc(0), 'CORRUPT_MESSAGE', '0 bytes are no record batch'],
    ['a cut batch', produced().subarray(0, 70), 'INVALID_RECORD', 'claims'],
    ['a length under that of a header', edited((b) => b.writeInt32BE(10, 8)), 'CORRUPT_MESSAGE', 'claims'],
    ['an old format', edited((b) => b.writeInt8(1, 16)), 'INVALID_RECORD', 'magic 1'],
    ['no format', edited((b) => b.writeInt8(3, 16)), 'CORRUPT_MESSAGE', 'magic 3'],
    ['a base offset', edited((b) => b.writeBigInt64BE(5n, 0)), 'INVALID_RECORD', 'base offset 5'],
    ['no records', buildBatch([], { lastOffset: 0 }), 'INVALID_RECORD', '0 records'],
    [
      'a wrong span',
      edited((b) => b.writeInt32BE(7, 23)),
      'INVALID_RECORD',
      'spans 8 offsets, but has 3 records',
    ],
    [
      'a wrong count',
      edited((b) => {
        b.writeInt32BE(4, 57);
        b.writeInt32BE(3, 23);
      }),
      'INVALID_RECORD',
      'Record',
    ],
    ['a control batch', produced({ isControl: true }), 'INVALID_RECORD', 'control batches'],
    [
      'a producer id without sequence',
      produced({ producerId: 5, producerEpoch: 0 }),
      'INVALID_RECORD',
      'no sequence',
    ],
    ['an unknown codec', edited((b) => b.writeInt16BE(6, 21)), 'INVALID_RECORD', 'unknown codec 6'],
    ['LogAppendTime', produced({ isLogAppendTime: true }), 'INVALID_TIMESTAMP', 'only the broker may set'],
    [
      'garbage in place of compressed records',
      edited((b) => b.fill(0xee, 61), { compression: 'gzip' }),
      'INVALID_RECORD',
      'gzip',
    ],
  ])('is refused with %s', (_, records, code, problem) => {
    const error = failure(records);
    expect(error.code).toBe(code);
    expect(error.message).toContain(problem);
    expect(error.message).toContain('orders-0');
  });

  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'that is large is judged alike, in turns of the event loop (%s)',
    async (compression) => {
      const { host, deferred } = hostOfHaste();
      const value = Buffer.from(Array.from({ length: 100 }, (_, index) => (index * index) % 251));
      const records = Array.from({ length: 80_000 }, () => ({ timestampMs: NOW_MS, key: null, value }));
      const large = buildBatch(records, { compression });
      const context = {
        name: 'orders-0',
        config: logConfig({ 'max.message.bytes': 100_000_000 }),
        nowMs: NOW_MS,
      };
      expect(await validateLargeBatch(large, context, host)).toBe(large);
      expect(deferred()).toBeGreaterThan(3);
      large[large.length - 1]! ^= 1;
      await expect(validateLargeBatch(large, context, host)).rejects.toMatchObject({
        code: 'CORRUPT_MESSAGE',
      });
    },
  );

  test('that is large is refused for the same reasons, in the same words', async () => {
    const wrong = [
      Buffer.alloc(0),
      produced().subarray(0, 70),
      edited((b) => b.writeBigInt64BE(5n, 0)),
      edited((b) => b.writeInt32BE(7, 23)),
      edited((b) => b.fill(0xee, 61), { compression: 'gzip' }),
      edited((b) => b.writeInt16BE(6, 21)),
      produced({ isControl: true }),
      produced({ key: null }),
    ];
    const settings = { 'cleanup.policy': 'compact' };
    const context = { name: 'orders-0', config: logConfig(settings), nowMs: NOW_MS };
    for (const records of wrong) {
      const { code, message } = failure(Buffer.from(records), settings);
      const refusal = validateLargeBatch(records, context, memoryHost());
      await expect(refusal).rejects.toMatchObject({ code, message });
    }
  });

  test('is refused with a flipped bit', () => {
    const batch = produced();
    batch[80]! ^= 1;
    expect(failure(batch)).toMatchObject({ code: 'CORRUPT_MESSAGE' });
  });

  test('is refused over max.message.bytes and over segment.bytes', () => {
    const batch = produced();
    expect(failure(batch, { 'max.message.bytes': batch.length - 1 })).toMatchObject({
      code: 'MESSAGE_TOO_LARGE',
    });
    expect(failure(batch, { 'internal.segment.bytes': batch.length - 1 })).toMatchObject({
      code: 'RECORD_LIST_TOO_LARGE',
    });
    expect(validate(batch, { 'max.message.bytes': batch.length })).toBe(batch);
  });

  test('needs keys on a compacted topic, and says which record has none', () => {
    const error = failure(produced({ key: null, count: 2 }), { 'cleanup.policy': 'compact' });
    expect(error.code).toBe('INVALID_RECORD');
    expect(error.recordErrors).toEqual([
      { batchIndex: 0, message: 'Record 0: a record of a compacted topic needs a key' },
      { batchIndex: 1, message: 'Record 1: a record of a compacted topic needs a key' },
    ]);
  });
});

describe('timestamps', () => {
  test('may not lie too far ahead or behind', () => {
    const limits = { 'message.timestamp.before.max.ms': 1000, 'message.timestamp.after.max.ms': 1000 };
    expect(failure(produced({ timestampMs: NOW_MS + 1001, count: 1 }), limits)).toMatchObject({
      code: 'INVALID_TIMESTAMP',
    });
    expect(failure(produced({ timestampMs: NOW_MS - 1001, count: 1 }), limits)).toMatchObject({
      code: 'INVALID_TIMESTAMP',
    });
    const atLimit = produced({ timestampMs: NOW_MS + 1000, count: 1 });
    expect(validate(atLimit, limits)).toBe(atLimit);
  });

  test('may be absent', () => {
    const batch = buildBatch([{ timestampMs: -1, value: 'v' }]);
    expect(validate(batch, { 'message.timestamp.before.max.ms': 1000 })).toBe(batch);
  });

  test('are set by LogAppendTime in place', () => {
    const batch = produced();
    expect(validate(batch, { 'message.timestamp.type': 'LogAppendTime' })).toBe(batch);
    const view = new RecordBatch(batch);
    expect(view.isCrcValid).toBe(true);
    expect(decodeRecords(view).map((record) => record.timestampMs)).toEqual([NOW_MS, NOW_MS, NOW_MS]);
  });

  test('correct a wrong maximum', () => {
    const batch = edited((b) => b.writeBigInt64BE(1n, 35));
    expect(new RecordBatch(validate(batch)).maxTimestamp).toBe(NOW_MS + 2);
    expect(new RecordBatch(batch).isCrcValid).toBe(true);
  });
});

describe('compression.type', () => {
  test.each(['gzip', 'snappy', 'lz4', 'zstd', 'uncompressed'] as const)(
    '%s stores batches in that codec',
    (type) => {
      const batch = produced({
        compression: type === 'gzip' ? 'lz4' : 'gzip',
        producerId: 4,
        producerEpoch: 1,
        baseSequence: 8,
      });
      const stored = new RecordBatch(validate(batch, { 'compression.type': type }));
      expect(stored.compression).toBe(type === 'uncompressed' ? 'none' : type);
      expect(stored).toMatchObject({
        producerId: 4,
        producerEpoch: 1,
        baseSequence: 8,
        recordCount: 3,
        isCrcValid: true,
      });
      expect(decodeRecords(stored)).toEqual(decodeRecords(new RecordBatch(batch)));
    },
  );
});

test('offsets that do not count up are made to', () => {
  const batch = edited((b) => {
    const secondRecord = 61 + 1 + b[61]! / 2;
    b[secondRecord + 3] = 0;
  });
  expect(decodeRecords(new RecordBatch(batch)).map((record) => record.offset)).toEqual([0, 0, 2]);
  const stored = validate(batch);
  expect(decodeRecords(new RecordBatch(stored)).map((record) => record.offset)).toEqual([0, 1, 2]);
});
