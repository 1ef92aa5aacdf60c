import { describe, expect, test } from 'vitest';
import { isLinearPattern } from './linear-pattern.ts';
import { compilePattern, PatternTimeoutError } from './pattern-engine.ts';

describe('patterns mean what they mean in JavaScript', () => {
  const texts = [
    '',
    'a',
    'ab',
    'abc',
    'aab',
    'a-b',
    'AB',
    '12',
    '2026-11-21',
    'c-42',
    'x y',
    'é',
    '😀',
    'foo',
    'foobar',
    'a\nb',
    'a/b',
    '$',
  ];
  test.each([
    '^a',
    'b$',
    '^a+$',
    '^[a-z]{1,2}$',
    '\\d{4}-\\d{2}-\\d{2}',
    '^c-[0-9]+$',
    '^(a|ab)(c|bcd)?$',
    '^(a+)+$',
    '\\bfoo\\b',
    '^.$',
    '^\\S+$',
    '^(?!foo)[a-z]+$',
    '^(?=.*b)a',
    '^(?!a$)(?!b)',
    '^(?:(?!b).)*$',
    '(?<=a)b',
    '(a)\\1',
    '^\\u0061',
    '^[\\w\\-]+$',
    '\\$',
    'a/b',
    '^$',
    '[^a]',
    '^\\p{L}+$',
    'foo(?=bar)',
  ])('%s', (pattern) => {
    const expected = texts.map((text) => reference(pattern).test(text));
    expect(texts.map((text) => compilePattern(pattern).test(text))).toEqual(expected);
  });
});

test.each(['(', '[a', 'a{2,1}', '*', '(?<='])('%s is no pattern', (pattern) => {
  expect(() => compilePattern(pattern)).toThrow();
});

test.each([
  ['^[A-Z]{3}-[0-9]+$', true],
  ['[0-9]{4}', true],
  ['^a?b?c?$', true],
  ['^\\d+\\.\\d+$', false],
  ['a+', false],
  ['^(a+)+$', false],
  ['^a|b', false],
  ['(?=a)', false],
  ['^a{0,900}b{0,900}$', false],
])('%s is linear for a backtracking engine: %s', (pattern, isLinear) => {
  expect(isLinearPattern(pattern)).toBe(isLinear);
});

test.each(['^(a+)+$', '(a|aa)+$', '^(a|a)*$', '(.*)*b', '^(?!(a+)+b)(a+)+$'])('%s cannot hang', (pattern) => {
  // JavaScript's own engine would take longer than the universe is old.
  expect(compilePattern(pattern).test(`${'a'.repeat(50_000)}!`)).toBe(false);
});

test('what only a backtracking engine understands is interrupted', () => {
  const pattern = compilePattern('^(a+)+(?!b)\\1c$');
  expect(pattern.test('aac')).toBe(true);
  expect(() => pattern.test('a'.repeat(50))).toThrow(PatternTimeoutError);
  expect(pattern.test('aac')).toBe(true);
});

function reference(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}
