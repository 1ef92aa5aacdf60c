import { startBroker } from '../src/start-broker.ts';

interface BenchSuite {
  readonly name: string;
  run(report: (row: BenchRow) => void): Promise<void>;
}

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
  readonly target?: number;
}

const RUNS = 15;
const WARM_UP_RUNS = 3;
const TARGET_MS = 50;

/**
 * From the call of `startBroker()` to the first acknowledged record, in one process. The very first run, which also
 * compiles the code, is reported apart; the median is what the second test of a suite sees.
 */
export const suite: BenchSuite = {
  name: 'Test broker: start to first acknowledged record',
  async run(report) {
    for (const storage of ['memory', 'temporary'] as const) {
      const durations: number[] = [];
      for (let run = 0; run < RUNS + WARM_UP_RUNS; run++) durations.push(await startAndProduceMs(storage));
      if (storage === 'memory') {
        report({ metric: 'first start in a process, memory', value: durations[0] ?? Number.NaN, unit: 'ms' });
      }
      report({
        metric: `median of ${RUNS}, ${storage}`,
        value: median(durations.slice(WARM_UP_RUNS)),
        unit: 'ms',
        target: TARGET_MS,
      });
    }
  },
};

async function startAndProduceMs(storage: 'memory' | 'temporary'): Promise<number> {
  const startMs = performance.now();
  const broker = await startBroker({ storage });
  await broker.seed('orders', [{ key: 'o-1', value: 'created' }]);
  const durationMs = performance.now() - startMs;
  await broker.close();
  return durationMs;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
