import * as fc from 'fast-check';
import protobufjs from 'protobufjs';
import { describe, expect, test } from 'vitest';
import { DeserializationError, SerializationError } from '../../errors.ts';
import { ProtobufSchema } from '../protobuf-schema.ts';
import type { ProtobufCodecOptions } from './codec-options.ts';
import { ProtobufCodec } from './protobuf-codec.ts';

const everything = `syntax = "proto3";
message All {
  double a_double = 1; float a_float = 2; int32 an_int32 = 3; int64 an_int64 = 4; uint32 a_uint32 = 5; uint64 a_uint64 = 6;
  sint32 a_sint32 = 7; sint64 a_sint64 = 8; fixed32 a_fixed32 = 9; fixed64 a_fixed64 = 10; sfixed32 a_sfixed32 = 11;
  sfixed64 a_sfixed64 = 12; bool a_bool = 13; string a_string = 14; bytes a_bytes = 15; Color a_color = 16;
  optional int32 maybe = 17; All child = 18; repeated int32 numbers = 19; repeated string texts = 20; repeated All children = 21;
  map<string, int32> by_name = 22; map<int32, All> by_number = 23; map<bool, bytes> by_flag = 24; map<uint64, Color> by_long = 25;
  oneof choice { string text_choice = 26; All message_choice = 27; int64 long_choice = 28; }
  repeated sint64 longs = 29; repeated Color colors = 30; repeated double doubles = 31; int32 far = 536870911;
}
enum Color { RED = 0; GREEN = 1; BLUE = -1; }`;

