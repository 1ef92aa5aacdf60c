import { Admin, Consumer, Producer } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pollRecords, TestedCluster, values } from './cluster.ts';

let cluster: TestedCluster;
beforeAll(async () => void (cluster = await TestedCluster.start()));
afterAll(() => cluster[Symbol.asyncDispose]());

function login(mechanism: string, password: string) {
  const module = mechanism === 'PLAIN' ? 'plain.Plain' : 'scram.Scram';
  return {
    'bootstrap.servers': cluster.saslBootstrapServers,
    'security.protocol': 'SASL_PLAINTEXT',
    'sasl.mechanism': mechanism,
    'sasl.jaas.config': `org.apache.kafka.common.security.${module}LoginModule required username="alice" password="${password}";`,
  } as const;
}

test.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const)(
  'alice is let in by %s, others are not',
  async (mechanism) => {
    if (mechanism !== 'PLAIN') {
      await cluster.admin.alterUserScramCredentials([
        { user: 'alice', mechanism, password: 'alice-secret', iterations: 4096 },
      ]);
    }
    const topic = await cluster.createTopic();
    const properties = login(mechanism, 'alice-secret');
    await using producer = new Producer(properties);
    await producer.send({ topic, value: 'hello' });
    await using consumer = new Consumer({ ...properties, 'auto.offset.reset': 'earliest' });
    consumer.assign([{ topic, partition: 0 }]);
    expect(values(await pollRecords(consumer, 1))).toEqual(['hello']);
    await using stranger = new Admin(login(mechanism, 'wrong'));
    await expect(stranger.describeCluster()).rejects.toMatchObject({
      code: 'ERR_CLIENT_AUTHENTICATION_FAILED',
      retriable: false,
    });
  },
);

function overTls({ key, chain }: { readonly key: string; readonly chain: string }) {
  return {
    'bootstrap.servers': cluster.sslBootstrapServers,
    'security.protocol': 'SSL',
    'ssl.truststore.certificates': cluster.tls.authority,
    'ssl.keystore.key': key,
    'ssl.keystore.certificate.chain': chain,
  } as const;
}

test('over TLS records go out and in, by certificates on both sides', async () => {
  const topic = await cluster.createTopic();
  const properties = { ...overTls(cluster.tls.alice), 'ssl.cipher.suites': 'TLS_AES_256_GCM_SHA384' };
  await using producer = new Producer(properties);
  await producer.send({ topic, value: 'x'.repeat(100_000) });
  await using consumer = new Consumer({ ...properties, 'auto.offset.reset': 'earliest' });
  consumer.assign([{ topic, partition: 0 }]);
  const [record] = await pollRecords(consumer, 1);
  expect(record!.value).toHaveLength(100_000);
});

/** What becomes of a client whose certificate is of an authority that the broker does not know. */
const refusedBy: Readonly<Record<string, (properties: ReturnType<typeof overTls>) => Promise<unknown>>> = {
  async admin(properties) {
    await using admin = new Admin({ ...properties, 'default.api.timeout.ms': 500 });
    return await admin.describeCluster();
  },
  async producer(properties) {
    await using producer = new Producer({ ...properties, 'max.block.ms': 500 });
    return await producer.send({ topic: 'not-for-strangers', value: 'x' });
  },
  async consumer(properties) {
    const limits = { 'group.id': 'strangers', 'default.api.timeout.ms': 500 };
    await using consumer = new Consumer({ ...properties, ...limits });
    return await consumer.endOffsets([{ topic: 'not-for-strangers', partition: 0 }]);
  },
};

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('with %s', (version) => {
  test.each(Object.keys(refusedBy))('the broker does not believe a stranger: %s', async (client) => {
    const properties = { ...overTls(cluster.tls.stranger), 'ssl.enabled.protocols': version };
    const refusal = await refusedBy[client]!(properties).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject(
      cluster.saysThatCertificatesAreRefused
        ? { code: 'ERR_CLIENT_TLS', retriable: false }
        : { code: 'ERR_CLIENT_TIMEOUT', retriable: true },
    );
  });
});

test('over TLS a client does not believe a strange broker', async () => {
  const { alice, stranger } = cluster.tls;
  const trusting = { 'ssl.truststore.certificates': stranger.chain, 'default.api.timeout.ms': 500 };
  await using careful = new Admin({ ...overTls(alice), ...trusting });
  await expect(careful.describeCluster()).rejects.toMatchObject({ code: 'ERR_CLIENT_TLS', retriable: false });
});
