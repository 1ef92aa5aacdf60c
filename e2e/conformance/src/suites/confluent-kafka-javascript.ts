import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@millrace/free-ports';
import { confluentKafkaJavascriptFailures } from '../known/confluent-kafka-javascript.ts';
import type { Outcome } from '../report/outcome.ts';
import { runJest } from './run-jest.ts';
import { runProgram } from './run-program.ts';
import type { Suite, SuiteRun } from './suite.ts';

const PATIENCE_MS = 1_200_000;
/** Ends a file's tests when one of them takes longer, as in the suite's own Makefile. */
const TEST_TIMEOUT_MS = 120_000;
const groupProtocols = ['classic', 'consumer'] as const;

/** Of the older interface with mocha; of the newer one, which is like that of kafkajs, in both protocols of groups. */
export const confluentKafkaJavascript: Suite = {
  name: 'confluent-kafka-javascript',
  needsFolder: {
    hint: 'a checkout of github.com/confluentinc/confluent-kafka-javascript with its dependencies and its binding',
    program: 'build/Release/confluent-kafka-javascript.node',
  },
  knownFailures: confluentKafkaJavascriptFailures,
  async requirements() {
    return {
      listeners: [{ name: 'PLAINTEXT', protocol: 'PLAINTEXT', port: await freePort() }],
      properties: {
        'auto.create.topics.enable': 'true',
        'group.consumer.min.session.timeout.ms': '6000',
        'group.consumer.session.timeout.ms': '10000',
      },
    };
  },
  async run(run) {
    const outcomes: Outcome[] = [];
    for (const file of globSync('e2e/*.spec.js', { cwd: run.folder }).toSorted()) {
      if (isWanted(run, file)) outcomes.push(...(await runMocha(run, file)));
    }
    for (const protocol of groupProtocols) {
      if (isWanted(run, `${protocol}:`)) outcomes.push(...(await runPromisified(run, protocol)));
    }
    return outcomes;
  },
};

function isWanted({ only }: SuiteRun, part: string): boolean {
  return only.length === 0 || only.some((word) => part.includes(word));
}

interface MochaTest {
  readonly fullTitle: string;
  readonly err: { readonly message?: string };
}

async function runMocha({ folder, node }: SuiteRun, file: string): Promise<readonly Outcome[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'millrace-mocha-'));
  const report = join(scratch, 'report.json');
  const reporting = ['--reporter', 'json', '--reporter-option', `output=${report}`];
  const flags = ['--exit', '--timeout', String(TEST_TIMEOUT_MS)];
  try {
    const { output } = await runProgram(
      process.execPath,
      [join(folder, 'node_modules/mocha/bin/mocha.js'), ...flags, ...reporting, file],
      { cwd: folder, timeoutMs: PATIENCE_MS, env: { KAFKA_HOST: node.bootstrapServers } },
    );
    return readMochaReport(report, file, output);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readMochaReport(path: string, file: string, output: string): readonly Outcome[] {
  try {
    const { passes, failures, pending } = JSON.parse(readFileSync(path, 'utf8')) as Record<
      'passes' | 'failures' | 'pending',
      readonly MochaTest[]
    >;
    const named = ({ fullTitle }: MochaTest) => `${file}: ${fullTitle}`;
    return [
      ...passes.map((test) => ({ test: named(test), status: 'passed' }) as const),
      ...failures.map(
        (test) => ({ test: named(test), status: 'failed', detail: test.err.message ?? '' }) as const,
      ),
      ...pending.map((test) => ({ test: named(test), status: 'skipped' }) as const),
    ];
  } catch {
    return [{ test: file, status: 'failed', detail: `mocha left no report:\n${output.slice(-1500)}` }];
  }
}

async function runPromisified(
  { folder, node }: SuiteRun,
  protocol: (typeof groupProtocols)[number],
): Promise<readonly Outcome[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'millrace-jest-'));
  try {
    const outcomes = await runJest({
      folder,
      scratch,
      // Tests measure how long they wait: one file at a time.
      parameters: ['--coverage=false', '--runInBand', 'test/promisified'],
      env: { KAFKA_HOST: node.bootstrapServers, TEST_CONSUMER_GROUP_PROTOCOL: protocol },
    });
    return outcomes.map((outcome) => ({ ...outcome, test: `${protocol}: ${outcome.test}` }));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
