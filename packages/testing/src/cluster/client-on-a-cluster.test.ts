import { Admin, Consumer, Producer, type ClientObserver, type ConsumerProperties } from '@millrace/client';
import { expect, test } from 'vitest';
import { startCluster } from './start-cluster.ts';
import type { TestCluster } from './test-cluster.ts';

const TIMEOUT_MS = 60_000;
const PARTITIONS = 3;

function settings({ bootstrapServers }: TestCluster) {
  return { 'bootstrap.servers': bootstrapServers, 'retry.backoff.ms': 20, 'request.timeout.ms': 3000 };
}

/** A cluster whose nodes 1, 2 and 3 are in racks a, b and c. */
function startInRacks(): Promise<TestCluster> {
  return startCluster(3, {
    properties: {
      'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
    },
    propertiesOf: (nodeId) => ({ 'broker.rack': 'abc'[nodeId - 1]! }),
  });
}

function reader(
  cluster: TestCluster,
  properties: ConsumerProperties,
  observer: ClientObserver = {},
): Consumer {
  const all = { ...settings(cluster), 'auto.offset.reset': 'earliest', ...properties } as const;
  return new Consumer(all, { observer });
}

/** Numbered records, one after the other, while nodes come and go. */
async function produceWhile(cluster: TestCluster, disturb: () => Promise<void>): Promise<number> {
  await using producer = new Producer({ ...settings(cluster), 'linger.ms': 0 });
  const over = new AbortController();
  const disturbed = disturb().finally(() => over.abort());
  let count = 0;
  const sent: Promise<unknown>[] = [];
  while (!over.signal.aborted) {
    const outcome = producer.send({ topic: 'orders', partition: count % PARTITIONS, value: String(count) });
    count++;
    sent.push(outcome);
    if (sent.length % 10 === 0) await sent.at(-10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await disturbed;
  await Promise.all(sent);
  return count;
}

/** What is in the topic, by partition; polled until nothing is missing. */
async function consumeAll(consumer: Consumer, count: number): Promise<string[][]> {
  const found: string[][] = Array.from({ length: PARTITIONS }, () => []);
  for (let seen = 0; seen < count;) {
    const records = await consumer.poll({ timeoutMs: 10_000 });
    seen += records.length;
    for (const { partition, value } of records) found[partition]!.push(String(value));
  }
  return found;
}

function inTurn(count: number): string[][] {
  return Array.from({ length: PARTITIONS }, (_, partition) =>
    Array.from({ length: Math.ceil((count - partition) / PARTITIONS) }, (__, at) =>
      String(partition + at * PARTITIONS),
    ),
  );
}

test(
  'nodes are restarted one after the other: every record is written once and in order',
  async () => {
    await using cluster = await startCluster(3);
    await cluster.createTopic('orders', { partitions: PARTITIONS });
    await using consumer = reader(cluster, { 'group.id': 'billing' });
    consumer.subscribe('orders');
    await consumer.poll({ timeoutMs: 100 });
    const count = await produceWhile(cluster, async () => {
      for (const node of cluster.nodes) await node.restart();
    });
    expect(await consumeAll(consumer, count)).toEqual(inTurn(count));
  },
  TIMEOUT_MS,
);

test(
  'all nodes are gone at once, and come back: clients go on where they were',
  async () => {
    await using cluster = await startCluster(3, { storage: 'temporary' });
    await cluster.createTopic('orders', { partitions: PARTITIONS });
    await using consumer = reader(cluster, { 'group.id': 'billing' });
    consumer.subscribe('orders');
    await consumer.poll({ timeoutMs: 100 });
    const count = await produceWhile(cluster, async () => {
      await Promise.all(cluster.nodes.map((node) => node.stop()));
      await Promise.all(cluster.nodes.map((node) => node.start()));
    });
    expect(await consumeAll(consumer, count)).toEqual(inTurn(count));
  },
  TIMEOUT_MS,
);

test(
  'a consumer reads from the follower in its rack, and from the leader when that is gone (KIP-392)',
  async () => {
    await using cluster = await startInRacks();
    await cluster.createTopic('orders');
    await using producer = new Producer(settings(cluster));
    await producer.send({ topic: 'orders', value: '0' });
    const leader = (await cluster.leaderOf('orders'))!;
    const near = cluster.nodes.find(({ id }) => id !== leader.id)!;
    const readFrom: number[] = [];
    const observer: ClientObserver = {
      onRequestAnswered: ({ api, nodeId }) => {
        if (api.startsWith('Fetch')) readFrom.push(nodeId);
      },
    };
    const properties = { 'client.rack': 'abc'[near.id - 1]!, 'fetch.max.wait.ms': 50 };
    await using consumer = reader(cluster, properties, observer);
    consumer.assign([{ topic: 'orders', partition: 0 }]);
    expect(await consumer.poll({ timeoutMs: 10_000 })).toHaveLength(1);
    while (readFrom.at(-1) !== near.id) await consumer.poll({ timeoutMs: 100 });
    await near.kill();
    await producer.send({ topic: 'orders', value: '1' });
    const [record] = await consumer.poll({ timeoutMs: 20_000 });
    expect(String(record?.value)).toBe('1');
    expect(readFrom.at(-1)).not.toBe(near.id);
  },
  TIMEOUT_MS,
);

test(
  'members of a group are assigned partitions of their racks (KIP-881)',
  async () => {
    await using cluster = await startInRacks();
    await using admin = new Admin(settings(cluster));
    const assignments = [[3], [1], [2], [1], [2], [3]];
    await admin.createTopics([{ name: 'orders', assignments }]);
    const racks = ['c', 'a', 'b'];
    const consumers = racks.map((rack) =>
      reader(cluster, {
        'group.id': 'billing',
        'client.rack': rack,
        'partition.assignment.strategy': 'range',
      }),
    );
    await using stack = new AsyncDisposableStack();
    for (const consumer of consumers) {
      stack.use(consumer);
      consumer.subscribe('orders');
    }
    const assigned = () => consumers.map((consumer) => consumer.assignment().length);
    while (assigned().join() !== '2,2,2')
      await Promise.all(consumers.map((consumer) => consumer.poll({ timeoutMs: 50 })));
    const nodesOf = (consumer: Consumer) =>
      consumer.assignment().map(({ partition }) => assignments[partition]![0]);
    expect(consumers.map(nodesOf)).toEqual([
      [3, 3],
      [1, 1],
      [2, 2],
    ]);
  },
  TIMEOUT_MS,
);
