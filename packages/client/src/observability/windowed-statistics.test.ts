import { expect, test } from 'vitest';
import { WindowedStatistics } from './windowed-statistics.ts';

test('nothing recorded is no number, and a rate of nothing', () => {
  const statistics = new WindowedStatistics(0);
  expect([statistics.average(10), statistics.max(10), statistics.rate(10), statistics.total]).toEqual([
    NaN,
    NaN,
    0,
    0,
  ]);
});

test('a first value counts over a whole window', () => {
  const statistics = new WindowedStatistics(0);
  statistics.record(300, 5);
  expect(statistics.rate(1000)).toBe(10);
  expect(statistics.rate(30_000)).toBe(10);
  expect(statistics.rate(59_999)).toBeCloseTo(5, 2);
  expect(statistics.countRate(0)).toBeCloseTo(1 / 30);
});

test('values are forgotten with their window, totals are not', () => {
  const statistics = new WindowedStatistics(0);
  statistics.record(10, 0);
  statistics.record(4, 30_000);
  expect([statistics.max(59_999), statistics.average(59_999)]).toEqual([10, 7]);
  expect(statistics.max(60_000)).toBe(4);
  expect(statistics.max(90_000)).toBe(NaN);
  expect([statistics.total, statistics.totalCount]).toEqual([14, 2]);
});

test('a long silence leaves nothing of the windows before', () => {
  const statistics = new WindowedStatistics(0);
  statistics.record(9, 0);
  statistics.record(3, 500_000);
  expect([statistics.average(500_000), statistics.rate(500_000)]).toEqual([3, 0.1]);
});
