/**
 * `npm run sim:quorum -- --seeds 500 --from 0`: controllers that crash, are cut off and change, from seeds, and every
 * invariant of the quorum. A failure prints the command that replays it; `--seed S` prints each event of a run.
 */
import { parseArgs } from 'node:util';
import { brokenRules } from '../src/testing/broken-rules.ts';
import { quorumRun, type QuorumRunOptions } from '../src/testing/quorum-run.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '0' },
    faults: { type: 'string', default: '40' },
    seed: { type: 'string' },
    /** One of the planted bugs: the run is to find it. */
    bug: { type: 'string' },
  },
});

const rules = values.bug === undefined ? undefined : brokenRules.get(values.bug);
if (values.bug !== undefined && rules === undefined) {
  throw new Error(`There is no bug "${values.bug}"; there are ${[...brokenRules.keys()].join(', ')}`);
}
const base = { faults: Number(values.faults), ...(rules === undefined ? {} : { rules }) };

if (values.seed === undefined) await runMany();
else await runOne({ ...base, seed: Number(values.seed), onLine: print });

async function runMany(): Promise<void> {
  const [from, count] = [Number(values.from), Number(values.seeds)];
  const startedMs = performance.now();
  let tried = 0;
  let [failures, virtualMs, acknowledged, elections, upgrades] = [0, 0, 0, 0, 0];
  for (let seed = from; seed < from + count; seed++) {
    tried++;
    try {
      const result = await quorumRun({ ...base, seed });
      virtualMs += result.virtualMs;
      acknowledged += result.acknowledged;
      elections += result.elections;
      if (result.isUpgraded) upgrades++;
    } catch (error) {
      failures++;
      print(`FAILED ${(error as Error).message}`);
      const bug = values.bug === undefined ? '' : ` --bug ${values.bug}`;
      print(`  replay: npm run sim:quorum -- --faults ${values.faults} --seed ${seed}${bug}`);
      if (values.bug !== undefined) break;
    }
  }
  const seconds = (performance.now() - startedMs) / 1000;
  print(
    `${tried} seeds from ${from}, ${failures} failures: ${(virtualMs / 3_600_000).toFixed(2)} simulated hours, ` +
      `${elections} elections, ${upgrades} upgrades of fixed voters, ${acknowledged} appends acknowledged, in ${seconds.toFixed(1)} s`,
  );
  process.exitCode = failures === 0 ? 0 : 1;
}

async function runOne(options: QuorumRunOptions): Promise<void> {
  try {
    print(JSON.stringify(await quorumRun(options)));
  } catch (error) {
    print(`FAILED ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
