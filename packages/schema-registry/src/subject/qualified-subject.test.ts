import { describe, expect, test } from 'vitest';
import {
  covers,
  isDefaultContext,
  isValidSubject,
  normalizeContext,
  normalizeSubject,
  parseSubject,
  qualifyWithParent,
} from './qualified-subject.ts';

test.each([
  ['orders-value', { context: '.', name: 'orders-value' }],
  [':.prod:orders-value', { context: '.prod', name: 'orders-value' }],
  [':.prod:', { context: '.prod', name: '' }],
  [':.prod', { context: '.prod', name: '' }],
  [':.prod:a:b', { context: '.prod', name: 'a:b' }],
  [':*:orders', { context: '*', name: 'orders' }],
  ['a:.b:c', { context: '.', name: 'a:.b:c' }],
  ['', { context: '.', name: '' }],
])('reads the context of %j', (text, expected) => {
  expect(parseSubject(text)).toEqual(expected);
});

test.each([
  [':.:orders', 'orders'],
  [':.prod', ':.prod:'],
  [':.prod:orders', ':.prod:orders'],
])('spells %j as %j', (text, expected) => {
  expect(normalizeSubject(text)).toBe(expected);
});

test.each([
  ['prod', ':.prod:'],
  ['.prod', ':.prod:'],
  [':.prod:', ':.prod:'],
  ['.', ''],
])('takes %j for the context prefix %j', (text, expected) => {
  expect(normalizeContext(text)).toBe(expected);
});

test('refuses a context with a colon inside', () => {
  expect(() => normalizeContext('a:b')).toThrow("Context name 'a:b' cannot contain a colon");
});

test.each([
  ['orders', 'customer', 'customer'],
  [':.prod:orders', 'customer', ':.prod:customer'],
  [':.prod:orders', ':.test:customer', ':.test:customer'],
])('a subject named by %j as %j is %j', (parent, subject, expected) => {
  expect(qualifyWithParent(parent, subject)).toBe(expected);
});

describe('a scope', () => {
  test.each([
    [undefined, 'orders', true],
    ['orders', 'orders', true],
    ['orders', 'orders-2', false],
    [':.prod:', ':.prod:orders', true],
    [':.prod:', 'orders', false],
    [':.__GLOBAL:', ':.prod:orders', true],
  ])('%j covers %j: %j', (scope, subject, expected) => {
    expect(covers(scope, subject)).toBe(expected);
  });
});

test.each([
  ['orders', true, true],
  ['', true, true],
  ['a/b', true, true],
  ['line\nbreak', false, false],
  ['__GLOBAL', false, false],
  [':.prod:__EMPTY', false, false],
  [':.__GLOBAL:', false, true],
])('%j is valid to register: %j, for settings: %j', (subject, registers, hasSettings) => {
  expect(isValidSubject(subject)).toBe(registers);
  expect(isValidSubject(subject, { forSettings: true })).toBe(hasSettings);
});

test('knows the default context however it is written', () => {
  expect(['', ':.:', ':.'].every((text) => isDefaultContext(text))).toBe(true);
  expect(isDefaultContext(':.prod:')).toBe(false);
});
