// One of several processes of a run, started by `seed-processes.ts`: runs the ranges it is given.
import { runSeed } from './run-seed.ts';
import { parseSimOptions } from './sim-options.ts';
import { noTotals, type SimTotals } from './sim-totals.ts';

/** Seeds that a process runs before it asks for more. */
export interface SeedRange {
  readonly from: number;
  readonly seeds: number;
}

/** What came of a range, and what there is to say of it. */
export interface RangeReport {
  readonly totals: SimTotals;
  readonly text: string;
}

const options = parseSimOptions(process.argv.slice(2));

// Ctrl-C goes to all processes of a terminal: the parent decides, and this one ends when the parent is gone.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.on('message', (range: SeedRange) => void run(range));

async function run({ from, seeds }: SeedRange): Promise<void> {
  const totals = noTotals();
  const texts: string[] = [];
  for (let seed = from; seed < from + seeds; seed++) {
    const text = await runSeed(seed, options, totals);
    if (text !== '') texts.push(text);
    if (options.first && totals.failed > 0) break;
  }
  const report: RangeReport = { totals, text: texts.join('\n') };
  process.send?.(report);
}
