import { describe, expect, it } from 'vitest';
import { simulateCopies } from './testing/copy-world.ts';

// More of them: npm run sim:client -- --workload transactions --seeds 10000
const SEEDS_PER_TEST = 4;
const blocks = Array.from({ length: 3 }, (_, block) => block * SEEDS_PER_TEST + 1);

describe('consume, transform, produce, while copiers, broker and network fail,', () => {
  it.each(blocks)('happens exactly once and in order (4 seeds from %i)', async (from) => {
    for (let seed = from; seed < from + SEEDS_PER_TEST; seed++) {
      await simulateCopies(seed).catch((cause: unknown) => {
        throw new Error(`seed ${seed}`, { cause });
      });
    }
  });

  it.each([
    ['no-transactions', /output-\d has/],
    ['commits-apart', /records are missing/],
  ] as const)('would be noticed not to: %s', async (plant, message) => {
    const failures: string[] = [];
    for (let seed = 1; seed <= 6 && failures.length === 0; seed++) {
      await simulateCopies(seed, plant).catch((error: unknown) => failures.push(String(error)));
    }
    expect(failures).toEqual([expect.stringMatching(message)]);
  });
});
