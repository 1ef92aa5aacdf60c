import { RunStory } from '../src/simulation/run-story.ts';
import { simulate, type SimulateOptions } from '../src/simulation/simulate.ts';
import type { SimOptions } from './sim-options.ts';
import { addReport, type SimTotals } from './sim-totals.ts';

const STACK_FRAMES = 10;

/** Runs one seed and adds it to the totals. @returns what there is to say of it, empty if nothing */
export async function runSeed(seed: number, wanted: SimOptions, totals: SimTotals): Promise<string> {
  const { faults, brokers, controllers, trace, quiet } = wanted;
  // The seeds of a range are shared by all workloads.
  const workload = wanted.workloads[seed % wanted.workloads.length]!;
  const options: SimulateOptions = { seed, workload, faults, brokers, controllers };
  const story = new RunStory();
  const told = { onFault: story.onFault, onEvent: story.onEvent, loggerOf: story.loggerOf };
  // Nodes that do not reach each other make errors by the thousand; whoever reads a story gets where they are from.
  Error.stackTraceLimit = trace ? STACK_FRAMES : 0;
  const before = process.cpuUsage();
  const report = await simulate(trace ? { ...options, ...told } : options);
  const { user, system } = process.cpuUsage(before);
  addReport(totals, report, (user + system) / 1000);
  const lines: string[] = [];
  if (trace) lines.push(story.text);
  let { problems } = report;
  if (problems.length === 0) return lines.join('\n');
  if (!trace && !quiet) {
    Error.stackTraceLimit = STACK_FRAMES;
    const again = await simulate({ ...options, ...told });
    lines.push(story.text);
    problems = again.problems;
    if (again.trace !== report.trace)
      lines.push('THE SAME SEED WAS ANOTHER RUN: something escapes the simulation');
  }
  lines.push(`FAILED ${workload.name} seed ${seed}`, ...problems);
  const place = `--workload ${workload.name} --faults ${faults} --brokers ${brokers} --controllers ${controllers}`;
  lines.push(`  replay: npm run sim -- ${place} --from ${seed} --seeds 1 --trace`);
  return lines.join('\n');
}
