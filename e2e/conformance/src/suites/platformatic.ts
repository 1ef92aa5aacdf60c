import { globSync, readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformaticFailures } from '../known/platformatic.ts';
import type { NodeListener } from '../nodes/node.ts';
import type { Outcome } from '../report/outcome.ts';
import { runProgram } from './run-program.ts';
import type { Suite, SuiteRun } from './suite.ts';

/** Fixed by the suite: a single node, one with SASL, and three of a cluster. Here they are all one node. */
const listeners: readonly NodeListener[] = [
  { name: 'CLUSTER', protocol: 'PLAINTEXT', port: 9011 },
  { name: 'SINGLE', protocol: 'PLAINTEXT', port: 9001 },
  { name: 'SASL', protocol: 'SASL_PLAINTEXT', port: 9002 },
  { name: 'USERS', protocol: 'PLAINTEXT', port: 19002 },
];
/** The suite asks Docker for it otherwise; Confluent's 8.3 is Apache's 4.3. */
const CONFLUENT_VERSION = '8.3.0';
/** What needs more than a broker: Kerberos, and a registry of Confluent's behind a proxy. */
const elsewhere: Readonly<Record<string, string>> = {
  'test/clients/base/sasl-gssapi.test.ts': 'needs a Kerberos server',
  'test/network/connection.test.ts': 'needs the Kerberos binding, which has to be compiled',
  'test/registries/confluent-schema-registry.test.ts': 'needs a schema registry behind nginx',
};
const module = 'org.apache.kafka.common.security';
/** The suite's tokens are not signed. Apache Kafka takes such tokens unless told otherwise. */
const UNSIGNED_TOKENS = `${module}.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler`;
const loginModules = {
  oauthbearer: `${module}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="admin";`,
  plain: `${module}.plain.PlainLoginModule required username="admin" password="admin" user_admin="admin";`,
  'scram-sha-256': `${module}.scram.ScramLoginModule required username="admin" password="admin";`,
  'scram-sha-512': `${module}.scram.ScramLoginModule required username="admin" password="admin";`,
};

export const platformatic: Suite = {
  name: 'platformatic',
  needsFolder: { hint: 'a checkout of github.com/platformatic/kafka in which "npm install" was run' },
  knownFailures: platformaticFailures,
  requirements: () =>
    Promise.resolve({
      listeners,
      properties: {
        ...Object.fromEntries(
          Object.entries(loginModules).map(([mechanism, line]) => [
            `listener.name.sasl.${mechanism}.sasl.jaas.config`,
            line,
          ]),
        ),
        'listener.name.sasl.oauthbearer.sasl.server.callback.handler.class': UNSIGNED_TOKENS,
        'sasl.enabled.mechanisms': 'PLAIN,OAUTHBEARER,SCRAM-SHA-256,SCRAM-SHA-512',
        'connections.max.reauth.ms': '5000',
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'super.users': 'User:admin;User:ANONYMOUS',
        'group.consumer.heartbeat.interval.ms': '200',
        'group.consumer.min.heartbeat.interval.ms': '100',
      },
    }),
  async run(run) {
    const outcomes: Outcome[] = [];
    const scratch = mkdtempSync(join(tmpdir(), 'millrace-platformatic-'));
    for (const file of testFiles(run)) {
      const reason = elsewhere[file];
      if (reason !== undefined) outcomes.push({ test: file, status: 'skipped', detail: reason });
      else outcomes.push(...(await runFile(run.folder, file, scratch)));
    }
    rmSync(scratch, { recursive: true, force: true });
    return outcomes;
  },
};

function testFiles({ folder, only }: SuiteRun): string[] {
  const files = globSync(['test/*.test.ts', 'test/*/*.test.ts', 'test/*/*/*.test.ts'], { cwd: folder });
  return files.filter((file) => only.length === 0 || only.some((word) => file.includes(word))).toSorted();
}

interface ReportedTest {
  readonly name: string;
  readonly status: Outcome['status'];
  readonly detail?: string;
}

/** A file at a time: tests of one file may disturb those of another on the same node. */
async function runFile(folder: string, file: string, scratch: string): Promise<readonly Outcome[]> {
  const report = join(scratch, 'report.jsonl');
  rmSync(report, { force: true });
  const reporter = join(import.meta.dirname, 'node-test-reporter.ts');
  const parameters = ['--test', `--test-reporter=${reporter}`, `--test-reporter-destination=${report}`, file];
  const { status, output } = await runProgram(process.execPath, parameters, {
    cwd: folder,
    timeoutMs: 600_000,
    env: { KAFKA_VERSION: CONFLUENT_VERSION },
  });
  const tests = readLines(report).map((line) => JSON.parse(line) as ReportedTest);
  if (status === null || tests.length === 0)
    return [{ test: file, status: 'failed', detail: `did not end in ten minutes\n${output.slice(-1000)}` }];
  return tests.map(({ name, ...rest }) => ({ test: `${file}: ${name}`, ...rest }));
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}
