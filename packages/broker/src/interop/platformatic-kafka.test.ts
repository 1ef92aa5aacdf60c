import {
  Admin,
  Consumer,
  Producer,
  type ConsumerOptions,
  type Message,
  type MessageToProduce,
} from '@platformatic/kafka';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

type Bytes = Buffer | null | undefined;
type BytesToProduce = MessageToProduce<Bytes, Bytes>;
type Received = Message<Buffer, Buffer | null>;

const nowMs = 1767225600000n;

function base(server: TestBroker) {
  return { clientId: 'interop', bootstrapBrokers: [server.bootstrapServers], retries: 10, retryDelay: 20 };
}

type ProduceOptions = Omit<Parameters<Producer<Bytes, Bytes>['send']>[0], 'messages'>;

async function produce(
  server: TestBroker,
  messages: readonly BytesToProduce[],
  options: ProduceOptions = {},
) {
  const producer = new Producer<Bytes, Bytes>({ ...base(server), autocreateTopics: true });
  const result = await producer.send({ messages: [...messages], acks: -1, ...options });
  await producer.close();
  return result;
}

function consumerOf(
  server: TestBroker,
  groupId: string,
  options: Partial<ConsumerOptions<Buffer, Buffer, Buffer, Buffer>> = {},
) {
  return new Consumer({
    ...base(server),
    groupId,
    sessionTimeout: 6000,
    rebalanceTimeout: 6000,
    heartbeatInterval: 50,
    maxWaitTime: 50,
    ...(options as object),
  });
}

/** Reads until `count` messages have come, commits, and leaves the group. */
async function consume(
  server: TestBroker,
  groupId: string,
  topic: string,
  count: number,
): Promise<Received[]> {
  const consumer = consumerOf(server, groupId);
  const stream = await consumer.consume({
    topics: [topic],
    mode: 'committed',
    fallbackMode: 'earliest',
    autocommit: false,
  });
  const messages: Received[] = [];
  for await (const message of stream) {
    messages.push(message);
    if (messages.length === count) break;
  }
  await messages.at(-1)!.commit();
  await consumer.close(true);
  return messages;
}

