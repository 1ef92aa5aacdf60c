import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['linger.ms', 'batch.size', 'acks', 'max.poll.records', 'max.poll.interval.ms'];

test.each([
  ['linger.ms', 'linger.ms'],
  ['linger.m', 'linger.ms'],
  ['linger_ms', 'linger.ms'],
  ['lnger.ms', 'linger.ms'],
  ['batchsize', 'batch.size'],
  ['ack', 'acks'],
  ['max.pol.records', 'max.poll.records'],
])('takes %s for %s', (name, expected) => {
  expect(nearestName(name, names)).toBe(expected);
});

test.each(['x', 'zzzz', 'compression.type', ''])('knows nothing like %j', (name) => {
  expect(nearestName(name, names)).toBeUndefined();
});

test('takes the first of several that are equally near', () => {
  expect(nearestName('abcd', ['abcx', 'abcy'])).toBe('abcx');
  expect(nearestName('abcd', [])).toBeUndefined();
});
