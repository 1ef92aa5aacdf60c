import kafkajs, { type Kafka } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { roundRobinAssignor as roundRobin } from './assignors/round-robin-assignor.ts';
import type { Consumer } from './consumer.ts';
import { pollRecords, TestCluster } from './testing/test-cluster.ts';

const PARTITIONS = 4;

/** A member that kafkajs runs; collects what it is given. */
async function kafkajsMember(kafka: Kafka, assigners: kafkajs.PartitionAssigner[]) {
  const seen: string[] = [];
  const owned: { partitions: number[] } = { partitions: [] };
  const consumer = kafka.consumer({
    groupId: 'g',
    sessionTimeout: 10_000,
    heartbeatInterval: 100,
    partitionAssigners: assigners,
    maxWaitTimeInMs: 50,
  });
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    owned.partitions = payload.memberAssignment['t'] ?? [];
  });
  await consumer.connect();
  await consumer.subscribe({ topic: 't', fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      seen.push(`${partition}:${message.value?.toString()}`);
    },
  });
  return { consumer, seen, owned };
}

describe('a group shared with a kafkajs member', () => {
  it('divides the partitions between both, whoever leads', async () => {
    await using cluster = await TestCluster.start();
    await cluster.createTopic('t', PARTITIONS);
    const kafka = new kafkajs.Kafka({
      brokers: [cluster.bootstrapServers],
      logLevel: kafkajs.logLevel.NOTHING,
    });
    const properties = {
      'group.id': 'g',
      'partition.assignment.strategy': ['RoundRobinAssigner'],
      'heartbeat.interval.ms': 100,
      'fetch.max.wait.ms': 50,
    };
    // kafkajs names its assigner in its own way, and deals the partitions out as `roundrobin` does for one topic.
    const assigner = { ...roundRobin, name: 'RoundRobinAssigner' };
    const ours: Consumer = cluster.consumer(properties, { assignors: [assigner] });
    ours.subscribe('t');
    await pollUntil(ours, () => ours.assignment().length === PARTITIONS);
    const theirs = await whilePolling(ours, kafkajsMember(kafka, [kafkajs.PartitionAssigners.roundRobin]));
    try {
      await pollUntil(ours, () => ours.assignment().length === 2 && theirs.owned.partitions.length === 2);
      const both = [...ours.assignment().map(({ partition }) => partition), ...theirs.owned.partitions];
      expect(both).toHaveLength(PARTITIONS);
      expect(new Set(both)).toEqual(new Set([0, 1, 2, 3]));

      for (let partition = 0; partition < PARTITIONS; partition++) await cluster.fill('t', partition, 10);
      const records = await pollRecords(ours, 20);
      await pollUntil(ours, () => theirs.seen.length === 20);
      const seen = [
        ...records.map(({ partition, value }) => `${partition}:${value?.toString()}`),
        ...theirs.seen,
      ];
      expect(new Set(seen).size).toBe(40);

      // Ours has led so far; when it leaves, theirs leads and goes on where ours has committed.
      await ours.close();
      const next = cluster.consumer(properties, { assignors: [assigner] });
      next.subscribe('t');
      await pollUntil(next, () => next.assignment().length === 2);
      for (let partition = 0; partition < PARTITIONS; partition++) await cluster.fill('t', partition, 1, 10);
      expect((await pollRecords(next, 2)).map(({ offset }) => offset)).toEqual([10, 10]);
    } finally {
      await theirs.consumer.disconnect();
    }
  });
});

async function pollUntil(consumer: Consumer, isDone: () => boolean): Promise<void> {
  while (!isDone()) await consumer.poll({ timeoutMs: 50 });
}

/** A rebalance ends when all members have joined: ours do so inside polls. */
async function whilePolling<T>(consumer: Consumer, result: Promise<T>): Promise<T> {
  let isDone = false;
  const done = result.finally(() => {
    isDone = true;
  });
  await pollUntil(consumer, () => isDone);
  return done;
}
