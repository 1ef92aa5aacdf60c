import { Consumer } from '@millrace/client';
import kafkajs, { type Kafka as KafkaClient, type Producer } from 'kafkajs';
import { expect, test } from 'vitest';
import { coordinatorOf } from './coordinator-of.ts';
import { startCluster } from './start-cluster.ts';
import type { TestCluster } from './test-cluster.ts';

const { Kafka, logLevel } = kafkajs;

const PARTITIONS = 3;
const RECORDS = 20;

/** Every record of `in` from the group's offset on, copied to `out` with its offset, in transactions. */
async function copy(cluster: TestCluster, during: (copied: number) => Promise<void>): Promise<void> {
  const kafka = new Kafka({
    brokers: cluster.bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 40, maxRetryTime: 500 },
  });
  const consumer = kafka.consumer({
    groupId: 'copiers',
    sessionTimeout: 6000,
    heartbeatInterval: 500,
    maxWaitTimeInMs: 100,
  });
  let producer = await newProducer(kafka);
  let copied = 0;
  const done = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topic: 'in', fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      const disturbance = during(copied);
      try {
        const transaction = await producer.transaction();
        try {
          const value = message.value!;
          for (let target = 0; target < PARTITIONS; target++)
            await transaction.send({ topic: 'out', messages: [{ value, partition: target }] });
          const offset = String(BigInt(message.offset) + 1n);
          const topics = [{ topic, partitions: [{ partition, offset }] }];
          await transaction.sendOffsets({ consumerGroupId: 'copiers', topics });
          await transaction.commit();
        } catch (error) {
          await transaction.abort().catch(() => undefined);
          throw error;
        }
      } catch (error) {
        // What kafkajs knows of its transaction is of no use after that; the next producer fences it.
        await producer.disconnect();
        producer = await newProducer(kafka);
        throw error;
      } finally {
        await disturbance;
      }
      copied++;
      if (copied >= RECORDS) done.resolve();
    },
  });
  await done.promise;
  await consumer.disconnect();
  await producer.disconnect();
}

async function newProducer(kafka: KafkaClient): Promise<Producer> {
  const producer = kafka.producer({
    transactionalId: 'copier',
    idempotent: true,
    maxInFlightRequests: 1,
    transactionTimeout: 10_000,
  });
  await producer.connect();
  return producer;
}

test(
  'kafkajs copies every record exactly once while coordinators die and come back',
  { timeout: 180_000 },
  async () => {
    await using cluster = await startCluster(3);
    await cluster.createTopic('in', { partitions: 1 });
    await cluster.createTopic('out', { partitions: PARTITIONS });
    const kafka = new Kafka({ brokers: cluster.bootstrapServers.split(','), logLevel: logLevel.NOTHING });
    const writer = kafka.producer({ idempotent: true });
    await writer.connect();
    const values = Array.from({ length: RECORDS }, (_, number) => String(number));
    await writer.send({ topic: 'in', acks: -1, messages: values.map((value) => ({ value })) });
    await writer.disconnect();
    let killed: Awaited<ReturnType<typeof coordinatorOf>> | undefined;
    await copy(cluster, async (copied) => {
      if (copied === 4) {
        killed = await coordinatorOf(cluster, '__transaction_state', 'copier');
        await killed.kill();
      }
      if (copied === 9) await killed!.start();
      if (copied === 12) {
        killed = await coordinatorOf(cluster, '__consumer_offsets', 'copiers');
        await killed.kill();
      }
      if (copied === 17) await killed!.start();
    });
    const expected = values.toSorted();
    for (let partition = 0; partition < PARTITIONS; partition++)
      expect((await readCommitted(cluster, partition)).toSorted()).toEqual(expected);
  },
);

async function readCommitted(cluster: TestCluster, partition: number): Promise<string[]> {
  await using consumer = new Consumer({
    'bootstrap.servers': cluster.bootstrapServers,
    'isolation.level': 'read_committed',
  });
  const partitions = [{ topic: 'out', partition }];
  const [end] = await consumer.endOffsets(partitions);
  consumer.assign(partitions);
  consumer.seekToBeginning();
  const values: string[] = [];
  while ((await consumer.position(partitions[0]!)) < end!)
    for (const { value } of await consumer.poll({ timeoutMs: 1000 })) values.push(value!.toString());
  return values;
}
