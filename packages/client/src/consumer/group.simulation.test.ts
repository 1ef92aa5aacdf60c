import { describe, expect, it } from 'vitest';
import { simulateGroup, type GroupPlant } from './testing/group-world.ts';

// More of them: npm run sim:client -- --workload consume --seeds 10000
const SEEDS_PER_TEST = 12;
const blocks = Array.from({ length: 2 }, (_, block) => block * SEEDS_PER_TEST + 1);

describe('a group, whatever its protocol and assignor,', () => {
  it.each(blocks)('skips nothing, and repeats nothing that is committed (12 seeds from %i)', async (from) => {
    for (let seed = from; seed < from + SEEDS_PER_TEST; seed++) {
      const watch = await simulateGroup(seed).catch((cause: unknown) => {
        throw new Error(`seed ${seed}`, { cause });
      });
      expect(watch.isComplete).toBe(true);
    }
  });

  it.each<[GroupPlant, RegExp]>([
    ['skips', /records were skipped/],
    ['starts-over', /came again, though \d+ is committed/],
    ['commits-ahead', /was committed, but only \d+ were handed out/],
  ])('would be noticed to break its promise by a member that %s', async (plant, message) => {
    await expect(simulateGroup(1, plant)).rejects.toThrow(message);
    await expect(simulateGroup(2, plant)).rejects.toThrow(message);
  });
});
