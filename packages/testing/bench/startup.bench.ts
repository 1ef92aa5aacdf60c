import { execFileSync } from 'node:child_process';
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

const COLD_RUNS = 5;
const RUNS = 15;
const WARM_UP_RUNS = 3;
const TARGET_MS = 50;

/**
 * From the call of `startBroker()` to the first acknowledged record: as the first thing a fresh process does after its
 * imports, with all code cold, and again and again in one process, as the tests of a suite do.
 */
export const suite: BenchSuite = {
  name: 'Test broker: start to first acknowledged record',
  async run(report) {
    const coldMs = Array.from({ length: COLD_RUNS }, firstStartMs);
    report({
      metric: `first in a fresh process, memory, median of ${COLD_RUNS}`,
      value: median(coldMs),
      unit: 'ms',
      target: TARGET_MS,
    });
    for (const storage of ['memory', 'temporary'] as const) {
      const durations: number[] = [];
      for (let run = 0; run < RUNS + WARM_UP_RUNS; run++) durations.push(await startAndProduceMs(storage));
      report({
        metric: `later in a process, ${storage}, median of ${RUNS}`,
        value: median(durations.slice(WARM_UP_RUNS)),
        unit: 'ms',
        target: TARGET_MS,
      });
    }
  },
};

/** In a process of its own. Imports are not counted: a test runner has them cached or transformed its own way. */
function firstStartMs(): number {
  const code = `import { startBroker } from ${JSON.stringify(import.meta.resolve('../src/start-broker.ts'))};
    const startMs = performance.now();
    const broker = await startBroker();
    await broker.seed('orders', [{ key: 'o-1', value: 'created' }]);
    process.stdout.write(String(performance.now() - startMs));
    await broker.close();`;
  const args = ['--conditions=@millrace/source', '--input-type=module', '--eval', code];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

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
