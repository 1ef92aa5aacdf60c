import * as kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestCluster } from '../consumer/testing/test-cluster.ts';
import { startBroker, type TestBroker } from '../testing/start-broker.ts';
import { AssignerProtocol, Kafka, KafkaJSNumberOfRetriesExceeded, logLevel } from './index.ts';
import type { LogEntry, PartitionAssigner } from './index.ts';

let broker: TestBroker;
beforeAll(async () => {
  broker = await startBroker({
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '1',
  });
});
afterAll(() => broker[Symbol.asyncDispose]());

let topics = 0;

async function fresh(values: readonly string[], partitions = 1) {
  const topic = `consumer-${++topics}`;
  const entries: LogEntry[] = [];
  const kafka = new Kafka({
    brokers: async () => [broker.bootstrapServers],
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => entries.push(entry),
  });
  const admin = kafka.admin();
  await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
  const producer = kafka.producer();
  await producer.connect();
  const messages = values.map((value, index) => ({ value, partition: index % partitions }));
  await producer.send({ topic, messages });
  const close = async () => {
    await producer.disconnect();
    await admin.disconnect();
  };
  return { topic, groupId: `${topic}-group`, kafka, admin, entries, close };
}

test('members of kafkajs and of the layer share one group, and each message is processed', async () => {
  const values = Array.from({ length: 40 }, (_, index) => String(index));
  const { topic, groupId, kafka, close } = await fresh(values, 4);
  const theirs = new kafkajs.Kafka({
    brokers: [broker.bootstrapServers],
    logLevel: kafkajs.logLevel.NOTHING,
  }).consumer({ groupId, maxWaitTimeInMs: 50, heartbeatInterval: 50 });
  const ours = kafka.consumer({ groupId, heartbeatInterval: 50 });
  const shares = { theirs: 0, ours: 0 };
  const { promise: isShared, resolve: shared } = Promise.withResolvers<void>();
  const joined = (who: keyof typeof shares, assignment: Record<string, number[]>) => {
    shares[who] = assignment[topic]?.length ?? 0;
    if (shares.theirs === 2 && shares.ours === 2) shared();
  };
  theirs.on('consumer.group_join', ({ payload }) => joined('theirs', payload.memberAssignment));
  ours.on('consumer.group_join', ({ payload }) => joined('ours', payload.memberAssignment));
  const seen = new Set<string>();
  const { promise: isDone, resolve: done } = Promise.withResolvers<void>();
  const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
    seen.add(String(message.value));
    if (seen.size === values.length) done();
  };
  await theirs.connect();
  await theirs.subscribe({ topic, fromBeginning: true });
  await theirs.run({ eachMessage });
  await ours.connect();
  await ours.subscribe({ topic, fromBeginning: true });
  await ours.run({ eachMessage });
  await isShared;
  await isDone;
  await theirs.disconnect();
  await ours.disconnect();
  await close();
  expect(seen.size).toBe(40);
});

test('a handler that keeps failing crashes the consumer, which starts again', async () => {
  const { topic, groupId, kafka, entries, close } = await fresh(['poison']);
  const asked: string[] = [];
  const consumer = kafka.consumer({
    groupId,
    retry: {
      initialRetryTime: 1,
      retries: 2,
      restartOnFailure: async (error) => {
        asked.push(error.name);
        return true;
      },
    },
  });
  const { promise: crash, resolve: crashed } = Promise.withResolvers<{ error: Error; restart: boolean }>();
  const { promise: isDone, resolve: done } = Promise.withResolvers<void>();
  consumer.on(consumer.events.CRASH, ({ payload }) => crashed(payload));
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let calls = 0;
  await consumer.run({
    eachMessage: async () => {
      if (++calls <= 3) throw new Error(`failure ${calls}`);
      done();
    },
  });
  const { error, restart } = await crash;
  expect(error).toBeInstanceOf(KafkaJSNumberOfRetriesExceeded);
  expect(error).toMatchObject({ message: 'failure 3', retryCount: 2, cause: { message: 'failure 3' } });
  expect({ restart, asked }).toEqual({ restart: true, asked: ['KafkaJSNumberOfRetriesExceeded'] });
  await isDone;
  await consumer.disconnect();
  await close();
  expect(entries.filter(({ label }) => label === 'ERROR').map(({ log }) => log.message)).toEqual(
    expect.arrayContaining([
      'Error when calling eachMessage',
      'Crash: KafkaJSNumberOfRetriesExceeded: failure 3',
    ]),
  );
});

