// Clusters and clients under faults, in virtual time; a seed is a whole run and repeats itself exactly:
// npm run sim [-- --seeds 100] [--from 1] [--workload all] [--faults all] [--brokers 3] [--controllers 0] [--processes 1]
//   [--trace] [--first] [--quiet]
import { runSeed } from './run-seed.ts';
import { SeedProcesses } from './seed-processes.ts';
import { parseSimOptions } from './sim-options.ts';
import { addTotals, describeTotals, noTotals } from './sim-totals.ts';

const options = parseSimOptions(process.argv.slice(2));
const totals = noTotals();
const startMs = performance.now();
const interruption = { isAsked: false };

// Ctrl-C ends the run behind the seeds that run now, with the totals of those before; the second one at once.
process.on('SIGINT', () => {
  if (interruption.isAsked) process.exit(130);
  interruption.isAsked = true;
});

if (options.processes > 1) await runOnProcesses();
else await runHere();
print(describeTotals(totals, options.from, performance.now() - startMs));
process.exitCode = totals.failed > 0 ? 1 : 0;

async function runHere(): Promise<void> {
  for (let seed = options.from; seed < options.from + options.seeds && !interruption.isAsked; seed++) {
    print(await runSeed(seed, options, totals));
    if (options.first && totals.failed > 0) break;
    if (totals.seeds % 100 === 0) sayProgress();
  }
}

async function runOnProcesses(): Promise<void> {
  const processes = new SeedProcesses(options, (report) => {
    addTotals(totals, report.totals);
    print(report.text);
    if (interruption.isAsked || (options.first && totals.failed > 0)) processes.stop();
    if (totals.seeds % 100 === 0) sayProgress();
  });
  await processes.run();
}

function sayProgress(): void {
  process.stderr.write(`${totals.seeds} seeds, ${totals.failed} failed\n`);
}

function print(text: string): void {
  if (text !== '') process.stdout.write(`${text}\n`);
}
