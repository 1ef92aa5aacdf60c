import { describe, expect, expectTypeOf, test } from 'vitest';
import { InvalidPropertyError } from './errors.ts';
import { property } from './property.ts';
import { PropertySet } from './property-set.ts';

const properties = new PropertySet({
  'linger.ms': property.long({ default: 5, min: 0, doc: 'How long a batch waits for more records.' }),
  'compression.type': property.string({
    default: 'none',
    oneOf: ['none', 'gzip'],
    doc: 'How batches are compressed.',
  }),
  'bootstrap.servers': property.list({ doc: 'Where to find the cluster.' }),
  'ssl.key.password': property.password({ default: '', doc: 'The password of the key.' }),
});

const required = { 'bootstrap.servers': 'localhost:9092' };

describe('PropertySet.parse', () => {
  test('gives typed values, with defaults for what is not set', () => {
    const { values } = properties.parse({ ...required, 'linger.ms': '10' });
    expect(values).toEqual({
      'linger.ms': 10,
      'compression.type': 'none',
      'bootstrap.servers': ['localhost:9092'],
      'ssl.key.password': '',
    });
    expectTypeOf(values['linger.ms']).toEqualTypeOf<number>();
    expectTypeOf(values['bootstrap.servers']).toEqualTypeOf<readonly string[]>();
  });

  test('takes null and undefined for not set', () => {
    const { values, explicit } = properties.parse({
      ...required,
      'linger.ms': null,
      'compression.type': undefined,
    });
    expect(values['linger.ms']).toBe(5);
    expect([...explicit]).toEqual(['bootstrap.servers']);
  });

  test('tells what was set from defaults, even when the values are equal', () => {
    expect([...properties.parse({ ...required, 'linger.ms': 5 }).explicit].toSorted()).toEqual([
      'bootstrap.servers',
      'linger.ms',
    ]);
  });

  test('lists unknown names with the nearest known one', () => {
    const { unknown } = properties.parse({ ...required, 'lingr.ms': 1, 'something.else': 2, constructor: 3 });
    expect(unknown).toEqual([
      { name: 'lingr.ms', nearest: 'linger.ms' },
      { name: 'something.else', nearest: undefined },
      { name: 'constructor', nearest: undefined },
    ]);
  });

  test('names a required property that is missing, and what it is for', () => {
    expect(() => properties.parse({})).toThrow(
      'Property "bootstrap.servers" is required: Where to find the cluster.',
    );
  });

  test('names the property, its value and what would be legal', () => {
    const parse = (): unknown => properties.parse({ ...required, 'compression.type': 'rar' });
    expect(parse).toThrow('Property "compression.type" is "rar", but must be one of none, gzip');
    expect(parse).toThrow(InvalidPropertyError);
    expect(() => properties.parse({ ...required, 'linger.ms': -1 })).toThrow(
      'Property "linger.ms" is -1, but must be at least 0',
    );
  });
});

describe('PropertySet.parseOne', () => {
  test('parses a single value', () => {
    expect(properties.parseOne('linger.ms', '7')).toBe(7);
  });

  test.each(['linger.mss', 'constructor', 'toString', '__proto__'])('refuses the unknown name %s', (name) => {
    const error = thrownBy(() => properties.parseOne(name as 'linger.ms', '7'));
    expect(error).toBeInstanceOf(InvalidPropertyError);
    expect(error).toMatchObject({ code: 'ERR_CONFIG_INVALID_PROPERTY', property: name, retriable: false });
  });

  test('suggests the name that was probably meant', () => {
    expect(() => properties.parseOne('linger.mss' as 'linger.ms', '7')).toThrow(
      'Property "linger.mss" is not known; did you mean "linger.ms"?',
    );
  });
});

test('a password is in no error text', () => {
  const strict = new PropertySet({
    secret: { ...property.password({ doc: 'A secret.' }), parse: () => refuse('at least 8 characters') },
  });
  const error = thrownBy(() => strict.parse({ secret: 'hunter2' }));
  expect(error).toMatchObject({
    message: 'Property "secret" is "[hidden]", but must be at least 8 characters',
  });
});

function refuse(legal: string): never {
  throw new RangeError(legal);
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
