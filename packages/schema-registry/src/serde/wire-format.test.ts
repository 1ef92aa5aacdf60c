import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeserializationError } from '../errors.ts';
import { guidFromBytes, guidToBytes } from './guid.ts';
import { encodeMessageIndexes, readMessageIndexes } from './message-indexes.ts';
import { guidPrefix, idPrefix, readSchemaReference } from './wire-format.ts';

const GUID = '4f33bf48-d05f-5792-d9b4-97941ab511c5';

describe('message indexes', () => {
  test.each([
    [[0], '00'],
    [[1], '0202'],
    [[0, 0], '040000'],
    [[0, 2], '040004'],
    [[2, 0, 1], '06040002'],
    [[64], '028001'],
    [[3, 100], '0406c801'],
  ])('%j is %s', (indexes, hex) => {
    expect(encodeMessageIndexes(indexes).toString('hex')).toBe(hex);
    expect(readMessageIndexes(Buffer.from(hex, 'hex'), 0)).toEqual({ indexes, end: hex.length / 2 });
  });

  test('are read in the long form of the first message too', () => {
    expect(readMessageIndexes(Buffer.from('ff0200', 'hex'), 1)).toEqual({ indexes: [0], end: 3 });
  });

  test('come back whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 2 ** 31 - 1 }), { minLength: 1, maxLength: 20 }), (indexes) => {
        expect(readMessageIndexes(encodeMessageIndexes(indexes), 0).indexes).toEqual(indexes);
      }),
    );
  });

  test.each(['', '02', '0280', '01', '0201', '02ffffffffff7f', 'fe7f'])(
    'damaged as %s are refused',
    (hex) => {
      expect(() => readMessageIndexes(Buffer.from(hex, 'hex'), 0)).toThrow(DeserializationError);
    },
  );
});

describe('the schema that a record names', () => {
  test('is the id behind a zero byte', () => {
    const data = Buffer.from('000000000502020801', 'hex');
    expect(readSchemaReference(data, 'value', [])).toMatchObject({
      schema: 5,
      indexesOffset: 5,
      isInHeader: false,
    });
    expect(idPrefix(5)).toEqual(data.subarray(0, 5));
    expect(readSchemaReference(idPrefix(2 ** 32 - 1), 'value', []).schema).toBe(2 ** 32 - 1);
  });

  test('is the GUID behind a one byte', () => {
    const reference = readSchemaReference(Buffer.concat([guidPrefix(GUID), Buffer.from('x')]), 'value', []);
    expect(reference).toMatchObject({ schema: GUID, indexesOffset: 17, isInHeader: false });
  });

  test('is that of the last header of the part, which wins over the payload', () => {
    const other = '095d71cf-1255-6b9d-5e33-0ad575b3df5d';
    const headers = [
      { key: '__value_schema_id', value: guidPrefix(GUID) },
      { key: '__value_schema_id', value: guidPrefix(other) },
      { key: '__key_schema_id', value: guidPrefix(GUID) },
    ];
    expect(readSchemaReference(idPrefix(1), 'value', headers)).toMatchObject({
      schema: other,
      isInHeader: true,
    });
    expect(readSchemaReference(idPrefix(1), 'key', headers)).toMatchObject({
      schema: GUID,
      isInHeader: true,
    });
  });

  test('is that of the payload where the header is null', () => {
    const headers = [{ key: '__value_schema_id', value: null }];
    expect(readSchemaReference(idPrefix(1), 'value', headers)).toMatchObject({
      schema: 1,
      isInHeader: false,
    });
  });

  test('is none in bytes of another kind, and the error says what was there', () => {
    expect(() => readSchemaReference(Buffer.from('{"a":1}'), 'value', [])).toThrowErrorMatchingInlineSnapshot(
      `[DeserializationError: The value of 7 bytes begins with 0x7b, so it names no schema: a serializer with a schema registry writes 0x00 and a 4-byte id, or 0x01 and a 16-byte GUID]`,
    );
    expect(() => readSchemaReference(Buffer.alloc(0), 'key', [])).toThrowErrorMatchingInlineSnapshot(
      `[DeserializationError: The key of 0 bytes is empty, so it names no schema: a serializer with a schema registry writes 0x00 and a 4-byte id, or 0x01 and a 16-byte GUID]`,
    );
    expect(() => readSchemaReference(Buffer.from([0, 0, 0]), 'key', [])).toThrow(DeserializationError);
  });

  test('has a GUID that is the same as text and as bytes', () => {
    expect(guidFromBytes(guidToBytes(GUID), 0)).toBe(GUID);
    expect(() => guidToBytes('4f33bf48')).toThrow('"4f33bf48" is not a GUID');
  });
});
