// Clusters and clients under faults, in virtual time; a seed is a whole run and repeats itself exactly:
// npm run sim [-- --seeds 100] [--from 1] [--workload all] [--faults all] [--brokers 3] [--controllers 0] [--trace] [--first] [--quiet]
import { parseArgs } from 'node:util';
import { faultSets, type FaultSetName } from '../src/simulation/faults/fault-sets.ts';
import { RunStory } from '../src/simulation/run-story.ts';
import { simulate, type SimulateOptions, type SimulationReport } from '../src/simulation/simulate.ts';
import { allWorkloads } from '../src/simulation/workloads/all-workloads.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    workload: { type: 'string', default: 'all' },
    faults: { type: 'string', default: 'all' },
    brokers: { type: 'string', default: '3' },
    controllers: { type: 'string', default: '0' },
    /** Print the story of every run, not only of those that fail. */
    trace: { type: 'boolean', default: false },
    /** Stop at the first seed that fails. */
    first: { type: 'boolean', default: false },
    /** Say what failed, without its story. */
    quiet: { type: 'boolean', default: false },
    /** For plant.ts. */
    planted: { type: 'string' },
  },
});

const workloads = allWorkloads.filter(({ name }) => values.workload === 'all' || name === values.workload);
if (workloads.length === 0) {
  throw new Error(`--workload must be all or one of ${allWorkloads.map(({ name }) => name).join(', ')}`);
}
if (!Object.hasOwn(faultSets, values.faults)) {
  throw new Error(`--faults must be one of ${Object.keys(faultSets).join(', ')}`);
}

const totals = { seeds: 0, failed: 0, virtualMs: 0, steps: 0, operations: 0 };
const struck = new Map<string, number>();
const from = Number(values.from);
const startMs = performance.now();
for (let seed = from; seed < from + Number(values.seeds); seed++) {
  // The seeds of a range are shared by all workloads.
  const workload = workloads[seed % workloads.length]!;
  await runSeed({
    seed,
    workload,
    faults: values.faults as FaultSetName,
    brokers: Number(values.brokers),
    controllers: Number(values.controllers),
  });
  if (values.first && totals.failed > 0) break;
  if (totals.seeds % 100 === 0) process.stderr.write(`${totals.seeds} seeds, ${totals.failed} failed\n`);
}
printTotals();
process.exitCode = totals.failed > 0 ? 1 : 0;

async function runSeed(options: SimulateOptions): Promise<void> {
  const story = new RunStory();
  const told = { onFault: story.onFault, onEvent: story.onEvent, loggerOf: story.loggerOf };
  const report = await simulate(values.trace ? { ...options, ...told } : options);
  add(report);
  if (values.trace) print(story.text);
  if (report.problems.length === 0) return;
  totals.failed++;
  if (!values.trace && !values.quiet) {
    const again = await simulate({ ...options, ...told });
    print(story.text);
    if (again.trace !== report.trace)
      print('THE SAME SEED WAS ANOTHER RUN: something escapes the simulation');
  }
  const { seed, workload, faults, brokers, controllers } = options;
  print(`FAILED ${workload.name} seed ${seed}\n${report.problems.join('\n')}`);
  const place = `--workload ${workload.name} --faults ${faults} --brokers ${brokers} --controllers ${controllers}`;
  print(`  replay: npm run sim -- ${place} --from ${seed} --seeds 1 --trace`);
}

function add(report: SimulationReport): void {
  totals.seeds++;
  totals.virtualMs += report.virtualMs;
  totals.steps += report.steps;
  totals.operations += report.operations;
  for (const [fault, count] of report.faults) struck.set(fault, (struck.get(fault) ?? 0) + count);
}

function printTotals(): void {
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  const hours = (totals.virtualMs / 3_600_000).toFixed(2);
  print(`${totals.seeds} seeds from ${from}, ${totals.failed} failed, in ${seconds} s`);
  print(`${hours} simulated hours, ${totals.steps} steps, ${totals.operations} operations judged`);
  for (const fault of [...struck.keys()].toSorted()) print(`  ${fault}: ${struck.get(fault)}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
