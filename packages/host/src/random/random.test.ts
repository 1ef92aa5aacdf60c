import { describe, expect, test } from 'vitest';
import type { Random } from '../host.ts';
import { SecureRandom } from './secure-random.ts';
import { SeededRandom } from './seeded-random.ts';

const sources: readonly { readonly name: string; readonly create: () => Random }[] = [
  { name: 'SeededRandom', create: () => new SeededRandom('seed') },
  { name: 'SecureRandom', create: () => new SecureRandom() },
];

describe.each(sources)('$name', ({ create }) => {
  test('draws whole numbers over the whole range of 32 bits', () => {
    const random = create();
    let ored = 0;
    let anded = 0xffffffff;
    for (let draw = 0; draw < 3000; draw++) {
      const value = random.uint32();
      expect(Number.isInteger(value) && value >= 0 && value < 2 ** 32).toBe(true);
      ored = (ored | value) >>> 0;
      anded = (anded & value) >>> 0;
    }
    expect(ored).toBe(0xffffffff);
    expect(anded).toBe(0);
  });

  test('draws fractions evenly from [0, 1)', () => {
    const random = create();
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let draw = 0; draw < 20_000; draw++) {
      const value = random.float();
      const bucket = Math.floor(value * 10);
      buckets[bucket] = (buckets[bucket] ?? Number.NaN) + 1;
    }
    // 2000 expected in each; 7 standard deviations are 300.
    for (const count of buckets) expect(Math.abs(count - 2000)).toBeLessThan(300);
  });

  test('gives as many bytes as asked for', () => {
    const random = create();
    for (const length of [0, 1, 3, 4, 5, 16, 1000]) expect(random.bytes(length).length).toBe(length);
    expect(new Set(random.bytes(1000)).size).toBeGreaterThan(200);
  });

  test('forks streams that differ from their origin and each other', () => {
    const random = create();
    const values = [random.fork('a'), random.fork('b'), random].map((stream) =>
      stream.bytes(16).toString('hex'),
    );
    expect(new Set(values).size).toBe(3);
  });
});

describe('SeededRandom', () => {
  const draws = (random: Random): number[] => Array.from({ length: 5 }, () => random.uint32());

  test('repeats itself from the same seed, and only from the same', () => {
    expect(draws(new SeededRandom(1))).toEqual(draws(new SeededRandom('1')));
    expect(draws(new SeededRandom(1))).not.toEqual(draws(new SeededRandom(2)));
  });

  test('stays the same over versions, because recorded seeds mean nothing otherwise', () => {
    expect(draws(new SeededRandom('millrace'))).toMatchInlineSnapshot(`
      [
        4060841331,
        1519520144,
        2820016522,
        3239858242,
        683286503,
      ]
    `);
    expect(new SeededRandom('millrace').fork('election').bytes(8).toString('hex')).toMatchInlineSnapshot(
      `"28d7989ee9fd36df"`,
    );
  });

  test('forks by name alone: draws before the fork do not shift it', () => {
    const fresh = new SeededRandom(7);
    const used = new SeededRandom(7);
    used.bytes(100);
    expect(draws(used.fork('x'))).toEqual(draws(fresh.fork('x')));
  });
});
