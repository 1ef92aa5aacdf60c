import { afterAll, beforeAll, expect, test } from 'vitest';
import { pollRecords, TestedCluster } from './cluster.ts';

let cluster: TestedCluster;
beforeAll(async () => void (cluster = await TestedCluster.start()));
afterAll(() => cluster[Symbol.asyncDispose]());

const WITHIN = { timeout: 10_000, interval: 20 };

test('topics are created, described, extended, configured and deleted', async () => {
  const { admin } = cluster;
  const name = await cluster.createTopic(2, { 'retention.ms': '60000' });
  expect((await admin.listTopics()).map((topic) => topic.name)).toContain(name);
  await admin.createPartitions([{ topic: name, totalCount: 3 }]);
  // Brokers of a cluster learn of changes a moment later; there is no signal to wait for.
  const partitions = async () => (await admin.describeTopics([name])).get(name)!.partitions.length;
  await expect.poll(partitions, WITHIN).toBe(3);
  const resource = { type: 'topic', name } as const;
  const read = async () => {
    const configs = [...(await admin.describeConfigs([resource])).values()][0]!;
    return configs.get('retention.ms')?.value;
  };
  expect(await read()).toBe('60000');
  await admin.incrementalAlterConfigs([
    { ...resource, operations: [{ name: 'retention.ms', operation: 'set', value: 70_000 }] },
  ]);
  await expect.poll(read, WITHIN).toBe('70000');
  await admin.deleteTopics([name]);
  const names = async () => (await admin.listTopics()).map((topic) => topic.name);
  await expect.poll(names, WITHIN).not.toContain(name);
});

test('items fail one by one, with the code of each', async () => {
  const exists = await cluster.createTopic();
  const fresh = cluster.name('fresh');
  const failure = cluster.admin.createTopics([
    { name: exists, partitions: 1 },
    { name: fresh, partitions: 1 },
    { name: 'not a name', partitions: 1 },
  ]);
  const error = await failure.then(
    () => undefined,
    (reason: { errors: Map<string, { code: string }>; results: Map<string, unknown> }) => reason,
  );
  expect(error?.errors.get(exists)?.code).toBe('TOPIC_ALREADY_EXISTS');
  expect(error?.errors.get('not a name')?.code).toBe('INVALID_TOPIC_EXCEPTION');
  expect([...error!.results.keys()]).toEqual([fresh]);
});

test('offsets are listed by end, time and youngest record, and records deleted', async () => {
  const topic = await cluster.createTopic();
  const partition = { topic, partition: 0 };
  await cluster.producer.send(
    [1000, 3000, 2000].map((timestampMs) => ({ ...partition, value: 'x', timestampMs })),
  );
  const offset = async (at: Parameters<typeof cluster.admin.listOffsets>[0][number]['at']) =>
    [...(await cluster.admin.listOffsets([{ ...partition, at }])).values()][0]!.offset;
  expect([await offset('earliest'), await offset('latest'), await offset('max-timestamp')]).toEqual([
    0, 3, 1,
  ]);
  expect(await offset({ timestampMs: 1500 })).toBe(1);
  await cluster.admin.deleteRecords([{ ...partition, beforeOffset: 2 }]);
  expect(await offset('earliest')).toBe(2);
});

test.each(['classic', 'consumer'] as const)(
  'groups are listed, described, changed and deleted: %s',
  async (protocol) => {
    const { admin } = cluster;
    const topic = await cluster.createTopic();
    const group = cluster.name('group');
    const partition = { topic, partition: 0 };
    await cluster.producer.send(['a', 'b'].map((value) => ({ ...partition, value })));
    const consumer = cluster.consumer({ 'group.id': group, 'group.protocol': protocol });
    consumer.subscribe(topic);
    await pollRecords(consumer, 2);
    await consumer.commit();
    expect((await admin.listGroups()).map(({ groupId }) => groupId)).toContain(group);
    const described = (await admin.describeConsumerGroups([group])).get(group)!;
    expect(described.members).toHaveLength(1);
    await expect(admin.deleteGroups([group])).rejects.toThrow('NON_EMPTY_GROUP');
    await consumer.close();
    await admin.alterConsumerGroupOffsets(group, [{ ...partition, offset: 1 }]);
    const offsets = await admin.listConsumerGroupOffsets(group);
    expect([...offsets.values()].map(({ offset }) => offset)).toEqual([1]);
    await admin.deleteGroups([group]);
    expect((await admin.listGroups()).map(({ groupId }) => groupId)).not.toContain(group);
  },
);

test('the cluster says who it is', async () => {
  const { clusterId, brokers } = await cluster.admin.describeCluster();
  expect(clusterId).toMatch(/^[\w-]{22}$/);
  expect(brokers.length).toBeGreaterThan(0);
});
