/**
 * `npm run conformance -- SUITE [--against kafka|millrace] [--suite PATH] [--output FILE] [WORD ...]`: somebody else's tests
 * against a fresh node. See the README beside.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { unavailable } from '@millrace/apache-kafka-peer';
import type { Against } from './nodes/node.ts';
import { startNode } from './nodes/start-node.ts';
import { judge } from './report/judge.ts';
import { printVerdict } from './report/print-verdict.ts';
import { aiokafka } from './suites/aiokafka.ts';
import { confluentKafkaJavascript } from './suites/confluent-kafka-javascript.ts';
import { franzGo } from './suites/franz-go.ts';
import { kafkaGo } from './suites/kafka-go.ts';
import { kafkajs } from './suites/kafkajs.ts';
import { java } from './suites/java.ts';
import { librdkafka, librdkafkaNoAutoCreate } from './suites/librdkafka.ts';
import { platformatic } from './suites/platformatic.ts';
import { python } from './suites/python.ts';
import { rskafka } from './suites/rskafka.ts';
import type { Suite } from './suites/suite.ts';

const suites: readonly Suite[] = [
  kafkajs,
  platformatic,
  python,
  java,
  librdkafka,
  librdkafkaNoAutoCreate,
  franzGo,
  kafkaGo,
  rskafka,
  aiokafka,
  confluentKafkaJavascript,
];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: 'string', default: 'millrace' },
    suite: { type: 'string' },
    output: { type: 'string' },
  },
});
process.exitCode = await main();

async function main(): Promise<number> {
  const [name, ...only] = positionals;
  const suite = suites.find((candidate) => candidate.name === name);
  if (suite === undefined || !isAgainst(values.against)) {
    const names = suites.map((candidate) => candidate.name).join('|');
    print(`Usage: npm run conformance -- ${names} [--against kafka|millrace] [--suite PATH] [WORD ...]`);
    return 2;
  }
  const lacking = whatIsMissing(suite);
  if (lacking !== undefined) {
    print(`skipped ${suite.name}: ${lacking}`);
    return 0;
  }
  const missing = values.against === 'kafka' ? unavailable() : undefined;
  if (missing !== undefined) {
    print(`skipped ${suite.name} against Apache Kafka: ${missing}`);
    return 0;
  }
  return await runSuite(suite, values.against, only);
}

async function runSuite(suite: Suite, against: Against, only: readonly string[]): Promise<number> {
  await using node = await startNode(against, await suite.requirements());
  const folder = values.suite === undefined ? '' : resolve(values.suite);
  const outcomes = await suite.run({ node, folder, only, print });
  if (values.output !== undefined) writeFileSync(values.output, JSON.stringify(outcomes, null, 1));
  const ran = new Set(outcomes.map(({ test }) => test));
  const failures = suite.knownFailures.filter(({ test }) => only.length === 0 || ran.has(test));
  const verdict = judge(outcomes, failures, against);
  printVerdict(`${suite.name} on ${against}`, verdict, print);
  const { unexpected, outdated, passed } = verdict;
  return unexpected.length > 0 || outdated.length > 0 || passed === 0 ? 1 : 0;
}

/** Of the sources and programs that the suite does not bring along. */
function whatIsMissing({ needsFolder, needsCommand }: Suite): string | undefined {
  if (needsCommand !== undefined && !isInstalled(needsCommand))
    return `the command "${needsCommand}" is missing`;
  if (needsFolder === undefined) return undefined;
  if (values.suite === undefined) return `--suite PATH is missing, ${needsFolder.hint}`;
  const program = resolve(values.suite, needsFolder.program ?? '.');
  return existsSync(program) ? undefined : `${program} is missing; PATH is ${needsFolder.hint}`;
}

function isInstalled(command: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, command)));
}

function isAgainst(value: string): value is Against {
  return value === 'kafka' || value === 'millrace';
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
