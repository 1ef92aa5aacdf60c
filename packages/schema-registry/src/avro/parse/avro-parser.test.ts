import { describe, expect, test } from 'vitest';
import { InvalidSchemaError } from '../../errors.ts';
import { AvroSchema } from '../avro-format.ts';

const strict = { strict: true };
const lenient = { strict: false };
const parse = (schema: unknown, options = strict) =>
  AvroSchema.parse(typeof schema === 'string' ? schema : JSON.stringify(schema), [], options);
const record = (...fields: readonly unknown[]) => ({ type: 'record', name: 'R', fields });

function problemOf(schema: unknown, options = strict): InvalidSchemaError {
  try {
    parse(schema, options);
  } catch (error) {
    if (error instanceof InvalidSchemaError) return error;
    throw error;
  }
  throw new Error('The schema was accepted');
}

describe('a schema that is refused', () => {
  test.each([
    ['{"type":"record",\n "name" "R"}', undefined, 2],
    ['{"type":"record",\n "name":"R",\n "fields":[{"name":"a","type":"inte"}]}', '/fields/0/type', 3],
    [{}, '', 1],
    [5, '', 1],
    [{ type: { type: 'int' } }, '/type', 1],
    ['"nothing"', '', 1],
    [{ type: 'array' }, '', 1],
    [{ type: 'map', items: 'int' }, '', 1],
    [{ type: 'record', name: 'R' }, '', 1],
    [{ type: 'record', fields: [] }, '', 1],
    [{ type: 'record', name: 'a b', fields: [] }, '/name', 1],
    [{ type: 'record', name: '1a', fields: [] }, '/name', 1],
    [{ type: 'record', name: 'a..b', fields: [] }, '', 1],
    [{ type: 'record', name: 'int', fields: [] }, '/name', 1],
    [{ type: 'record', name: 'R', aliases: 'S', fields: [] }, '/aliases', 1],
    [{ type: 'record', name: 'R', aliases: ['a b'], fields: [] }, '/aliases/0', 1],
    [record('a'), '/fields/0', 1],
    [record({ name: 'a' }), '/fields/0', 1],
    [record({ type: 'int' }), '/fields/0', 1],
    [record({ name: 'a', type: 'int', order: 'up' }), '/fields/0/order', 1],
    [record({ name: 'a', type: 'int' }, { name: 'a', type: 'int' }), '/fields/1', 1],
    [record({ name: 'a', type: record() }), '/fields/0/type', 1],
    [['int', 'int'], '/1', 1],
    [['int', ['null']], '/1', 1],
    [[record(), { type: 'array', items: 'int' }, { type: 'array', items: 'string' }], '/2', 1],
    [{ type: 'enum', name: 'E' }, '', 1],
    [{ type: 'enum', name: 'E', symbols: ['A', 'A'] }, '/symbols/1', 1],
    [{ type: 'enum', name: 'E', symbols: ['a-b'] }, '/symbols/0', 1],
    [{ type: 'enum', name: 'E', symbols: ['A'], default: 'B' }, '/default', 1],
    [{ type: 'fixed', name: 'F' }, '', 1],
    [{ type: 'fixed', name: 'F', size: -1 }, '/size', 1],
    [{ type: 'fixed', name: 'F', size: '4' }, '/size', 1],
  ])('%j is refused with its place', (schema, path, line) => {
    expect(problemOf(schema).place).toMatchObject({ line, ...(path === undefined ? {} : { path }) });
  });

  test('is described in one sentence with pointer, line and column', () => {
    const text = '{"type":"record",\n "name":"R",\n "fields":[\n  {"name":"a","type":"inte"}]}';
    expect(problemOf(text).message).toMatchInlineSnapshot(
      `"No type has the name "inte" (at /fields/0/type, line 4, column 22)"`,
    );
  });

  test.each([
    ['int', 'x'],
    ['int', 1.5],
    ['int', 2 ** 31],
    ['long', 1e300],
    ['boolean', 0],
    ['null', 0],
    ['string', 5],
    ['bytes', '\u0100'],
    ['double', '1'],
    [{ type: 'array', items: 'int' }, ['x']],
    [{ type: 'array', items: 'int' }, {}],
    [{ type: 'map', values: 'int' }, { a: 'x' }],
    [{ type: 'map', values: 'int' }, []],
    [{ type: 'enum', name: 'E', symbols: ['A'] }, 'B'],
    [{ type: 'fixed', name: 'F', size: 2 }, 'a'],
    [{ type: 'record', name: 'I', fields: [{ name: 'x', type: 'int' }] }, {}],
    [{ type: 'record', name: 'I', fields: [{ name: 'x', type: 'int' }] }, { x: 'a' }],
    [['null', 'int'], 'x'],
  ])('as new has a field of %j with the default %j', (type, value) => {
    const schema = record({ name: 'a', type, default: value });
    expect(problemOf(schema).place.path).toBe('/fields/0/default');
    expect(parse(schema, lenient).canonical).toContain('"default"');
  });
});

