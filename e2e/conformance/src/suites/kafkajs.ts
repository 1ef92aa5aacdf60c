import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { Admin } from '@millrace/client';
import { CertificateAuthority } from '@millrace/test-certificates';
import { kafkajsFailures } from '../known/kafkajs.ts';
import type { NodeListener } from '../nodes/node.ts';
import type { Outcome } from '../report/outcome.ts';
import { pemKeystore } from './pem-properties.ts';
import { runJest } from './run-jest.ts';
import type { Suite, SuiteRun } from './suite.ts';

/** The suite knows three brokers by fixed ports; here the one node listens on all of them. */
const listeners: readonly NodeListener[] = [0, 3, 6].flatMap((step, index) => [
  { name: `PLAINTEXT${index}`, protocol: 'PLAINTEXT', port: 9092 + step },
  { name: `SSL${index}`, protocol: 'SSL', port: 9093 + step },
  { name: `SASL${index}`, protocol: 'SASL_SSL', port: 9094 + step },
]);
const plainUsers = ['test="testtest"', 'bob="bobbob"', 'alice="alicealice"'].map((user) => `user_${user}`);
const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required ${plainUsers.join(' ')};`;
const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';

export const kafkajs: Suite = {
  name: 'kafkajs',
  needsFolder: { hint: 'a checkout of github.com/tulios/kafkajs in which "npm install" was run' },
  knownFailures: kafkajsFailures,
  requirements() {
    const sasl = listeners.filter(({ protocol }) => protocol === 'SASL_SSL');
    const pair = new CertificateAuthority().issue({ subject: [['CN', 'localhost']] });
    return Promise.resolve({
      listeners,
      properties: {
        // Brokers are 0, 1 and 2 there, and tests ask for 0.
        'node.id': '0',
        ...pemKeystore(pair),
        'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
        ...Object.fromEntries(
          sasl.flatMap(({ name }) => [
            [`listener.name.${name.toLowerCase()}.plain.sasl.jaas.config`, plain],
            [`listener.name.${name.toLowerCase()}.scram-sha-256.sasl.jaas.config`, scram],
            [`listener.name.${name.toLowerCase()}.scram-sha-512.sasl.jaas.config`, scram],
          ]),
        ),
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'allow.everyone.if.no.acl.found': 'true',
        'super.users': 'User:ANONYMOUS',
        'auto.create.topics.enable': 'true',
        'num.partitions': '2',
      },
    });
  },
  async run(run) {
    await prepare(run.node.bootstrapServers);
    const folder = mkdtempSync(join(tmpdir(), 'millrace-kafkajs-'));
    try {
      return await runTests(run, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** What the suite's own scripts prepare with Docker. */
async function prepare(bootstrapServers: string): Promise<void> {
  await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
  await admin.createTopics([{ name: 'test-topic-already-exists', partitions: 2, replicationFactor: 1 }]);
  await admin.alterUserScramCredentials([
    { user: 'testscram', mechanism: 'SCRAM-SHA-256', password: 'testtestscram=256' },
    { user: 'testscram', mechanism: 'SCRAM-SHA-512', password: 'testtestscram=512' },
  ]);
}

function runTests({ folder, only, node }: SuiteRun, scratch: string): Promise<readonly Outcome[]> {
  const config = join(scratch, 'jest.config.js');
  writeFileSync(
    config,
    `module.exports = {...require(${JSON.stringify(join(folder, 'jest.config.js'))}), rootDir: ${JSON.stringify(folder)}, reporters: ['default']};`,
  );
  const shims = resolve(import.meta.dirname, '../../bin');
  return runJest({
    folder,
    scratch,
    parameters: ['--config', config, '--maxWorkers=2', ...only],
    env: {
      NODE_ENV: 'test',
      KAFKA_VERSION: '2.4',
      KAFKAJS_DEBUG_PROTOCOL_BUFFERS: '1',
      PATH: `${shims}${delimiter}${process.env['PATH'] ?? ''}`,
      CONFORMANCE_BOOTSTRAP_SERVERS: node.bootstrapServers,
    },
  });
}
