import { describe, expect, test } from 'vitest';
import { InvalidSchemaError } from '../errors.ts';
import type { ParsedSchema, ResolvedReference } from '../format/schema-format.ts';
import { asJsonSchema, jsonSchemaFormat } from './json-schema-format.ts';
import { validatorOf } from './validation/validator.ts';

describe('a schema', () => {
  test('keeps its text, and has a canonical and a normalized one', () => {
    const text = '{ "title": "Order", "type": "object", "properties": { "b": {}, "a": {} } }';
    const schema = parse(text);
    expect(schema.text).toBe(text);
    expect(schema.canonical).toBe('{"title":"Order","type":"object","properties":{"b":{},"a":{}}}');
    expect(schema.normalized).toBe('{"properties":{"a":{},"b":{}},"title":"Order","type":"object"}');
    expect(schema.name).toBe('Order');
    expect(schema.topLevelFields()).toEqual(['b', 'a']);
    expect(schema.formatted('resolved')).toBeUndefined();
  });

  test('may be true or false', () => {
    expect(fits(parse('true'), 1)).toBe(true);
    expect(fits(parse('false'), 1)).toBe(false);
    expect(parse('true').topLevelFields()).toEqual([]);
  });
});

describe('an invalid schema is refused with its place', () => {
  test.each([
    ['{"type": "text"}', '/type', 1, 10],
    ['{"properties": {\n "a": {"minLength": -1}}}', '/properties/a/minLength', 2, 21],
    ['{"properties": {"a/b": {"pattern": "("}}}', '/properties/a~1b/pattern', 1, 36],
    ['{"patternProperties": {"[": {}}}', '/patternProperties/[', 1, 29],
    ['{"required": "a"}', '/required', 1, 14],
    ['{"properties": {"a": {"$ref": "#/definitions/b"}}}', '/properties/a', 1, 22],
    ['{"properties": {"a": {"$ref": "http://elsewhere/b.json"}}}', '/properties/a', 1, 22],
    ['{"allOf": [{"$ref": "#"}]}', '/allOf/0', 1, 12],
    [
      '{"$ref": "#/definitions/a", "definitions": {"a": {"$ref": "#/definitions/b"}, "b": {"not": {"$ref": "#/definitions/a"}}}}',
      undefined,
      undefined,
      undefined,
    ],
    [
      '{"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": 1}',
      '/exclusiveMinimum',
      1,
      90,
    ],
    ['{"$schema": "https://json-schema.org/draft/2020-12/schema", "prefixItems": []}', '/prefixItems', 1, 76],
    ['[]', '', 1, 1],
  ])('%s', (text, path, line, column) => {
    const error = errorOf(() => parse(text));
    expect(error).toBeInstanceOf(InvalidSchemaError);
    if (path !== undefined) expect((error as InvalidSchemaError).place).toEqual({ path, line, column });
  });

  test('a stored one, which was accepted once, is read as far as it makes sense', () => {
    const text = '{"type": "string", "minLength": "1"}';
    expect(() => parse(text)).toThrow('minLength');
    expect(jsonSchemaFormat.parse(text, [], { strict: false }).canonical).toBe(
      '{"type":"string","minLength":"1"}',
    );
  });
});

