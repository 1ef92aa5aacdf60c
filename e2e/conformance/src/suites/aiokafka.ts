import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@millrace/free-ports';
import { CertificateAuthority } from '@millrace/test-certificates';
import { aiokafkaFailures } from '../known/aiokafka.ts';
import type { NodeListener } from '../nodes/node.ts';
import type { Outcome } from '../report/outcome.ts';
import { pemInOneLine, pemKeystore } from './pem-properties.ts';
import { runProgram } from './run-program.ts';
import type { Suite, SuiteRun } from './suite.ts';

const PYTHON = '.venv/bin/python';
const PATIENCE_MS = 2_400_000;
const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;
const modules = 'org.apache.kafka.common.security';
const users = ['admin', 'test', 'test2'].map((user) => `user_${user}="${user}"`).join(' ');
const scram = `${modules}.scram.ScramLoginModule required;`;
const loginModules = {
  plain: `${modules}.plain.PlainLoginModule required ${users};`,
  'scram-sha-256': scram,
  'scram-sha-512': scram,
};
const authority = new CertificateAuthority();
/** In the order of `protocols`; known when the node's requirements are. */
let listeners: readonly NodeListener[] = [];

export const aiokafka: Suite = {
  name: 'aiokafka',
  needsFolder: {
    hint: 'a checkout of github.com/aio-libs/aiokafka with a virtual environment .venv in which it and its requirements-ci.txt are installed',
    program: PYTHON,
  },
  knownFailures: aiokafkaFailures,
  async requirements() {
    const ports = await freePorts(protocols.length);
    listeners = protocols.map((protocol, index) => ({ name: protocol, protocol, port: ports[index]! }));
    const pair = authority.issue({ subject: [['CN', 'server']] });
    return {
      listeners,
      properties: {
        // Tests ask for it by that.
        'node.id': '0',
        ...pemKeystore(pair),
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.certificates': pemInOneLine(authority.certificate),
        'ssl.client.auth': 'required',
        'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
        ...Object.fromEntries(
          ['sasl_plaintext', 'sasl_ssl'].flatMap((listener) =>
            Object.entries(loginModules).map(([mechanism, line]) => [
              `listener.name.${listener}.${mechanism}.sasl.jaas.config`,
              line,
            ]),
          ),
        ),
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'allow.everyone.if.no.acl.found': 'true',
        'super.users': 'User:admin;User:ANONYMOUS',
        'auto.create.topics.enable': 'true',
        'num.partitions': '2',
      },
    };
  },
  async run(run) {
    const scratch = mkdtempSync(join(tmpdir(), 'millrace-aiokafka-'));
    try {
      return await runPytest(run, scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

/** Its fixtures start a node with Docker; a plugin puts the one that runs already in their place. */
async function runPytest({ node, folder, only }: SuiteRun, scratch: string): Promise<readonly Outcome[]> {
  const report = join(scratch, 'report.jsonl');
  const client = authority.issue({ subject: [['CN', 'client']] });
  writeFileSync(join(scratch, 'ca.crt'), authority.certificate);
  writeFileSync(join(scratch, 'client.crt'), client.certificate);
  writeFileSync(join(scratch, 'client.key'), client.key);
  const settings = {
    tool: [
      process.execPath,
      '--conditions=@millrace/source',
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, 'container-tools.ts'),
    ],
    ports: listeners.map(({ port }) => port),
    certificates: scratch,
    report,
  };
  const plugin = ['-p', 'no:cacheprovider', '-p', 'aiokafka-node'];
  // The tag is how its tests learn of the version.
  const image = ['--docker-image', 'apache/kafka:2.13_4.3.1', '--no-pull'];
  const chosen = only.length === 0 ? [] : ['-k', only.join(' or ')];
  const parameters = ['-B', '-m', 'pytest', ...plugin, ...image, ...chosen, 'tests'];
  const { status, output } = await runProgram(join(folder, PYTHON), parameters, {
    cwd: folder,
    timeoutMs: PATIENCE_MS,
    env: {
      PYTHONPATH: join(import.meta.dirname, '../../python'),
      CONFORMANCE_AIOKAFKA: JSON.stringify(settings),
      CONFORMANCE_BOOTSTRAP_SERVERS: node.bootstrapServers,
      AIOKAFKA_NO_EXTENSIONS: '1',
    },
  });
  const lines = existsSync(report) ? readFileSync(report, 'utf8').split('\n').filter(Boolean) : [];
  const outcomes = lines.map((line) => JSON.parse(line) as Outcome);
  // 0 and 1: all tests were run, whether they passed or not.
  if (status === 0 || status === 1) return outcomes;
  return [...outcomes, { test: 'pytest runs to its end', status: 'failed', detail: output.slice(-1500) }];
}
