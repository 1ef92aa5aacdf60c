import { expect, test } from 'vitest';
import { startMillraceCluster } from './millrace-cluster.ts';
import { startMillraceTraffic } from './millrace-traffic.ts';
import { runRounds } from './run-rounds.ts';

const TIMEOUT_MS = 240_000;

test(
  'three processes keep what they have acknowledged when one of them is killed',
  async () => {
    await using cluster = await startMillraceCluster();
    const result = await runRounds(cluster, [startMillraceTraffic], { count: 1 });
    expect(result.problems).toEqual([]);
    expect(result.acknowledged).toBeGreaterThan(10);
  },
  TIMEOUT_MS,
);