describe('a schema that is accepted', () => {
  test.each([
    [
      'names that were legal once, where it is stored already',
      { type: 'record', name: 'a-b', fields: [] },
      lenient,
    ],
    [
      'namespaces with hyphens',
      { type: 'record', name: 'R', namespace: 'my-shop.orders', fields: [] },
      strict,
    ],
    ['defaults of any branch of a union', record({ name: 'a', type: ['null', 'int'], default: 5 }), strict],
    [
      'whole numbers of 64 bits',
      '{"type":"record","name":"R","fields":[{"name":"a","type":"long","default":-9223372036854775808}]}',
      strict,
    ],
    ['logical types that do not fit', { type: 'string', logicalType: 'date' }, strict],
    ['comments', '/* the */ "int" // one', strict],
    [
      'slashes in texts',
      { type: 'record', name: 'R', doc: 'see https://example.com /* here */', fields: [] },
      strict,
    ],
    [
      'names that are defined later',
      [
        { type: 'record', name: 'A', fields: [{ name: 'b', type: 'B' }] },
        { type: 'fixed', name: 'B', size: 1 },
      ],
      strict,
    ],
    ['errors', { type: 'error', name: 'E', fields: [] }, strict],
  ])('may have %s', (_what, schema, options) => {
    expect(parse(schema, options).canonical).not.toBe('');
  });

  test('may refer to itself and to names of its namespace or of none', () => {
    const schema = parse({
      type: 'record',
      name: 'shop.Node',
      fields: [
        { name: 'next', type: ['null', 'Node'] },
        { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['A'] } },
        { name: 'other', type: 'shop.Kind' },
      ],
    });
    expect(schema.canonical).toContain('["null","Node"]');
    expect(schema.canonical).toContain('"name":"other","type":"Kind"');
  });

  test('keeps what slashes in a text look like', () => {
    const doc = 'see https://example.com /* here */';
    expect(parse({ type: 'record', name: 'R', doc, fields: [] }).canonical).toContain(doc);
  });
});

describe('a hostile text', () => {
  test('nested a thousand levels deep is refused', () => {
    const nested = '{"type":"array","items":'.repeat(1000) + '"int"' + '}'.repeat(1000);
    expect(() => parse(nested)).toThrow('nested more than');
  });

  test('of more than 10 MB is refused', () => {
    expect(() => parse(`"${'x'.repeat(11 * 1024 * 1024)}"`)).toThrow('the limit is');
  });

  test('with a hundred thousand fields, symbols or branches is read in a moment', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `n${index}`);
    const schema = record(
      { name: 'e', type: { type: 'enum', name: 'E', symbols: names } },
      ...names.map((name) => ({ name, type: 'int', default: 1 })),
    );
    expect(parse(schema).topLevelFields()).toHaveLength(100_001);
  });

  test('whose records double at each level is printed once each', () => {
    let type: unknown = 'int';
    for (let level = 0; level < 100; level += 1) {
      const name = `L${level}`;
      const again = level === 0 ? 'int' : `L${level - 1}`;
      type = {
        type: 'record',
        name,
        fields: [
          { name: 'a', type },
          { name: 'b', type: again },
        ],
      };
    }
    const schema = parse(type);
    expect(schema.canonical.length).toBeLessThan(20_000);
    expect(schema.incompatibilitiesWith(parse(type), 'STRICT')).toEqual([]);
  });
});