test('an error of the program is not tried again', async () => {
  const { topic, groupId, kafka, close } = await fresh(['one']);
  const consumer = kafka.consumer({ groupId, retry: { initialRetryTime: 1 } });
  const { promise: crash, resolve: crashed } = Promise.withResolvers<{ error: Error; restart: boolean }>();
  consumer.on('consumer.crash', ({ payload }) => crashed(payload));
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({ eachMessage: async () => (undefined as never as { x: { y: void } }).x.y });
  const { error, restart } = await crash;
  expect({ name: error.name, restart }).toEqual({ name: 'KafkaJSNonRetriableError', restart: false });
  await consumer.disconnect();
  await close();
});

test('partitions are processed side by side, as many as wanted', async () => {
  const { topic, groupId, kafka, close } = await fresh(['0', '1', '2'], 3);
  const consumer = kafka.consumer({ groupId });
  const { promise: all, resolve: allThere } = Promise.withResolvers<void>();
  let running = 0;
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 3,
    eachMessage: async () => {
      if (++running === 3) allThere();
      // Nobody goes on before all three are in here.
      await all;
    },
  });
  await all;
  await consumer.disconnect();
  await close();
});

test('topics of one consumer may begin at different ends, and a pattern finds topics', async () => {
  const old = await fresh(['old']);
  const recent = await fresh(['not seen']);
  const consumer = old.kafka.consumer({ groupId: old.groupId });
  await consumer.connect();
  await consumer.subscribe({ topics: [new RegExp(`^${old.topic}$`)], fromBeginning: true });
  await consumer.subscribe({ topics: [recent.topic], fromBeginning: false });
  const seen: string[] = [];
  const { promise: isDone, resolve: done } = Promise.withResolvers<void>();
  await consumer.run({
    eachMessage: async ({ message }) => {
      seen.push(String(message.value));
      if (seen.length === 1) void send();
      else done();
    },
  });
  const producer = old.kafka.producer();
  await producer.connect();
  const send = () => producer.send({ topic: recent.topic, messages: [{ value: 'new' }] });
  await isDone;
  expect(seen).toEqual(['old', 'new']);
  await consumer.disconnect();
  await producer.disconnect();
  await old.close();
  await recent.close();
});

test('an assigner of the user decides, with its own user data', async () => {
  const { topic, groupId, kafka, close } = await fresh(['0', '1'], 2);
  const userData: string[] = [];
  const onlySecond: PartitionAssigner = ({ cluster }) => ({
    name: 'OnlySecond',
    version: 3,
    async assign({ members, topics: names }) {
      for (const { memberMetadata } of members) {
        userData.push(String(AssignerProtocol.MemberMetadata.decode(memberMetadata)?.userData));
      }
      const partitions = cluster.findTopicPartitionMetadata(names[0]!).map(({ partitionId }) => partitionId);
      return members.map(({ memberId }) => ({
        memberId,
        memberAssignment: AssignerProtocol.MemberAssignment.encode({
          version: this.version,
          assignment: { [names[0]!]: [Math.max(...partitions)] },
        }),
      }));
    },
    protocol({ topics: names }) {
      const metadata = AssignerProtocol.MemberMetadata.encode({
        version: this.version,
        topics: names,
        userData: Buffer.from('mine'),
      });
      return { name: this.name, metadata };
    },
  });
  const consumer = kafka.consumer({ groupId, partitionAssigners: [onlySecond] });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const { promise: first, resolve } = Promise.withResolvers<string>();
  await consumer.run({ eachMessage: async ({ message }) => resolve(String(message.value)) });
  expect(await first).toBe('1');
  expect(userData).toEqual(['mine']);
  const group = await consumer.describeGroup();
  expect(group).toMatchObject({ groupId, state: 'Stable', protocol: 'OnlySecond' });
  expect(AssignerProtocol.MemberAssignment.decode(group.members[0]!.memberAssignment)?.assignment).toEqual({
    [topic]: [1],
  });
  await consumer.disconnect();
  await close();
});

