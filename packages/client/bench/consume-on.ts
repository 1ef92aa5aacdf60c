/**
 * The same comparison on any cluster: node --conditions=@millrace/source bench/consume-on.ts HOST:PORT [--rounds N]
 *
 * With `--rounds`, what each of N reads costs one process of this client. Flags of `node` are for those processes, too:
 * node --max-semi-space-size=4 --conditions=@millrace/source bench/consume-on.ts HOST:PORT --rounds 8
 */
import { parseArgs } from 'node:util';
import { compareConsumers } from './consume-comparison.ts';
import { positiveOption } from './positive-option.ts';
import type { BenchRow } from './produce-comparison.ts';
import { readRepeatedly } from './repeated-reads.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' } },
});
const [bootstrapServers = '127.0.0.1:9092'] = positionals;
if (values.rounds === undefined) await compareConsumers(bootstrapServers, print);
else await readRepeatedly(bootstrapServers, positiveOption('rounds', values.rounds), print);

function print(row: BenchRow): void {
  const against = row.ratio === undefined ? '' : `  millrace is ${row.ratio.toFixed(2)} times as good`;
  process.stdout.write(`${row.metric}: ${row.value.toPrecision(4)} ${row.unit}${against}\n`);
}
