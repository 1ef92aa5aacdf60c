import { expect, test } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { startBroker } from '../testing/start-broker.ts';
import { Producer } from './producer.ts';
import { RoundRobinPartitioner } from './round-robin-partitioner.ts';

function choices(missing: readonly number[], count: number): number[] {
  const partitioner = new RoundRobinPartitioner();
  const load = { isAvailable: (partition: number) => !missing.includes(partition) };
  const record = { topic: 'orders', key: 'the same', value: 'v' };
  return Array.from({ length: count }, () => partitioner.partition(record, 3, load));
}

test('records go to one partition after the other, whatever their key', () => {
  expect(choices([], 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test('partitions without a leader are left out, unless there are no others', () => {
  expect(choices([1], 5)).toEqual([0, 2, 0, 2, 0]);
  expect(choices([0, 1, 2], 4)).toEqual([0, 1, 2, 0]);
});

test('each topic has a turn of its own', () => {
  const partitioner = new RoundRobinPartitioner();
  const load = { isAvailable: () => true };
  const next = (topic: string) => partitioner.partition({ topic, value: 'v' }, 2, load);
  expect([next('a'), next('b'), next('a'), next('b')]).toEqual([0, 0, 1, 1]);
});

test('a partitioner is asked once for each record, also for those that wait for memory', async () => {
  await using broker = await startBroker();
  const servers = { 'bootstrap.servers': broker.bootstrapServers };
  await using admin = new Admin(servers);
  await admin.createTopics([{ name: 't', partitions: 2 }]);
  const limits = { 'batch.size': 16_384, 'buffer.memory': 40_000 };
  let calls = 0;
  const partitioner = { partition: (_record: unknown, count: number) => calls++ % count };
  await using producer = new Producer({ ...servers, ...limits }, { partitioner });
  const value = Buffer.alloc(12_000);
  const sent = await Promise.all(
    Array.from({ length: 20 }, async () => await producer.send({ topic: 't', value })),
  );
  expect(calls).toBe(20);
  expect(sent.filter(({ partition }) => partition === 0)).toHaveLength(10);
});
