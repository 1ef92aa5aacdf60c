import { Admin } from '@millrace/client';
import { kafkaGoFailures } from '../known/kafka-go.ts';
import type { Outcome } from '../report/outcome.ts';
import { runGoTests } from './go-tests.ts';
import type { Suite } from './suite.ts';

const PATIENCE_MS = 1_200_000;
/** Packages whose tests want a broker; the one of SASL wants a topic that the first leaves behind. */
const packages = ['.', './compress', './topics', './sasl'];
/** They look for a committed offset with a consumer that cannot connect: a null pointer, which ends the test program. */
const BROKEN = 'TestReaderConsumerGroup/(verify_offset_committed|consumer_group_commits_on_close)';
const modules = 'org.apache.kafka.common.security';
const scram = `${modules}.scram.ScramLoginModule required;`;
const loginModules = {
  plain: `${modules}.plain.PlainLoginModule required user_adminplain="admin-secret";`,
  'scram-sha-256': scram,
  'scram-sha-512': scram,
};

export const kafkaGo: Suite = {
  name: 'kafka-go',
  needsCommand: 'go',
  needsFolder: { hint: 'a checkout of github.com/segmentio/kafka-go', program: 'go.mod' },
  knownFailures: kafkaGoFailures,
  requirements: () =>
    Promise.resolve({
      listeners: [
        { name: 'PLAIN', protocol: 'PLAINTEXT', port: 9092 },
        { name: 'SASL', protocol: 'SASL_PLAINTEXT', port: 9093 },
      ],
      properties: {
        'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
        ...Object.fromEntries(
          Object.entries(loginModules).map(([mechanism, line]) => [
            `listener.name.sasl.${mechanism}.sasl.jaas.config`,
            line,
          ]),
        ),
        'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
        'allow.everyone.if.no.acl.found': 'true',
        'super.users': 'User:adminscram256;User:adminscram512;User:adminplain',
        'auto.create.topics.enable': 'true',
        'message.max.bytes': '200000000',
      },
    }),
  async run({ node, folder, only }) {
    await using admin = new Admin({ 'bootstrap.servers': node.bootstrapServers });
    await admin.alterUserScramCredentials([
      { user: 'adminscram256', mechanism: 'SCRAM-SHA-256', password: 'admin-secret-256' },
      { user: 'adminscram512', mechanism: 'SCRAM-SHA-512', password: 'admin-secret-512' },
    ]);
    const outcomes: Outcome[] = [];
    for (const name of packages) {
      const ended = await runGoTests({
        command: ['go', 'test', name],
        cwd: folder,
        except: BROKEN,
        timeoutMs: PATIENCE_MS,
        // As its own continuous integration runs it.
        env: { KAFKA_VERSION: '4.0.0', KAFKA_SKIP_NETTEST: '1' },
        ...(only.length === 0 ? {} : { tests: only }),
      });
      outcomes.push(...ended.map((outcome) => ({ ...outcome, test: `${name} ${outcome.test}` })));
    }
    return outcomes;
  },
};
