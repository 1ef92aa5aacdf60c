import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Admin } from '@millrace/client';
import { freePorts } from '@millrace/free-ports';
import { franzGoFailures } from '../known/franz-go.ts';
import type { Outcome } from '../report/outcome.ts';
import { runGoTests } from './go-tests.ts';
import type { Suite, SuiteRun } from './suite.ts';

const TEST_PROGRAM = 'pkg/kgo/kgo.test';
const [user, password] = ['conformance', 'conformance=256'];
/** The suite sends half a million records through each of its chains by default; a tenth shows the same. */
const RECORDS = 50_000;
const PATIENCE_MS = 1_800_000;
const listenerNames = { open: 'PLAINTEXT', scram: 'SCRAM' } as const;
/** Where the second listener is: known when the node's requirements are. */
let scramPort = 0;

export const franzGo: Suite = {
  name: 'franz-go',
  needsFolder: {
    hint: 'a checkout of github.com/twmb/franz-go with the test program of its package kgo',
    program: TEST_PROGRAM,
  },
  knownFailures: franzGoFailures,
  async requirements() {
    const [openPort = 0, secondPort = 0] = await freePorts(2);
    scramPort = secondPort;
    return {
      listeners: [
        { name: listenerNames.open, protocol: 'PLAINTEXT', port: openPort },
        { name: listenerNames.scram, protocol: 'SASL_PLAINTEXT', port: scramPort },
      ],
      properties: {
        'sasl.enabled.mechanisms': 'SCRAM-SHA-256',
        [`listener.name.${listenerNames.scram.toLowerCase()}.scram-sha-256.sasl.jaas.config`]:
          'org.apache.kafka.common.security.scram.ScramLoginModule required;',
        'auto.create.topics.enable': 'true',
      },
    };
  },
  async run(run) {
    const program = join(run.folder, TEST_PROGRAM);
    await using admin = new Admin({ 'bootstrap.servers': run.node.bootstrapServers });
    await admin.alterUserScramCredentials([{ user, mechanism: 'SCRAM-SHA-256', password }]);
    return await runTests(run, dirname(program), program);
  },
};

async function runTests(run: SuiteRun, folder: string, program: string): Promise<readonly Outcome[]> {
  const tests = testsWithBroker(folder).filter(
    (test) => run.only.length === 0 || run.only.some((word) => test.includes(word)),
  );
  return await runGoTests({
    command: [program],
    cwd: folder,
    tests,
    timeoutMs: PATIENCE_MS,
    env: {
      KGO_SEEDS: run.node.bootstrapServers,
      KGO_TEST_RF: '1',
      KGO_TEST_UNSAFE: '1',
      KGO_TEST_RECORDS: String(RECORDS),
      KGO_LOG_LEVEL: 'none',
      KGO_TEST_SCRAM_SEEDS: `127.0.0.1:${scramPort}`,
      KGO_TEST_SCRAM: `${user}:${password}`,
    },
  });
}

/** Tests of files that make clients for the broker under test; all others need none. */
function testsWithBroker(folder: string): string[] {
  const sources = globSync('*_test.go', { cwd: folder }).map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  );
  return sources
    .flatMap((source) => source.split(/^(?=func )/m))
    .filter(
      (text) =>
        text.startsWith('func Test') && /\b(?:newTestClient|tmpTopic|testChainETL|scramSeeds)\b/.test(text),
    )
    .map((text) => /^func (Test\w+)/.exec(text)![1]!)
    .toSorted();
}
