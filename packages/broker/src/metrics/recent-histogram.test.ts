import { SeededRandom } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { RecentHistogram } from './recent-histogram.ts';

describe('percentiles', () => {
  it('are exact for small values and within 7 % for large ones', () => {
    const random = new SeededRandom('histogram');
    for (const scale of [5, 100, 10_000, 1e9]) {
      const histogram = new RecentHistogram();
      const values = Array.from({ length: 1000 }, () => Math.floor(random.float() * scale));
      for (const value of values) histogram.record(value, 0);
      const sorted = values.toSorted((a, b) => a - b);
      for (const quantile of [0.5, 0.75, 0.95, 0.99, 0.999]) {
        const exact = sorted[Math.ceil(quantile * 1000) - 1]!;
        const error = Math.abs(histogram.percentile(quantile, 0) - exact);
        expect(error).toBeLessThanOrEqual(scale <= 8 ? 0 : Math.max(0.5, exact * 0.07));
      }
    }
  });

  it('are 0 where there is nothing, and bounded for what is too large', () => {
    const histogram = new RecentHistogram();
    expect(histogram.percentile(0.5, 0)).toBe(0);
    histogram.record(1e15, 0);
    expect(histogram.percentile(0.5, 0)).toBeGreaterThan(2e9);
  });

  it('forget after five minutes, not before two and a half; the count does not', () => {
    const histogram = new RecentHistogram();
    histogram.record(100, 0);
    histogram.record(1, 150_000);
    expect(histogram.percentile(1, 299_999)).toBeGreaterThan(90);
    expect(histogram.percentile(1, 300_000)).toBe(1);
    expect(histogram.percentile(1, 3_000_000)).toBe(0);
    expect(histogram.count).toBe(2);
  });
});
