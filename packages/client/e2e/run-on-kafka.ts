/**
 * `npm run test:kafka [-- WORD]`: the suites in this folder, the same that `npm test` runs against our own broker,
 * against Apache Kafka; only files whose names contain the word, if one is given.
 */
import { resolve } from 'node:path';
import { startKafka, unavailable } from '@millrace/apache-kafka-peer';
import { freePorts } from '@millrace/free-ports';
import { startVitest } from 'vitest/node';
import { TemporaryFiles } from './temporary-files.ts';
import { tlsListener, tlsMaterial } from './tls-material.ts';

const reason = unavailable();
if (reason === undefined) await run(process.argv.slice(2));
else process.stdout.write(`skipped: the client against Apache Kafka; ${reason}\n`);

async function run(words: string[]): Promise<void> {
  const [plain = 0, sasl = 0, ssl = 0, controller = 0] = await freePorts(4);
  const ports = { plain, sasl, ssl, controller };
  const tls = tlsMaterial();
  using files = new TemporaryFiles();
  const listener = tlsListener(
    files.write('broker.pem', tls.broker),
    files.write('authority.pem', tls.authority),
  );
  await using _kafka = await startKafka({
    port: ports.plain,
    properties: { ...properties(ports), ...listener },
  });
  const given = {
    provide: {
      bootstrapServers: `127.0.0.1:${ports.plain}`,
      saslBootstrapServers: `127.0.0.1:${ports.sasl}`,
      sslBootstrapServers: `127.0.0.1:${ports.ssl}`,
      tls,
    },
  };
  const root = resolve(import.meta.dirname, '..');
  const options = { root, config: resolve(root, 'e2e/vitest.config.ts'), watch: false };
  const vitest = await startVitest('test', words, options, { test: given });
  await vitest.close();
  process.exitCode = vitest.state.getCountOfFailedTests() > 0 ? 1 : 0;
}

interface Ports {
  readonly plain: number;
  readonly sasl: number;
  readonly ssl: number;
  readonly controller: number;
}

function properties({ plain, sasl, ssl, controller }: Ports): Record<string, string> {
  const listeners = `PLAINTEXT://127.0.0.1:${plain},SASL_PLAINTEXT://127.0.0.1:${sasl},SSL://127.0.0.1:${ssl}`;
  const listener = 'listener.name.sasl_plaintext';
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return {
    listeners: `${listeners},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': listeners,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    'listener.security.protocol.map':
      'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,SSL:SSL',
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
    [`${listener}.plain.sasl.jaas.config`]:
      'org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="alice-secret";',
    [`${listener}.scram-sha-256.sasl.jaas.config`]: scram,
    [`${listener}.scram-sha-512.sasl.jaas.config`]: scram,
    'group.consumer.min.heartbeat.interval.ms': '100',
    'group.consumer.heartbeat.interval.ms': '200',
    'offsets.topic.num.partitions': '2',
    'transaction.state.log.num.partitions': '2',
  };
}