describe('bytes and values', () => {
  test('the example of the specification', () => {
    const codec = codecOf('syntax = "proto2"; message Test1 { optional int32 a = 1; }');
    expect(codec.encode({ a: 150 }).toString('hex')).toBe('089601');
    expect(codec.decode(Buffer.from('089601', 'hex'))).toEqual({ a: 150 });
  });

  test('a prefix stands before the message, and an offset is where it begins', () => {
    const codec = codecOf('syntax = "proto3"; message A { int32 x = 1; }');
    const bytes = codec.encode({ x: 42 }, Buffer.from([0, 0, 0, 0, 5, 2, 2]));
    expect(bytes.toString('hex')).toBe('00000000050202082a');
    expect(codec.decode(bytes, 7)).toEqual({ x: 42 });
  });

  test('fields without presence are always there, the others only when they were set', () => {
    const codec = codecOf(everything);
    expect(codec.encode({})).toEqual(Buffer.alloc(0));
    const empty = codec.decode(Buffer.alloc(0)) as Record<string, unknown>;
    expect(empty).toMatchObject({
      aDouble: 0,
      anInt64: 0,
      aBool: false,
      aString: '',
      aColor: 'RED',
      numbers: [],
      byName: {},
    });
    expect(empty['aBytes']).toEqual(Buffer.alloc(0));
    for (const name of ['maybe', 'child', 'textChoice', 'messageChoice'])
      expect(empty).not.toHaveProperty(name);
    expect(codec.decode(codec.encode({ maybe: 0, textChoice: '' }))).toMatchObject({
      maybe: 0,
      textChoice: '',
    });
  });

  test('null and undefined are not set', () => {
    const codec = codecOf(everything);
    expect(codec.encode({ anInt32: null, child: undefined, numbers: null, byName: undefined })).toHaveLength(
      0,
    );
  });

  test('minus zero is not the default', () => {
    const codec = codecOf(everything);
    expect(codec.decode(codec.encode({ aDouble: -0, aFloat: -0 }))).toMatchObject({
      aDouble: -0,
      aFloat: -0,
    });
  });

  test.each([
    ['number', 0, Number.MAX_SAFE_INTEGER, 9007199254740993n],
    ['bigint', 0n, 9007199254740991n, 9007199254740993n],
    ['string', '0', '9007199254740991', '9007199254740993'],
  ] as const)('integers of 64 bits are exact as %s', (longs, zero, safe, unsafe) => {
    const codec = codecOf(everything, { longs });
    expect(codec.decode(Buffer.alloc(0))).toMatchObject({ anInt64: zero });
    const names = ['anInt64', 'aUint64', 'aSint64', 'aFixed64', 'aSfixed64'];
    for (const name of names) {
      expect(codec.decode(codec.encode({ [name]: 9007199254740991n }))).toMatchObject({ [name]: safe });
      expect(codec.decode(codec.encode({ [name]: '9007199254740993' }))).toMatchObject({ [name]: unsafe });
    }
  });

  test('enums are names, numbers where there is no name, and numbers on request', () => {
    const codec = codecOf(everything);
    const bytes = codec.encode({ aColor: 'BLUE', colors: [1, 'GREEN', 7] });
    expect(codec.decode(bytes)).toMatchObject({ aColor: 'BLUE', colors: ['GREEN', 'GREEN', 7] });
    expect(codecOf(everything, { enums: 'number' }).decode(bytes)).toMatchObject({
      aColor: -1,
      colors: [1, 1, 7],
    });
  });

  test('fields go by their names in the file on request', () => {
    const codec = codecOf(everything, { fieldNames: 'proto' });
    expect(codec.decode(codec.encode({ an_int32: 3 }))).toMatchObject({ an_int32: 3 });
  });

  test('maps are objects, and a Map is written too', () => {
    const codec = codecOf(everything);
    const value = {
      byName: { a: 1, __proto__x: 2 },
      byFlag: { true: Buffer.from('x') },
      byLong: { '18446744073709551615': 'BLUE' },
    };
    expect(codec.decode(codec.encode(value))).toMatchObject(value);
    const fromMap = codec.encode({
      byNumber: new Map([[-1, { aString: 'x' }]]),
      byLong: new Map([[5n, 'GREEN']]),
    });
    expect(codec.decode(fromMap)).toMatchObject({
      byNumber: { '-1': { aString: 'x' } },
      byLong: { 5: 'GREEN' },
    });
    const hostile = codec.decode(codec.encode({ byName: new Map([['__proto__', 1]]) })) as { byName: object };
    expect(Object.keys(hostile.byName)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(hostile.byName)).toBe(Object.prototype);
  });

  test('names that every object has are fields like others', () => {
    const codec = codecOf(
      'syntax = "proto3"; message A { int32 constructor = 1; A toString = 2; string valueOf = 3; }',
    );
    expect(codec.encode({})).toHaveLength(0);
    const decoded = codec.decode(codec.encode({ constructor: 1, valueOf: 'x' }));
    expect(Object.entries(decoded as object)).toEqual([
      ['constructor', 1],
      ['valueOf', 'x'],
    ]);
  });

  test('a message whose length takes more than one byte moves to make room', () => {
    const codec = codecOf(everything);
    for (const length of [120, 126, 127, 128, 129, 16_383, 16_384, 100_000]) {
      const value = { child: { child: { aString: 'x'.repeat(length) } }, numbers: [1] };
      expect(codec.decode(codec.encode(value))).toMatchObject(value);
    }
  });
});

