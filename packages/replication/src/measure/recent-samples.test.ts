import { expect, it } from 'vitest';
import { RecentSamples } from './recent-samples.ts';

it('there is nothing of nothing', () => {
  const samples = new RecentSamples();
  expect([samples.average(5), samples.max(5), samples.perSec(5)]).toEqual([0, 0, 0]);
});

it('a rate is over half a minute at least, then over the time that there was', () => {
  const samples = new RecentSamples();
  samples.record(30, 0);
  expect(samples.perSec(1)).toBe(1);
  samples.record(70, 40_000);
  expect(samples.perSec(50_000)).toBe(2);
});

it('average and maximum are of the last two windows, and older ones are forgotten', () => {
  const samples = new RecentSamples();
  samples.record(9, 0);
  samples.record(1, 29_999);
  expect([samples.average(29_999), samples.max(29_999)]).toEqual([5, 9]);
  samples.record(2, 30_000);
  expect([samples.average(59_999), samples.max(59_999)]).toEqual([4, 9]);
  expect([samples.average(60_000), samples.max(60_000)]).toEqual([2, 2]);
  expect([samples.average(120_000), samples.max(120_000)]).toEqual([0, 0]);
});
