import { describe, expect, it } from 'vitest';
import { FetchSessionCache } from './fetch-session-cache.ts';

const options = { usesTopicIds: false, slots: 2, nowMs: 0 };

function cacheOf(...random: number[]): FetchSessionCache {
  let next = 0;
  return new FetchSessionCache(() => random[next++] ?? next);
}

describe('FetchSessionCache', () => {
  it('gives positive ids that are not in use', () => {
    const cache = cacheOf(0, 0x80000000, 5, 5, 7);
    expect(cache.create(new Map(), options)!.id).toBe(5);
    expect(cache.create(new Map(), options)!.id).toBe(7);
  });

  it('has no room for another session while all are in use', () => {
    const cache = cacheOf();
    cache.create(new Map(), options);
    cache.create(new Map(), options);
    expect(cache.create(new Map(), { ...options, nowMs: 119_999 })).toBeUndefined();
    expect(cache.size).toBe(2);
  });

  it('lets a new session push out the one that is idle for longest, after two minutes', () => {
    const cache = cacheOf();
    const first = cache.create(new Map(), options)!;
    const second = cache.create(new Map(), options)!;
    cache.touch(first, 60_000);
    const third = cache.create(new Map(), { ...options, nowMs: 120_000 });
    expect(third).toBeDefined();
    expect(() => cache.find(second.id, 1, false)).toThrow(`No fetch session ${second.id}`);
    expect(cache.find(first.id, 1, false)).toBe(first);
  });

  it('is off with no slots', () => {
    expect(cacheOf().create(new Map(), { ...options, slots: 0 })).toBeUndefined();
  });

  it('wraps epochs past 0, which begins a session', () => {
    const session = cacheOf().create(new Map(), options)!;
    session.nextEpoch = 2147483647;
    session.advanceEpoch();
    expect(session.nextEpoch).toBe(1);
  });
});