describe('other spellings of the same message', () => {
  test('numbers are read packed or not, whatever the schema says', () => {
    const packed = codecOf('syntax = "proto3"; message A { repeated int32 x = 1; }');
    const unpacked = codecOf('syntax = "proto2"; message A { repeated int32 x = 1; }');
    const value = { x: [1, 300, -5] };
    expect(packed.encode(value)).not.toEqual(unpacked.encode(value));
    expect(packed.decode(unpacked.encode(value))).toEqual(value);
    expect(unpacked.decode(packed.encode(value))).toEqual(value);
    expect(packed.decode(Buffer.concat([packed.encode({ x: [1] }), unpacked.encode({ x: [2] })]))).toEqual({
      x: [1, 2],
    });
  });

  test('a message in pieces is merged, a number is the last one', () => {
    const codec = codecOf(
      'syntax = "proto3"; message A { A child = 1; repeated int32 x = 2; int32 y = 3; string z = 4; }',
    );
    const pieces = [
      { child: { x: [1], y: 1, z: 'kept' } },
      { child: { x: [2], y: 2, child: { y: 5 } } },
      { child: { child: { z: 'in' } } },
    ];
    expect(codec.decode(Buffer.concat(pieces.map((piece) => codec.encode(piece))))).toEqual({
      child: { x: [1, 2], y: 2, z: 'kept', child: { x: [], y: 5, z: 'in' } },
      x: [],
      y: 0,
      z: '',
    });
  });

  test('of a oneof the last member counts', () => {
    const codec = codecOf(everything);
    const bytes = Buffer.concat([
      codec.encode({ messageChoice: { anInt32: 1 } }),
      codec.encode({ textChoice: 'x' }),
      codec.encode({ messageChoice: { anInt32: 2 } }),
    ]);
    const decoded = codec.decode(bytes) as { messageChoice: { anInt32: number } };
    expect(decoded).not.toHaveProperty('textChoice');
    expect(decoded.messageChoice.anInt32).toBe(2);
  });

  test('fields that the schema does not have are left out, of every wire type', () => {
    const codec = codecOf('syntax = "proto3"; message A { int32 x = 1; }');
    const unknown =
      codecOf(`syntax = "proto2"; message A { optional int32 x = 1; optional string s = 2; optional fixed32 f = 3;
      optional fixed64 d = 4; optional sint64 l = 5; optional group G = 6 { optional group H = 7 { optional string t = 8; } } }`);
    const bytes = unknown.encode({ x: 7, s: 'long'.repeat(100), f: 1, d: 2, l: -3n, g: { h: { t: 'x' } } });
    expect(codec.decode(bytes)).toEqual({ x: 7 });
  });

  test('a field of another wire type than the schema says is unknown', () => {
    const text = codecOf('syntax = "proto3"; message A { string x = 1; }');
    const number = codecOf('syntax = "proto3"; message A { int32 x = 1; }');
    expect(number.decode(text.encode({ x: 'abc' }))).toEqual({ x: 0 });
  });
});

describe('proto2 and editions', () => {
  test('groups, and messages that an edition writes like them', () => {
    const proto2 = codecOf(
      'syntax = "proto2"; message A { optional group Inner = 3 { optional int32 x = 1; repeated group More = 2 { optional string s = 1; } } }',
    );
    const edition =
      codecOf(`edition = "2023"; message A { Inner inner = 3 [features.message_encoding = DELIMITED];
      message Inner { int32 x = 1; repeated More more = 2 [features.message_encoding = DELIMITED]; message More { string s = 1; } } }`);
    const value = { inner: { x: 1, more: [{ s: 'a' }, {}] } };
    expect(proto2.encode(value).toString('hex')).toBe('1b0801130a01611413141c');
    expect(edition.encode(value)).toEqual(proto2.encode(value));
    expect(proto2.decode(proto2.encode(value))).toEqual(value);
    expect(edition.decode(proto2.encode(value))).toEqual(value);
  });

  test('a required field must be there, when it is written and when it is read', () => {
    const codec = codecOf('syntax = "proto2"; message A { required int32 x = 1; optional A child = 2; }');
    expect(() => codec.encode({ x: 1, child: {} })).toThrow('The required field is missing at /child/x');
    expect(() => codec.decode(Buffer.alloc(0))).toThrow('the required field "x" is missing');
    expect(codec.decode(codec.encode({ x: 0 }))).toEqual({ x: 0 });
  });

  test('a number that a closed enum does not have is unknown', () => {
    const closed = codecOf(
      'syntax = "proto2"; message A { optional E e = 1; repeated E es = 2; map<string, E> m = 3; } enum E { ONE = 1; }',
    );
    const open = codecOf(
      'syntax = "proto3"; message A { E e = 1; repeated E es = 2; map<string, E> m = 3; } enum E { Z = 0; ONE = 1; }',
    );
    const bytes = open.encode({ e: 5, es: [1, 5, 1], m: { a: 5, b: 1 } });
    expect(closed.decode(bytes)).toEqual({ es: ['ONE', 'ONE'], m: { b: 'ONE' } });
    expect(open.decode(bytes)).toEqual({ e: 5, es: ['ONE', 5, 'ONE'], m: { a: 5, b: 'ONE' } });
  });
});

