import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { ClusterModel, stepNames, type ModelStep } from './testing/cluster-model.ts';

const frequent = ['append', 'fetch', 'alterIsr', 'fence', 'unfence', 'unfence', 'crash'] as const;
const step: fc.Arbitrary<ModelStep> = fc.tuple(
  fc.oneof(fc.constantFrom(...stepNames), fc.constantFrom(...frequent)),
  fc.nat(63),
  fc.nat(63),
);
const story = fc.record({
  brokerCount: fc.integer({ min: 3, max: 6 }),
  steps: fc.array(step, { minLength: 10, maxLength: 80 }),
});

describe('whatever happens to the brokers of a cluster', () => {
  it.each([
    ['without eligible replicas, as long as all stop in order', false],
    ['with eligible replicas, even if they crash', true],
  ])('its partitions keep their promises %s', (_how, hasElr) => {
    fc.assert(
      fc.property(story, ({ brokerCount, steps }) => {
        const model = new ClusterModel(brokerCount, hasElr);
        for (const each of steps) model.step(each);
      }),
      { seed: 20261121, numRuns: 150 },
    );
  });
});
