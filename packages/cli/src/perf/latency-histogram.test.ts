import { describe, expect, test } from 'vitest';
import { LatencyHistogram } from './latency-histogram.ts';

describe('LatencyHistogram', () => {
  test('finds percentiles within a twentieth, and the maximum exactly', () => {
    const histogram = new LatencyHistogram();
    for (let latencyMs = 1; latencyMs <= 1000; latencyMs++) histogram.record(latencyMs);
    expect(histogram.percentileMs(0.5) / 500).toBeCloseTo(1, 1);
    expect(histogram.percentileMs(0.99) / 990).toBeCloseTo(1, 1);
    expect(histogram.percentileMs(1)).toBe(1000);
    expect(histogram.maxMs).toBe(1000);
    expect(histogram.averageMs).toBeCloseTo(500.5);
  });

  test('says 0 of nothing', () => {
    expect(new LatencyHistogram().percentileMs(0.99)).toBe(0);
  });
});
