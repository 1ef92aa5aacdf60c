import { assert, maxSafeInteger, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serdes } from './built-in-serdes.ts';
import { nullable } from './nullable.ts';
import type { Deserializer, SerdeContext, Serializer } from './serde.ts';

const context: SerdeContext = { topic: 't', part: 'value', headers: [] };

type AnySerde<T> = Serializer<T> & Deserializer<unknown>;

function bytesOf<T>(serde: AnySerde<T>, data: T): string {
  return (serde.serialize(data, context) as Buffer).toString('hex');
}

function valueOf(serde: Deserializer<unknown>, hex: string): unknown {
  return serde.deserialize(Buffer.from(hex, 'hex'), context);
}

describe('built-in serdes write the bytes of the Java serializers', () => {
  // Right-hand sides: what org.apache.kafka.common.serialization.* of Kafka 4.3.1 wrote.
  test.each([
    [serdes.string(), 'clé ü 𝄞', '636cc3a920c3bc20f09d849e'],
    [serdes.string(), '', ''],
    [serdes.int32(), 1, '00000001'],
    [serdes.int32(), -2, 'fffffffe'],
    [serdes.int32(), 2147483647, '7fffffff'],
    [serdes.int64(), 1, '0000000000000001'],
    [serdes.int64(), -1, 'ffffffffffffffff'],
    [serdes.int64(), 9007199254740991, '001fffffffffffff'],
    [serdes.int64(), -9007199254740991, 'ffe0000000000001'],
    [serdes.bigint64(), -9223372036854775808n, '8000000000000000'],
    [serdes.float(), 1.5, '3fc00000'],
    [serdes.float(), -Infinity, 'ff800000'],
    [serdes.double(), Math.PI, '400921fb54442d18'],
    [serdes.double(), NaN, '7ff8000000000000'],
    [
      serdes.uuid(),
      '123e4567-e89b-12d3-a456-426614174000',
      Buffer.from('123e4567-e89b-12d3-a456-426614174000').toString('hex'),
    ],
    [serdes.bytes(), Buffer.from('ff00', 'hex'), 'ff00'],
    [serdes.json(), { a: [1, null] }, Buffer.from('{"a":[1,null]}').toString('hex')],
  ] as [AnySerde<unknown>, unknown, string][])('%# %o', (serde, data, hex) => {
    expect(bytesOf(serde, data)).toBe(hex);
    expect(valueOf(serde, hex)).toEqual(data);
  });

  test('whole numbers survive the way there and back', () => {
    assert(
      property(maxSafeInteger(), (number) => {
        expect(valueOf(serdes.int64(), bytesOf(serdes.int64(), number))).toBe(number);
        expect(bytesOf(serdes.int64(), number)).toBe(bytesOf(serdes.bigint64(), BigInt(number)));
      }),
    );
  });

  test('a Uint8Array is written where it is, without what surrounds it', () => {
    const inner = new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
    expect(bytesOf(serdes.bytes(), inner)).toBe('0102');
  });
});

describe('built-in serdes refuse', () => {
  test.each([
    [serdes.string(), 5, 'is a number out of range, but must be a string'],
    [serdes.string(), null, 'is null, but must be a string; wrap the serde in nullable() if null is meant'],
    [serdes.int32(), 2147483648, 'is a number out of range, but must be a whole number of 32 bits'],
    [serdes.int32(), 0.5, 'is a number with a fraction, but must be a whole number of 32 bits'],
    [serdes.int64(), 2 ** 53, 'is a number out of range, but must be a whole number up to 2^53 - 1'],
    [serdes.bigint64(), 2n ** 63n, 'is of type bigint, but must be a bigint of 64 bits'],
    [serdes.json(), undefined, 'is undefined, but must be something that JSON can express'],
    [serdes.uuid(), 'no uuid', 'is of type string, but must be a UUID in its text form'],
    [serdes.bytes(), [1], 'is an array, but must be a Uint8Array'],
  ] as [Serializer<unknown>, unknown, string][])('to write %# %o', (serde, data, message) => {
    expect(() => serde.serialize(data, context)).toThrow(message);
  });

  test.each([
    [serdes.int32(), '000000', 'has 3 bytes, not 4'],
    [serdes.int64(), '00', 'has 1 bytes, not 8'],
    [serdes.int64(), '7fffffffffffffff', '9223372036854775807 does not fit a number exactly'],
    [serdes.double(), '', 'has 0 bytes, not 8'],
    [serdes.uuid(), '00', '1 bytes are not a UUID in its text form'],
  ] as [Deserializer<unknown>, string, string][])('to read %# %o', (serde, hex, message) => {
    expect(() => valueOf(serde, hex)).toThrow(message);
  });

  test('null, unless it is allowed', () => {
    expect(() => serdes.string().deserialize(null, context)).toThrow('nullable()');
    const serde = nullable(serdes.string());
    expect(serde.deserialize(null, context)).toBeNull();
    expect(serde.serialize(null, context)).toBeNull();
    expect(serde.deserialize(Buffer.from('a'), context)).toBe('a');
  });
});