test('a heartbeat inside a handler tells that the partition is going', async () => {
  const { topic, groupId, kafka, close } = await fresh(['0', '1'], 2);
  const consumer = kafka.consumer({ groupId, heartbeatInterval: 20 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const { promise: failure, resolve: failed } = Promise.withResolvers<unknown>();
  const { promise: isBusy, resolve: busy } = Promise.withResolvers<void>();
  const timers = broker.host.timers;
  const pause = () => new Promise<void>((resolve) => timers.schedule(10, resolve));
  await consumer.run({
    eachBatchAutoResolve: false,
    eachBatch: async ({ heartbeat }) => {
      busy();
      try {
        for (;;) {
          await heartbeat();
          await pause();
        }
      } catch (error) {
        failed(error);
        throw error;
      }
    },
  });
  await isBusy;
  const other = kafka.consumer({ groupId });
  await other.connect();
  await other.subscribe({ topics: [topic], fromBeginning: true });
  const joining = other.run({ eachMessage: async () => {} });
  expect(await failure).toMatchObject({ name: 'KafkaJSProtocolError', type: 'REBALANCE_IN_PROGRESS' });
  await joining;
  await consumer.disconnect();
  await other.disconnect();
  await close();
});

test('events tell of requests, fetches, commits and heartbeats', async () => {
  const { topic, groupId, kafka, close } = await fresh(['0']);
  const consumer = kafka.consumer({ groupId, heartbeatInterval: 20 });
  const names = [
    consumer.events.REQUEST,
    consumer.events.REQUEST_QUEUE_SIZE,
    consumer.events.FETCH_START,
    consumer.events.FETCH,
    consumer.events.COMMIT_OFFSETS,
    consumer.events.HEARTBEAT,
    consumer.events.END_BATCH_PROCESS,
  ];
  const waiting = new Set<string>(names);
  const { promise: isDone, resolve: done } = Promise.withResolvers<void>();
  const payloads = new Map<string, unknown>();
  for (const name of names) {
    consumer.on(name, ({ type, payload }) => {
      payloads.set(type, payload);
      waiting.delete(type);
      if (waiting.size === 0) done();
    });
  }
  expect(() => consumer.on('consumer.nothing' as never, () => {})).toThrow('Event name should be one of');
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({ eachMessage: async () => {} });
  await isDone;
  expect(payloads.get('consumer.commit_offsets')).toMatchObject({
    groupId,
    topics: [{ topic, partitions: [{ partition: 0, offset: '1' }] }],
  });
  expect(payloads.get('consumer.network.request')).toMatchObject({ broker: broker.bootstrapServers });
  await consumer.disconnect();
  await close();
});

test('topics begin at different ends, also where a committed offset is gone', async () => {
  const { topic, groupId, kafka, admin, close } = await fresh(['0', '1', '2', '3']);
  const { topic: late, close: closeLate } = await fresh(['0', '1']);
  await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '1' }] });
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
  const consumer = kafka.consumer({ groupId });
  const producer = kafka.producer();
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.subscribe({ topic: late, fromBeginning: false });
  const seen = new Map<string, string[]>([
    [topic, []],
    [late, []],
  ]);
  const { promise: isRead, resolve: read } = Promise.withResolvers<void>();
  await consumer.run({
    eachMessage: async ({ topic: from, message }) => {
      seen.get(from)!.push(message.offset);
      if (from === topic && message.offset === '3') read();
    },
  });
  await isRead;
  while (seen.get(late)!.length === 0) await producer.send({ topic: late, messages: [{ value: 'new' }] });
  expect(seen.get(topic)).toEqual(['2', '3']);
  expect(Number(seen.get(late)![0])).toBeGreaterThanOrEqual(2);
  await Promise.all([consumer.disconnect(), producer.disconnect()]);
  await Promise.all([close(), closeLate()]);
});

test.each([2000, 3000, 4000])(
  'a consumer that is disconnected while it tries to start again stays so (after %i ms)',
  (afterMs) =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 3);
      const kafka = new Kafka(
        { brokers: [cluster.bootstrapServers], logLevel: logLevel.NOTHING, retry: { retries: 3 } },
        simulation.host('kjs'),
      );
      const consumer = kafka.consumer({ groupId: 'g' });
      const events: string[] = [];
      for (const name of ['CRASH', 'CONNECT', 'GROUP_JOIN', 'DISCONNECT'] as const)
        consumer.on(consumer.events[name], () => events.push(name));
      await consumer.connect();
      await consumer.subscribe({ topic: 't', fromBeginning: true });
      await consumer.run({
        eachMessage: async () => {
          await cluster.broker.close();
          throw new Error('boom');
        },
      });
      while (!events.includes('CRASH')) await simulation.sleep(100);
      await simulation.sleep(afterMs);
      await consumer.disconnect();
      events.length = 0;
      await cluster.restartBroker();
      await simulation.sleep(120_000);
      await consumer.disconnect();
      expect(events.filter((name) => name !== 'DISCONNECT')).toEqual([]);
    }),
);
