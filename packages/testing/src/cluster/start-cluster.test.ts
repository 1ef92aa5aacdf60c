import { Consumer, Producer, type ConsumerRecord } from '@millrace/client';
import { expect, test } from 'vitest';
import { startCluster } from './start-cluster.ts';
import type { TestCluster } from './test-cluster.ts';

const TIMEOUT_MS = 60_000;

function producerFor(cluster: TestCluster): Producer {
  return new Producer({
    'bootstrap.servers': cluster.bootstrapServers,
    'linger.ms': 0,
    'retry.backoff.ms': 20,
    'request.timeout.ms': 3000,
  });
}

async function readAll(cluster: TestCluster, topic: string, count: number): Promise<ConsumerRecord[]> {
  await using consumer = new Consumer({
    'bootstrap.servers': cluster.bootstrapServers,
    'auto.offset.reset': 'earliest',
  });
  consumer.assign([{ topic, partition: 0 }]);
  const records: ConsumerRecord[] = [];
  while (records.length < count) records.push(...(await consumer.poll()));
  return records;
}

test(
  'what was acknowledged outlives the leader, and the leader comes back',
  async () => {
    await using cluster = await startCluster(3);
    await cluster.createTopic('orders');
    await using producer = producerFor(cluster);
    await producer.send({ topic: 'orders', value: '0' });
    const leader = (await cluster.leaderOf('orders'))!;
    await leader.kill();
    expect(leader.isRunning).toBe(false);
    expect((await producer.send({ topic: 'orders', value: '1' })).offset).toBe(1);
    expect((await cluster.leaderOf('orders'))!.id).not.toBe(leader.id);
    await leader.start();
    expect((await producer.send({ topic: 'orders', value: '2' })).offset).toBe(2);
    const values = (await readAll(cluster, 'orders', 3)).map(({ value }) => String(value));
    expect(values).toEqual(['0', '1', '2']);
  },
  TIMEOUT_MS,
);

test(
  'a leader that is cut off is replaced, and learns of it when it is healed',
  async () => {
    await using cluster = await startCluster(3, { storage: 'temporary' });
    await cluster.createTopic('orders');
    await using producer = producerFor(cluster);
    await producer.send({ topic: 'orders', value: '0' });
    const leader = (await cluster.leaderOf('orders'))!;
    leader.partition();
    await producer.send({ topic: 'orders', value: '1' });
    leader.heal();
    await producer.send({ topic: 'orders', value: '2' });
    const values = (await readAll(cluster, 'orders', 3)).map(({ value }) => String(value));
    expect(values).toEqual(['0', '1', '2']);
  },
  TIMEOUT_MS,
);

test(
  'a node alone is killed and started again on its data and port',
  async () => {
    await using cluster = await startCluster(1);
    await cluster.createTopic('orders');
    await using producer = producerFor(cluster);
    await producer.send({ topic: 'orders', value: 'before' });
    const node = cluster.node(1);
    await node.kill();
    const sending = producer.send({ topic: 'orders', value: 'after' });
    await node.start();
    expect((await sending).offset).toBe(1);
    expect(() => cluster.node(2)).toThrow('There is no node 2; ids are 1 to 1');
  },
  TIMEOUT_MS,
);
