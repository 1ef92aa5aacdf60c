import { describe, expect, test } from 'vitest';
import { crashRun } from '../testing/crash-run.ts';

const OPERATIONS = 30;

describe('a crash at any disk step', () => {
  test.each(Array.from({ length: 14 }, (_, seed) => seed))(
    'loses nothing that was promised (seed %i)',
    async (seed) => {
      const { steps } = await crashRun({ seed, operations: OPERATIONS });
      expect(steps).toBeGreaterThan(15);
      const stride = Math.max(1, Math.floor(steps / 14));
      for (let step = 1 + (seed % stride); step <= steps; step += stride) {
        await crashRun({ seed, step, operations: OPERATIONS });
      }
    },
  );
});

/** Seeds that once failed; what they found is in the commit that added them. */
const regressions = [
  { seed: 1050, step: 248, operations: 50 },
  { seed: 1126, step: 456, operations: 50 },
  { seed: 1139, step: 700, operations: 50 },
  { seed: 2002, step: 545, operations: 50 },
  { seed: 2022, step: 277, operations: 50 },
  { seed: 2010, operations: 50 },
  { seed: 2038, operations: 50 },
  { seed: 24, step: 175, operations: 40 },
  { seed: 5015, step: 1317, operations: 50 },
  { seed: 4, step: 30, operations: 40 },
  { seed: 4, operations: 40 },
  { seed: 20188, step: 156, operations: 50 },
  { seed: 200025, step: 748, operations: 40 },
  { seed: 200034, operations: 40 },
  { seed: 800105, step: 651, operations: 40 },
];

test('a disk that refuses the first file of a partition loses nothing (seed 500002)', async () => {
  const { recovered } = await crashRun({ seed: 500002, operations: 40 });
  expect(recovered).toEqual({ logStartOffset: 0, logEndOffset: 0 });
});

test.each(regressions)('a crash that was not survived once (seed $seed)', async (run) => {
  const { recovered } = await crashRun(run);
  expect(recovered.logEndOffset).toBeGreaterThan(0);
});
