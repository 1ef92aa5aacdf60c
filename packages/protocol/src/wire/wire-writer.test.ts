import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { EncodeError, protocolErrors } from '../errors.ts';
import { LONG_MAX } from './limits.ts';
import { ZERO_UUID } from './uuid.ts';
import { WireReader } from './wire-reader.ts';
import { WireWriter } from './wire-writer.ts';

function written(write: (writer: WireWriter) => void): string {
  const writer = new WireWriter();
  write(writer);
  return writer.toBuffer().toString('hex');
}

function codeOf(write: (writer: WireWriter) => void): string {
  try {
    write(new WireWriter());
  } catch (error) {
    if (error instanceof EncodeError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('integers are written big-endian', () => {
  test.each([
    ['int8', -1, 'ff'],
    ['int16', -2, 'fffe'],
    ['uint16', 65_535, 'ffff'],
    ['int32', -2_147_483_648, '80000000'],
    ['uint32', 4_294_967_295, 'ffffffff'],
    ['int64', 1, '0000000000000001'],
    ['int64', -1, 'ffffffffffffffff'],
    ['int64', Number.MAX_SAFE_INTEGER, '001fffffffffffff'],
    ['int64', Number.MIN_SAFE_INTEGER, 'ffe0000000000001'],
    ['int64', LONG_MAX, '7fffffffffffffff'],
    ['int64', -LONG_MAX, '8000000000000000'],
    ['float64', 1.5, '3ff8000000000000'],
    ['unsignedVarint', 127, '7f'],
    ['unsignedVarint', 128, '8001'],
    ['unsignedVarint', 300, 'ac02'],
    ['unsignedVarint', 2_147_483_647, 'ffffffff07'],
    ['unsignedVarint', 4_294_967_295, 'ffffffff0f'],
    ['varint', 0, '00'],
    ['varint', -1, '01'],
    ['varint', 1, '02'],
    ['varint', 63, '7e'],
    ['varint', -64, '7f'],
    ['varint', 64, '8001'],
    ['varint', 300, 'd804'],
    ['varint', -300, 'd704'],
    ['varint', 2_147_483_647, 'feffffff0f'],
    ['varint', -2_147_483_648, 'ffffffff0f'],
    ['varlong', 300, 'd804'],
    ['varlong', -300, 'd704'],
    ['varlong', 2_147_483_648, '8080808010'],
    ['varlong', Number.MAX_SAFE_INTEGER, 'feffffffffffff1f'],
    ['varlong', Number.MIN_SAFE_INTEGER, 'fdffffffffffff1f'],
  ] as const)('%s %d is %s, and is read back', (type, value, hex) => {
    expect(written((writer) => writer[type](value))).toBe(hex);
    expect(new WireReader(Buffer.from(hex, 'hex'))[type]()).toBe(value);
  });
});

test.each([0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 0x5c0d_53db_a79d_9b20n])(
  'hash64 %d comes back',
  (value) => {
    const writer = new WireWriter();
    writer.hash64(value);
    expect(new WireReader(writer.toBuffer()).hash64()).toBe(value);
  },
);

test('a hash64 of more than 64 bits, or that is a number, is refused', () => {
  expect(codeOf((writer) => writer.hash64(2n ** 63n))).toBe('ERR_PROTOCOL_INVALID_VALUE');
  expect(codeOf((writer) => writer.hash64(1 as never))).toBe('ERR_PROTOCOL_INVALID_VALUE');
});

describe('a value outside of its type is refused', () => {
  test.each([
    ['int8', 128],
    ['int8', -129],
    ['int16', 32_768],
    ['uint16', -1],
    ['uint16', 65_536],
    ['int32', 2_147_483_648],
    ['int32', 0.5],
    ['int32', Number.NaN],
    ['uint32', -1],
    ['int64', 2 ** 53],
    ['int64', Number.POSITIVE_INFINITY],
    ['unsignedVarint', -1],
    ['unsignedVarint', 2 ** 32],
    ['varint', 2 ** 31],
    ['varlong', 2 ** 53],
  ] as const)('%s %d', (type, value) => {
    expect(codeOf((writer) => writer[type](value))).toBe('ERR_PROTOCOL_INVALID_VALUE');
  });

  test.each([
    'int8',
    'int16',
    'uint16',
    'int32',
    'uint32',
    'int64',
    'float64',
    'boolean',
    'string',
    'uuid',
    'bytes',
  ] as const)('%s that is left out by a caller without types', (type) => {
    const nothing = undefined as never;
    expect(codeOf((writer) => writer[type](nothing))).toBe('ERR_PROTOCOL_INVALID_VALUE');
  });

  test.each(['string', 'bytes'] as const)('%s that is null', (type) => {
    expect(codeOf((writer) => writer[type](null as never))).toBe('ERR_PROTOCOL_NULL_VALUE');
    expect(codeOf((writer) => writer.arrayLength(null as never, true))).toBe('ERR_PROTOCOL_NULL_VALUE');
  });

  test('the text names the type and the value, and never shows content', () => {
    expect(() => new WireWriter().int16(70_000)).toThrow('70000 is no int16');
    expect(() => new WireWriter().int16('secret' as never)).toThrow('a value of type string is no int16');
  });
});

describe('strings and bytes', () => {
  test.each([
    ['c', '000163', '0263'],
    ['', '0000', '01'],
    ['é', '0002c3a9', '03c3a9'],
    ['aé水🌊', '000a61c3a9e6b0b4f09f8c8a', '0b61c3a9e6b0b4f09f8c8a'],
  ])('%j in both encodings', (text, plain, compact) => {
    expect(written((writer) => writer.string(text))).toBe(plain);
    expect(written((writer) => writer.string(text, true))).toBe(compact);
    expect(new WireReader(Buffer.from(plain, 'hex')).string()).toBe(text);
    expect(new WireReader(Buffer.from(compact, 'hex')).string(true)).toBe(text);
  });

  test('null in both encodings', () => {
    expect(written((writer) => writer.nullableString(null))).toBe('ffff');
    expect(written((writer) => writer.nullableString(null, true))).toBe('00');
    expect(written((writer) => writer.nullableBytes(null))).toBe('ffffffff');
    expect(written((writer) => writer.nullableRecords(null, true))).toBe('00');
    expect(written((writer) => writer.nullArray(false))).toBe('ffffffff');
    expect(written((writer) => writer.nullArray(true))).toBe('00');
  });

  test('every length of string comes back, in both encodings', () => {
    for (let length = 0; length < 300; length += 1) {
      for (const text of ['x'.repeat(length), `${'x'.repeat(length)}ü`]) {
        const writer = new WireWriter(16);
        writer.string(text);
        writer.string(text, true);
        const reader = new WireReader(writer.toBuffer());
        expect([reader.string(), reader.string(true), reader.remaining]).toEqual([text, text, 0]);
      }
    }
  });

  test('a string has at most 32767 bytes', () => {
    expect(codeOf((writer) => writer.string('x'.repeat(32_767)))).toBe('no error');
    expect(codeOf((writer) => writer.string('x'.repeat(32_768)))).toBe('ERR_PROTOCOL_INVALID_VALUE');
    expect(codeOf((writer) => writer.string('é'.repeat(16_384), true))).toBe('ERR_PROTOCOL_INVALID_VALUE');
  });

  test('a uuid is its sixteen bytes', () => {
    const hex = '00112233445566778899aabbccddeeff';
    const text = Buffer.from(hex, 'hex').toString('base64url');
    expect(written((writer) => writer.uuid(text))).toBe(hex);
    expect(new WireReader(Buffer.from(hex, 'hex')).uuid()).toBe(text);
    expect(written((writer) => writer.uuid(ZERO_UUID))).toBe('00'.repeat(16));
    expect(new WireReader(Buffer.alloc(16)).uuid()).toBe(ZERO_UUID);
  });

  test.each([
    '',
    'A'.repeat(21),
    'A'.repeat(23),
    `${'A'.repeat(21)}=`,
    `${'A'.repeat(21)}B`,
    `${'A'.repeat(21)}水`,
  ])('%j is no uuid', (text) => {
    expect(codeOf((writer) => writer.uuid(text))).toBe('ERR_PROTOCOL_INVALID_VALUE');
  });
});

describe('large byte fields', () => {
  const large = Buffer.alloc(5000, 7);

  test('are handed over as they are, between chunks of the rest', () => {
    const writer = new WireWriter();
    writer.int8(1);
    writer.bytes(large);
    writer.int8(2);
    expect(writer.size).toBe(1 + 4 + 5000 + 1);
    const chunks = writer.finish();
    expect(chunks[1]).toBe(large);
    expect(Buffer.concat(chunks)).toEqual(
      Buffer.concat([Buffer.from([1, 0, 0, 0x13, 0x88]), large, Buffer.from([2])]),
    );
  });

  test('may be any Uint8Array, and records may be in pieces', () => {
    const piece = new Uint8Array(large.buffer, large.byteOffset + 1, 3000);
    const writer = new WireWriter();
    writer.records([piece, Buffer.from([9]), large], true);
    const expected = Buffer.concat([Buffer.from('c23e', 'hex'), piece, Buffer.from([9]), large]);
    expect(writer.toBuffer()).toEqual(expected);
  });

  test('keep their order when what is around them outgrows the buffer', () => {
    const writer = new WireWriter(8);
    const expected: Buffer[] = [];
    for (let round = 0; round < 50; round++) {
      writer.string('x'.repeat(round * 10));
      expected.push(Buffer.from([(round * 10) >> 8, round * 10]), Buffer.from('x'.repeat(round * 10)));
      writer.raw(large);
      expected.push(large);
    }
    expect(writer.size).toBe(Buffer.concat(expected).length);
    expect(writer.toBuffer()).toEqual(Buffer.concat(expected));
  });
});

describe('tagged fields', () => {
  test.each([0, 1, 127, 128, 16_383, 16_384, 70_000])(
    'the size of a value of %d bytes is filled in',
    (size) => {
      const value = Buffer.alloc(size, 5);
      const writer = new WireWriter(4);
      writer.int8(1);
      const mark = writer.beginTag(3);
      writer.raw(value);
      writer.endTag(mark);
      writer.int8(2);
      const expected = new WireWriter();
      expected.int8(1);
      expected.unsignedVarint(3);
      expected.unsignedVarint(size);
      expected.raw(value);
      expected.int8(2);
      expect(writer.toBuffer()).toEqual(expected.toBuffer());
    },
  );

  test('may be inside of each other', () => {
    const writer = new WireWriter();
    const outer = writer.beginTag(0);
    const inner = writer.beginTag(1);
    writer.raw(Buffer.alloc(200, 1));
    writer.endTag(inner);
    writer.endTag(outer);
    const expected = Buffer.concat([Buffer.from('00cb0101c801', 'hex'), Buffer.alloc(200, 1)]);
    expect(writer.toBuffer()).toEqual(expected);
  });

  test('unknown ones are written between the known ones, in order', () => {
    const unknown = [0, 2, 5].map((tag) => ({ tag, value: Buffer.from([tag]) }));
    const writer = new WireWriter();
    const next = writer.unknownTagsBelow(unknown, 0, 1);
    expect(next).toBe(1);
    expect(writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY)).toBe(3);
    expect(writer.toBuffer().toString('hex')).toBe('000100020102050105');
  });

  test.each([
    [[4, 4], 9],
    [[5, 4], 9],
    [[1, 9], 9],
  ])('unknown tags %j beside the known tag %d are refused', (tags, known) => {
    const unknown = tags.map((tag) => ({ tag, value: Buffer.alloc(0) }));
    expect(codeOf((writer) => writer.unknownTagsBelow(unknown, 0, known))).toBe('ERR_PROTOCOL_TAG_ORDER');
  });
});

test('an error names the message and version that were being written', () => {
  const writer = new WireWriter();
  writer.messageName = 'FetchRequest';
  writer.messageVersion = 12;
  const error = writer.failure(protocolErrors.INVALID_VALUE, 'x is wrong');
  expect(error.message).toBe('FetchRequest version 12: x is wrong');
  expect(error).toMatchObject({ messageName: 'FetchRequest', version: 12, retriable: false });
});
