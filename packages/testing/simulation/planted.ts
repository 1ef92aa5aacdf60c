// Runs the simulation with bugs planted in the product, one after the other; each must be found:
// npm run sim:planted [-- --bug NAME] [--seeds 2000] [--from 1] [--brokers 3]
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { plantedBugs, type PlantedBug } from '../src/simulation/planted/planted-bugs.ts';

const { values } = parseArgs({
  options: {
    bug: { type: 'string' },
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    brokers: { type: 'string', default: '3' },
  },
});

const wanted = plantedBugs.filter(({ name }) => values.bug === undefined || name === values.bug);
if (wanted.length === 0) {
  throw new Error(`--bug must be one of ${plantedBugs.map(({ name }) => name).join(', ')}`);
}
let missed = 0;
for (const bug of wanted) {
  const found = find(bug);
  if (found === undefined) missed++;
  print(
    found === undefined
      ? `MISSED ${bug.name} in ${values.seeds} seeds (${bug.why})`
      : `found  ${bug.name} by seed ${found.seed}: ${found.problem}`,
  );
}
process.exitCode = missed > 0 ? 1 : 0;

function find({ name, workload, faults }: PlantedBug): { seed: string; problem: string } | undefined {
  const here = import.meta.dirname;
  const parameters = [
    '--planted',
    name,
    '--workload',
    workload,
    '--faults',
    faults,
    '--seeds',
    values.seeds,
    '--from',
    values.from,
    '--brokers',
    values.brokers,
  ];
  const flags = ['--conditions=@millrace/source', '--import', join(here, 'plant.ts')];
  const child = spawnSync(
    process.execPath,
    [...flags, join(here, 'main.ts'), ...parameters, '--first', '--quiet'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  const failure = /^FAILED \S+ seed (\d+)\n(.*)$/m.exec(child.stdout);
  return failure === null ? undefined : { seed: failure[1]!, problem: failure[2]! };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
