// run() under members that come, fail, leave and crash, in virtual time:
// node --conditions=@millrace/source simulation/run-seeds.ts [--seeds 10000] [--from 1]
import { parseArgs } from 'node:util';
import { simulateRuns } from '../src/consumer/testing/run-world.ts';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } },
});
const from = Number(values.from);
const seeds = Number(values.seeds);
const startMs = performance.now();
let started = 0;
for (let seed = from; seed < from + seeds; seed++) {
  try {
    started += (await simulateRuns(seed)).started;
  } catch (error) {
    process.stderr.write(`seed ${seed} failed\n`);
    throw error;
  }
}
const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
process.stdout.write(`${seeds} seeds from ${from}: nothing broken; ${started} handlers in ${seconds} s\n`);
