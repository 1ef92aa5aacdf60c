import { expect, test } from 'vitest';
import { rollReason } from './roll-decision.ts';

const segment = {
  baseOffset: 100,
  sizeBytes: 900,
  firstTimestampMs: 1000,
  createdMs: 5000,
  areIndexesFull: false,
};
const incoming = { sizeBytes: 100, lastOffset: 120, maxTimestampMs: 1500, nowMs: 6000 };
const limits = { segmentBytes: 1000, segmentMs: 2000 };

test.each([
  ['nothing when everything fits', segment, incoming, undefined],
  ['nothing at exactly the size limit', segment, { ...incoming, sizeBytes: 100 }, undefined],
  ['size when the batch does not fit', segment, { ...incoming, sizeBytes: 101 }, 'size'],
  [
    'nothing for an empty segment, however large the batch',
    { ...segment, sizeBytes: 0 },
    { ...incoming, sizeBytes: 5000 },
    undefined,
  ],
  ['time by the clock of the records', segment, { ...incoming, maxTimestampMs: 3001 }, 'time'],
  ['nothing at exactly the age limit', segment, { ...incoming, maxTimestampMs: 3000 }, undefined],
  [
    'nothing when record time goes backwards',
    segment,
    { ...incoming, maxTimestampMs: -1, nowMs: 9999999 },
    undefined,
  ],
  [
    'time by the wall clock without timestamps',
    { ...segment, firstTimestampMs: -1 },
    { ...incoming, nowMs: 7001 },
    'time',
  ],
  ['index-full', { ...segment, areIndexesFull: true }, incoming, 'index-full'],
  ['offset-overflow beyond int32', segment, { ...incoming, lastOffset: 100 + 2147483648 }, 'offset-overflow'],
  ['nothing at the last offset that fits', segment, { ...incoming, lastOffset: 100 + 2147483647 }, undefined],
] as const)('rolls for %s', (_, state, append, expected) => {
  expect(rollReason(state, append, limits)).toBe(expected);
});
