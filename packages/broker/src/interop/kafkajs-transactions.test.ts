import kafkajs, { type Kafka as KafkaClient } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

const { Kafka, logLevel } = kafkajs;

function clientOf(server: TestBroker): KafkaClient {
  return new Kafka({ clientId: 'interop', brokers: [server.bootstrapServers], logLevel: logLevel.NOTHING });
}

async function transactional(kafka: KafkaClient) {
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    transactionalId: 'payments',
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await producer.connect();
  return producer;
}

/** What kafkajs hands to a consumer: it reads committed transactions only, unless told otherwise. */
async function read(kafka: KafkaClient, topic: string, count: number): Promise<string[]> {
  const consumer = kafka.consumer({ groupId: `readers-${topic}`, sessionTimeout: 6000 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const values: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: kafkajs.EachMessagePayload) => {
      values.push(String(message.value));
      if (values.length === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values;
}

describe('kafkajs', () => {
  it('commits and aborts transactions', { timeout: 20_000 }, async () => {
    await using server = await TestBroker.start({ 'num.partitions': 1 });
    const kafka = clientOf(server);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'orders' }] });
    const producer = await transactional(kafka);
    for (const value of ['one', 'dropped', 'two']) {
      const transaction = await producer.transaction();
      await transaction.send({ topic: 'orders', messages: [{ value }] });
      if (value === 'dropped') await transaction.abort();
      else await transaction.commit();
    }
    expect(await read(kafka, 'orders', 2)).toEqual(['one', 'two']);
    await producer.disconnect();
    await admin.disconnect();
  });

  it('commits offsets in a transaction', { timeout: 20_000 }, async () => {
    await using server = await TestBroker.start();
    const kafka = clientOf(server);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'orders' }] });
    const producer = await transactional(kafka);
    for (const [offset, commits] of [
      ['3', true],
      ['7', false],
    ] as const) {
      const transaction = await producer.transaction();
      const topics = [{ topic: 'orders', partitions: [{ partition: 0, offset }] }];
      await transaction.sendOffsets({ consumerGroupId: 'copiers', topics });
      if (commits) await transaction.commit();
      else await transaction.abort();
    }
    await expect
      .poll(async () => {
        const [found] = await admin.fetchOffsets({ groupId: 'copiers', topics: ['orders'] });
        return found?.partitions[0]?.offset;
      })
      .toBe('3');
    await producer.disconnect();
    await admin.disconnect();
  });
});
