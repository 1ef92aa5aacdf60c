import { describe, expect, test } from 'vitest';
import { DeserializationError, IncompatibleReaderError, SerializationError } from '../../errors.ts';
import { jsonSchemaFormat } from '../json-schema-format.ts';
import { jsonFormat } from './json-format.ts';

const PREFIX = Buffer.from([0, 0, 0, 0, 5]);
const order = {
  title: 'Order',
  type: 'object',
  properties: {
    id: { type: 'integer' },
    customer: { type: 'string', pattern: '^c-[0-9]+$' },
    at: { type: 'string', format: 'date-time' },
    lines: {
      type: 'array',
      items: { type: 'object', properties: { sku: { enum: ['A', 'B'] } }, additionalProperties: false },
    },
  },
  required: ['id'],
  additionalProperties: false,
};

describe('with validation', () => {
  test('a value is its JSON text after the prefix, and comes back', () => {
    const value = { id: 1, customer: 'c-42', lines: [{ sku: 'A' }] };
    const bytes = encoder(order).encode(value, PREFIX);
    expect(bytes.subarray(0, 5)).toEqual(PREFIX);
    expect(bytes.toString('utf8', 5)).toBe(JSON.stringify(value));
    expect(decoder(order).decode(bytes, 5)).toEqual(value);
  });

  test('texts beyond ASCII are UTF-8', () => {
    const bytes = encoder({ type: 'string' }).encode('Zürich 😀', Buffer.alloc(0));
    expect(bytes).toEqual(Buffer.from('"Zürich 😀"', 'utf8'));
    expect(decoder({ type: 'string' }).decode(bytes, 0)).toBe('Zürich 😀');
  });

  test('what is written counts: dates become texts, undefined goes away', () => {
    const value = { id: 1, at: new Date(0), customer: undefined };
    expect(encoder(order).encode(value, Buffer.alloc(0)).toString()).toBe(
      '{"id":1,"at":"1970-01-01T00:00:00.000Z"}',
    );
  });

  test.each([
    [{ id: 'one' }, 'The value must be integer at /id'],
    [{}, "The value must have required property 'id' at the root"],
    [{ id: 1, customer: '42' }, 'The value must match pattern "^c-[0-9]+$" at /customer'],
    [{ id: 1, other: 1 }, 'The value must NOT have additional properties ("other") at the root'],
    [
      { id: 1, lines: [{}, { sku: 'C' }] },
      'The value must be equal to one of the allowed values (["A","B"]) at /lines/1/sku',
    ],
    [{ id: 1, at: 'today' }, 'The value must match format "date-time" at /at'],
    [{ id: Number.NaN }, 'The value must be integer at /id'],
  ])('%j is refused when it is written and when it is read', (value, message) => {
    expect(() => encoder(order).encode(value, PREFIX)).toThrow(SerializationError);
    expect(() => encoder(order).encode(value, PREFIX)).toThrow(message);
    const bytes = Buffer.from(JSON.stringify(value));
    expect(() => decoder(order).decode(bytes, 0)).toThrow(DeserializationError);
  });

  test('names that every object has are properties like others', () => {
    const schema = {
      type: 'object',
      properties: { constructor: { type: 'string' } },
      required: ['toString'],
    };
    expect(() => encoder(schema).encode({}, PREFIX)).toThrow("required property 'toString'");
    expect(encoder(schema).encode({ toString: 1 }, Buffer.alloc(0)).toString()).toBe('{"toString":1}');
  });

  test('a pattern that would hang ends with an error', () => {
    const schema = { type: 'string', pattern: '^(a+)+(?!b)\\1c$' };
    expect(() => encoder(schema).encode('a'.repeat(60), PREFIX)).toThrow('took more than 50 ms');
    expect(() => decoder(schema).decode(Buffer.from(JSON.stringify('a'.repeat(60))), 0)).toThrow(
      DeserializationError,
    );
  });

  test('a value deeper than the stack is an error, not a crash', () => {
    const schema = { properties: { next: { $ref: '#' } } };
    const text = `${'{"next":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(() => decoder(schema).decode(Buffer.from(text), 0)).toThrow(DeserializationError);
  });

  test('older data takes the defaults that the reader requires, and nothing else changes', () => {
    const reader = {
      ...order,
      properties: { ...order.properties, currency: { type: 'string', default: 'EUR' } },
      required: ['id', 'currency'],
    };
    const decoded = decoder(order, reader).decode(Buffer.from('{"id":1}'), 0);
    expect(decoded).toEqual({ id: 1, currency: 'EUR' });
  });

  test('a reader that cannot read the data at all is refused before the first record', () => {
    expect(() => decoder(order, { type: 'string' })).toThrow(IncompatibleReaderError);
  });
});

describe('without validation', () => {
  test('whatever is JSON goes through', () => {
    const format = jsonFormat<unknown>({ validate: false });
    const bytes = format.encoder(parse(order)).encode({ id: 'one' }, PREFIX);
    expect(
      format.decoder({ writer: parse(order), reader: undefined, messageIndexes: [] }).decode(bytes, 5),
    ).toEqual({ id: 'one' });
  });

  test.each([undefined, () => 1, Symbol('s'), 1n])('%s is no JSON', (value) => {
    expect(() => jsonFormat<unknown>({ validate: false }).encoder(parse(true)).encode(value, PREFIX)).toThrow(
      SerializationError,
    );
  });

  test.each(['', '{', 'secret', '{"a":secret}'])(
    '%j is no JSON text, and the error does not repeat it',
    (text) => {
      const decode = () =>
        jsonFormat<unknown>({ validate: false })
          .decoder({ writer: parse(true), reader: undefined, messageIndexes: [] })
          .decode(Buffer.from(text), 0);
      expect(decode).toThrow(DeserializationError);
      expect(decode).not.toThrow('secret');
    },
  );
});

function parse(schema: unknown) {
  return jsonSchemaFormat.parse(JSON.stringify(schema), [], { strict: true });
}

function encoder(schema: unknown) {
  return jsonFormat<unknown>().encoder(parse(schema));
}

function decoder(writer: unknown, reader?: unknown) {
  return jsonFormat<unknown>().decoder({
    writer: parse(writer),
    reader: reader === undefined ? undefined : parse(reader),
    messageIndexes: [],
  });
}
