import { createRequire } from 'node:module';
import type * as Avsc from 'avsc';
import { assert, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeserializationError, IncompatibleReaderError, SerializationError } from '../../errors.ts';
import { AvroSchema } from '../avro-format.ts';
import { randomSchema } from '../testing/random-schema.ts';
import { sampleValues } from '../testing/sample-values.ts';
import { avroDecoder, avroEncoder } from './avro-codec.ts';
import { codecSettings, type AvroCodecOptions } from './codec-options.ts';

const NO_PREFIX = Buffer.alloc(0);
const rootOf = (schema: unknown) => AvroSchema.parse(JSON.stringify(schema)).root;
const encode = (schema: unknown, value: unknown, options: AvroCodecOptions = {}) =>
  avroEncoder(rootOf(schema), codecSettings(options))(value, NO_PREFIX);
const decode = (schema: unknown, bytes: Buffer, options: AvroCodecOptions = {}) =>
  avroDecoder(rootOf(schema), rootOf(schema), codecSettings(options))(bytes, 0);
const resolve = (writer: unknown, reader: unknown, value: unknown, options: AvroCodecOptions = {}) =>
  avroDecoder(rootOf(writer), rootOf(reader), codecSettings(options))(encode(writer, value), 0);
const record = (...fields: readonly object[]) => ({ type: 'record', name: 'R', fields });

