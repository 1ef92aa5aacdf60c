import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ModelCluster, type ModelStep } from './testing/model-cluster.ts';

const node = fc.integer({ min: 0, max: 2 });

const step: fc.Arbitrary<ModelStep> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('append' as const), node }) },
  {
    weight: 12,
    arbitrary: fc.record({ type: fc.constant('fetch' as const), node, isAnswerLost: fc.boolean() }),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('learn' as const), node }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('scan' as const), node }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('controller' as const), node, isAnswerLost: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.constantFrom(5, 20, 40) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('kill' as const), node }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('restart' as const), node }) },
);

it.each([1, 2])('committed records survive every change of leaders, min.insync.replicas %i', (minIsr) => {
  let longestHistory = 0;
  let highestEpoch = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 150, size: 'max' }), (steps) => {
      const cluster = new ModelCluster(minIsr);
      for (const each of steps) {
        cluster.step(each);
        cluster.check();
      }
      cluster.heal();
      cluster.check();
      longestHistory = Math.max(longestHistory, cluster.committedCount);
      highestEpoch = Math.max(highestEpoch, cluster.leaderEpoch);
    }),
    { numRuns: 150, seed: 7 },
  );
  // What never commits, and never changes leaders, would prove nothing.
  expect(longestHistory).toBeGreaterThan(5);
  expect(highestEpoch).toBeGreaterThan(4);
});

it.each(['highWatermarkIgnoresFollowers', 'noTruncation', 'expandAtOnce'] as const)(
  'notices the mistake %s',
  (mistake) => {
    const property = fc.property(fc.array(step, { minLength: 60, maxLength: 150, size: 'max' }), (steps) => {
      const cluster = new ModelCluster(1, mistake);
      for (const each of steps) {
        cluster.step(each);
        cluster.check();
      }
      cluster.heal();
      cluster.check();
    });
    expect(fc.check(property, { numRuns: 2000, seed: 7, endOnFailure: true }).failed).toBe(true);
  },
);
