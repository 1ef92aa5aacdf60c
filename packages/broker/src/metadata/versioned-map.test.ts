import { describe, expect, it } from 'vitest';
import { VersionedMap } from './versioned-map.ts';

const KEYS = Array.from({ length: 5000 }, (_, index) => `topic-${index}`);

function mapOf(keys: readonly string[]): VersionedMap<string> {
  const map = VersionedMap.empty<string>();
  for (const key of keys) map.set(key, key.toUpperCase());
  return map;
}

describe('a versioned map', () => {
  it('holds what was set last, and no more what was deleted', () => {
    const map = mapOf(KEYS);
    for (const key of KEYS.slice(0, 4000)) expect(map.delete(key)).toBe(true);
    expect(map.delete('topic-0')).toBe(false);
    map.set('topic-4999', 'again');
    expect(map.size).toBe(1000);
    expect(new Map(map)).toEqual(
      new Map([
        ...KEYS.slice(4000, 4999).map((key) => [key, key.toUpperCase()] as const),
        ['topic-4999', 'again'],
      ]),
    );
    expect([map.get('topic-0'), map.has('topic-0'), map.has('topic-4000')]).toEqual([undefined, false, true]);
  });

  it('keeps few entries in the order in which they came', () => {
    expect([...mapOf(['b', 'c', 'a']).keys()]).toEqual(['b', 'c', 'a']);
  });

  it('leaves the version before as it was, whatever is done to the next one', () => {
    const before = mapOf(KEYS.slice(0, 40));
    const after = VersionedMap.after(before);
    for (const key of KEYS) after.set(key, 'changed');
    after.delete('topic-7');
    expect(new Map(before)).toEqual(new Map(mapOf(KEYS.slice(0, 40))));
    expect([after.size, after.get('topic-1'), after.has('topic-7')]).toEqual([4999, 'changed', false]);
  });

  it('shares with the version before what has not changed', () => {
    const values = KEYS.map((key) => ({ key }));
    const map = VersionedMap.empty<{ key: string }>();
    for (const value of values) map.set(value.key, value);
    const beganCpu = process.cpuUsage();
    let version = map;
    for (const value of values) {
      version = VersionedMap.after(version);
      version.set(value.key, value);
    }
    const { user } = process.cpuUsage(beganCpu);
    // Five thousand copies of five thousand entries would take seconds.
    expect(user / 1000).toBeLessThan(500);
    expect(version.size).toBe(5000);
  });
});
