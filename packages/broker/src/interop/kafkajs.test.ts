import { compress, decompress, type CompressionType } from '@millrace/protocol';
import kafkajs, {
  type Consumer,
  type EachBatchPayload,
  type Kafka as KafkaClient,
  type KafkaMessage,
} from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

const { CompressionCodecs, CompressionTypes, ConfigResourceTypes, Kafka, logLevel } = kafkajs;

/** kafkajs brings gzip; for the others it wants a codec to be registered. */
function codecOf(name: CompressionType) {
  return () => ({
    compress: async ({ buffer }: { buffer: Buffer }) => compress(name, buffer),
    decompress: async (buffer: Buffer) => decompress(name, buffer, 1 << 26),
  });
}
CompressionCodecs[CompressionTypes.Snappy] = codecOf('snappy');
CompressionCodecs[CompressionTypes.LZ4] = codecOf('lz4');
CompressionCodecs[CompressionTypes.ZSTD] = codecOf('zstd');

const codecs: readonly [name: CompressionType, type: kafkajs.CompressionTypes][] = [
  ['none', CompressionTypes.None],
  ['gzip', CompressionTypes.GZIP],
  ['snappy', CompressionTypes.Snappy],
  ['lz4', CompressionTypes.LZ4],
  ['zstd', CompressionTypes.ZSTD],
];

const nowMs = 1767225600000;

function clientOf(server: TestBroker): KafkaClient {
  return new Kafka({ clientId: 'interop', brokers: [server.bootstrapServers], logLevel: logLevel.NOTHING });
}

async function produce(
  kafka: KafkaClient,
  topic: string,
  messages: readonly kafkajs.Message[],
  options: { readonly compression?: kafkajs.CompressionTypes; readonly idempotent?: boolean } = {},
) {
  const producer = kafka.producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    idempotent: options.idempotent ?? false,
  });
  await producer.connect();
  const result = await producer.send({
    topic,
    messages: [...messages],
    compression: options.compression ?? CompressionTypes.None,
  });
  await producer.disconnect();
  return result;
}

/** Reads until `count` messages have come; offsets of what was read are committed on disconnect. */
async function consume(consumer: Consumer, topic: string, count: number): Promise<KafkaMessage[]> {
  const messages: KafkaMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachBatch = async (payload: EachBatchPayload) => {
      messages.push(...payload.batch.messages);
      payload.resolveOffset(payload.batch.lastOffset());
      await payload.commitOffsetsIfNecessary();
      if (messages.length >= count) resolve();
    };
    consumer.run({ eachBatchAutoResolve: false, eachBatch }).catch(reject);
  });
  await consumer.disconnect();
  return messages;
}

