import { describe, expect, test } from 'vitest';
import { LookupCache } from './lookup-cache.ts';

const nowMs = () => 0;

describe('a lookup cache', () => {
  test('makes one lookup for all who miss the same key', async () => {
    const cache = new LookupCache<string, number>({ maxEntries: 10, nowMs });
    let lookups = 0;
    const lookUp = async () => (lookups += 1);
    expect(
      await Promise.all(Array.from({ length: 100 }, async () => cache.getOrLookUp('a', lookUp))),
    ).toEqual(Array.from({ length: 100 }, () => 1));
    expect(cache.getOrLookUp('a', lookUp)).toBe(1);
  });

  test('forgets a failure at once, thrown or rejected', async () => {
    const cache = new LookupCache<string, number>({ maxEntries: 10, nowMs });
    await expect(cache.getOrLookUp('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    const thrown = cache.getOrLookUp('a', () => {
      throw new Error('still down');
    });
    await expect(thrown).rejects.toThrow('still down');
    expect(await cache.getOrLookUp('a', async () => 5)).toBe(5);
  });

  test('keeps what is used and never more than its limit', () => {
    const cache = new LookupCache<number, number>({ maxEntries: 100, nowMs });
    for (let key = 0; key < 10_000; key += 1) {
      cache.set(key, key);
      expect(cache.get(0), `after ${key}`).toBe(0);
    }
    const kept = Array.from({ length: 10_000 }, (_, key) => key).filter(
      (key) => cache.get(key) !== undefined,
    );
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept).toContain(9999);
  });

  test('lets entries go when their time is over', () => {
    let time = 1000;
    const cache = new LookupCache<string, number>({ maxEntries: 10, ttlMs: 50, nowMs: () => time });
    cache.set('a', 1);
    time = 1049;
    expect(cache.get('a')).toBe(1);
    time = 1050;
    expect(cache.get('a')).toBeUndefined();
  });
});
