import { describe, expect, test } from 'vitest';
import { brokenRules } from '../testing/broken-rules.ts';
import { quorumRun } from '../testing/quorum-run.ts';

const SEEDS = 100;
const FAULTS = 9;

describe('a quorum in a world from a seed', () => {
  test('keeps what it has acknowledged and comes together again', { timeout: 300_000 }, async () => {
    let [acknowledged, elections] = [0, 0];
    for (let seed = 0; seed < SEEDS; seed++) {
      const result = await quorumRun({ seed, faults: FAULTS });
      acknowledged += result.acknowledged;
      elections += result.elections;
    }
    // Without these nothing was tried.
    expect(acknowledged).toBeGreaterThan(10 * SEEDS);
    expect(elections).toBeGreaterThan(2 * SEEDS);
  });

  test('is the same world for the same seed', { timeout: 120_000 }, async () => {
    expect(await quorumRun({ seed: 7, faults: FAULTS })).toEqual(
      await quorumRun({ seed: 7, faults: FAULTS }),
    );
  });

  // Where `npm run sim:quorum -- --bug NAME` has found each; changes of the code may move that, so that it is looked for from there on.
  test.each([
    ['committed-voters', 10],
    ['removed-leader-counts', 106],
    ['two-changes-in-flight', 166],
    ['commit-of-older-epoch', 24],
    ['vote-in-memory', 6],
  ])('with the mistake "%s" is found out', { timeout: 300_000 }, async (name, from) => {
    const rules = brokenRules.get(name)!;
    for (let seed = from; seed < from + 2000; seed++) {
      try {
        await quorumRun({ seed, rules });
      } catch (error) {
        expect((error as Error).message).toMatch(/^seed \d+: /);
        // It is the mistake that was noticed.
        await quorumRun({ seed });
        return;
      }
    }
    throw new Error(`${name} is not noticed`);
  });
});
