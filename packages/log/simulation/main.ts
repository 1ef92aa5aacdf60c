/**
 * `npm run sim:log -- --seeds 500`: random lives of a log, each cut off at many disk steps, and every invariant of what
 * recovery makes of them. A failure prints the command that replays it; `--seed S --step K` prints each event of a run.
 */
import { parseArgs } from 'node:util';
import { crashRun } from '../src/testing/crash-run.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '0' },
    operations: { type: 'string', default: '40' },
    /** Every how many disk steps the power goes; 1 is every single one. */
    stride: { type: 'string', default: '3' },
    seed: { type: 'string' },
    step: { type: 'string' },
  },
});

const operations = Number(values.operations);

if (values.seed === undefined) await runMany();
else await replay(Number(values.seed), values.step);

async function runMany(): Promise<void> {
  const [from, count, stride] = [Number(values.from), Number(values.seeds), Number(values.stride)];
  const startedMs = performance.now();
  let [points, failures] = [0, 0];
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await runSeed(seed, stride);
    points += outcome.points;
    failures += outcome.failures;
    const seconds = (performance.now() - startedMs) / 1000;
    print(
      `seed ${seed}: ${points} crash points, ${failures} failures, ${Math.round(points / seconds)} a second`,
    );
  }
  process.exitCode = failures === 0 ? 0 : 1;
}

async function runSeed(seed: number, stride: number): Promise<{ points: number; failures: number }> {
  let [points, failures] = [0, 0];
  const attempt = async (step?: number): Promise<number> => {
    points++;
    try {
      return (await crashRun({ seed, operations, ...(step === undefined ? {} : { step }) })).steps;
    } catch (error) {
      failures++;
      print(`FAILED ${(error as Error).message}`);
      const place = `--seed ${seed}${step === undefined ? '' : ` --step ${step}`}`;
      print(`  replay: npm run sim:log -- --operations ${operations} ${place}`);
      return 0;
    }
  };
  const steps = await attempt();
  for (let step = 1 + (seed % stride); step <= steps; step += stride) await attempt(step);
  return { points, failures };
}

async function replay(seed: number, step: string | undefined): Promise<void> {
  const options = { seed, operations, onLine: print, ...(step === undefined ? {} : { step: Number(step) }) };
  try {
    const { recovered } = await crashRun(options);
    print(`recovered: offsets ${recovered.logStartOffset} to ${recovered.logEndOffset}`);
  } catch (error) {
    print(`FAILED ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
