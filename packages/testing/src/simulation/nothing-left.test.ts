import { queryObjects } from 'node:v8';
import { Simulation } from '@millrace/host';
import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { allWorkloads } from './workloads/all-workloads.ts';

const TIMEOUT_MS = 180_000;

test(
  'a node that dies in the middle of its requests is not kept in memory',
  { timeout: TIMEOUT_MS },
  async () => {
    // Its requests have no end, so whatever the process holds of one of them would hold the whole cluster.
    for (const seed of [4, 9]) {
      const workload = allWorkloads[seed % allWorkloads.length]!;
      await simulate({ seed, workload, faults: 'all', brokers: 3 });
    }
    // What the last callbacks of the runs have on their stack goes with them.
    await new Promise((resolve) => setImmediate(resolve));
    expect(queryObjects(Simulation)).toBe(0);
  },
);
