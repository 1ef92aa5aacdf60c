import { describe, expect, test } from 'vitest';
import { AvroSchema } from '../avro-format.ts';
import { avroDecoder, avroEncoder } from './avro-codec.ts';
import { codecSettings } from './codec-options.ts';

const converted = codecSettings({ logicalTypes: true });
const raw = codecSettings({});
const NO_PREFIX = Buffer.alloc(0);
const rootOf = (schema: unknown) => AvroSchema.parse(JSON.stringify(schema)).root;

const decimal = (precision: number, scale: number) => ({
  type: 'bytes',
  logicalType: 'decimal',
  precision,
  scale,
});
const inArray = (items: unknown) => ({ type: 'array', items });
const fixedDecimal = { type: 'fixed', name: 'D', size: 4, logicalType: 'decimal', precision: 9, scale: 2 };
const uuid = { type: 'fixed', name: 'U', size: 16, logicalType: 'uuid' };
const duration = { type: 'fixed', name: 'P', size: 12, logicalType: 'duration' };
const long = (logicalType: string) => ({ type: 'long', logicalType });
const int = (logicalType: string) => ({ type: 'int', logicalType });

describe('a logical type', () => {
  test.each([
    [decimal(5, 2), '149.85', Buffer.from('3a89', 'hex')],
    [decimal(5, 2), '-0.01', Buffer.from('ff', 'hex')],
    [decimal(5, 2), '0.00', Buffer.from('00', 'hex')],
    [decimal(5, 2), '1.28', Buffer.from('0080', 'hex')],
    [decimal(30, 0), '-123456789012345678901234567890', Buffer.from('fe7116f0093c8c1f11b1c0f52e', 'hex')],
    [fixedDecimal, '-1.00', Buffer.from('ffffff9c', 'hex')],
    [uuid, '4f33bf48-d05f-5792-d9b4-97941ab511c5', Buffer.from('4f33bf48d05f5792d9b497941ab511c5', 'hex')],
    [
      { type: 'string', logicalType: 'uuid' },
      '4f33bf48-d05f-5792-d9b4-97941ab511c5',
      '4f33bf48-d05f-5792-d9b4-97941ab511c5',
    ],
    [int('date'), '2026-11-21', 20_778],
    [int('date'), '1969-12-31', -1],
    [int('time-millis'), '18:20:00.005', 66_000_005],
    [long('time-micros'), '23:59:59.999999', 86_399_999_999],
    [long('timestamp-millis'), new Date('2026-11-21T18:20:00.005Z'), 1_795_285_200_005],
    [long('timestamp-micros'), '2026-11-21T18:20:00.000001Z', 1_795_285_200_000_001],
    [long('timestamp-micros'), '1969-12-31T23:59:59.999999Z', -1],
    [long('timestamp-nanos'), '2026-11-21T18:20:00.000000001Z', 1_795_285_200_000_000_001n],
    [long('local-timestamp-millis'), '2026-11-21T18:20:00.005', 1_795_285_200_005],
    [long('local-timestamp-micros'), '2026-11-21T18:20:00.000001', 1_795_285_200_000_001],
    [long('local-timestamp-nanos'), '1970-01-01T00:00:00.000000001', 1],
    [duration, { months: 1, days: 2, millis: 4_294_967_295 }, Buffer.from('0100000002000000ffffffff', 'hex')],
  ])('%j is %o on request, and else what is below it', (schema, value, below) => {
    // In an array, as bytes at the top level have no length.
    const root = rootOf(inArray(schema));
    const bytes = avroEncoder(root, converted)([value], NO_PREFIX);
    expect(avroEncoder(root, converted)([below], NO_PREFIX)).toEqual(bytes);
    expect(avroDecoder(root, root, converted)(bytes, 0)).toEqual([value]);
    expect(avroDecoder(root, root, raw)(bytes, 0)).toEqual([below]);
  });

  test.each([
    [decimal(3, 2), '12.34'],
    [decimal(5, 2), '1.005'],
    [decimal(5, 2), 'much'],
    [uuid, '4f33bf48'],
    [int('date'), '21.11.2026'],
    [int('date'), '2026-13-01'],
    [int('time-millis'), '18:20:00.0005'],
    [long('timestamp-micros'), '2026-11-21T18:20:00.000001'],
    [long('local-timestamp-micros'), '2026-11-21T18:20:00.000001Z'],
    [long('timestamp-micros'), 'soon'],
    [duration, { months: -1, days: 0, millis: 0 }],
    [duration, { months: 1 }],
  ])('%j is never %o', (schema, value) => {
    expect(() => avroEncoder(rootOf(inArray(schema)), converted)([value], NO_PREFIX)).toThrow(
      expect.objectContaining({ code: 'ERR_REGISTRY_SERIALIZATION', path: '/0' }),
    );
  });

  test('is converted in unions and defaults too', () => {
    const schema = {
      type: 'record',
      name: 'R',
      fields: [
        { name: 'at', type: ['null', long('timestamp-millis')], default: null },
        { name: 'price', type: decimal(5, 2), default: '\u003a\u0089' },
      ],
    };
    const root = rootOf(schema);
    const value = { at: new Date(5), price: '1.00' };
    expect(avroDecoder(root, root, converted)(avroEncoder(root, converted)(value, NO_PREFIX), 0)).toEqual(
      value,
    );
    const empty = rootOf({ type: 'record', name: 'R', fields: [] });
    expect(avroDecoder(empty, root, converted)(NO_PREFIX, 0)).toEqual({ at: null, price: '149.85' });
  });

  test('that does not fit its type is ignored', () => {
    for (const schema of [
      decimal(0, 0),
      decimal(2, 3),
      { ...fixedDecimal, precision: 10 },
      int('timestamp-millis'),
      { ...uuid, size: 4 },
    ]) {
      expect(rootOf(schema).logical).toBeUndefined();
    }
  });
});