describe('drafts', () => {
  const draft = (name: string, schema: object) =>
    parse({
      $schema: name.startsWith('draft-')
        ? `http://json-schema.org/${name}/schema#`
        : `https://json-schema.org/draft/${name}/schema`,
      ...schema,
    });

  test('4 has a flag for exclusive bounds and id', () => {
    const schema = draft('draft-04', {
      id: 'http://a/b',
      type: 'number',
      maximum: 3,
      exclusiveMaximum: true,
      properties: { a: { id: '#x', type: 'null' }, b: { $ref: '#x' } },
    });
    expect([fits(schema, 2), fits(schema, 3)]).toEqual([true, false]);
  });

  test('6 has const and contains, but no if', () => {
    const schema = draft('draft-06', {
      items: { const: 1 },
      if: { maxItems: 1 },
      else: { maxItems: 0 },
      contains: { const: 1 },
    });
    expect(fits(schema, [1, 1])).toBe(true);
    expect(fits(schema, [])).toBe(false);
  });

  test('7, the default, has if and ignores what stands beside $ref', () => {
    const schema = parse({
      if: { not: { const: 1 } },
      else: false,
      properties: { a: { $ref: '#/definitions/text', maxLength: 1 } },
      definitions: { text: { type: 'string' } },
    });
    expect([fits(schema, 1), fits(schema, 2), fits(schema, { a: 'long' }), fits(schema, { a: 1 })]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('2019-09 has unevaluatedProperties, dependentRequired, $anchor and $recursiveRef', () => {
    const schema = draft('2019-09', {
      $recursiveAnchor: true,
      allOf: [{ properties: { a: { $ref: '#text' } } }],
      properties: { next: { $recursiveRef: '#' } },
      dependentRequired: { a: ['next'] },
      unevaluatedProperties: false,
      $defs: { text: { $anchor: 'text', type: 'string' } },
    });
    expect(fits(schema, { a: 'x', next: { next: {} } })).toBe(true);
    expect(fits(schema, { a: 'x' })).toBe(false);
    expect(fits(schema, { next: { b: 1 } })).toBe(false);
  });

  test('2020-12 has prefixItems and $dynamicRef', () => {
    const tree = parse({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'http://a/tree',
      $dynamicAnchor: 'node',
      type: 'object',
      properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
    });
    const schema = parse(
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: 'http://a/strict-tree',
        $dynamicAnchor: 'node',
        $ref: 'tree',
        unevaluatedProperties: false,
      },
      [reference('http://a/tree', tree)],
    );
    expect(fits(schema, { children: [{ data: 1 }] })).toBe(true);
    expect(fits(schema, { children: [{ daat: 1 }] })).toBe(false);
    const pair = draft('2020-12', { prefixItems: [{ type: 'string' }], items: false });
    expect([fits(pair, ['a']), fits(pair, ['a', 1])]).toEqual([true, false]);
  });

  test('keywords that only other tools know change nothing', () => {
    const schema = parse({
      type: 'string',
      nullable: true,
      discriminator: 1,
      $async: true,
      'connect.type': 'int8',
      'confluent:tags': ['PII'],
      id: 5,
      format: 'our-own',
    });
    expect([fits(schema, 'a'), fits(schema, null)]).toEqual([true, false]);
  });
});

describe('references to registered schemas', () => {
  const city = parse({
    type: 'string',
    definitions: { short: { $anchor: 'x', $id: '#short', type: 'string', maxLength: 3 } },
  });

  test.each([
    ['the name as it is', 'city.json', 'city.json', undefined],
    ['the name seen from $id', 'http://shop/city.json', 'city.json', 'http://shop/order.json'],
    ['an address of its own', 'urn:city', 'urn:city', undefined],
    ['a part by pointer', 'city.json', 'city.json#/definitions/short', undefined],
    ['a part by anchor', 'city.json', 'city.json#short', undefined],
    ['a name with blanks', 'the city', 'the city', 'http://shop/order.json'],
  ])('by %s', (_, name, $ref, $id) => {
    const schema = parse({ ...($id === undefined ? {} : { $id }), properties: { city: { $ref } } }, [
      reference(name, city),
    ]);
    expect([fits(schema, { city: 'Ulm' }), fits(schema, { city: 1 })]).toEqual([true, false]);
    expect(fits(schema, { city: 'Berlin' })).toBe(!$ref.includes('short'));
  });

  test('by the $id of the referenced schema, and through it to what it refers to', () => {
    const street = parse({ $id: 'http://shop/street.json', type: 'integer' });
    const address = parse(
      {
        $id: 'http://shop/address.json',
        properties: { street: { $ref: 'street.json' }, city: { $ref: 'city' } },
      },
      [reference('street', street), reference('city', city)],
    );
    const order = parse({ properties: { to: { $ref: 'http://shop/address.json' } } }, [
      reference('address', address),
    ]);
    expect([fits(order, { to: { street: 1, city: 'Ulm' } }), fits(order, { to: { street: 'x' } })]).toEqual([
      true,
      false,
    ]);
    const narrower = parse(
      {
        $id: 'http://shop/address.json',
        properties: { street: { $ref: 'street.json' }, city: { type: 'null' } },
      },
      [reference('street', street)],
    );
    const changed = parse({ properties: { to: { $ref: 'http://shop/address.json' } } }, [
      reference('address', narrower),
    ]);
    expect(changed.incompatibilitiesWith(order, 'STRICT')).toMatchObject([
      { errorType: 'TYPE_CHANGED', path: '#/properties/to/properties/city' },
    ]);
  });

  test.each(['draft-04', 'draft-07', '2019-09', '2020-12'])(
    'may be of other drafts than the schema, here %s',
    (own) => {
      const $schema = own.startsWith('draft-')
        ? `http://json-schema.org/${own}/schema#`
        : `https://json-schema.org/draft/${own}/schema`;
      const old = parse({
        $schema: 'http://json-schema.org/draft-04/schema#',
        minimum: 1,
        exclusiveMinimum: true,
        items: [{ type: 'string' }],
        additionalItems: false,
      });
      const late = parse({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        prefixItems: [{ type: 'string' }],
        items: false,
        dependentRequired: { a: ['b'] },
      });
      const schema = parse(
        {
          $schema,
          properties: {
            old: { $ref: 'old' },
            late: { $ref: 'late' },
            first: { $ref: 'old#/items/0' },
            rest: { $ref: 'old#/additionalItems' },
          },
        },
        [reference('old', old), reference('late', late)],
      );
      expect(['x', 1, 2].map((value) => fits(schema, { old: value }))).toEqual([true, false, true]);
      expect([['x'], [1], ['x', 'y']].map((value) => fits(schema, { old: value }))).toEqual([
        true,
        false,
        false,
      ]);
      expect([['x'], [1], ['x', 'y'], { a: 1 }].map((value) => fits(schema, { late: value }))).toEqual([
        true,
        false,
        false,
        false,
      ]);
      expect([fits(schema, { first: 1 }), fits(schema, { rest: 1 })]).toEqual([false, false]);
    },
  );

  test('to a schema of another format are refused', () => {
    const avro: ParsedSchema = {
      type: 'AVRO',
      text: '"string"',
      canonical: '"string"',
      normalized: '"string"',
      references: [],
      name: undefined,
      formatted: () => undefined,
      incompatibilitiesWith: () => [],
      topLevelFields: () => [],
    };
    expect(() => parse({ $ref: 'city' }, [reference('city', avro)])).toThrow(
      'city is a schema of type AVRO, JSON was expected',
    );
  });

  test('to the meta-schema work without a registered one', () => {
    const schema = parse({ properties: { schema: { $ref: 'http://json-schema.org/draft-07/schema#' } } });
    expect([
      fits(schema, { schema: { type: 'string' } }),
      fits(schema, { schema: { type: 'text' } }),
    ]).toEqual([true, false]);
  });
});

describe('large and entangled schemas', () => {
  test('a schema of 10 MB is parsed, and one beyond is refused', () => {
    const property = (index: number) =>
      [`p${index}`, { type: 'string', description: 'x'.repeat(4000) }] as const;
    const schema = JSON.stringify({
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => property(index))),
    });
    expect(schema.length).toBeGreaterThan(8_000_000);
    expect(parse(schema).topLevelFields()).toHaveLength(2_000);
  });

  test('a chain of five thousand references is followed without a stack of that height', () => {
    const definitions = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        `d${index}`,
        { properties: { next: { $ref: `#/definitions/d${index + 1}` } } },
      ]),
    );
    const schema = () =>
      parse({ $ref: '#/definitions/d0', definitions: { ...definitions, d5000: { type: 'string' } } });
    expect(schema().incompatibilitiesWith(schema(), 'STRICT')).toMatchObject([
      { errorType: 'COMPARISON_LIMIT' },
    ]);
  });

  test('combinations inside of combinations end in bounded time', () => {
    const nest = (depth: number, leaf: string): object =>
      depth === 0
        ? { type: 'object', properties: { [leaf]: { type: 'string' } } }
        : { anyOf: Array.from({ length: 3 }, (_, index) => nest(depth - 1, `${leaf}${index}`)) };
    const problems = parse(nest(5, 'a')).incompatibilitiesWith(parse(nest(5, 'b')), 'STRICT');
    expect(problems.map(({ errorType }) => errorType)).toContain('COMBINED_TYPE_SUBSCHEMAS_CHANGED');
  });

  test('mutually recursive combinations are compared until nothing changes', () => {
    const schema = (leaf: object) => ({
      $ref: '#/definitions/a',
      definitions: {
        a: {
          anyOf: [
            { type: 'null' },
            { type: 'object', properties: { b: { $ref: '#/definitions/b' } }, additionalProperties: false },
          ],
        },
        b: {
          anyOf: [
            leaf,
            { type: 'object', properties: { a: { $ref: '#/definitions/a' } }, additionalProperties: false },
          ],
        },
      },
    });
    const [whole, number] = [parse(schema({ type: 'integer' })), parse(schema({ type: 'number' }))];
    expect(number.incompatibilitiesWith(whole, 'STRICT')).toEqual([]);
    expect(whole.incompatibilitiesWith(number, 'STRICT')).not.toEqual([]);
  });
});

function parse(schema: object | string, references: readonly ResolvedReference[] = []) {
  const text = typeof schema === 'string' ? schema : JSON.stringify(schema);
  return jsonSchemaFormat.parse(text, references, { strict: true });
}

function reference(name: string, schema: ParsedSchema): ResolvedReference {
  return { name, subject: 'some-subject', version: 1, schema };
}

function fits(schema: ParsedSchema, value: unknown): boolean {
  return validatorOf(asJsonSchema(schema), { fillsDefaults: false })(value) === undefined;
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
