// Clients under faults, in virtual time; a seed is a whole run and can be repeated:
// npm run sim:client -- --workload produce|consume|share|transactions|run [--seeds 1000] [--from 1]
import { parseArgs } from 'node:util';
import { simulateGroup } from '../src/consumer/testing/group-world.ts';
import { simulateRuns } from '../src/consumer/testing/run-world.ts';
import { simulateProducer } from '../src/producer/testing/producer-world.ts';
import { simulateCopies } from '../src/producer/transaction/testing/copy-world.ts';
import { simulateShareGroup } from '../src/share-consumer/testing/share-world.ts';

/** Each says how much it has checked. */
const workloads: Readonly<Record<string, { what: string; run: (seed: number) => Promise<number> }>> = {
  produce: { what: 'records', run: (seed) => simulateProducer(seed) },
  consume: { what: 'deliveries', run: async (seed) => (await simulateGroup(seed)).deliveries },
  share: { what: 'deliveries', run: async (seed) => (await simulateShareGroup(seed)).deliveries },
  transactions: { what: 'records', run: async (seed) => (await simulateCopies(seed)).copied },
  run: { what: 'handlers', run: async (seed) => (await simulateRuns(seed)).started },
};

const { values } = parseArgs({
  options: {
    workload: { type: 'string', default: 'produce' },
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
  },
});
const workload = workloads[values.workload];
if (workload === undefined) throw new Error(`--workload must be one of ${Object.keys(workloads).join(', ')}`);
const [from, seeds] = [Number(values.from), Number(values.seeds)];
const startMs = performance.now();
let [checked, failed] = [0, 0];
for (let seed = from; seed < from + seeds; seed++) {
  try {
    checked += await workload.run(seed);
  } catch (error) {
    failed++;
    process.stderr.write(
      `seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  }
  if ((seed - from + 1) % 500 === 0) process.stderr.write(`${seed - from + 1} seeds, ${failed} failed\n`);
}
const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
process.stdout.write(
  `${values.workload}: ${seeds} seeds from ${from}, ${failed} failed; ${checked} ${workload.what} in ${seconds} s\n`,
);
process.exitCode = failed > 0 ? 1 : 0;
