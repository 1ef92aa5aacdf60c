import { describe, expect, test } from 'vitest';
import { crashRun } from '../testing/crash-run.ts';

const OPERATIONS = 30;

describe('a crash at any disk step', () => {
  test.each(Array.from({ length: 14 }, (_, seed) => seed))(
    'loses nothing that was promised (seed %i)',
    async (seed) => {
      const { steps } = await crashRun({ seed, operations: OPERATIONS });
      expect(steps).toBeGreaterThan(50);
      const stride = Math.max(1, Math.floor(steps / 14));
      for (let step = 1 + (seed % stride); step <= steps; step += stride) {
        await crashRun({ seed, step, operations: OPERATIONS });
      }
    },
  );
});
