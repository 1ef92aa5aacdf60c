import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidSchemaError } from '../errors.ts';
import { MAX_NESTING_LEVELS } from '../json-schema/limits.ts';
import { plainValue } from './json-node.ts';
import { parseJson } from './json-parser.ts';
import { printJson } from './json-printer.ts';

test('every JSON value is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 2), (text, indent) => {
      const pretty = JSON.stringify(JSON.parse(text), null, indent);
      expect(plainValue(parseJson(pretty))).toEqual(JSON.parse(pretty));
    }),
  );
});

test('printing is stable: what was printed prints the same again', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('text' as const, 'name' as const), (text, order) => {
      const printed = printJson(parseJson(text), order);
      expect(printJson(parseJson(printed), order)).toBe(printed);
      expect(JSON.parse(printed)).toEqual(JSON.parse(text));
    }),
  );
});

test.each([
  ['blanks go, members keep their order', '{ "b" : 1,\n "a" : [ ] }', '{"b":1,"a":[]}'],
  ['names like array indexes keep their order', '{"2":1,"1":2}', '{"2":1,"1":2}'],
  ['a name twice keeps the first place and the last value', '{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
  ['digits of a fraction stay', '[0.50,1.0,-0.0]', '[0.50,1.0,0.0]'],
  ['exponents as BigDecimal prints them', '[1e2,1.5E-10,12e-3,-1.20e5]', '[1E+2,1.5E-10,0.012,-1.20E+5]'],
  ['whole numbers stay exact', '[12345678901234567890,-0]', '[12345678901234567890,0]'],
  ['escapes only where JSON needs them', '["\\u00e9\\/\\u0041"]', '["é/A"]'],
  ['control characters in capital digits', '["\\u001f\\n"]', '["\\u001F\\n"]'],
  ['a backslash is no escape of ours', '["\\\\u00ab"]', '["\\\\u00ab"]'],
  ['a member named __proto__ is a member', '{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
])('%s', (_, text, printed) => {
  expect(printJson(parseJson(text), 'text')).toBe(printed);
});

test('members are sorted at every level, not items', () => {
  expect(printJson(parseJson('{"b":[{"z":1,"y":2},1],"a":{"d":1,"c":2}}'), 'name')).toBe(
    '{"a":{"c":2,"d":1},"b":[{"y":2,"z":1},1]}',
  );
});

describe('a text that is no JSON is refused with line and column', () => {
  test.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{\n  "a" 1}', 2, 7],
    ['[1 2]', 1, 4],
    ['[01]', 1, 3],
    ['[1.]', 1, 3],
    ['["\\x"]', 1, 3],
    ['["\\u12g4"]', 1, 3],
    ['["a\nb"]', 1, 4],
    ['"abc', 1, 5],
    ['{}\n{}', 2, 1],
    ['[nul]', 1, 2],
    ["{'a':1}", 1, 2],
    ['[1,\u00a02]', 1, 4],
  ])('%j', (text, line, column) => {
    expect(() => parseJson(text)).toThrow(InvalidSchemaError);
    expect(placeOf(text)).toEqual({ line, column });
  });
});

test('a text beyond the limits is refused before anything is made of it', () => {
  const nested = '['.repeat(MAX_NESTING_LEVELS) + ']'.repeat(MAX_NESTING_LEVELS);
  expect(printJson(parseJson(nested), 'text')).toBe(nested);
  expect(() => parseJson(`[${nested}]`)).toThrow('nested more than 512 levels deep');
  expect(() => parseJson(' '.repeat(10 * 1024 * 1024 + 1))).toThrow('the limit is 10485760');
});

function placeOf(text: string): unknown {
  try {
    parseJson(text);
  } catch (error) {
    return (error as InvalidSchemaError).place;
  }
  return undefined;
}
