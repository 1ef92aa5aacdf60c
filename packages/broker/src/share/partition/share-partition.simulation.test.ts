import { array, assert, boolean, constantFrom, integer, oneof, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { ShareSimulation } from '../testing/share-simulation.ts';

const who = constantFrom('a', 'b', 'c');
const step = oneof(
  {
    weight: 3,
    arbitrary: record({ do: constantFrom('append' as const), count: integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 6,
    arbitrary: record({
      do: constantFrom('fetch' as const),
      who,
      maxRecords: integer({ min: 1, max: 15 }),
      batchSize: integer({ min: 1, max: 12 }),
      isRecordLimit: boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: record({
      do: constantFrom('acknowledge' as const),
      who,
      back: integer({ min: 0, max: 30 }),
      size: integer({ min: 1, max: 12 }),
      type: constantFrom(0, 1, 1, 2, 2, 3, 4),
    }),
  },
  { weight: 1, arbitrary: record({ do: constantFrom('release' as const), who }) },
  {
    weight: 3,
    arbitrary: record({ do: constantFrom('advance' as const), ms: constantFrom(1, 50, 100, 150) }),
  },
  { weight: 6, arbitrary: record({ do: constantFrom('commit' as const) }) },
  { weight: 1, arbitrary: record({ do: constantFrom('lose' as const, 'restart' as const) }) },
);

it('gives no record to two at a time, none too often, none after it was done with, and comes to an end', () => {
  let delivered = 0;
  assert(
    property(array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
      const simulation = new ShareSimulation();
      for (const one of steps) {
        switch (one.do) {
          case 'append':
            simulation.append(one.count);
            break;
          case 'fetch':
            delivered += simulation.fetch(one.who, one).length;
            break;
          case 'acknowledge': {
            const firstOffset = Math.max(0, simulation.logEndOffset - 1 - one.back);
            const lastOffset = Math.min(simulation.logEndOffset - 1, firstOffset + one.size - 1);
            if (lastOffset >= firstOffset)
              simulation.acknowledge(one.who, { firstOffset, lastOffset }, one.type);
            break;
          }
          case 'release':
            simulation.release(one.who);
            break;
          case 'advance':
            simulation.advance(one.ms);
            break;
          case 'commit':
            simulation.commit();
            break;
          case 'lose':
            simulation.lose();
            break;
          case 'restart':
            simulation.restart();
            break;
        }
      }
      simulation.drain();
    }),
    { numRuns: Number(process.env['MILLRACE_SHARE_RUNS'] ?? 300) },
  );
  // The steps do something.
  expect(delivered).toBeGreaterThan(1000);
});
