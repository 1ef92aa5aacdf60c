import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { javaParameters, unavailable } from '@millrace/apache-kafka-peer';
import { librdkafkaFailures, librdkafkaNoAutoCreateFailures } from '../known/librdkafka.ts';
import type { KnownFailure, Outcome } from '../report/outcome.ts';
import { plainNode } from './plain-node.ts';
import { runProgram } from './run-program.ts';
import type { Suite, SuiteRun } from './suite.ts';

type GroupProtocol = 'classic' | 'consumer';
const TEST_PROGRAM = 'tests/test-runner';
/** Tools that the suite runs out of a Kafka distribution. */
const tools = {
  'kafka-topics.sh': 'org.apache.kafka.tools.TopicCommand',
  'kafka-acls.sh': 'org.apache.kafka.tools.AclCommand',
  'kafka-configs.sh': 'kafka.admin.ConfigCommand',
};
/** Longer than any of its tests allows itself in quick mode. */
const PATIENCE_MS = 300_000;

/** Tests say in which scenario they run; in `noautocreate` the broker makes no topic that nobody asked for. */
type Scenario = 'default' | 'noautocreate';

export const librdkafka = suiteInScenario('librdkafka', 'default', librdkafkaFailures);
export const librdkafkaNoAutoCreate = suiteInScenario(
  'librdkafka-noautocreate',
  'noautocreate',
  librdkafkaNoAutoCreateFailures,
);

function suiteInScenario(name: string, scenario: Scenario, knownFailures: readonly KnownFailure[]): Suite {
  return {
    name,
    needsFolder: {
      hint: 'a checkout of github.com/confluentinc/librdkafka with its test program',
      program: TEST_PROGRAM,
    },
    knownFailures,
    // Tests deny things to everybody, so nobody is a super user.
    requirements: () =>
      plainNode({
        'super.users': '',
        'allow.everyone.if.no.acl.found': 'true',
        'auto.create.topics.enable': String(scenario === 'default'),
        'num.partitions': '4',
      }),
    run: (run) => runScenario(run, scenario),
  };
}

