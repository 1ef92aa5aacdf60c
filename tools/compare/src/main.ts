/**
 * `npm run compare [-- WORD ...] [-- --list] [-- --output json]`: sends the requests of each script whose name contains
 * a word to Millrace and to Apache Kafka and prints the fields in which the answers differ. Ends with 1 when one does
 * that is not on the script's list of known differences, or when such an entry is no longer true.
 */
import { parseArgs } from 'node:util';
import { unavailable } from '@millrace/apache-kafka-peer';
import { findScripts } from './find-scripts.ts';
import { formatSummary, formatVerdict } from './format-verdict.ts';
import { isEqual, type Verdict } from './judge.ts';
import { startNodes } from './nodes.ts';
import { runScript } from './run-script.ts';
import type { CompareScript } from './script.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false }, output: { type: 'string', default: 'text' } },
});

const scripts = await findScripts(positionals);
const missing = unavailable();
if (scripts.length === 0) {
  fail(`No script matches "${positionals.join(' ')}"; --list shows them`);
} else if (values.list) {
  for (const { name, title } of scripts) print(`${name}: ${title}`);
} else if (missing === undefined) {
  await compare(scripts);
} else {
  print(`Nothing compared: ${missing}`);
}

async function compare(wanted: readonly CompareScript[]): Promise<void> {
  const verdicts: Verdict[] = [];
  for (const group of Map.groupBy(wanted, ({ properties = {}, hasController = false }) =>
    JSON.stringify([properties, hasController]),
  ).values()) {
    const { properties = {}, hasController = false } = group[0]!;
    await using nodes = await startNodes(properties, hasController);
    for (const script of group) {
      const verdict = await runScript(script, nodes);
      verdicts.push(verdict);
      print(values.output === 'json' ? JSON.stringify(verdict) : formatVerdict(verdict));
    }
  }
  if (values.output !== 'json') print(formatSummary(verdicts));
  process.exitCode = verdicts.every(isEqual) ? 0 : 1;
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
