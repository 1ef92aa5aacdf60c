import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildBatch,
  CompressionType,
  decodeRecords,
  decodeRecordsAsync,
  LazyRecords,
  type RecordBytes,
  RecordBatch,
  RecordBatchBuilder,
  recordBatches,
  type RecordInput,
} from '../index.ts';

const bytes: fc.Arbitrary<RecordBytes> = fc.oneof(
  fc.constant(null),
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ minLength: 8_000, maxLength: 8_400 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 200 }),
);
const headers = fc.array(
  fc.record({ key: fc.oneof(fc.constantFrom('trace', ''), fc.string({ unit: 'grapheme' })), value: bytes }),
  { maxLength: 4 },
);
const timestampMs = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
  fc.integer({ min: -1, max: Number.MAX_SAFE_INTEGER }),
);
const record = fc.record({ timestampMs, key: bytes, value: bytes, headers });
const records = fc.array(record, { minLength: 1, maxLength: 15 });
const compression = fc.constantFrom(...(Object.keys(CompressionType) as CompressionType[]));

describe('any records', () => {
  it('come back as they were put in', async () => {
    await fc.assert(
      fc.asyncProperty(records, compression, async (input, compression) => {
        const [batch] = recordBatches(buildBatch(input, { compression, baseOffset: 1000 }));
        const expected = input.map((one, index) => decoded(one, 1000 + index));
        expect(decodeRecords(batch!)).toEqual(expected);
        expect(await decodeRecordsAsync(batch!)).toEqual(expected);
        expect([...new LazyRecords(batch!)]).toEqual(expected);
        expect(batch!.isCrcValid).toBe(true);
        expect(batch!.maxTimestamp).toBe(Math.max(...input.map((one) => one.timestampMs)));
      }),
    );
  });

  it('make the same batch one by one as all at once', () => {
    const builder = new RecordBatchBuilder({ maxBytes: 10_000_000, initialBytes: 100 });
    fc.assert(
      fc.property(records, (input) => {
        builder.reset();
        for (const one of input) append(builder, one);
        expect(builder.build()).toEqual(buildBatch(input));
        expect(builder.estimatedSizeBytes).toBe(builder.build().length);
      }),
    );
  });

  it('may be text of any length with a character beyond ASCII anywhere', () => {
    const characters = ['é', '世', '🌊', '\ud83c', '\u0000', '\u007f', '\u0080', '\uffff'];
    for (const character of characters) {
      for (const length of [0, 1, 2, 13, 14, 15, 16, 17, 18, 19, 20, 40]) {
        for (const tail of ['', 'a', 'abcdef']) {
          const value = 'x'.repeat(length) + character + tail;
          const builder = new RecordBatchBuilder({ maxBytes: 10_000, initialBytes: 61 });
          builder.tryAppend(1, 'plain', 'plain ASCII before', [{ key: value, value }]);
          builder.tryAppend(1, value, value);
          const read = decodeRecords(new RecordBatch(builder.build()));
          expect(read.map((one) => one.value?.toString())).toEqual(['plain ASCII before', wellFormed(value)]);
          expect(read[0]!.headers).toEqual([{ key: wellFormed(value), value: Buffer.from(value) }]);
        }
      }
    }
  });

  it('make a batch within its limit, or of one record', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 61, max: 20_000 }), (input, maxBytes) => {
        const builder = new RecordBatchBuilder({ maxBytes });
        const taken = input.filter((one) => append(builder, one));
        const batch = builder.build();
        expect(builder.recordCount).toBe(taken.length);
        expect(taken.length === 1 || batch.length <= maxBytes).toBe(true);
        expect(decodeRecords(new RecordBatch(batch))).toEqual(taken.map((one, index) => decoded(one, index)));
      }),
    );
  });
});

describe('damaged batches', () => {
  it('are told from whole ones by their CRC', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.integer({ min: 1, max: 255 }), (input, anywhere, flip) => {
        const bytes = buildBatch(input);
        const at = 17 + (anywhere % (bytes.length - 17));
        bytes[at] = bytes[at]! ^ flip;
        expect(new RecordBatch(bytes).isCrcValid).toBe(false);
      }),
    );
  });

  it.each([-1, 1, 100, 0x7fffffff, -0x80000000])(
    'with a record count wrong by %i are refused',
    (difference) => {
      const bytes = buildBatch([
        { timestampMs: 1, value: 'one' },
        { timestampMs: 2, value: 'two' },
      ]);
      bytes.writeInt32BE((2 + difference) | 0, 57);
      expect(errorOf(() => decodeRecords(new RecordBatch(bytes)))).toMatchObject({ code: 'CORRUPT_MESSAGE' });
      expect(errorOf(() => new LazyRecords(new RecordBatch(bytes)))).toMatchObject({
        code: 'CORRUPT_MESSAGE',
      });
    },
  );

  it('do not take the memory for the records that they claim', () => {
    const bytes = buildBatch([{ timestampMs: 1, value: Buffer.alloc(1000) }]);
    bytes.writeInt32BE(0x7fffffff, 57);
    const before = process.memoryUsage();
    for (let run = 0; run < 100; run++) errorOf(() => decodeRecords(new RecordBatch(bytes)));
    for (let run = 0; run < 100; run++) errorOf(() => new LazyRecords(new RecordBatch(bytes)));
    const after = process.memoryUsage();
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(
      20_000_000,
    );
  });
});

