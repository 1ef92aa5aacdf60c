import { Admin, Consumer, Producer } from '../src/index.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('over TLS neither side believes a stranger', async () => {
  const { alice, stranger } = cluster.tls;
  const limit = { 'default.api.timeout.ms': 1500 };
  await using mallory = new Admin({ ...overTls(stranger), ...limit });
  await expect(mallory.describeCluster()).rejects.toThrow();
  await using careful = new Admin({
    ...overTls(alice),
    ...limit,
    'ssl.truststore.certificates': stranger.chain,
  });
  await expect(careful.describeCluster()).rejects.toMatchObject({ code: 'ERR_CLIENT_TLS', retriable: false });
});
