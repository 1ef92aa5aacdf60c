import { describe, expect, test } from 'vitest';
import {
  AbortedTransactions,
  decodeAbortedTransactions,
  encodeAbortedTransactions,
} from './transaction-index.ts';

const first = { producerId: 7, firstOffset: 10, lastOffset: 42, lastStableOffset: 43 };

describe('transaction index', () => {
  test('has 34 bytes an entry as Kafka writes them', () => {
    const bytes = encodeAbortedTransactions([first]);
    expect(bytes.toString('hex')).toBe(
      '00000000000000000007000000000000000a000000000000002a000000000000002b',
    );
    expect(decodeAbortedTransactions(bytes, 'f', 0)).toEqual([first]);
  });

  test.each([
    ['a length that is no multiple of 34', Buffer.alloc(33), 'byte 33'],
    ['an unknown version', Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(32)]), 'version 1 is not 0'],
    ['markers out of order', encodeAbortedTransactions([first, first]), 'marker offset 42 follows 42'],
  ])('refuses %s', (_, content, problem) => {
    expect(() => decodeAbortedTransactions(content, '/data/0.txnindex', 0)).toThrowError(problem);
  });
});

describe('aborted transactions of a read', () => {
  const aborted = new AbortedTransactions();
  // 7 is open from 10 to 42 and spans 8, which is open from 20 to 30.
  aborted.add({ producerId: 8, firstOffset: 20, lastOffset: 30, lastStableOffset: 10 });
  aborted.add({ producerId: 7, firstOffset: 10, lastOffset: 42, lastStableOffset: 43 });
  aborted.add({ producerId: 9, firstOffset: 50, lastOffset: 60, lastStableOffset: 61 });

  test.each([
    [0, 100, [8, 7, 9]],
    [0, 10, []],
    [0, 21, [8, 7]],
    [31, 43, [7]],
    [43, 50, []],
    [43, 51, [9]],
  ])('from %i up to %i are those that overlap', (from, to, producers) => {
    expect(aborted.overlapping(from, to).map((transaction) => transaction.producerId)).toEqual(producers);
  });
});
