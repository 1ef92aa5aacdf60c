import { describe, expect, test } from 'vitest';
import { LONG_MAX, property, type PropertyDefinition, type RawValue } from './property.ts';

const doc = 'For a test.';

/** What `parse` says would be legal. */
function refusal(definition: PropertyDefinition<unknown>, raw: Exclude<RawValue, null | undefined>): string {
  try {
    definition.parse(raw);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'was legal';
}

describe('whole numbers', () => {
  test.each(['int', 'short', 'long'] as const)('of type %s come as text or as numbers', (type) => {
    const definition = property[type]({ doc });
    expect([' 17 ', '-3', '+4', 5, 0, -0.0].map((raw) => definition.parse(raw))).toEqual([
      17, -3, 4, 5, 0, -0,
    ]);
    expect(definition.type).toBe(type);
  });

  test.each(['1.5', '0x10', '1e3', '1.0', 2.5, Infinity])('are not %s', (raw) => {
    expect(refusal(property.long({ doc }), raw)).toBe('a whole number');
  });

  test.each(['', '   ', 'ten', '1,000', Number.NaN, true])('are not %s either', (raw) => {
    expect(refusal(property.int({ doc }), raw)).toBe('a number');
  });

  test('keep to the range of their type', () => {
    expect(property.int({ doc }).parse('2147483647')).toBe(2147483647);
    expect(refusal(property.int({ doc }), '2147483648')).toBe('between -2147483648 and 2147483647');
    expect(refusal(property.short({ doc }), '-32769')).toBe('between -32768 and 32767');
    expect(refusal(property.long({ doc }), '1000000000000000000000')).toBe(
      'between -9223372036854775808 and 9223372036854775807',
    );
  });

  test('keep to their own range and say it', () => {
    const atLeast = property.int({ min: 1, doc });
    expect(atLeast.range).toBe('at least 1');
    expect(refusal(atLeast, 0)).toBe('at least 1');
    expect(refusal(property.int({ max: 9, doc }), '10')).toBe('at most 9');
    expect(refusal(property.int({ min: 1, max: 9, doc }), '10')).toBe('between 1 and 9');
    expect(refusal(atLeast, '2147483648')).toBe('between 1 and 2147483647');
    expect(property.int({ doc }).range).toBeUndefined();
  });

  test("write Kafka's never as Kafka does", () => {
    const definition = property.long({ doc });
    expect(definition.parse('9223372036854775807')).toBe(LONG_MAX);
    expect(definition.format(LONG_MAX)).toBe('9223372036854775807');
    expect(definition.format(-LONG_MAX)).toBe('-9223372036854775808');
    expect(definition.format(604_800_000)).toBe('604800000');
  });
});

describe('other types', () => {
  test('double takes fractions', () => {
    const definition = property.double({ min: 0, max: 1, doc });
    expect(definition.parse('0.25')).toBe(0.25);
    expect(definition.parse('1e-3')).toBe(0.001);
    expect(refusal(definition, '1.1')).toBe('between 0 and 1');
    expect(definition.format(0.5)).toBe('0.5');
  });

  test('boolean takes true and false in any case', () => {
    const definition = property.boolean({ doc });
    expect(['TRUE', ' false ', true, false].map((raw) => definition.parse(raw))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(refusal(definition, 'yes')).toBe('true or false');
    expect(refusal(definition, 1)).toBe('true or false');
    expect(definition.format(true)).toBe('true');
  });

  test('string may have a choice', () => {
    const definition = property.string({ oneOf: ['gzip', 'none'], doc });
    expect(definition.parse(' gzip ')).toBe('gzip');
    expect(definition.range).toBe('one of gzip, none');
    expect(refusal(definition, 'rar')).toBe('one of gzip, none');
    expect(property.string({ doc }).parse('anything')).toBe('anything');
  });

  test('list takes text with commas, or an array', () => {
    const definition = property.list({ oneOf: ['delete', 'compact'], doc });
    expect(definition.parse('compact, delete')).toEqual(['compact', 'delete']);
    expect(definition.parse(['compact'])).toEqual(['compact']);
    expect(definition.parse('')).toEqual([]);
    expect(refusal(definition, 'compact,shrink')).toBe('one of delete, compact');
    expect(definition.format(['a', 'b'])).toBe('a,b');
    expect(definition.range).toBe('any of delete, compact');
  });

  test('password is never printed', () => {
    const definition = property.password({ doc });
    expect(definition.parse('secret')).toBe('secret');
    expect(definition.format('secret')).toBe('[hidden]');
  });

  test('a definition without a default is a required one, and read-only unless it says otherwise', () => {
    expect(property.int({ doc })).toMatchObject({ default: undefined, updateMode: 'read-only', doc });
    expect(property.int({ default: 0, updateMode: 'cluster-wide', doc })).toMatchObject({
      default: 0,
      updateMode: 'cluster-wide',
    });
  });
});
