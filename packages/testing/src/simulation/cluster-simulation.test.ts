import { expect, test } from 'vitest';
import type { FaultSetName } from './faults/fault-sets.ts';
import { RunStory } from './run-story.ts';
import { simulate } from './simulate.ts';
import { allWorkloads } from './workloads/all-workloads.ts';
import { bankTransfers } from './workloads/bank-transfers.ts';

const TIMEOUT_MS = 180_000;

/** A taste of `npm run sim`, a run of each workload. */
const runs: readonly (readonly [seed: number, faults: FaultSetName])[] = [
  [0, 'all'],
  [1, 'network'],
  [2, 'kills'],
  [3, 'lossy'],
  [4, 'all'],
];

test.each(runs)(
  'three nodes keep their promises (seed %i, faults: %s)',
  async (seed, faults) => {
    const workload = allWorkloads[seed % allWorkloads.length]!;
    const { problems } = await simulate({ seed, workload, faults });
    expect(problems).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'three brokers with three controllers of their own keep their promises',
  async () => {
    const { problems } = await simulate({
      seed: 7,
      workload: bankTransfers,
      faults: 'kills',
      controllers: 3,
      faultMs: 4000,
    });
    expect(problems).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  'a run of a cluster repeats itself byte for byte',
  async () => {
    const options = { seed: 5, workload: bankTransfers, faults: 'unsynced', faultMs: 3000 } as const;
    const stories = [new RunStory(), new RunStory()];
    const reports = [];
    for (const { onFault, onEvent, loggerOf } of stories) {
      reports.push(await simulate({ ...options, onFault, onEvent, loggerOf }));
    }
    expect(stories[1]!.text).toBe(stories[0]!.text);
    expect(reports[1]!.trace).toBe(reports[0]!.trace);
  },
  TIMEOUT_MS,
);
