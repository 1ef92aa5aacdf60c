import { expect, test } from 'vitest';
import { simulateRuns } from '../testing/run-world.ts';

// More of them: npm run sim:run -- --seeds 10000
const SEEDS = 80;
const SEEDS_PER_TEST = 20;
const blocks = Array.from({ length: SEEDS / SEEDS_PER_TEST }, (_, block) => block * SEEDS_PER_TEST + 1);

test.each(blocks)(
  'run() skips nothing, keeps the order, and repeats nothing that is committed (20 seeds from %i)',
  { timeout: 60_000 },
  async (first) => {
    for (let seed = first; seed < first + SEEDS_PER_TEST; seed++) {
      const watch = await simulateRuns(seed).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      expect(watch.isComplete).toBe(true);
    }
  },
);
