import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OffsetIndex } from './offset-index.ts';
import { TimeIndex } from './time-index.ts';

describe('offset index', () => {
  test('has relative last offset and position, big-endian, 8 bytes an entry', () => {
    const index = new OffsetIndex(1000);
    index.append(1009, 4100);
    index.append(1020, 8300);
    expect(index.table.bytes.subarray(0, index.table.sizeBytes).toString('hex')).toBe(
      '0000000900001004000000140000206c',
    );
  });

  test('finds the greatest entry at or below an offset', () => {
    const index = new OffsetIndex(1000);
    index.append(1009, 4100);
    index.append(1020, 8300);
    expect([1000, 1008, 1009, 1019, 1020, 9999].map((offset) => index.lookup(offset))).toEqual([
      0, 0, 4100, 4100, 8300, 8300,
    ]);
  });

  test('ignores an offset that is not above the last one', () => {
    const index = new OffsetIndex(0);
    index.append(5, 100);
    index.append(5, 200);
    expect(index.entryCount).toBe(1);
  });

  test('finds what a linear search finds', () => {
    const entries = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 6000 }), (offsets, target) => {
        const sorted = offsets.toSorted((a, b) => a - b);
        const index = new OffsetIndex(0);
        sorted.forEach((offset, slot) => index.append(offset, (slot + 1) * 10));
        const expected = sorted.findLastIndex((offset) => offset <= target);
        expect(index.lookup(target)).toBe((expected + 1) * 10);
      }),
    );
  });

  test.each([
    ['a length that is no multiple of 8', Buffer.alloc(9)],
    ['the zeros of a preallocated file', Buffer.alloc(16)],
    ['a position behind the end of the log', Buffer.from('0000000100001000', 'hex')],
  ])('refuses %s', (_, content) => {
    expect(() => OffsetIndex.parse(0, content, '/data/0.index', 100)).toThrowError(
      '/data/0.index is damaged at byte',
    );
  });

  test('forgets entries behind a cut and saves that', () => {
    const index = new OffsetIndex(0);
    for (let offset = 1; offset <= 10; offset++) index.append(offset, offset * 100);
    index.table.markSaved(index.table.sizeBytes);
    index.truncateToPosition(500);
    expect(index.lastOffset).toBe(4);
    expect(index.table.unsaved()).toMatchObject({ position: 32, truncate: true });
  });
});

describe('time index', () => {
  test('has timestamp and relative offset, big-endian, 12 bytes an entry', () => {
    const index = new TimeIndex(1000);
    index.append(1700000000000, 1009);
    expect(index.table.bytes.subarray(0, 12).toString('hex')).toBe('0000018bcfe5680000000009');
    expect(index.timestampAt(0)).toBe(1700000000000);
  });

  test('only takes larger timestamps', () => {
    const index = new TimeIndex(0);
    index.append(10, 1);
    index.append(10, 2);
    index.append(9, 3);
    index.append(11, 4);
    expect(index.entryCount).toBe(2);
    expect(index.lookup(10)).toEqual({ timestampMs: 10, offset: 1 });
    expect(index.lookup(9)).toBeUndefined();
  });

  test('keeps one slot for the entry that closes the segment', () => {
    const index = new TimeIndex(0);
    index.append(10, 1);
    expect(index.freeSlots(36)).toBe(1);
    index.append(11, 2);
    expect(index.freeSlots(36)).toBe(0);
  });

  test('refuses timestamps that do not ascend', () => {
    const index = new TimeIndex(0);
    index.append(10, 1);
    index.append(11, 2);
    const swapped = Buffer.concat([index.table.bytes.subarray(12, 24), index.table.bytes.subarray(0, 12)]);
    expect(() => TimeIndex.parse(0, swapped, '/data/0.timeindex')).toThrowError('is damaged at byte 12');
  });
});
