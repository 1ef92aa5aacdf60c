import { memoryHost } from '@millrace/host';
import kafkajs, { type Admin, type Consumer, type Kafka as KafkaClient } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

const { AssignerProtocol, Kafka, logLevel } = kafkajs;

function clientOf(server: TestBroker): KafkaClient {
  return new Kafka({ clientId: 'interop', brokers: [server.bootstrapServers], logLevel: logLevel.NOTHING });
}

async function adminOf(server: TestBroker, topics: Readonly<Record<string, number>>): Promise<Admin> {
  const admin = clientOf(server).admin();
  await admin.connect();
  const specs = Object.entries(topics).map(([topic, numPartitions]) => ({ topic, numPartitions }));
  if (specs.length > 0) await admin.createTopics({ topics: specs });
  return admin;
}

/** Members of one group, and how many partitions of `shared` each was given last. */
class Members {
  readonly counts = new Map<string, number>();
  readonly #kafka: KafkaClient;
  readonly #consumers = new Map<string, Consumer>();
  #onChange: () => void = () => {};

  constructor(kafka: KafkaClient) {
    this.#kafka = kafka;
  }

  async start(name: string): Promise<void> {
    // It looks for a rebalance between two fetches only.
    const consumer = this.#kafka.consumer({ groupId: 'team', heartbeatInterval: 20, maxWaitTimeInMs: 20 });
    this.#consumers.set(name, consumer);
    consumer.on('consumer.group_join', ({ payload }) => {
      this.counts.set(name, payload.memberAssignment['shared']?.length ?? 0);
      this.#onChange();
    });
    await consumer.connect();
    await consumer.subscribe({ topics: ['shared'] });
    await consumer.run({ eachMessage: async () => {} });
  }

  async commit(name: string, partition: number, offset: string): Promise<void> {
    await this.#consumers.get(name)!.commitOffsets([{ topic: 'shared', partition, offset }]);
  }

  async stop(name: string): Promise<void> {
    await this.#consumers.get(name)!.disconnect();
    this.#consumers.delete(name);
    this.counts.delete(name);
  }

  async stopAll(): Promise<void> {
    for (const name of this.#consumers.keys()) await this.stop(name);
  }

  /** Resolves when the members have these numbers of partitions. */
  async until(counts: Readonly<Record<string, number>>): Promise<void> {
    const isSo = () =>
      this.counts.size === Object.keys(counts).length &&
      Object.entries(counts).every(([name, count]) => this.counts.get(name) === count);
    while (!isSo()) await new Promise<void>((resolve) => (this.#onChange = resolve));
  }
}

describe('groups of kafkajs', () => {
  it('share partitions anew whenever a member comes or goes', async () => {
    await using server = await TestBroker.start();
    const admin = await adminOf(server, { shared: 6 });
    const members = new Members(clientOf(server));
    await members.start('a');
    await members.until({ a: 6 });
    await members.start('b');
    await members.until({ a: 3, b: 3 });
    await members.start('c');
    await members.until({ a: 2, b: 2, c: 2 });
    await members.stop('a');
    await members.until({ b: 3, c: 3 });
    const { groups } = await admin.describeGroups(['team']);
    expect(groups).toMatchObject([
      { state: 'Stable', protocolType: 'consumer', protocol: 'RoundRobinAssigner' },
    ]);
    const assigned = groups[0]!.members.map(({ memberAssignment }) =>
      AssignerProtocol.MemberAssignment.decode(memberAssignment),
    );
    expect(
      assigned.flatMap((assignment) => assignment!.assignment['shared']!).toSorted((a, b) => a - b),
    ).toEqual([0, 1, 2, 3, 4, 5]);
    await members.stopAll();
    expect((await admin.describeGroups(['team'])).groups).toMatchObject([{ state: 'Empty' }]);
    await admin.disconnect();
  });

  it('can be listed, asked for their offsets and deleted', async () => {
    await using server = await TestBroker.start();
    const admin = await adminOf(server, { shared: 2 });
    const members = new Members(clientOf(server));
    await members.start('a');
    await members.until({ a: 2 });
    expect((await admin.listGroups()).groups).toEqual([{ groupId: 'team', protocolType: 'consumer' }]);
    await expect(admin.deleteGroups(['team'])).rejects.toMatchObject({
      groups: [{ groupId: 'team', error: { type: 'NON_EMPTY_GROUP' } }],
    });
    await members.commit('a', 1, '0');
    await members.stopAll();
    const [offsets] = await admin.fetchOffsets({ groupId: 'team', topics: ['shared'] });
    expect(offsets!.partitions.map(({ offset }) => offset)).toEqual(['-1', '0']);
    expect(await admin.deleteGroups(['team'])).toMatchObject([{ groupId: 'team', errorCode: 0 }]);
    expect((await admin.listGroups()).groups).toEqual([]);
    await admin.disconnect();
  });

  it('find their offsets and generations again after a restart of the broker', async () => {
    const host = memoryHost();
    {
      await using server = await TestBroker.start({}, host);
      const admin = await adminOf(server, { shared: 2 });
      const members = new Members(clientOf(server));
      await members.start('a');
      await members.until({ a: 2 });
      await members.commit('a', 0, '0');
      await members.stopAll();
      await admin.disconnect();
    }
    await using server = await TestBroker.start({}, host);
    const admin = await adminOf(server, {});
    expect((await admin.describeGroups(['team'])).groups).toMatchObject([
      { state: 'Empty', protocolType: 'consumer' },
    ]);
    const [offsets] = await admin.fetchOffsets({ groupId: 'team', topics: ['shared'] });
    expect(offsets!.partitions.map(({ offset }) => offset)).toEqual(['0', '-1']);
    const members = new Members(clientOf(server));
    await members.start('b');
    await members.until({ b: 2 });
    await members.stopAll();
    await admin.disconnect();
  });
});