describe('the binary encoding', () => {
  test.each([
    ['null', null, ''],
    ['boolean', true, '01'],
    ['int', 0, '00'],
    ['int', -1, '01'],
    ['int', 1, '02'],
    ['int', -64, '7f'],
    ['int', 64, '8001'],
    ['int', 2 ** 31 - 1, 'feffffff0f'],
    ['int', -(2 ** 31), 'ffffffff0f'],
    ['long', 2 ** 31, '8080808010'],
    ['long', -(2 ** 40) - 1, '818080808040'],
    ['long', Number.MAX_SAFE_INTEGER, 'feffffffffffff1f'],
    ['long', 9_223_372_036_854_775_807n, 'feffffffffffffffff01'],
    ['long', -9_223_372_036_854_775_808n, 'ffffffffffffffffff01'],
    ['float', 1.5, '0000c03f'],
    ['double', -2.25, '00000000000002c0'],
    ['string', 'foo', '06666f6f'],
    ['string', 'größe \u{1f600}', '186772c3b6c39f6520f09f9880'],
    [{ type: 'fixed', name: 'F', size: 2 }, Buffer.from('hi'), '6869'],
    [{ type: 'enum', name: 'E', symbols: ['A', 'B'] }, 'B', '02'],
    [{ type: 'array', items: 'long' }, [3, 27], '04063600'],
    [{ type: 'array', items: 'long' }, [], '00'],
    [{ type: 'map', values: 'int' }, { a: 1 }, '0202610200'],
    [['null', 'string'], null, '00'],
    [['null', 'string'], 'a', '020261'],
    // The record of the specification.
    [record({ name: 'a', type: 'long' }, { name: 'b', type: 'string' }), { a: 27, b: 'foo' }, '3606666f6f'],
  ])('of %j writes %o as %s', (schema, value, hex) => {
    expect(encode(schema, value).toString('hex')).toBe(hex);
    expect(decode(schema, Buffer.from(hex, 'hex'))).toEqual(value);
  });

  test('reads arrays and maps in blocks, with and without their sizes', () => {
    // Two items in a block of 2 bytes, then one more.
    const bytes = Buffer.from('03040204020600', 'hex');
    expect(decode({ type: 'array', items: 'int' }, bytes)).toEqual([1, 2, 3]);
    const inRecord = record(
      { name: 'gone', type: { type: 'array', items: 'int' } },
      { name: 'x', type: 'int' },
    );
    const skipping = avroDecoder(
      rootOf(inRecord),
      rootOf(record({ name: 'x', type: 'int' })),
      codecSettings({}),
    );
    expect(skipping(Buffer.concat([bytes, Buffer.from([8])]), 0)).toEqual({ x: 4 });
  });

  test('is the one that avsc writes and reads', () => {
    const require = createRequire(import.meta.url);
    const avsc = require('avsc') as typeof Avsc;
    const long = avsc.types.LongType.__with({
      fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
      toBuffer: (value: bigint) => {
        const buffer = Buffer.alloc(8);
        buffer.writeBigInt64LE(value);
        return buffer;
      },
      fromJSON: BigInt,
      toJSON: Number,
      isValid: (value: unknown) => typeof value === 'bigint' || Number.isSafeInteger(value),
      compare: () => 0,
    });
    const settings = codecSettings({ unions: 'wrapped', longs: 'bigint' });
    assert(
      property(randomSchema, (json) => {
        const schema = rootOf(json);
        if (schema.kind === 'bytes') return;
        // avsc takes no fixed without bytes, and no union of nothing.
        if (JSON.stringify(json).includes('"size":0')) return;
        const type = avsc.Type.forSchema(json as never, { wrapUnions: true, registry: { long } });
        for (const value of sampleValues(schema)) {
          const bytes = avroEncoder(schema, settings)(value, NO_PREFIX);
          const read = avroDecoder(schema, schema, settings)(bytes, 0);
          expect(plain(type.fromBuffer(bytes))).toEqual(plain(read));
          expect(type.toBuffer(read).equals(bytes)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('has nothing but the bytes themselves for bytes at the top level', () => {
    expect(encode('bytes', Buffer.from('ab')).toString()).toBe('ab');
    expect(decode('bytes', Buffer.from('ab'))).toEqual(Buffer.from('ab'));
    expect(resolve('bytes', 'string', Buffer.from('ab'))).toBe('ab');
    expect(resolve('bytes', ['null', 'bytes'], Buffer.from('ab'))).toEqual(Buffer.from('ab'));
  });
});

/** avsc makes objects of classes of its own. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${item}` : item)) ?? 'null',
  );
}

describe('a long', () => {
  test('is a number where that is exact, else a bigint', () => {
    const values = [
      0,
      -1,
      2 ** 53 - 1,
      -(2 ** 53) + 1,
      2n ** 53n,
      -(2n ** 53n),
      2n ** 53n + 1n,
      -(2n ** 53n) - 1n,
    ];
    for (const value of [...values, 2n ** 63n - 1n, -(2n ** 63n)]) {
      expect(decode('long', encode('long', value)), String(value)).toBe(value);
    }
  });

  test('is always a bigint on request', () => {
    for (const value of [0n, -1n, 2n ** 31n, -(2n ** 62n)]) {
      expect(decode('long', encode('long', value), { longs: 'bigint' })).toBe(value);
    }
    expect(resolve('int', 'long', 5, { longs: 'bigint' })).toBe(5n);
  });

  test.each([2 ** 53, 0.5, NaN, 2n ** 63n, '1', undefined])('cannot be %s', (value) => {
    expect(() => encode('long', value)).toThrow(SerializationError);
  });
});

describe('a union', () => {
  const schema = [
    'null',
    'int',
    'double',
    'string',
    { type: 'record', name: 'A', fields: [{ name: 'x', type: 'int' }] },
    { type: 'record', name: 'B', fields: [{ name: 'x', type: 'string' }] },
    { type: 'map', values: 'int' },
  ];

  test('takes values as they are, and the first branch that fits', () => {
    for (const [value, index] of [
      [null, 0],
      [7, 1],
      [7.5, 2],
      ['text', 3],
      [{ x: 1 }, 4],
      [{ x: 'a' }, 5],
      [{ y: 1 }, 6],
    ] as const) {
      const bytes = encode(schema, value);
      expect(bytes[0]).toBe(index * 2);
      expect(decode(schema, bytes)).toEqual(value);
    }
  });

  test('takes a value that names its branch where another one would fit too', () => {
    const bytes = encode(schema, { double: 7 });
    expect(bytes[0]).toBe(4);
    expect(decode(schema, bytes)).toBe(7);
    expect(decode(schema, bytes, { unions: 'wrapped' })).toEqual({ double: 7 });
  });

  test('wants branches named on request', () => {
    const options = { unions: 'wrapped' } as const;
    expect(decode(schema, encode(schema, { B: { x: 'a' } }, options), options)).toEqual({ B: { x: 'a' } });
    expect(decode(schema, encode(schema, null, options), options)).toBeNull();
    expect(() => encode(schema, 7, options)).toThrow('as an object with the name of the branch is wanted');
  });

  test('of null and a record takes the record as it is, or named', () => {
    const optional = ['null', { type: 'record', name: 'A', fields: [{ name: 'x', type: 'int' }] }];
    expect(encode(optional, { x: 1 }).toString('hex')).toBe('0202');
    expect(encode(optional, { A: { x: 1 } }).toString('hex')).toBe('0202');
    expect(encode(optional, undefined).toString('hex')).toBe('00');
  });
});

describe('a value that does not fit', () => {
  const order = record(
    { name: 'id', type: 'long' },
    {
      name: 'lines',
      type: {
        type: 'array',
        items: { type: 'record', name: 'Line', fields: [{ name: 'sku', type: 'string' }] },
      },
    },
    { name: 'note', type: ['null', 'string'] },
  );

  test.each([
    [{ id: 'x', lines: [], note: null }, '/id'],
    [{ lines: [], note: null }, '/id'],
    [{ id: 1, lines: [{ sku: 'a' }, { sku: 5 }], note: null }, '/lines/1/sku'],
    [{ id: 1, lines: {}, note: null }, '/lines'],
    [{ id: 1, lines: [], note: 5 }, '/note'],
    [5, ''],
    [[], ''],
  ])('%j is refused with the place %s', (value, path) => {
    expect(() => encode(order, value)).toThrow(
      expect.objectContaining({ path, code: 'ERR_REGISTRY_SERIALIZATION' }),
    );
  });

  test('is described without its content', () => {
    expect(() => encode(order, { id: 'secret', lines: [], note: null })).toThrowErrorMatchingInlineSnapshot(
      `[SerializationError: The value does not fit R: A whole number of 64 bits (a bigint beyond 2^53) is wanted, not a string at /id]`,
    );
  });

  test('leaves nothing behind for the next record', () => {
    expect(() => encode(order, { id: 1, lines: [{ sku: 5 }], note: null })).toThrow(SerializationError);
    expect(encode('int', 1).toString('hex')).toBe('02');
  });

  test('that holds itself is refused', () => {
    const circle = { type: 'record', name: 'C', fields: [{ name: 'next', type: ['null', 'C'] }] };
    const value: Record<string, unknown> = {};
    value['next'] = value;
    expect(() => encode(circle, value)).toThrow('nested too deeply');
  });
});

describe('a record buffer', () => {
  test('of any size and number stays what it was when it was written', () => {
    const write = avroEncoder(rootOf('string'), codecSettings({}));
    const texts = Array.from({ length: 2000 }, (_, index) => 'x'.repeat((index * 37) % 500) + index);
    texts.push('ä'.repeat(100_000), 'end');
    const buffers = texts.map((text) => write(text, Buffer.from([1, 2])));
    for (const [index, buffer] of buffers.entries()) {
      expect(buffer[0]).toBe(1);
      expect(decode('string', buffer.subarray(2))).toBe(texts[index]);
    }
  });
});

describe('reading into another schema', () => {
  test('fills in defaults of every kind, new ones each time', () => {
    const reader = record(
      { name: 'n', type: ['null', 'int'], default: null },
      { name: 'l', type: 'long', default: 12345 },
      { name: 'b', type: 'bytes', default: '\u00ff' },
      { name: 'a', type: { type: 'array', items: 'int' }, default: [1] },
      { name: 'm', type: { type: 'map', values: 'string' }, default: {} },
      { name: 'e', type: { type: 'enum', name: 'E', symbols: ['A', 'B'], default: 'B' } },
      {
        name: 'r',
        type: { type: 'record', name: 'I', fields: [{ name: 'x', type: 'int', default: 5 }] },
        default: {},
      },
    );
    const read = avroDecoder(
      rootOf(record()),
      AvroSchema.parse(JSON.stringify(reader).replace('12345', '9007199254740993')).root,
      codecSettings({}),
    );
    const [first, second] = [read(NO_PREFIX, 0), read(NO_PREFIX, 0)] as [Record<string, unknown[]>, unknown];
    expect(first).toEqual({
      n: null,
      l: 9_007_199_254_740_993n,
      b: Buffer.from([255]),
      a: [1],
      m: {},
      e: 'B',
      r: { x: 5 },
    });
    first['a']?.push(2);
    expect(second).toMatchObject({ a: [1] });
  });

  test('follows aliases, promotes, drops what is not wanted and keeps the order of the reader', () => {
    const writer = record(
      { name: 'old', type: 'int' },
      { name: 'gone', type: { type: 'map', values: ['null', 'string'] } },
      { name: 'kept', type: 'float' },
    );
    const reader = record(
      { name: 'kept', type: 'double' },
      { name: 'new', type: ['null', 'long'], aliases: ['old'] },
    );
    const value = resolve(writer, reader, { old: 5, gone: { a: 'x', b: null }, kept: 1.5 });
    expect(value).toEqual({ kept: 1.5, new: 5 });
    expect(Object.keys(value as object)).toEqual(['kept', 'new']);
  });

  test('matches names without their namespaces', () => {
    const writer = { type: 'record', name: 'a.R', fields: [{ name: 'x', type: 'int' }] };
    const reader = { type: 'record', name: 'b.R', fields: [{ name: 'x', type: 'long' }] };
    expect(resolve(writer, reader, { x: 1 })).toEqual({ x: 1 });
    expect(resolve(['null', writer], ['null', reader], { x: 1 })).toEqual({ x: 1 });
  });

  test('may read one field of the writer into several', () => {
    const writer = record({ name: 'a', type: 'int' }, { name: 'z', type: 'int' });
    const reader = record(
      { name: 'a', type: 'int' },
      { name: 'b', type: 'long', aliases: ['a'] },
      { name: 'z', type: 'int' },
    );
    expect(resolve(writer, reader, { a: 3, z: 4 })).toEqual({ a: 3, b: 3, z: 4 });
  });

  test('is refused at once where no value could be read, and per record where some can', () => {
    expect(() => resolve('int', 'string', 1)).toThrow(IncompatibleReaderError);
    expect(() => resolve(record(), record({ name: 'x', type: 'int' }), {})).toThrow(IncompatibleReaderError);
    expect(resolve(['int', 'string'], 'int', 5)).toBe(5);
    expect(() => resolve(['int', 'string'], 'int', 'x')).toThrow(
      "the reader's schema cannot read the branch string",
    );
    const [small, large] = [['A'], ['A', 'B']].map((symbols) => ({ type: 'enum', name: 'E', symbols }));
    expect(resolve(large, small, 'A')).toBe('A');
    expect(() => resolve(large, small, 'B')).toThrow('neither the symbol B nor a default');
  });
});

describe('names that mean something to JavaScript', () => {
  test('are ordinary members', () => {
    const schema = record({ name: '__proto__', type: 'int' }, { name: 'constructor', type: 'string' });
    const value = JSON.parse('{"__proto__":1,"constructor":"x"}') as unknown;
    const read = decode(schema, encode(schema, value)) as object;
    expect(Object.entries(read)).toEqual([
      ['__proto__', 1],
      ['constructor', 'x'],
    ]);
    const map = { type: 'map', values: 'int' };
    expect(
      Object.entries(decode(map, encode(map, value === null ? {} : JSON.parse('{"__proto__":1}'))) as object),
    ).toEqual([['__proto__', 1]]);
    expect(encode(map, new Map([['a', 1]])).toString('hex')).toBe('0202610200');
  });
});

test('keys of maps are what they were, whatever was read before', () => {
  const map = { type: 'map', values: 'int' };
  const keys = ['a', 'b', 'ab', 'ba', 'é', '\u00c3\u00a9', 'x'.repeat(32), 'x'.repeat(33), ''];
  for (let index = 0; index < 5000; index += 1) keys.push(`key-${index % 700}`, `schlüssel-${index % 300}`);
  for (const key of keys) {
    expect(Object.keys(decode(map, encode(map, { [key]: 1 })) as object)).toEqual([key]);
  }
});

describe('damaged bytes', () => {
  test.each([
    ['int', '', 'they end'],
    ['string', '08', 'claim a length of 4'],
    ['string', '03', 'claim a length of -2'],
    ['boolean', '02', 'a boolean is the byte 2'],
    ['long', 'ffffffffffffffffff7f', 'longer than 64 bits'],
    ['int', 'ffffffffff01', 'longer than 5 bytes'],
    [['null', 'int'], '04', 'no such branch'],
    [{ type: 'enum', name: 'E', symbols: ['A'] }, '02', 'no symbol 1'],
    [{ type: 'array', items: 'int' }, 'fe01', 'claims 127 items'],
    [{ type: 'array', items: 'null' }, 'feffffff0f', 'claims 2147483647 items'],
  ])('of %j, %s, are refused', (schema, hex, reason) => {
    expect(() => decode(schema, Buffer.from(hex, 'hex'))).toThrow(DeserializationError);
    expect(() => decode(schema, Buffer.from(hex, 'hex'))).toThrow(reason);
  });

  test('that nest without end are refused', () => {
    const list = { type: 'record', name: 'L', fields: [{ name: 'next', type: ['null', 'L'] }] };
    expect(() => decode(list, Buffer.alloc(1_000_000, 2))).toThrow(DeserializationError);
  });

  test('that go on after the value are refused on request', () => {
    expect(decode('int', Buffer.from('0200', 'hex'))).toBe(1);
    expect(() => decode('int', Buffer.from('0200', 'hex'), { failOnTrailingData: true })).toThrow(
      '1 bytes follow',
    );
  });

  test('of any kind end in the documented error or in a value', () => {
    let refused = 0;
    assert(
      property(randomSchema, (json) => {
        const schema = rootOf(json);
        if (schema.kind === 'bytes') return;
        const read = avroDecoder(schema, schema, codecSettings({}));
        const write = avroEncoder(schema, codecSettings({ unions: 'wrapped' }));
        for (const value of sampleValues(schema)) {
          const bytes = Buffer.from(write(value, NO_PREFIX));
          for (let index = 0; index < Math.min(bytes.length, 20); index += 1) {
            bytes[index] = (bytes[index] as number) ^ 0xff;
            try {
              read(bytes.subarray(0, bytes.length - (index % 3)), 0);
            } catch (error) {
              expect(error).toBeInstanceOf(DeserializationError);
              refused += 1;
            }
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});
