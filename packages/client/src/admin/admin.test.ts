import { describe, expect, it } from 'vitest';
import { Producer } from '../producer/producer.ts';
import { startBroker, type TestBroker } from '../testing/start-broker.ts';
import { Admin } from './admin.ts';
import { ItemsFailedError } from './items-failed-error.ts';

async function start() {
  const broker = await startBroker();
  const admin = new Admin({ 'bootstrap.servers': broker.bootstrapServers }, { host: broker.host });
  return {
    broker,
    admin,
    async [Symbol.asyncDispose]() {
      await admin.close();
      await broker[Symbol.asyncDispose]();
    },
  };
}

async function produce({ bootstrapServers, host }: TestBroker, topic: string, values: readonly string[]) {
  await using producer = new Producer({ 'bootstrap.servers': bootstrapServers }, { host });
  await producer.send(
    values.map((value, index) => ({ topic, partition: 0, value, timestampMs: 1000 + index })),
  );
}

describe('Admin', () => {
  it('creates topics that can be used at once, lists, describes and deletes them', async () => {
    await using test = await start();
    const created = await test.admin.createTopics([
      { name: 'orders', partitions: 3, configs: { 'retention.ms': 60_000 } },
      { name: 'events' },
    ]);
    expect(created.get('orders')).toMatchObject({ name: 'orders', partitions: 3, replicationFactor: 1 });
    expect((await test.admin.listTopics()).map(({ name }) => name)).toEqual(['events', 'orders']);
    const described = await test.admin.describeTopics(['orders']);
    expect(described.get('orders')!.topicId).toBe(created.get('orders')!.topicId);
    expect(described.get('orders')!.partitions.map(({ partition }) => partition)).toEqual([0, 1, 2]);
    await test.admin.deleteTopics(['orders']);
    expect((await test.admin.listTopics()).map(({ name }) => name)).toEqual(['events']);
  });

  it('rejects with results and errors by item when some fail', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders' }]);
    const error = await test.admin
      .createTopics([{ name: 'orders' }, { name: 'events' }])
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ItemsFailedError);
    const failed = error as ItemsFailedError<unknown>;
    expect(failed.code).toBe('TOPIC_ALREADY_EXISTS');
    expect([...failed.results.keys()]).toEqual(['events']);
    expect([...failed.errors.keys()]).toEqual(['orders']);
    expect(failed.message).toMatchInlineSnapshot(
      `"createTopics failed for "orders": Creating topic "orders" failed with TOPIC_ALREADY_EXISTS: Topic 'orders' already exists."`,
    );
  });

  it('waits for a topic that another broker may know already, unless told to believe the first answer', async () => {
    await using test = await start();
    const late = test.admin.describeTopics(['late']);
    await test.admin.createTopics([{ name: 'late' }]);
    expect((await late).get('late')).toMatchObject({ name: 'late' });
    // In a time that the wait would use up.
    await expect(
      test.admin.describeTopics(['never'], { timeoutMs: 1000, unknownTopicPatienceMs: 0 }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  });

  it('validates without creating', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders' }], { validateOnly: true });
    expect(await test.admin.listTopics()).toEqual([]);
  });

  it('adds partitions', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await test.admin.createPartitions([{ topic: 'orders', totalCount: 4 }]);
    const described = await test.admin.describeTopics(['orders']);
    expect(described.get('orders')!.partitions).toHaveLength(4);
  });

  it('describes and changes configuration', async () => {
    await using test = await start();
    const orders = { type: 'topic', name: 'orders' } as const;
    await test.admin.createTopics([{ name: 'orders' }]);
    await test.admin.incrementalAlterConfigs([
      { ...orders, operations: [{ name: 'retention.ms', operation: 'set', value: 1234 }] },
    ]);
    const names = ['retention.ms', 'segment.bytes'];
    const changed = (await test.admin.describeConfigs([{ ...orders, names }])).get('topic:orders')!;
    expect(changed.get('retention.ms')).toMatchObject({
      value: '1234',
      source: 'DYNAMIC_TOPIC_CONFIG',
      type: 'LONG',
    });
    expect(changed.get('segment.bytes')).toMatchObject({ isDefault: true });
    await test.admin.alterConfigs([{ ...orders, configs: { 'segment.bytes': 1_048_576 } }]);
    const replaced = (await test.admin.describeConfigs([{ ...orders, names }])).get('topic:orders')!;
    expect(replaced.get('retention.ms')!.isDefault).toBe(true);
    expect(replaced.get('segment.bytes')!.value).toBe('1048576');
  });

  it('refuses a configuration value that means nothing', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders' }]);
    const change = { name: 'retention.ms', operation: 'set', value: 'soon' } as const;
    await expect(
      test.admin.incrementalAlterConfigs([{ type: 'topic', name: 'orders', operations: [change] }]),
    ).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  });

  it('describes the cluster', async () => {
    await using test = await start();
    const cluster = await test.admin.describeCluster();
    expect(cluster.clusterId).toBe(test.broker.broker.clusterId);
    expect(cluster.brokers.map(({ id, port }) => ({ id, port }))).toEqual([
      { id: cluster.controllerId, port: test.broker.broker.address.port },
    ]);
  });

  it('lists offsets by end, time and youngest record', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await produce(test.broker, 'orders', ['a', 'b', 'c']);
    const at = async (spec: 'earliest' | 'latest' | 'max-timestamp' | { timestampMs: number }) => {
      const found = await test.admin.listOffsets([{ topic: 'orders', partition: 0, at: spec }]);
      return found.get('orders-0')!.offset;
    };
    expect(await at('earliest')).toBe(0);
    expect(await at('latest')).toBe(3);
    expect(await at('max-timestamp')).toBe(2);
    expect(await at({ timestampMs: 1001 })).toBe(1);
    expect(await at({ timestampMs: 9999 })).toBe(-1);
  });

  it('deletes records', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await produce(test.broker, 'orders', ['a', 'b', 'c']);
    const records = [{ topic: 'orders', partition: 0, beforeOffset: 2 }];
    expect((await test.admin.deleteRecords(records)).get('orders-0')).toBe(2);
    const start0 = await test.admin.listOffsets([{ topic: 'orders', partition: 0, at: 'earliest' }]);
    expect(start0.get('orders-0')!.offset).toBe(2);
  });

  it('tells where a leader epoch ends', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await produce(test.broker, 'orders', ['a', 'b']);
    const ends = await test.admin.offsetsForLeaderEpochs([{ topic: 'orders', partition: 0, leaderEpoch: 0 }]);
    expect(ends.get('orders-0')).toEqual({ leaderEpoch: 0, endOffset: 2 });
  });

  it('names the partition that does not exist', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 1 }]);
    await expect(
      test.admin.listOffsets([{ topic: 'orders', partition: 7, at: 'latest' }], { timeoutMs: 300 }),
    ).rejects.toThrow(/orders-7/);
  });

  it('sets, lists and forgets the offsets of a group without members, then deletes the group', async () => {
    await using test = await start();
    await test.admin.createTopics([{ name: 'orders', partitions: 2 }]);
    await test.admin.alterConsumerGroupOffsets('billing', [
      { topic: 'orders', partition: 0, offset: 5, metadata: 'by hand' },
      { topic: 'orders', partition: 1, offset: 6 },
    ]);
    const offsets = await test.admin.listConsumerGroupOffsets('billing');
    expect(offsets.map(({ partition, offset, metadata }) => ({ partition, offset, metadata }))).toEqual([
      { partition: 0, offset: 5, metadata: 'by hand' },
      { partition: 1, offset: 6, metadata: '' },
    ]);
    expect((await test.admin.listGroups()).map(({ groupId }) => groupId)).toEqual(['billing']);
    const group = (await test.admin.describeGroups(['billing'])).get('billing')!;
    expect(group).toMatchObject({ state: 'Empty', members: [] });
    await test.admin.deleteConsumerGroupOffsets('billing', [{ topic: 'orders', partition: 0 }]);
    const rest = await test.admin.listConsumerGroupOffsets('billing', {
      partitions: [
        { topic: 'orders', partition: 0 },
        { topic: 'orders', partition: 1 },
      ],
    });
    expect(rest.map(({ partition }) => partition)).toEqual([1]);
    await test.admin.deleteGroups(['billing']);
    expect(await test.admin.listGroups()).toEqual([]);
  });

  it('says that a group does not exist', async () => {
    await using test = await start();
    await expect(test.admin.describeGroups(['nobody'])).rejects.toMatchObject({ code: 'GROUP_ID_NOT_FOUND' });
    await expect(test.admin.deleteGroups(['nobody'])).rejects.toMatchObject({ code: 'GROUP_ID_NOT_FOUND' });
  });

  it('gives up at its deadline, naming the limit and the last failure', async () => {
    await using test = await start();
    const port = test.broker.broker.address.port;
    await test.broker.broker.close();
    await using admin = new Admin(
      { 'bootstrap.servers': `127.0.0.1:${port}`, 'default.api.timeout.ms': 150 },
      { host: test.broker.host },
    );
    await expect(admin.describeTopics(['orders'])).rejects.toThrow(
      /describeTopics .*150 ms \(default\.api\.timeout\.ms\)/,
    );
    await expect(admin.listTopics({ timeoutMs: 100 })).rejects.toThrow(/listTopics .*100 ms \(timeoutMs\)/);
  });

  it('rejects calls under way when closed', async () => {
    await using test = await start();
    const port = test.broker.broker.address.port;
    await test.broker.broker.close();
    const admin = new Admin({ 'bootstrap.servers': `127.0.0.1:${port}` }, { host: test.broker.host });
    const pending = expect(admin.describeTopics(['orders'])).rejects.toMatchObject({
      code: 'ERR_CLIENT_CLOSED',
    });
    await admin.close();
    await pending;
  });
});