describe('values that do not fit', () => {
  test.each([
    [null, 'null is no object for All at the root'],
    [{ anInt32: '1' }, '"1" is no int32 at /anInt32'],
    [{ anInt32: 2 ** 31 }, '2147483648 is no int32 at /anInt32'],
    [{ aUint32: -1 }, '-1 is no uint32 at /aUint32'],
    [
      { anInt64: 2 ** 53 },
      '9007199254740992 is no int64 (a number up to 2^53, a bigint or decimal text) at /anInt64',
    ],
    [{ aUint64: -1n }, '-1n is no uint64 (a number up to 2^53, a bigint or decimal text) at /aUint64'],
    [{ aBool: 1 }, '1 is no bool at /aBool'],
    [{ aBytes: 'x' }, '"x" is no bytes (a Buffer or Uint8Array) at /aBytes'],
    [{ aBytes: '' }, '"" is no bytes (a Buffer or Uint8Array) at /aBytes'],
    [{ aString: 5 }, '5 is no string at /aString'],
    [{ aColor: 'PINK' }, '"PINK" is no value of the enum Color at /aColor'],
    [{ numbers: 5 }, '5 is no array at /numbers'],
    [{ numbers: [1, 'x'] }, '"x" is no int32 at /numbers/1'],
    [{ children: [{}, { child: { aFloat: 'x' } }] }, '"x" is no float at /children/1/child/aFloat'],
    [{ byName: { 'a/b': 'x' } }, '"x" is no int32 at /byName/a~1b'],
    [{ byNumber: { x: {} } }, '"x" is no int32 at /byNumber/x'],
    [
      { textChoice: 'x', longChoice: 1 },
      'Only one of "textChoice", "longChoice" may be set, they are the oneof "choice" at the root',
    ],
  ])('%o', (value, message) => {
    const codec = codecOf(everything);
    expect(() => codec.encode(value)).toThrow(SerializationError);
    expect(() => codec.encode(value)).toThrow(`The value does not fit All: ${message}`);
    expect(codec.encode({ anInt32: 1 }).toString('hex')).toBe('1801');
  });

  test('a value that contains itself', () => {
    const value: Record<string, unknown> = {};
    value['child'] = value;
    expect(() => codecOf(everything).encode(value)).toThrow('The value contains itself, or nests too deep');
  });
});