describe('a batch that cannot be', () => {
  const builder = new RecordBatchBuilder({ maxBytes: 1000 });

  it.each([NaN, 1.5, -2, 2 ** 53, Infinity])('is refused: a record of time %d', (timestampMs) => {
    const error = expect.objectContaining({ code: 'ERR_PROTOCOL_INVALID_VALUE' });
    expect(() => builder.tryAppend(timestampMs, null, null)).toThrow(error);
    expect(() => buildBatch([{ timestampMs }])).toThrow(error);
    expect(builder.recordCount).toBe(0);
  });

  it('is refused: without records and without a last offset', () => {
    expect(() => builder.build()).toThrow(
      'RecordBatch version 2: 0 records cannot end -1 offsets after the first',
    );
    expect(() => buildBatch([])).toThrow('0 records cannot end -1 offsets after the first');
  });

  it('is refused: of records whose offsets run backwards or too far', () => {
    const at = (offset: number) => ({ offset, timestampMs: 1 });
    expect(() => buildBatch([at(5), at(4)])).toThrow('2 records cannot end -1 offsets after the first');
    expect(() => buildBatch([at(0), at(2 ** 31)])).toThrow(
      '2 records cannot end 2147483648 offsets after the first',
    );
  });

  it('is refused: a value without a length, as JavaScript may pass', () => {
    expect(() => builder.tryAppend(1, null, 5 as never)).toThrow('must be bytes, text or null');
    expect(() => builder.tryAppend(1, 'k', 'v', [{ key: 'h', value: {} as never }])).toThrow('must be bytes');
    expect(builder.recordCount).toBe(0);
  });

  it('does not stand for the ends of what timestamps may be', () => {
    const input = [-1, Number.MAX_SAFE_INTEGER, 0, -1].map((timestampMs) => ({
      timestampMs,
      key: null,
      value: null,
    }));
    const read = decodeRecords(new RecordBatch(buildBatch(input)));
    expect(read.map((one) => one.timestampMs)).toEqual([-1, Number.MAX_SAFE_INTEGER, 0, -1]);
  });
});

describe('large batches', () => {
  it('hold 10,000 records', () => {
    const input = Array.from({ length: 10_000 }, (_, index) => ({
      timestampMs: index,
      key: `${index}`,
      value: 'v',
    }));
    const read = decodeRecords(new RecordBatch(buildBatch(input, { compression: 'lz4' })));
    expect(read).toHaveLength(10_000);
    expect(read[9_999]).toEqual(decoded(input[9_999]!, 9_999));
  });

  it.each(Object.keys(CompressionType) as CompressionType[])(
    'hold records of 1 MB with %s',
    (compression) => {
      const value = Buffer.alloc(1_048_576, 'millrace ');
      const input = [
        { timestampMs: 1, value },
        { timestampMs: 2, value },
      ];
      const read = decodeRecords(new RecordBatch(buildBatch(input, { compression })));
      expect(read.map((one) => one.value?.equals(value))).toEqual([true, true]);
    },
  );
});

function append(builder: RecordBatchBuilder, one: Required<Omit<RecordInput, 'offset'>>): boolean {
  return builder.tryAppend(one.timestampMs, one.key, one.value, one.headers);
}

function decoded(input: RecordInput, offset: number) {
  return {
    offset,
    timestampMs: input.timestampMs,
    key: toBuffer(input.key),
    value: toBuffer(input.value),
    headers: (input.headers ?? []).map(({ key, value }) => ({
      key: wellFormed(key),
      value: toBuffer(value),
    })),
  };
}

function toBuffer(bytes: RecordBytes | undefined): Buffer | null {
  return bytes === null || bytes === undefined ? null : Buffer.from(bytes as string);
}

/** Half a surrogate pair has no UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('Expected an error, but there was none');
}
