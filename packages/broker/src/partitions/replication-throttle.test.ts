import { describe, expect, it } from 'vitest';
import { isThrottledReplica, ReplicationThrottle } from './replication-throttle.ts';

function throttleAt(bytesPerSec: number) {
  const clock = { ms: 0, nowMs: () => 0, monotonicMs: () => clock.ms };
  return { clock, throttle: new ReplicationThrottle(clock, () => bytesPerSec) };
}

describe('a replication throttle', () => {
  it('lets a second of the rate through at once, and then the rate', () => {
    const { clock, throttle } = throttleAt(1000);
    throttle.record(999);
    expect(throttle.waitMs).toBe(0);
    let sentBytes = 0;
    for (; clock.ms < 20_000; clock.ms += 10) {
      if (throttle.waitMs > 0) continue;
      throttle.record(300);
      sentBytes += 300;
    }
    expect(sentBytes).toBeGreaterThan(19_000);
    expect(sentBytes).toBeLessThan(21_000);
  });

  it('says how long a large answer takes to be paid off', () => {
    const { clock, throttle } = throttleAt(1000);
    throttle.record(5000);
    const { waitMs } = throttle;
    expect(waitMs).toBeGreaterThan(3999);
    clock.ms += waitMs;
    expect(throttle.waitMs).toBe(0);
  });

  it('is none where no rate is set', () => {
    const { throttle } = throttleAt(Number.MAX_SAFE_INTEGER);
    throttle.record(1e12);
    expect(throttle.waitMs).toBe(0);
  });
});

it.each([
  [['*'], true],
  [['0:1', '3:2'], true],
  [['3:1', '0:2'], false],
  [[], false],
])('throttled replicas %j', (throttled, expected) => {
  expect(isThrottledReplica(throttled, 3, 2)).toBe(expected);
});
