import { describe, expect, test } from 'vitest';
import { LeaderEpochCache } from './leader-epoch-cache.ts';

function cacheOf(...entries: [number, number][]): LeaderEpochCache {
  return new LeaderEpochCache(entries.map(([epoch, startOffset]) => ({ epoch, startOffset })));
}

function pairs(cache: LeaderEpochCache): number[][] {
  return cache.entries.map((entry) => [entry.epoch, entry.startOffset]);
}

describe('assign', () => {
  test('adds a new epoch and ignores the one it has', () => {
    const cache = cacheOf();
    cache.assign(2, 10);
    cache.assign(2, 11);
    cache.assign(3, 20);
    expect(pairs(cache)).toEqual([
      [2, 10],
      [3, 20],
    ]);
    expect(cache.isDirty).toBe(true);
  });

  test('drops entries that contradict the new one', () => {
    const cache = cacheOf([2, 10], [3, 20], [5, 30]);
    cache.assign(4, 25);
    expect(pairs(cache)).toEqual([
      [2, 10],
      [3, 20],
      [4, 25],
    ]);
    cache.assign(4, 15);
    expect(pairs(cache)).toEqual([
      [2, 10],
      [4, 15],
    ]);
  });
});

describe('endOffsetFor', () => {
  const cache = cacheOf([2, 10], [4, 20], [7, 30]);
  test.each([
    ['no epoch', -1, -1, -1],
    ['the latest epoch ends at the log end', 7, 7, 99],
    ['an epoch in the middle', 2, 2, 20],
    ['an epoch that is not there: the one below', 5, 4, 30],
    ['an epoch before all: ends where the first begins', 1, 1, 10],
    ['an epoch after all', 8, -1, -1],
  ])('answers for %s', (_, requested, leaderEpoch, endOffset) => {
    expect(cache.endOffsetFor(requested, 99)).toEqual({ leaderEpoch, endOffset });
  });

  test('knows nothing in an empty log', () => {
    expect(cacheOf().endOffsetFor(0, 5)).toEqual({ leaderEpoch: -1, endOffset: -1 });
  });
});

describe('truncation', () => {
  test('from the end drops epochs that start at or after the offset', () => {
    const cache = cacheOf([2, 10], [4, 20]);
    cache.truncateFromEnd(20);
    expect(pairs(cache)).toEqual([[2, 10]]);
  });

  test('from the start keeps the epoch that spans the offset, from there on', () => {
    const cache = cacheOf([2, 10], [4, 20], [7, 30]);
    cache.truncateFromStart(25);
    expect(pairs(cache)).toEqual([
      [4, 25],
      [7, 30],
    ]);
    expect(cache.epochForOffset(27)).toBe(4);
    expect(cache.epochForOffset(24)).toBeUndefined();
  });

  test('that changes nothing leaves the cache clean', () => {
    const cache = cacheOf([2, 10]);
    cache.truncateFromEnd(50);
    cache.truncateFromStart(10);
    expect(cache.isDirty).toBe(false);
  });
});
