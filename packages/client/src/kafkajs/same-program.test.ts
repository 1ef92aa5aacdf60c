import * as kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBroker, type TestBroker } from '../testing/start-broker.ts';
import * as layer from './index.ts';

let broker: TestBroker;
beforeAll(async () => {
  broker = await startBroker({
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.num.partitions': '1',
  });
});
afterAll(() => broker[Symbol.asyncDispose]());

/** One program, two libraries: the layer's types are kafkajs's as far as these programs go. */
const libraries = [
  ['kafkajs', kafkajs as unknown as typeof layer],
  ['the layer', layer],
] as const;

let topics = 0;

/** A topic and a group that nobody else uses. */
async function fresh(library: typeof layer, partitions = 1) {
  const topic = `program-${++topics}`;
  const kafka = new library.Kafka({
    clientId: topic,
    brokers: [broker.bootstrapServers],
    logLevel: library.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
  return { topic, groupId: `${topic}-group`, kafka, admin };
}

const keyed = ['a', 'b', 'c', 'd'].map((key, index) => ({ key, value: `value-${index}` }));

describe.each(libraries)('%s', (_name, library) => {
  test('sends to the partitions of keys, and tells one result per partition', async () => {
    const { topic, kafka, admin } = await fresh(library, 3);
    const producer = kafka.producer({ createPartitioner: library.Partitioners.DefaultPartitioner });
    const connected: string[] = [];
    producer.on(producer.events.CONNECT, ({ type }) => connected.push(type));
    await producer.connect();
    const sent = await producer.send({ topic, messages: keyed });
    expect(sent.toSorted((a, b) => a.partition - b.partition)).toEqual(
      [0, 1, 2]
        .filter((partition) => sent.some((one) => one.partition === partition))
        .map((partition) => ({
          topicName: topic,
          partition,
          errorCode: 0,
          baseOffset: '0',
          logAppendTime: '-1',
          logStartOffset: '0',
        })),
    );
    const ends = await admin.fetchTopicOffsets(topic);
    expect(ends.map(({ partition, high }) => `${partition}:${high}`).toSorted()).toEqual([
      '0:0',
      '1:2',
      '2:2',
    ]);
    await producer.disconnect();
    await admin.disconnect();
    expect(connected).toEqual(['producer.connect']);
  });

  test('hands out messages with text for numbers, headers and nulls', async () => {
    const { topic, groupId, kafka, admin } = await fresh(library);
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({
      topic,
      messages: [
        {
          key: 'k',
          value: 'v',
          headers: { one: '1', many: ['a', Buffer.from('b')] },
          timestamp: '1700000000000',
        },
        { key: null, value: null },
      ],
      acks: -1,
      compression: library.CompressionTypes.GZIP,
    });
    const consumer = kafka.consumer({ groupId });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const seen: unknown[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    await consumer.run({
      eachMessage: async ({ topic: from, partition, message }) => {
        const { key, value, offset, timestamp, headers } = message;
        seen.push({ from, partition, key: key?.toString(), value: value?.toString(), offset, headers });
        if (offset === '0') expect(timestamp).toBe('1700000000000');
        if (seen.length === 2) resolve();
      },
    });
    await done;
    expect(seen).toEqual([
      {
        from: topic,
        partition: 0,
        key: 'k',
        value: 'v',
        offset: '0',
        headers: { one: Buffer.from('1'), many: [Buffer.from('a'), Buffer.from('b')] },
      },
      { from: topic, partition: 0, key: undefined, value: undefined, offset: '1', headers: {} },
    ]);
    await consumer.disconnect();
    await producer.disconnect();
    const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
    expect(offsets?.partitions).toEqual([{ partition: 0, offset: '2', metadata: null }]);
    await admin.disconnect();
  });

  test('batches resolve, commit and report as they go', async () => {
    const { topic, groupId, kafka, admin } = await fresh(library);
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: keyed });
    const consumer = kafka.consumer({ groupId });
    const events: string[] = [];
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      events.push(`joined ${JSON.stringify(payload.memberAssignment)} ${payload.groupProtocol}`);
    });
    consumer.on(consumer.events.START_BATCH_PROCESS, ({ payload }) => {
      events.push(`batch ${payload.firstOffset}-${payload.lastOffset} of ${payload.highWatermark}`);
    });
    consumer.on(consumer.events.STOP, () => events.push('stopped'));
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    const { promise: done, resolve } = Promise.withResolvers<void>();
    await consumer.run({
      eachBatchAutoResolve: false,
      autoCommit: false,
      eachBatch: async ({ batch, resolveOffset, heartbeat, uncommittedOffsets, ...payload }) => {
        events.push(
          `lag ${batch.offsetLag()} ${batch.offsetLagLow()} ${payload.isRunning()} ${payload.isStale()}`,
        );
        for (const { offset } of batch.messages) {
          resolveOffset(offset);
          await heartbeat();
        }
        const uncommitted = uncommittedOffsets();
        const { partitions = [] } = uncommitted.topics[0] ?? {};
        // kafkajs has the number of the partition as text here, whatever its types say.
        events.push(partitions.map(({ partition, offset }) => `${partition}:${offset}`).join());
        await payload.commitOffsetsIfNecessary(uncommitted);
        resolve();
      },
    });
    await done;
    await consumer.disconnect();
    await producer.disconnect();
    const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
    await admin.disconnect();
    expect(offsets?.partitions.map(({ offset }) => offset)).toEqual(['4']);
    expect(events).toEqual([
      `joined {"${topic}":[0]} RoundRobinAssigner`,
      'batch 0-3 of 4',
      'lag 0 3 true false',
      '0:4',
      'stopped',
    ]);
  });

  test('a handler that fails is tried again behind what was processed', async () => {
    const { topic, groupId, kafka, admin } = await fresh(library);
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: keyed });
    const consumer = kafka.consumer({ groupId, retry: { initialRetryTime: 10, retries: 5 } });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const seen: string[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    await consumer.run({
      eachMessage: async ({ message }) => {
        seen.push(message.offset);
        if (message.offset === '2' && seen.length < 5) throw new Error('not yet');
        if (message.offset === '3') resolve();
      },
    });
    await done;
    expect(seen).toEqual(['0', '1', '2', '2', '2', '3']);
    await consumer.disconnect();
    await producer.disconnect();
    await admin.disconnect();
  });

  test('seek, pause and resume', async () => {
    const { topic, groupId, kafka, admin } = await fresh(library);
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: keyed });
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const seen: string[] = [];
    const { promise: done, resolve } = Promise.withResolvers<void>();
    let resume = (): void => {};
    const { promise: isPaused, resolve: paused } = Promise.withResolvers<void>();
    await consumer.run({
      eachMessage: async ({ message, pause }) => {
        seen.push(message.offset);
        if (seen.length === 2) {
          resume = pause();
          paused();
        }
        if (seen.length === 4) consumer.seek({ topic, partition: 0, offset: '1' });
        if (seen.length === 7) resolve();
      },
    });
    await isPaused;
    expect(consumer.paused()).toEqual([{ topic, partitions: [0] }]);
    resume();
    expect(consumer.paused()).toEqual([]);
    await done;
    expect(seen).toEqual(['0', '1', '2', '3', '1', '2', '3']);
    await consumer.disconnect();
    await producer.disconnect();
    await admin.disconnect();
  });

  test('a transaction that is aborted is not seen, its offsets are not committed', async () => {
    const { topic, groupId, kafka, admin } = await fresh(library);
    const producer = kafka.producer({
      transactionalId: `${topic}-tx`,
      maxInFlightRequests: 1,
      idempotent: true,
    });
    await producer.connect();
    for (const fate of ['abort', 'commit'] as const) {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ value: fate }] });
      const offset = fate === 'abort' ? '7' : '1';
      await transaction.sendOffsets({
        consumerGroupId: `${groupId}-in`,
        topics: [{ topic, partitions: [{ partition: 0, offset }] }],
      });
      expect(transaction.isActive()).toBe(true);
      await transaction[fate]();
      expect(transaction.isActive()).toBe(false);
      await expect(transaction.send({ topic, messages: [{ value: 'late' }] })).rejects.toThrow(
        'Cannot continue to use transaction once ended',
      );
    }
    const consumer = kafka.consumer({ groupId });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const { promise: first, resolve } = Promise.withResolvers<string | undefined>();
    await consumer.run({ eachMessage: async ({ message }) => resolve(message.value?.toString()) });
    expect(await first).toBe('commit');
    await consumer.disconnect();
    await producer.disconnect();
    const [offsets] = await admin.fetchOffsets({ groupId: `${groupId}-in`, topics: [topic] });
    expect(offsets?.partitions.map(({ offset }) => offset)).toEqual(['1']);
    await admin.disconnect();
  });

  test('what is wrong is refused with the same words', async () => {
    const { topic, kafka, admin } = await fresh(library);
    const producer = kafka.producer({ idempotent: true });
    await expect(producer.send({ topic, messages: [{ value: 'x' }] })).rejects.toThrow(
      'The producer is disconnected',
    );
    await producer.connect();
    const failures = await Promise.allSettled([
      producer.send({ topic: '', messages: [] }),
      producer.send({ topic, messages: [{ key: 'k' } as never] }),
      producer.send({ topic, messages: [{ value: 'x' }], acks: 1 }),
      producer.transaction(),
    ]);
    expect(
      failures.map((one) =>
        one.status === 'rejected' ? `${one.reason.name}: ${one.reason.message}` : 'sent',
      ),
    ).toEqual([
      'KafkaJSNonRetriableError: Invalid topic',
      `KafkaJSNonRetriableError: Invalid message without value for topic "${topic}": {"key":"k"}`,
      "KafkaJSNonRetriableError: Not requiring ack for all messages invalidates the idempotent producer's EoS guarantees",
      'KafkaJSNonRetriableError: Must provide transactional id for transactional producer',
    ]);
    const consumer = kafka.consumer({ groupId: 'words' });
    expect(() => consumer.seek({ topic, partition: 0, offset: '1' })).toThrow(
      'Consumer group was not initialized, consumer#run must be called first',
    );
    expect(() => kafka.consumer({ groupId: '' })).toThrow('Consumer groupId must be a non-empty string.');
    await producer.disconnect();
    await admin.disconnect();
  });

  test('admin calls answer alike', async () => {
    const { topic, kafka, admin } = await fresh(library, 2);
    expect(await admin.createTopics({ topics: [{ topic }] })).toBe(false);
    expect(await admin.createTopics({ topics: [{ topic }, { topic: `${topic}-new` }] })).toBe(false);
    expect(await admin.listTopics()).toContain(`${topic}-new`);
    const failure = await admin
      .createTopics({ topics: [{ topic: 'not/valid' }] })
      .catch((error: unknown) => error as layer.KafkaJSAggregateError);
    expect(failure).toMatchObject({
      name: 'KafkaJSAggregateError',
      errors: [{ name: 'KafkaJSCreateTopicError', type: 'INVALID_TOPIC_EXCEPTION', code: 17 }],
    });
    expect(await admin.listTopics()).toContain(topic);
    const producer = kafka.producer();
    await producer.connect();
    await producer.sendBatch({
      topicMessages: [
        {
          topic,
          messages: [
            { value: '0', partition: 0, timestamp: '1000' },
            { value: '1', partition: 1 },
          ],
        },
      ],
    });
    expect(await admin.fetchTopicOffsets(topic)).toEqual(
      expect.arrayContaining([
        { partition: 0, offset: '1', high: '1', low: '0' },
        { partition: 1, offset: '1', high: '1', low: '0' },
      ]),
    );
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: library.ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }],
    });
    expect(resources[0]).toMatchObject({
      resourceName: topic,
      configEntries: [
        { configName: 'retention.ms', configValue: '604800000', isDefault: true, configSource: 5 },
      ],
    });
    const cluster = await admin.describeCluster();
    expect(cluster.brokers.map(({ host, port }) => `${host}:${port}`)).toEqual([broker.bootstrapServers]);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 1, offset: '-1' }] });
    const after = await admin.fetchTopicOffsets(topic);
    expect(after.find(({ partition }) => partition === 1)?.low).toBe('1');
    await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
    const { topics: described } = await admin.fetchTopicMetadata({ topics: [topic] });
    expect(described[0]?.partitions).toHaveLength(3);
    await admin.deleteTopics({ topics: [topic] });
    expect(await admin.listTopics()).not.toContain(topic);
    await producer.disconnect();
    await admin.disconnect();
  });
});