describe('bytes that are no message', () => {
  test.each([
    ['00', 'a field has the number 0'],
    ['18', 'they end within a field'],
    ['7205', 'a field claims 5 bytes, and 0 are left'],
    ['720261', 'a field claims 2 bytes, and 1 are left'],
    ['7201ff', 'a string is not UTF-8'],
    ['18ffffffffffffffffffff01', 'an integer is longer than 10 bytes'],
    ['0f', 'a field 1 has the wire type 7'],
    ['0c', 'a field 1 has the wire type 4'],
    ['0b', 'a group has no end'],
    ['9201021880', 'a field goes beyond the end of its message'],
  ])('%s', (hex, reason) => {
    const codec = codecOf(everything);
    expect(() => codec.decode(Buffer.from(hex, 'hex'))).toThrow(DeserializationError);
    expect(() => codec.decode(Buffer.from(hex, 'hex'))).toThrow(reason);
  });

  test('messages inside each other without end', () => {
    const codec = codecOf(everything);
    let bytes = Buffer.alloc(0);
    for (let depth = 0; depth < 101; depth += 1)
      bytes = Buffer.concat([Buffer.from([0x92, 1]), lengthOf(bytes), bytes]);
    expect(() => codec.decode(bytes)).toThrow('messages are inside each other more than 100 deep');
    expect(() => codec.decode(Buffer.alloc(100_000, 0x1b))).toThrow(DeserializationError);
  });

  test('whatever the bytes are, there is a value or a DeserializationError', () => {
    const codec = codecOf(everything);
    const valid = fc.constantFrom(
      codec.encode({
        child: { numbers: [1, 2], byName: { a: 1 } },
        children: [{ aString: 'x' }],
        aFixed64: 5,
      }),
    );
    const damaged = fc.tuple(valid, fc.nat(60), fc.nat(255)).map(([bytes, at, byte]) => {
      const copy = Buffer.from(bytes);
      copy[at % copy.length] = byte;
      return copy;
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
          damaged,
        ),
        (bytes) => {
          try {
            expect(codec.decode(bytes)).toBeTypeOf('object');
          } catch (error) {
            if (!(error instanceof DeserializationError)) throw error;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

test('protobufjs reads what is written, and writes what is read', () => {
  const codec = codecOf(everything, { enums: 'number', longs: 'string' });
  const peer = protobufjs.parse(everything).root.lookupType('All');
  fc.assert(
    fc.property(allValue, (value) => {
      const bytes = codec.encode(value);
      const options = { longs: String, defaults: true };
      const meant = peer.toObject(peer.fromObject(value), options);
      expect(peer.toObject(peer.decode(bytes), options)).toEqual(meant);
      const ours = codec.decode(bytes);
      const written = Buffer.from(peer.encode(peer.fromObject(value)).finish());
      expect(codec.decode(written)).toEqual(ours);
    }),
  );
});

const long = (min: bigint, max: bigint) => fc.bigInt({ min, max }).map(String);
const signedLong = long(-(2n ** 63n), 2n ** 63n - 1n);
const unsignedLong = long(0n, 2n ** 64n - 1n);
const int32 = fc.integer();
const uint32 = fc.nat(2 ** 32 - 1);
const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array));
const color = fc.constantFrom(0, 1, -1, 9);
const flat = {
  aDouble: fc.double(),
  aFloat: fc.float(),
  anInt32: int32,
  anInt64: signedLong,
  aUint32: uint32,
  aUint64: unsignedLong,
  aSint32: int32,
  aSint64: signedLong,
  aFixed32: uint32,
  aFixed64: unsignedLong,
  aSfixed32: int32,
  aSfixed64: signedLong,
  aBool: fc.boolean(),
  aString: fc.string({ unit: 'binary', maxLength: 50 }),
  aBytes: bytes,
  aColor: color,
  maybe: int32,
  numbers: fc.array(int32, { maxLength: 5 }),
  texts: fc.array(fc.string({ maxLength: 45 }), { maxLength: 3 }),
  byName: fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), int32, { maxKeys: 3, noNullPrototype: true }),
  longs: fc.array(signedLong, { maxLength: 4 }),
  colors: fc.array(color, { maxLength: 4 }),
  doubles: fc.array(fc.double(), { maxLength: 4 }),
  far: int32,
};
const child = fc.record(flat, { requiredKeys: [] });
const allValue = fc.record(
  { ...flat, child, children: fc.array(child, { maxLength: 3 }), messageChoice: child },
  { requiredKeys: [] },
);

function codecOf(text: string, options?: ProtobufCodecOptions): ProtobufCodec {
  const message = ProtobufSchema.parse(text).message();
  if (message === undefined) throw new TypeError('no message');
  return new ProtobufCodec(message, options);
}

function lengthOf(bytes: Buffer): Buffer {
  return bytes.length < 0x80
    ? Buffer.from([bytes.length])
    : Buffer.from([(bytes.length & 0x7f) | 0x80, bytes.length >>> 7]);
}
