import { expect, test } from 'vitest';
import { startBroker } from '../testing/start-broker.ts';
import { Kafka, KafkaJSConnectionError, logLevel } from './index.ts';
import type { KafkaConfig } from './index.ts';
import { retryBudgetMs } from './kafka-config.ts';

const quiet = {
  brokers: ['127.0.0.1:1'],
  logLevel: logLevel.NOTHING,
  retry: { retries: 0 },
  connectionTimeout: 100,
} as const;

test.each<[string, Partial<KafkaConfig>, string]>([
  ['no broker', { brokers: [] }, 'expected brokers array and got empty array'],
  [
    'an option of TLS without a counterpart',
    { ssl: { servername: 'x' } as object },
    'ssl.servername is not supported by the compatibility layer of @millrace/client: pass certificates',
  ],
  [
    'no check of certificates',
    { ssl: { rejectUnauthorized: false } },
    'pass the certificate of the authority in ssl.ca',
  ],
  ['no time-outs', { enforceRequestTimeout: false }, 'raise requestTimeout'],
  [
    'IAM of AWS',
    { sasl: { mechanism: 'aws' } as never },
    'use oauthbearer with a token of the AWS MSK IAM signer',
  ],
  ['other mechanisms', { sasl: { mechanism: 'gssapi' } as never }, 'there are plain, scram-sha-256'],
])('%s is refused, with what to do', async (_what, config, message) => {
  const kafka = new Kafka({ ...quiet, brokers: ['127.0.0.1:1'], ...config });
  await expect(kafka.admin().connect()).rejects.toThrow(message);
});

test('a broker that is not there is a connection error of kafkajs', async () => {
  const kafka = new Kafka({ ...quiet, brokers: ['127.0.0.1:1'] });
  const failure = await kafka
    .producer()
    .connect()
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(KafkaJSConnectionError);
  expect(failure).toMatchObject({ name: 'KafkaJSConnectionError', broker: '127.0.0.1:1', retriable: true });
});

test('the time for retries is what the pauses of kafkajs add up to', () => {
  expect(retryBudgetMs({})).toBe(300 + 600 + 1200 + 2400 + 4800);
  expect(retryBudgetMs({ retries: 2, initialRetryTime: 100, multiplier: 3 })).toBe(400);
  expect(retryBudgetMs({ retries: Number.MAX_SAFE_INTEGER })).toBe(600_000);
});

test('a socket factory of the user opens the connections', async () => {
  await using broker = await startBroker();
  const { connect } = await import('node:net');
  const opened: string[] = [];
  const kafka = new Kafka({
    ...quiet,
    brokers: [broker.bootstrapServers],
    socketFactory: ({ host, port, onConnect }) => {
      opened.push(`${host}:${port}`);
      return connect({ host, port }, onConnect);
    },
  });
  const admin = kafka.admin();
  await admin.connect();
  // Maybe a second one, to the node behind the address that was configured.
  expect(new Set(opened)).toEqual(new Set([broker.bootstrapServers]));
  await admin.disconnect();
});

test('offsets of a group can be set and reset, but not under its feet', async () => {
  await using broker = await startBroker({ 'group.initial.rebalance.delay.ms': '0' });
  const kafka = new Kafka({
    ...quiet,
    brokers: [broker.bootstrapServers],
    retry: {},
    connectionTimeout: 1000,
  });
  const admin = kafka.admin();
  await admin.createTopics({ topics: [{ topic: 'set' }] });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: 'set', messages: [{ value: '0' }, { value: '1' }] });
  const offsetOf = async () => {
    const [offsets] = await admin.fetchOffsets({ groupId: 'g', topics: ['set'] });
    return offsets?.partitions[0]?.offset;
  };
  expect(await offsetOf()).toBe('-1');
  await admin.setOffsets({ groupId: 'g', topic: 'set', partitions: [{ partition: 0, offset: '1' }] });
  expect(await offsetOf()).toBe('1');
  await admin.resetOffsets({ groupId: 'g', topic: 'set', earliest: true });
  expect(await offsetOf()).toBe('0');
  await admin.resetOffsets({ groupId: 'g', topic: 'set', earliest: false });
  expect(await offsetOf()).toBe('2');
  const consumer = kafka.consumer({ groupId: 'g' });
  await consumer.connect();
  await consumer.subscribe({ topics: ['set'] });
  await consumer.run({ eachMessage: async () => {} });
  await expect(admin.resetOffsets({ groupId: 'g', topic: 'set', earliest: true })).rejects.toThrow(
    'The consumer group must have no running instances, current state: Stable',
  );
  await consumer.disconnect();
  expect(await admin.deleteGroups(['g'])).toEqual([{ groupId: 'g', errorCode: 0 }]);
  await expect(admin.deleteGroups(['nobody'])).rejects.toMatchObject({
    name: 'KafkaJSDeleteGroupsError',
    groups: [{ groupId: 'nobody', error: { type: 'GROUP_ID_NOT_FOUND' } }],
  });
  await producer.disconnect();
  await admin.disconnect();
});
