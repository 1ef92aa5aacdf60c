import { describe, expect, it } from 'vitest';
import { SlidingRate } from './sliding-rate.ts';

const window = { sampleCount: 11, sampleMs: 1000 };

describe('SlidingRate', () => {
  it('lets a window that has just begun take all but one of its samples at once', () => {
    const rate = new SlidingRate(window);
    rate.record(10_000, 0);
    expect(rate.perSec(0)).toBe(1000);
    expect(rate.throttleMs(1000, 0)).toBe(0);
    rate.record(5000, 0);
    expect(rate.throttleMs(1000, 0)).toBe(5000);
  });

  it('is down at the limit when the time is over that it asked for, and not before', () => {
    const rate = new SlidingRate(window);
    rate.record(13_000, 0);
    // The window grows only when its missing samples have passed, as in Apache Kafka.
    expect(rate.throttleMs(1000, 0)).toBe(3000);
    expect(rate.throttleMs(1000, 999)).toBeGreaterThan(0);
    rate.record(0, 10_000);
    expect(rate.perSec(10_900)).toBeCloseTo(13_000 / 10.9, 6);
    expect(rate.throttleMs(1000, 10_900)).toBeGreaterThan(0);
    expect(rate.throttleMs(1000, 11_000)).toBe(0);
  });

  it('keeps a steady rate just at the limit for as long as one likes', () => {
    const rate = new SlidingRate(window);
    for (let nowMs = 0; nowMs < 60_000; nowMs += 100) {
      rate.record(100, nowMs);
      expect(rate.throttleMs(1011, nowMs), `at ${nowMs}`).toBe(0);
    }
    expect(rate.perSec(60_000)).toBeGreaterThan(900);
  });

  it('throttles a steady rate above the limit until it is kept', () => {
    const rate = new SlidingRate(window);
    let sent = 0;
    let nowMs = 0;
    while (nowMs < 120_000) {
      rate.record(500, nowMs);
      sent += 500;
      nowMs += 10 + rate.throttleMs(1000, nowMs);
    }
    const perSec = sent / (nowMs / 1000);
    expect(perSec).toBeGreaterThan(900);
    expect(perSec).toBeLessThan(1200);
  });

  it('forgets what was before the window', () => {
    const rate = new SlidingRate(window);
    rate.record(1_000_000, 0);
    expect(rate.perSec(10_999)).toBeGreaterThan(90_000);
    expect(rate.perSec(11_000)).toBe(0);
  });

  it('takes back what is recorded as a negative', () => {
    const rate = new SlidingRate(window);
    rate.record(4000, 0);
    rate.record(9000, 10);
    rate.record(-9000, 10);
    expect(rate.perSec(10)).toBeCloseTo(400, 0);
  });
});
