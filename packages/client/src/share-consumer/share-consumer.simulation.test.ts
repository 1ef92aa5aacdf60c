import { expect, test } from 'vitest';
import { simulateShareGroup } from './testing/share-world.ts';

// More of them: npm run sim:client -- --workload share --seeds 1000
const SEEDS = 12;
const SEEDS_PER_TEST = 4;
const blocks = Array.from({ length: SEEDS / SEEDS_PER_TEST }, (_, block) => block * SEEDS_PER_TEST + 1);

test.each(blocks)(
  'share groups hand out every record until it is accepted, and none after (4 seeds from %i)',
  { timeout: 60_000 },
  async (first) => {
    let redeliveries = 0;
    for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
      const watch = await simulateShareGroup(seed).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      expect(watch.isComplete).toBe(true);
      redeliveries += watch.redeliveries;
    }
    expect(redeliveries).toBeGreaterThan(0);
  },
);

test.each([
  ['accepts-unseen', 'nobody was given it'],
  ['reads-again', 'though it is accepted'],
] as const)('a member that %s would be noticed', { timeout: 60_000 }, async (plant, text) => {
  await expect(simulateShareGroup(1, plant)).rejects.toThrow(text);
});
