import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { DecodeError } from '../errors.ts';
import { MAX_LIST_ELEMENTS } from './limits.ts';
import { WireReader } from './wire-reader.ts';

function failure(hex: string, read: (reader: WireReader) => unknown): DecodeError {
  try {
    read(new WireReader(Buffer.from(hex, 'hex')));
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('bytes that end too early', () => {
  test.each([
    'boolean',
    'int8',
    'int16',
    'uint16',
    'int32',
    'uint32',
    'int64',
    'float64',
    'uuid',
    'string',
    'varint',
    'varlong',
    'bytes',
  ] as const)('%s at the end of the buffer', (type) => {
    expect(failure('', (reader) => reader[type]()).code).toBe('ERR_PROTOCOL_TRUNCATED');
  });

  test('a string or byte field that is longer than the rest', () => {
    expect(failure('000561', (reader) => reader.string()).code).toBe('ERR_PROTOCOL_TRUNCATED');
    expect(failure('0661', (reader) => reader.string(true)).code).toBe('ERR_PROTOCOL_TRUNCATED');
    expect(failure('7fffffff00', (reader) => reader.bytes()).code).toBe('ERR_PROTOCOL_TRUNCATED');
  });

  test('the end given to the reader counts, not that of the buffer', () => {
    const reader = new WireReader(Buffer.alloc(8), 2, 5);
    expect(reader.remaining).toBe(3);
    expect(() => reader.int32()).toThrow('byte 2: 4 bytes expected, 3 remain');
    expect(reader.int16()).toBe(0);
  });
});

describe('lengths and counts that cannot be', () => {
  test.each([
    ['fffe', (reader: WireReader) => reader.nullableString()],
    ['ffffffff0f', (reader: WireReader) => reader.string(true)],
    ['fffffffe', (reader: WireReader) => reader.nullableBytes()],
    ['fffffffe', (reader: WireReader) => reader.nullableArrayLength(false, 1)],
    ['7fffffff', (reader: WireReader) => reader.arrayLength(false, 1)],
    ['ffffffff0f', (reader: WireReader) => reader.arrayLength(true, 1)],
    ['040000', (reader: WireReader) => reader.arrayLength(true, 1)],
    ['03000000', (reader: WireReader) => reader.arrayLength(true, 2)],
    ['02', (reader: WireReader) => reader.unknownTaggedFields()],
    ['01010500', (reader: WireReader) => reader.unknownTaggedFields()],
  ])('%s', (hex, read) => {
    expect(failure(hex, read).code).toBe('ERR_PROTOCOL_INVALID_LENGTH');
  });

  test('a compact string of 32768 bytes, though they are there', () => {
    const bytes = Buffer.concat([Buffer.from('818002', 'hex'), Buffer.alloc(40_000)]);
    expect(() => new WireReader(bytes).string(true)).toThrow('string length 32768');
  });

  test('a count that its bytes would allow, but that no message needs', () => {
    const bytes = Buffer.alloc(MAX_LIST_ELEMENTS + 5);
    bytes.writeInt32BE(MAX_LIST_ELEMENTS + 1);
    expect(() => new WireReader(bytes).arrayLength(false, 1)).toThrow('exceeds the list element limit');
    bytes.writeInt32BE(MAX_LIST_ELEMENTS);
    const reader = new WireReader(bytes);
    expect(reader.arrayLength(false, 1)).toBe(MAX_LIST_ELEMENTS);
    reader.position = 0;
    expect(() => reader.arrayLength(false, 1)).toThrow('exceeds the list element limit');
  });
});

test('whoever reads may want fewer list elements than there could be', () => {
  const bytes = Buffer.alloc(100);
  bytes.writeInt32BE(6);
  const reader = new WireReader(bytes);
  reader.limitListElements(10);
  expect(reader.arrayLength(false, 1)).toBe(6);
  reader.position = 0;
  expect(() => reader.arrayLength(false, 1)).toThrow('exceeds the list element limit');
});

test('a list of int32 is read at once, and never past the end', () => {
  const reader = new WireReader(Buffer.from('00000002ffffffff7fffffff80000000', 'hex'));
  expect(reader.int32Elements(reader.arrayLength(false, 4))).toEqual([-1, 2_147_483_647]);
  expect(() => reader.int32Elements(2)).toThrow('byte 12: 8 bytes expected, 4 remain');
  expect(reader.int32Elements(0)).toEqual([]);
});

describe('null', () => {
  test.each([
    ['ffff', (reader: WireReader) => reader.string()],
    ['00', (reader: WireReader) => reader.string(true)],
    ['ffffffff', (reader: WireReader) => reader.bytes()],
    ['00', (reader: WireReader) => reader.arrayLength(true, 1)],
    ['ffffffff', (reader: WireReader) => reader.arrayLength(false, 1)],
  ])('%s where it is not allowed', (hex, read) => {
    expect(failure(hex, read).code).toBe('ERR_PROTOCOL_NULL_VALUE');
  });

  test('where it is allowed', () => {
    expect(new WireReader(Buffer.from('ffff', 'hex')).nullableString()).toBeNull();
    expect(new WireReader(Buffer.from('00', 'hex')).nullableString(true)).toBeNull();
    expect(new WireReader(Buffer.from('ffffffff', 'hex')).nullableBytes()).toBeNull();
    expect(new WireReader(Buffer.from('00', 'hex')).nullableArrayLength(true, 1)).toBe(-1);
  });
});

describe('variable-length integers', () => {
  test('of more bytes than the type has', () => {
    expect(failure('808080808001', (reader) => reader.unsignedVarint()).code).toBe(
      'ERR_PROTOCOL_INVALID_VARINT',
    );
    expect(failure('8080808080808080808001', (reader) => reader.varlong()).code).toBe(
      'ERR_PROTOCOL_INVALID_VARINT',
    );
  });

  test('in more bytes than needed are read all the same', () => {
    expect(new WireReader(Buffer.from('8000', 'hex')).unsignedVarint()).toBe(0);
    expect(new WireReader(Buffer.from('8180808000', 'hex')).unsignedVarint()).toBe(1);
  });

  test('beyond 2^53 - 1', () => {
    expect(failure('ffffffffffffffffff01', (reader) => reader.varlong()).code).toBe(
      'ERR_PROTOCOL_UNSAFE_INTEGER',
    );
  });
});

test.each(['0020000000000000', 'ffdfffffffffffff', '7ffffffffffffffe', '8000000000000001'])(
  'int64 %s cannot be a number, and is named with its place',
  (hex) => {
    const error = failure(hex, (reader) => reader.int64());
    expect(error).toMatchObject({ code: 'ERR_PROTOCOL_UNSAFE_INTEGER', position: 0 });
    expect(error.message).toContain(`0x${hex}`);
  },
);

test('any byte but zero is true', () => {
  const reader = new WireReader(Buffer.from([0, 1, 2, 255]));
  expect([reader.boolean(), reader.boolean(), reader.boolean(), reader.boolean()]).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

describe('tagged fields', () => {
  test('unknown ones are kept as slices', () => {
    const bytes = Buffer.from('020502aabb0600', 'hex');
    const fields = new WireReader(bytes).unknownTaggedFields()!;
    expect(fields.map((field) => [field.tag, field.value.toString('hex')])).toEqual([
      [5, 'aabb'],
      [6, ''],
    ]);
    expect(fields[0]!.value.buffer).toBe(bytes.buffer);
  });

  test('an empty section allocates nothing', () => {
    expect(new WireReader(Buffer.from([0])).unknownTaggedFields()).toBeUndefined();
  });

  test.each(['0205000500', '0205000400'])('repeated or descending tags are refused: %s', (hex) => {
    expect(failure(hex, (reader) => reader.unknownTaggedFields()).code).toBe('ERR_PROTOCOL_TAG_ORDER');
  });

  test('a value that ends elsewhere than its size says is refused', () => {
    const error = failure('0000', (reader) => {
      reader.skip(2);
      reader.endTag(7, 1);
    });
    expect(error).toMatchObject({ code: 'ERR_PROTOCOL_TAG_SIZE', position: 2 });
    expect(error.message).toContain('tag 7 ended 1 bytes after its declared end');
  });
});

test('moving by a negative length is refused, so a reader never goes back', () => {
  expect(failure('0000', (reader) => reader.slice(-1)).code).toBe('ERR_PROTOCOL_INVALID_LENGTH');
  expect(failure('0000', (reader) => reader.skip(-1)).code).toBe('ERR_PROTOCOL_INVALID_LENGTH');
});

test('byte fields are slices of the buffer', () => {
  const bytes = Buffer.from('00000002aabb', 'hex');
  const value = new WireReader(bytes).bytes();
  bytes[4] = 0x11;
  expect(value.toString('hex')).toBe('11bb');
});

test('an error names the message, version and byte', () => {
  const reader = new WireReader(Buffer.from('0000', 'hex'));
  reader.messageName = 'FetchRequest';
  reader.messageVersion = 12;
  reader.skip(1);
  expect(() => reader.int32()).toThrow('FetchRequest version 12, byte 1: 4 bytes expected, 1 remain');
});
