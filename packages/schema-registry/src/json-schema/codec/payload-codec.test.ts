import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonSchemaFormat } from '../json-schema-format.ts';
import { Dice, randomSchema, randomValue } from '../testing/random-schema.ts';
import type { JsonValue } from '../../json-text/json-node.ts';
import { validatorOf } from '../validation/validator.ts';
import { payloadReader } from './payload-reader.ts';
import { payloadShape } from './payload-shape.ts';
import { payloadWriter } from './payload-writer.ts';

const schema = {
  type: 'object',
  properties: {
    text: { type: 'string' },
    number: { type: 'number' },
    flag: { type: 'boolean' },
    choice: { enum: ['NEW', 'OLD'] },
    'quoted "name"': { type: ['string', 'null', 'number', 'boolean'] },
    list: {
      type: 'array',
      items: { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: false },
    },
  },
  additionalProperties: false,
};
const value = fc.record(
  {
    text: fc.string({ unit: 'binary' }),
    number: fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100),
      fc.integer({ min: -99_999, max: 99_999 }).map((tenths) => tenths / 10),
    ),
    flag: fc.boolean(),
    choice: fc.constantFrom('NEW', 'OLD'),
    'quoted "name"': fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.boolean()),
    list: fc.array(fc.record({ a: fc.integer() }, { requiredKeys: [] })),
  },
  { requiredKeys: [] },
);

describe('the writer', () => {
  const write = payloadWriter(shapeOf(schema))!;
  const target = Buffer.alloc(4096);

  test('writes what JSON.stringify writes, in the order of the schema, or nothing', () => {
    let written = 0;
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 9 }), (given, start) => {
        const end = write(given, target, start);
        if (end === -1) return;
        written += 1;
        const inOrder = Object.fromEntries(
          Object.keys(schema.properties).flatMap((name) =>
            name in given ? [[name, given[name as 'text']]] : [],
          ),
        );
        expect(target.toString('utf8', start, end)).toBe(JSON.stringify(inOrder));
      }),
      { numRuns: 1000 },
    );
    expect(written).toBeGreaterThan(150);
  });

  test.each([
    0, -0, 0.01, 0.1, 0.07, 1.005, 10.25, 99.5, 1e15, 999_999_999_999_999, 1e21, 5e-324, 123_456.78, -0.5,
    0.001, 1e10, 9_999_999_999.99, 100, 1000.1,
  ])('writes %d as JavaScript does', (number) => {
    const end = write({ number }, target, 0);
    expect(target.toString('utf8', 0, end)).toBe(JSON.stringify({ number }));
  });

  test('gives up without room, at a form of its own, and at half a character', () => {
    expect(write({ text: 'x'.repeat(5000) }, target, 0)).toBe(-1);
    expect(write({ list: Array.from({ length: 1000 }, () => ({ a: 1 })) }, target, 0)).toBe(-1);
    expect(write({ text: '\ud800' }, target, 0)).toBe(-1);
    expect(write({ toJSON: () => 1 }, target, 0)).toBe(-1);
    for (let room = 0; room < 60; room += 1) {
      const small = Buffer.alloc(room);
      const given = { text: 'ab', number: 1.5, flag: true, list: [{ a: 1 }, {}] };
      const end = write(given, small, 0);
      if (end !== -1) expect(small.toString('utf8', 0, end)).toBe(JSON.stringify(given));
    }
  });
});

describe('the reader', () => {
  const read = payloadReader(shapeOf(schema))!;

  test('reads what JSON.parse reads, or leaves it to it', () => {
    let taken = 0;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (given, indent) => {
        const inOrder = Object.fromEntries(
          Object.keys(schema.properties).flatMap((name) =>
            name in given ? [[name, given[name as 'text']]] : [],
          ),
        );
        const text = JSON.stringify(inOrder, null, indent);
        const found = read(Buffer.from(`12${text}`), 2, 2 + Buffer.byteLength(text));
        if (found === undefined) return;
        taken += 1;
        expect(found).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(150);
  });

  test('damaged texts are never read as something else', () => {
    fc.assert(
      fc.property(
        value,
        fc.nat(),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        (given, at, byte, isCut) => {
          const bytes = Buffer.from(JSON.stringify(given));
          const damaged = isCut ? bytes.subarray(0, at % bytes.length) : Buffer.from(bytes);
          if (!isCut) damaged[at % bytes.length] = byte;
          const found = read(damaged, 0, damaged.length);
          if (found !== undefined) expect(found).toEqual(JSON.parse(damaged.toString('utf8')));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    '{"number":01}',
    '{"number":1.}',
    '{"number":-}',
    '{"text":"a}',
    '{"text":"a"}}',
    '{"text":"a",}',
    '{',
    '',
    '{"flag":tru}',
    '{"choice":"NEWS"}',
    '{"list":[1,]}',
    '{"text":"\\u0041"}',
    '{"other":1}',
    '{"number":1,"text":"a"}',
    '{"number":1e5}',
  ])('%s is left to JSON.parse', (text) =>
    expect(read(Buffer.from(text), 0, Buffer.byteLength(text))).toBeUndefined(),
  );
});

test('whatever the schema, what was written and read is the value', () => {
  const seen = { written: 0, read: 0 };
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const dice = new Dice(seed);
      const properties = { a: randomSchema(dice, 2), b: randomSchema(dice, 1), c: randomSchema(dice, 0) };
      const own = parse({ type: 'object', properties, additionalProperties: false });
      const write = payloadWriter(payloadShape(own.model));
      const read = payloadReader(payloadShape(own.model));
      const target = Buffer.alloc(1024);
      for (let count = 0; count < 10; count += 1) {
        const given = randomValue(dice, own.document.root, 5);
        if (validatorOf(own, { fillsDefaults: false })(given) !== undefined) continue;
        const text = JSON.stringify(given);
        const found = read?.(Buffer.from(text), 0, Buffer.byteLength(text));
        if (found !== undefined) expect(found).toEqual(given);
        const end = write?.(given, target, 0) ?? -1;
        if (end !== -1) expect(JSON.parse(target.toString('utf8', 0, end))).toEqual(given);
        seen.read += found === undefined ? 0 : 1;
        seen.written += end === -1 ? 0 : 1;
      }
    }),
    { numRuns: 500 },
  );
  expect(seen.read).toBeGreaterThan(20);
  expect(seen.written).toBeGreaterThan(20);
});

function parse(own: JsonValue) {
  return jsonSchemaFormat.parse(JSON.stringify(own), [], { strict: false });
}

function shapeOf(own: JsonValue) {
  return payloadShape(parse(own).model);
}
