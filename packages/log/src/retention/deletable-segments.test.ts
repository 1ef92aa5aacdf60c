import { describe, expect, test } from 'vitest';
import { deletableSegments } from './deletable-segments.ts';

const DAY_MS = 86400000;
const NOW_MS = 100 * DAY_MS;

/** Segments of 100 bytes and 10 offsets; ages in days. */
function segmentsOf(...agesDays: number[]) {
  return agesDays.map((age, index) => ({
    baseOffset: index * 10,
    sizeBytes: 100,
    largestTimestampMs: NOW_MS - age * DAY_MS,
  }));
}

function bounds(segmentCount: number, overrides: { logStartOffset?: number; highWatermark?: number } = {}) {
  const logEndOffset = segmentCount * 10;
  return { logStartOffset: 0, highWatermark: logEndOffset, logEndOffset, nowMs: NOW_MS, ...overrides };
}

const forever = { retentionMs: -1, retentionBytes: -1, isDeleting: true };

describe('retention by time', () => {
  const weekly = { ...forever, retentionMs: 7 * DAY_MS };
  test.each([
    ['old segments go, the first that is young stays', [9, 8, 7, 1], 2],
    ['a record from the future blocks what is behind it', [9, -5, 8, 1], 1],
    ['all go when all are old', [9, 8], 2],
    ['nothing goes when the oldest is young', [1, 9], 0],
  ])('%s', (_, ages, expected) => {
    expect(deletableSegments(segmentsOf(...ages), weekly, bounds(ages.length))).toBe(expected);
  });

  test('stops at the high watermark', () => {
    expect(deletableSegments(segmentsOf(9, 9, 9), weekly, bounds(3, { highWatermark: 19 }))).toBe(1);
  });

  test('never takes an empty active segment', () => {
    const segments = segmentsOf(9, 9).map((segment, index) =>
      index === 1 ? { ...segment, sizeBytes: 0 } : segment,
    );
    expect(deletableSegments(segments, weekly, { ...bounds(1), logEndOffset: 10 })).toBe(1);
  });
});

describe('retention by size', () => {
  test.each([
    [400, 0],
    [399, 0],
    [300, 1],
    [250, 1],
    [100, 3],
    [0, 4],
  ])('keeps at least %i bytes', (retentionBytes, expected) => {
    const policy = { ...forever, retentionBytes };
    expect(deletableSegments(segmentsOf(1, 1, 1, 1), policy, bounds(4))).toBe(expected);
  });
});

describe('retention by log start', () => {
  test.each([
    [9, 0],
    [10, 1],
    [25, 2],
  ])('drops segments that end at or below %i', (logStartOffset, expected) => {
    const compacted = { retentionMs: 1, retentionBytes: 0, isDeleting: false };
    expect(deletableSegments(segmentsOf(9, 9, 9), compacted, bounds(3, { logStartOffset }))).toBe(expected);
  });
});