describe('kafkajs', () => {
  it.each(codecs)('reads back what it wrote with codec %s', async (name, compression) => {
    await using server = await TestBroker.start();
    const kafka = clientOf(server);
    const sent = [
      { key: 'key', value: 'value', headers: { one: '1', two: '2' }, timestamp: String(nowMs) },
      { key: 'tombstone', value: null, timestamp: String(nowMs + 1) },
      { key: null, value: '', timestamp: String(nowMs + 2) },
      { key: '', value: 'x'.repeat(1000), timestamp: String(nowMs + 3) },
    ];
    await produce(kafka, `codec-${name}`, sent, { compression });
    const received = await consume(kafka.consumer({ groupId: 'readers' }), `codec-${name}`, sent.length);
    expect(
      received.map(({ key, value, timestamp }) => [
        key?.toString() ?? null,
        value?.toString() ?? null,
        timestamp,
      ]),
    ).toEqual(sent.map(({ key, value, timestamp }) => [key, value, timestamp]));
    expect(Object.entries(received[0]!.headers!).map(([key, value]) => [key, String(value)])).toEqual([
      ['one', '1'],
      ['two', '2'],
    ]);
  });

  it('moves records of 1 MB and batches of 10,000 records', async () => {
    await using server = await TestBroker.start();
    const kafka = clientOf(server);
    const large = Buffer.alloc(1_000_000, 'a');
    await produce(kafka, 'large', [{ value: large }]);
    const [message] = await consume(kafka.consumer({ groupId: 'large' }), 'large', 1);
    expect(message!.value!.equals(large)).toBe(true);
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      key: String(index),
      value: `value ${index}`,
    }));
    const [{ baseOffset } = {}] = await produce(kafka, 'many', many);
    expect(baseOffset).toBe('0');
    const received = await consume(kafka.consumer({ groupId: 'many' }), 'many', many.length);
    expect(received.map(({ offset }) => Number(offset))).toEqual(many.map((_, index) => index));
    expect(received.at(-1)!.value!.toString()).toBe('value 9999');
  });

  it('is told that a batch over the limit is too large', async () => {
    await using server = await TestBroker.start();
    const kafka = clientOf(server);
    await expect(produce(kafka, 'large', [{ value: Buffer.alloc(2_000_000) }])).rejects.toMatchObject({
      type: 'MESSAGE_TOO_LARGE',
    });
  });

  it('produces idempotently', async () => {
    await using server = await TestBroker.start();
    const kafka = clientOf(server);
    await produce(kafka, 'once', [{ value: 'a' }, { value: 'b' }], { idempotent: true });
    const messages = await consume(kafka.consumer({ groupId: 'once' }), 'once', 2);
    expect(messages.map(({ value }) => value!.toString())).toEqual(['a', 'b']);
  });

  it('shares a topic between two members of a group, and goes on where the group has committed', async () => {
    await using server = await TestBroker.start();
    const kafka = clientOf(server);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'shared', numPartitions: 4 }] });
    const seen: string[] = [];
    const byMember = new Map<string, number>();
    const wait = Promise.withResolvers<void>();
    const members = ['one', 'two'].map((name) => ({
      name,
      consumer: kafka.consumer({ groupId: 'pair', heartbeatInterval: 50 }),
    }));
    const joined = members.map(
      ({ consumer }) =>
        new Promise<void>((resolve) => {
          consumer.on('consumer.group_join', ({ payload }) => {
            if ((payload.memberAssignment['shared'] ?? []).length === 2) resolve();
          });
        }),
    );
    for (const { name, consumer } of members) {
      await consumer.connect();
      await consumer.subscribe({ topics: ['shared'], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          seen.push(message.value!.toString());
          byMember.set(name, (byMember.get(name) ?? 0) + 1);
          if (seen.length === 40) wait.resolve();
        },
      });
    }
    await Promise.all(joined);
    const firstHalf = Array.from({ length: 40 }, (_, index) => ({
      partition: index % 4,
      value: `first ${index}`,
    }));
    await produce(kafka, 'shared', firstHalf);
    await wait.promise;
    await Promise.all(members.map(({ consumer }) => consumer.disconnect()));
    expect(new Set(seen)).toEqual(new Set(firstHalf.map(({ value }) => value)));
    expect([...byMember.values()]).toEqual([20, 20]);

    await produce(kafka, 'shared', [{ partition: 1, value: 'second' }]);
    const rest = await consume(kafka.consumer({ groupId: 'pair' }), 'shared', 1);
    expect(rest.map(({ value }) => value!.toString())).toEqual(['second']);
    const [offsets] = await admin.fetchOffsets({ groupId: 'pair', topics: ['shared'] });
    expect(offsets!.partitions.map(({ offset }) => offset).toSorted()).toEqual(['10', '10', '10', '11']);
    await admin.disconnect();
  });

  it('administers topics', async () => {
    await using server = await TestBroker.start();
    const admin = clientOf(server).admin();
    await admin.connect();
    const topic = 'managed';
    const configEntries = [{ name: 'retention.ms', value: '1000' }];
    await admin.createTopics({ topics: [{ topic, numPartitions: 2, configEntries }] });
    expect(await admin.createTopics({ topics: [{ topic }] })).toBe(false);
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    expect(topics[0]!.partitions).toHaveLength(3);
    const resource = { type: ConfigResourceTypes.TOPIC, name: topic };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ ...resource, configEntries: [{ name: 'cleanup.policy', value: 'compact' }] }],
    });
    const described = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
    const values = new Map(
      described.resources[0]!.configEntries.map((entry) => [entry.configName, entry.configValue]),
    );
    // The legacy call replaces everything: retention.ms is back at its default.
    expect(values.get('cleanup.policy')).toBe('compact');
    expect(values.get('retention.ms')).toBe('604800000');
    expect(await admin.listTopics()).toContain(topic);
    await admin.deleteTopics({ topics: [topic] });
    expect(await admin.listTopics()).not.toContain(topic);
    await admin.disconnect();
  });

  it('deletes records and looks up offsets by time', async () => {
    await using server = await TestBroker.start();
    const kafka = clientOf(server);
    const messages = [0, 1, 2, 3].map((index) => ({
      value: String(index),
      timestamp: String(nowMs + index * 1000),
    }));
    for (const message of messages) await produce(kafka, 'log', [message]);
    const admin = kafka.admin();
    await admin.connect();
    expect(await admin.fetchTopicOffsetsByTimestamp('log', nowMs + 1500)).toEqual([
      { partition: 0, offset: '2' },
    ]);
    await admin.deleteTopicRecords({ topic: 'log', partitions: [{ partition: 0, offset: '3' }] });
    expect(await admin.fetchTopicOffsets('log')).toEqual([
      { partition: 0, offset: '4', high: '4', low: '3' },
    ]);
    await admin.disconnect();
  });
});
