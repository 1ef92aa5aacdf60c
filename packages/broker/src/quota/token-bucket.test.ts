import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const window = { sampleCount: 10, sampleMs: 1000 };

describe('TokenBucket', () => {
  it('begins with what a whole window saves up', () => {
    const bucket = new TokenBucket(window);
    bucket.take(20, 2, 0);
    expect(bucket.throttleMs(2, 0)).toBe(0);
  });

  it('may be overdrawn once, and then waits until the debt is paid', () => {
    const bucket = new TokenBucket(window);
    bucket.take(50, 2, 1000);
    expect(bucket.throttleMs(2, 1000)).toBe(15_000);
    expect(bucket.throttleMs(2, 15_999)).toBe(1);
    expect(bucket.throttleMs(2, 16_000)).toBe(0);
  });

  it('saves no more than a window', () => {
    const bucket = new TokenBucket(window);
    bucket.take(1, 2, 0);
    bucket.take(20, 2, 3_600_000);
    expect(bucket.throttleMs(2, 3_600_000)).toBe(0);
    bucket.take(2, 2, 3_600_000);
    expect(bucket.throttleMs(2, 3_600_000)).toBe(1000);
  });
});