async function runScenario(run: SuiteRun, scenario: Scenario): Promise<readonly Outcome[]> {
  const program = join(run.folder, TEST_PROGRAM);
  const folder = dirname(program);
  const scratch = mkdtempSync(join(tmpdir(), 'millrace-librdkafka-'));
  try {
    const environment = { ...writeSetup(run, scratch), TEST_SCENARIO: scenario };
    const tests = testsOf(scenario, folder);
    const setup = { folder, program, scratch, environment, tests };
    const outcomes: Outcome[] = [];
    for (const selected of selection(run, setup)) outcomes.push(...(await runNumber(selected, setup)));
    return outcomes;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Names out of lines like `_TEST(0107_topic_recreate, 0, .scenario = "noautocreate")`; most say nothing of a scenario. */
function testsOf(scenario: Scenario, folder: string): string[] {
  const entries = readFileSync(join(folder, 'test.c'), 'utf8')
    .split(/\b_TEST\(/)
    .slice(1);
  return entries
    .filter((entry) => {
      const scenarios = /\.scenario = "([^"]*)"/.exec(entry)?.[1] ?? 'default';
      return scenarios.split(',').includes(scenario);
    })
    .map((entry) => /^\w+/.exec(entry)![0]);
}

interface Setup {
  readonly folder: string;
  readonly program: string;
  readonly scratch: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The scenario's, by their whole names. */
  readonly tests: readonly string[];
}

/** A process for each number, so that one that ends by an assertion takes no other with it. */
async function runNumber({ number, protocol }: Selected, setup: Setup): Promise<readonly Outcome[]> {
  const report = join(setup.scratch, 'report.json');
  rmSync(report, { force: true });
  const { status, output } = await runProgram(setup.program, ['-L', '-Q', '-p1'], {
    cwd: setup.folder,
    timeoutMs: PATIENCE_MS,
    env: {
      ...setup.environment,
      TESTS: number,
      TEST_CONSUMER_GROUP_PROTOCOL: protocol,
      TEST_REPORT: report,
    },
  });
  if (existsSync(report)) return readOutcomes(report, output, { number, protocol }, setup.tests);
  const detail = `the program ended with ${status}:\n${output.slice(-2000)}`;
  return [{ test: `${protocol}: ${number}`, status: 'failed', detail }];
}

/** The file in which the suite looks for its broker, and a folder like that of a Kafka distribution. @returns environment */
function writeSetup({ node, folder }: SuiteRun, scratch: string): Record<string, string> {
  const config = join(scratch, 'test.conf');
  const lines = [
    `bootstrap.servers=${node.bootstrapServers}`,
    'broker.address.family=v4',
    'test.topic.random=true',
    'test.timeout.multiplier=2',
  ];
  writeFileSync(config, `${lines.join('\n')}\n`);
  const environment = {
    RDKAFKA_TEST_CONF: config,
    TEST_KAFKA_VERSION: '4.3.1',
    LD_LIBRARY_PATH: [join(folder, 'src'), join(folder, 'src-cpp')].join(delimiter),
  };
  if (unavailable() !== undefined) return environment;
  mkdirSync(join(scratch, 'bin'));
  for (const [name, mainClass] of Object.entries(tools)) {
    const path = join(scratch, 'bin', name);
    const command = ['java', ...javaParameters(mainClass, [])].map((word) => `'${word}'`).join(' ');
    writeFileSync(path, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(path, 0o755);
  }
  return { ...environment, KAFKA_PATH: scratch, BROKERS: node.bootstrapServers };
}

interface Selected {
  readonly number: string;
  readonly protocol: GroupProtocol;
}

/** All tests with the classic protocol of groups, and those that have groups with the new one as well (KIP-848). */
function selection({ only }: SuiteRun, { folder, tests }: Setup): Selected[] {
  const files = globSync('0[0-9][0-9][0-9]-*.{c,cpp}', { cwd: folder }).toSorted();
  const selected = files.flatMap((file) => {
    const number = file.slice(0, 4);
    const hasGroups = /subscribe|test_create_consumer|group\.id/.test(
      readFileSync(join(folder, file), 'utf8'),
    );
    const protocols: readonly GroupProtocol[] =
      hasGroups && !file.includes('share_consumer') ? ['classic', 'consumer'] : ['classic'];
    return protocols.map((protocol) => ({ file, number, protocol }));
  });
  return selected.filter(
    ({ file, protocol, number }) =>
      tests.some((test) => test.startsWith(number)) &&
      (only.length === 0 || only.some((word) => `${protocol}: ${file}`.includes(word))),
  );
}

interface Report {
  readonly tests: Readonly<Record<string, { readonly state: string }>>;
}

/** States are in the report, reasons in what was printed. Tests of other scenarios and without a broker are left out. */
function readOutcomes(
  path: string,
  output: string,
  { number, protocol }: Selected,
  ofScenario: readonly string[],
): Outcome[] {
  const { tests } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const text = stripVTControlCharacters(output);
  return Object.entries(tests).flatMap(([name, { state }]): Outcome[] => {
    if (!name.startsWith(number) || !ofScenario.includes(name)) return [];
    const test = `${protocol}: ${name}`;
    if (state === 'PASSED') return [{ test, status: 'passed' }];
    if (state !== 'SKIPPED') return [{ test, status: 'failed', detail: reasonOfFailure(text, name) }];
    const detail = reasonOfSkip(text, name);
    return detail.includes('negative test flags') ? [] : [{ test, status: 'skipped', detail }];
  });
}

/** `### Test "0081_admin (do_test_AlterConfigs:725)" failed at 0081-admin.c:891:… ###`, then the reason in lines of its own. */
function reasonOfFailure(text: string, name: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`### Test "${name}`));
  return lines.slice(start === -1 ? -10 : start, start === -1 ? undefined : start + 4).join('\n');
}

/** `| 0016_client_swname | SKIPPED | 0.000s | the reason` in the summary. */
function reasonOfSkip(text: string, name: string): string {
  const line = text
    .split('\n')
    .find((candidate) => candidate.includes(`| ${name} `) || candidate.includes(`|  ${name} `));
  return line?.split('|').at(-1)?.trim() ?? '';
}
