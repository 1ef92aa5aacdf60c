import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanableRange, isCleaningDue, type CleanableLog } from './cleanable-range.ts';
import { CleanedTransactions } from './cleaned-transactions.ts';
import { groupSegments } from './group-segments.ts';
import { OffsetMap } from './offset-map.ts';

const NOW_MS = 1000000;
const policy = { minDirtyRatio: 0.5, minLagMs: 0, maxLagMs: Infinity, nowMs: NOW_MS };

/** Segments of 100 bytes and 10 offsets; the last one is active. */
function logOf(count: number, overrides: Partial<CleanableLog> = {}): CleanableLog {
  const segments = Array.from({ length: count }, (_, index) => ({
    baseOffset: index * 10,
    sizeBytes: 100,
    largestTimestampMs: NOW_MS - (count - index) * 1000,
  }));
  const end = count * 10;
  return {
    segments,
    logStartOffset: 0,
    logEndOffset: end,
    lastStableOffset: end,
    cleanedOffset: undefined,
    ...overrides,
  };
}

describe('what can be cleaned', () => {
  test.each([
    ['everything but the active segment', logOf(4), policy, 0, 30, 300, 1],
    ['what came since the last time', logOf(4, { cleanedOffset: 20 }), policy, 20, 30, 100, 1 / 3],
    ['nothing beyond an open transaction', logOf(4, { lastStableOffset: 17 }), policy, 0, 10, 100, 1],
    ['nothing younger than the minimum lag', logOf(4), { ...policy, minLagMs: 3500 }, 0, 10, 100, 1],
    [
      'from the log start when the checkpoint lies below it',
      logOf(4, { cleanedOffset: 5, logStartOffset: 12 }),
      policy,
      12,
      30,
      200,
      2 / 3,
    ],
    [
      'from the log start when the checkpoint lies beyond the end',
      logOf(4, { cleanedOffset: 99 }),
      policy,
      0,
      30,
      300,
      1,
    ],
  ])('is %s', (_, log, rules, firstDirtyOffset, firstUncleanableOffset, cleanableBytes, dirtyRatio) => {
    expect(cleanableRange(log, rules)).toEqual({
      firstDirtyOffset,
      firstUncleanableOffset,
      cleanableBytes,
      dirtyRatio,
    });
  });

  test('is due when dirty enough, or when it waited for too long', () => {
    const range = { firstDirtyOffset: 0, firstUncleanableOffset: 10, cleanableBytes: 100, dirtyRatio: 0.5 };
    expect(isCleaningDue(range, policy, -1)).toBe(false);
    expect(isCleaningDue({ ...range, dirtyRatio: 0.51 }, policy, -1)).toBe(true);
    expect(isCleaningDue(range, { ...policy, maxLagMs: 1000 }, NOW_MS - 1001)).toBe(true);
    expect(isCleaningDue(range, { ...policy, maxLagMs: 1000 }, NOW_MS - 1000)).toBe(false);
    expect(isCleaningDue({ ...range, cleanableBytes: 0 }, { ...policy, maxLagMs: 1000 }, 0)).toBe(false);
  });
});

describe('groups', () => {
  const segment = (baseOffset: number, sizeBytes: number, lastOffset = baseOffset + 9) => ({
    baseOffset,
    sizeBytes,
    lastOffset,
    offsetIndexBytes: 8,
    timeIndexBytes: 12,
  });
  const sizes = (groups: readonly { readonly baseOffset: number }[][]) => groups.map((group) => group.length);

  test('are filled up to the segment size', () => {
    const segments = [segment(0, 60), segment(10, 40), segment(20, 1), segment(30, 100)];
    expect(sizes(groupSegments(segments, { segmentBytes: 100, indexBytes: 1000 }))).toEqual([2, 1, 1]);
  });

  test('are bounded by the indexes and by what int32 can hold', () => {
    const segments = [segment(0, 1), segment(10, 1), segment(20, 1)];
    expect(sizes(groupSegments(segments, { segmentBytes: 100, indexBytes: 24 }))).toEqual([2, 1]);
    const far = [segment(0, 1), segment(2147483640, 1, 2147483647), segment(2147483648, 1)];
    expect(sizes(groupSegments(far, { segmentBytes: 100, indexBytes: 1000 }))).toEqual([2, 1]);
  });
});

describe('offset map', () => {
  test('behaves as a Map of keys to latest offsets', () => {
    const puts = fc.array(fc.tuple(fc.uint8Array({ maxLength: 3 }), fc.nat(1000000)), { maxLength: 300 });
    fc.assert(
      fc.property(puts, (entries) => {
        const map = new OffsetMap(OffsetMap.bytesFor(entries.length, 0.9));
        const expected = new Map<string, number>();
        for (const [key, offset] of entries) {
          map.put(Buffer.from(key), offset);
          expected.set(Buffer.from(key).toString('hex'), offset);
        }
        expect(map.size).toBe(expected.size);
        for (const [key, offset] of expected) expect(map.get(Buffer.from(key, 'hex'))).toBe(offset);
        expect(map.get(Buffer.from('not there'))).toBe(-1);
      }),
      { numRuns: 50 },
    );
  });

  test('says when it is full', () => {
    const map = new OffsetMap(48);
    map.put(Buffer.from('a'), 1);
    map.put(Buffer.from('b'), 2);
    expect(() => map.put(Buffer.from('c'), 3)).toThrowError('full with 2 keys');
  });
});

describe('transactions while cleaning', () => {
  const data = (producerId: number, lastOffset: number) => ({
    producerId,
    lastOffset,
    isTransactional: true,
  });
  const aborted = { producerId: 1, firstOffset: 5, lastOffset: 9, lastStableOffset: 10 };

  test('tell aborted data, and keep its marker while there was any', () => {
    const transactions = new CleanedTransactions();
    transactions.announce([aborted]);
    expect(transactions.onDataBatch(data(1, 3))).toBe(false);
    expect(transactions.onMarker(data(1, 4), 'COMMIT')).toBe(false);
    expect(transactions.onDataBatch(data(1, 6))).toBe(true);
    expect(transactions.onDataBatch(data(2, 7))).toBe(false);
    expect(transactions.onMarker(data(1, 9), 'ABORT')).toBe(false);
    expect(transactions.takeKept()).toEqual([aborted]);
    expect(transactions.takeKept()).toEqual([]);
  });

  test('let markers go whose data is gone', () => {
    const transactions = new CleanedTransactions();
    transactions.announce([aborted]);
    expect(transactions.onMarker(data(2, 4), 'COMMIT')).toBe(true);
    expect(transactions.onMarker(data(1, 9), 'ABORT')).toBe(true);
    expect(transactions.takeKept()).toEqual([]);
    expect(transactions.onMarker(data(1, 12), undefined)).toBe(true);
    expect(transactions.onMarker(data(-1, 13), 'other')).toBe(false);
  });
});