describe('@platformatic/kafka', () => {
  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'reads back what it wrote with codec %s',
    async (compression) => {
      await using server = await TestBroker.start();
      const topic = `codec-${compression}`;
      const sent: BytesToProduce[] = [
        {
          topic,
          key: Buffer.from('key'),
          value: Buffer.from('value'),
          headers: new Map([[Buffer.from('one'), Buffer.from('1')]]),
          timestamp: nowMs,
        },
        { topic, key: Buffer.from('tombstone'), value: null, timestamp: nowMs + 1n },
        { topic, key: Buffer.alloc(0), value: Buffer.alloc(0), timestamp: nowMs + 2n },
        { topic, key: Buffer.from('long'), value: Buffer.alloc(5000, 'x'), timestamp: nowMs + 3n },
      ];
      await produce(server, sent, { compression });
      const received = await consume(server, 'readers', topic, sent.length);
      expect(
        received.map(({ key, value, timestamp }) => [String(key), value?.toString() ?? '', timestamp]),
      ).toEqual(sent.map(({ key, value, timestamp }) => [String(key), value?.toString() ?? '', timestamp]));
      expect([...received[0]!.headers].map(([key, value]) => [String(key), String(value)])).toEqual([
        ['one', '1'],
      ]);
    },
  );

  it('moves records of 1 MB and batches of 10,000 records', async () => {
    await using server = await TestBroker.start();
    const large = Buffer.alloc(1_000_000, 'a');
    await produce(server, [{ topic: 'large', value: large }]);
    const [message] = await consume(server, 'large', 'large', 1);
    expect(message!.value!.equals(large)).toBe(true);
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      topic: 'many',
      value: Buffer.from(`value ${index}`),
    }));
    await produce(server, many);
    const received = await consume(server, 'many', 'many', many.length);
    expect(received.map(({ offset }) => Number(offset))).toEqual(many.map((_, index) => index));
    expect(received.at(-1)!.value!.toString()).toBe('value 9999');
  });

  it('produces idempotently', async () => {
    await using server = await TestBroker.start();
    const producer = new Producer<Bytes, Bytes>({
      ...base(server),
      idempotent: true,
      autocreateTopics: true,
    });
    for (const text of ['a', 'b', 'c']) {
      await producer.send({ messages: [{ topic: 'once', value: Buffer.from(text) }] });
    }
    await producer.close();
    const received = await consume(server, 'once', 'once', 3);
    expect(received.map(({ value }) => String(value))).toEqual(['a', 'b', 'c']);
  });

  it('shares a topic between two members of a group, and goes on where the group has committed', async () => {
    await using server = await TestBroker.start();
    const admin = new Admin(base(server));
    await admin.createTopics({ topics: ['shared'], partitions: 4, replicas: 1 });
    const members = [consumerOf(server, 'pair'), consumerOf(server, 'pair')];
    const bothAssigned = Promise.withResolvers<void>();
    const check = () => {
      const counts = members.map(({ assignments }) => assignments?.[0]?.partitions.length ?? 0);
      if (counts.every((count) => count === 2)) bothAssigned.resolve();
    };
    for (const member of members) member.on('consumer:group:join', check);
    const streams = await Promise.all(
      members.map((member) =>
        member.consume({
          topics: ['shared'],
          mode: 'committed',
          fallbackMode: 'earliest',
          autocommit: false,
        }),
      ),
    );
    check();
    await bothAssigned.promise;
    const received: Received[][] = [[], []];
    const all = Promise.withResolvers<void>();
    for (const [index, stream] of streams.entries()) {
      stream.on('data', (message: Received) => {
        received[index]!.push(message);
        if (received.flat().length === 40) all.resolve();
      });
    }
    const first = Array.from({ length: 40 }, (_, index) => ({
      topic: 'shared',
      partition: index % 4,
      value: Buffer.from(`first ${index}`),
    }));
    await produce(server, first);
    await all.promise;
    // The last message of each partition stands for those before it.
    const last = new Map(received.flat().map((message) => [message.partition, message]));
    for (const message of last.values()) await message.commit();
    await Promise.all(members.map((member) => member.close(true)));
    const texts = received.flat().map(({ value }) => String(value));
    expect(new Set(texts)).toEqual(new Set(first.map(({ value }) => String(value))));
    expect(received.map(({ length }) => length)).toEqual([20, 20]);

    await produce(server, [{ topic: 'shared', partition: 1, value: Buffer.from('second') }]);
    const rest = await consume(server, 'pair', 'shared', 1);
    expect(rest.map(({ value }) => String(value))).toEqual(['second']);
    await admin.close();
  });

  it('administers topics', async () => {
    await using server = await TestBroker.start();
    const admin = new Admin(base(server));
    await admin.createTopics({ topics: ['managed'], partitions: 2, replicas: 1 });
    await admin
      .createPartitions({ topics: [{ name: 'managed', count: 3, assignments: [] }] })
      .catch(() => {});
    expect(await admin.listTopics()).toContain('managed');
    await admin.incrementalAlterConfigs({
      resources: [
        {
          resourceType: 2,
          resourceName: 'managed',
          configs: [{ name: 'retention.ms', configOperation: 0, value: '1234' }],
        },
      ],
    });
    const [described] = await admin.describeConfigs({
      resources: [{ resourceType: 2, resourceName: 'managed' }],
    });
    expect(described!.configs.find(({ name }) => name === 'retention.ms')!.value).toBe('1234');
    await admin.deleteTopics({ topics: ['managed'] });
    expect(await admin.listTopics()).not.toContain('managed');
    await admin.close();
  });
});
