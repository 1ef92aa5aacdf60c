import { expect, test } from 'vitest';
import { Producer } from '../producer/producer.ts';
import type { ProducerInterceptor } from '../producer/producer-interceptors.ts';
import type { ConsumerInterceptor } from './consumer-interceptors.ts';
import { keepingLogger, recordTexts, TestCluster } from './testing/test-cluster.ts';

test('producer interceptors see and change every record, and its outcome; what they throw is logged', async () => {
  await using cluster = await TestCluster.start();
  await cluster.createTopic('t');
  const seen: string[] = [];
  const tagging: ProducerInterceptor = {
    onSend: (record) => ({ ...record, value: `${String(record.value)}!` }),
    onAcknowledgement: (metadata, error, record) => {
      seen.push(`${String(record.value)} ${metadata?.offset ?? error?.message}`);
    },
    close: () => void seen.push('closed'),
  };
  const broken: ProducerInterceptor = {
    onSend: () => {
      throw new Error('onSend fails');
    },
    onAcknowledgement: () => {
      throw new Error('onAcknowledgement fails');
    },
  };
  const { logger, messages } = keepingLogger();
  const servers = { 'bootstrap.servers': cluster.bootstrapServers };
  const producer = new Producer(servers, { interceptors: [broken, tagging], logger });
  await producer.send({ topic: 't', value: 'a' });
  await producer.send([
    { topic: 't', value: 'b' },
    { topic: 't', value: 'c' },
  ]);
  await expect(producer.send({ topic: 't', value: 'bad', partition: -1 })).rejects.toThrow('partition is -1');
  await expect(producer.send([{ topic: '', value: 'bad' }])).rejects.toThrow('topic is missing');
  await producer.close();
  expect(seen).toEqual([
    'a! 0',
    'b! 1',
    'c! 2',
    'bad! Record 0 of send(): partition is -1, not a whole number from 0',
    'bad! Record 0 of send(): topic is missing',
    'closed',
  ]);
  expect(messages.filter((message) => message === 'a producer interceptor failed')).toHaveLength(10);
});

test('consumer interceptors see and change what is handed out, and what is committed; what they throw is logged', async () => {
  await using cluster = await TestCluster.start();
  await cluster.createTopic('t', 2);
  await cluster.fill('t', 0, 4);
  await cluster.fill('t', 1, 4);
  const committed: string[] = [];
  const odd: ConsumerInterceptor = {
    onConsume: (records) => records.filter(({ offset }) => offset % 2 === 1),
    onCommit: (offsets) =>
      void committed.push(...offsets.map(({ partition, offset }) => `${partition}@${offset}`)),
    close: () => void committed.push('closed'),
  };
  const broken: ConsumerInterceptor = {
    onConsume: () => {
      throw new Error('onConsume fails');
    },
    onCommit: () => {
      throw new Error('onCommit fails');
    },
  };
  const { logger, messages } = keepingLogger();
  const properties = { 'group.id': 'g', 'enable.auto.commit': false } as const;
  const consumer = cluster.consumer(properties, { interceptors: [odd, broken], logger });
  consumer.subscribe('t');
  const texts: string[] = [];
  while (texts.length < 4) texts.push(...recordTexts(await consumer.poll({ timeoutMs: 10_000 })));
  expect(texts.toSorted()).toEqual(['t-0:1', 't-0:3', 't-1:1', 't-1:3']);
  await consumer.commit();
  await consumer.close();
  expect(committed.toSorted()).toEqual(['0@4', '1@4', 'closed']);
  expect(messages).toContain('a consumer interceptor failed');
});

test('interceptors are in front of for await and run() as well', async () => {
  await using cluster = await TestCluster.start();
  await cluster.createTopic('t');
  await cluster.fill('t', 0, 6);
  const late: ConsumerInterceptor = { onConsume: (records) => records.filter(({ offset }) => offset > 2) };
  const consumer = cluster.consumer({ 'group.id': 'g' }, { interceptors: [late] });
  consumer.subscribe('t');
  for await (const { offset } of consumer) {
    expect(offset).toBe(3);
    break;
  }
  const ending = new AbortController();
  const offsets: number[] = [];
  await consumer.run({
    signal: ending.signal,
    eachRecord: ({ offset }) => {
      if (offsets.push(offset) === 2) ending.abort();
    },
  });
  expect(offsets).toEqual([4, 5]);
});

test('what interceptors make of records comes once, also where a poll takes two answers of a partition', () =>
  TestCluster.simulate(async (cluster, simulation) => {
    await cluster.createTopic('t');
    for (let from = 0; from < 16; from += 4) await cluster.fill('t', 0, 4, from);
    const copying: ConsumerInterceptor = { onConsume: (records) => records.map((record) => ({ ...record })) };
    const consumer = cluster.consumer({ 'max.partition.fetch.bytes': 1 }, { interceptors: [copying] });
    consumer.assign([{ topic: 't', partition: 0 }]);
    const offsets: number[] = [];
    while (offsets.length < 16) {
      offsets.push(...(await consumer.poll({ timeoutMs: 10_000 })).map(({ offset }) => offset));
      // Meanwhile two more answers come.
      await simulation.sleep(1000);
    }
    expect(offsets).toEqual(Array.from({ length: 16 }, (_, offset) => offset));
  }));
