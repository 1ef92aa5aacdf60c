import type { Consumer, ConsumerProperties, ConsumerRecord } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pollRecords, TestedCluster, values } from './cluster.ts';

let cluster: TestedCluster;
beforeAll(async () => void (cluster = await TestedCluster.start()));
afterAll(() => cluster[Symbol.asyncDispose]());

const kinds: readonly (readonly [string, ConsumerProperties])[] = [
  ...['range', 'roundrobin', 'sticky', 'cooperative-sticky'].map(
    (assignor) =>
      [
        `classic, ${assignor}`,
        { 'partition.assignment.strategy': assignor, 'heartbeat.interval.ms': 100 },
      ] as const,
  ),
  ...['uniform', 'range'].map(
    (assignor) =>
      [`consumer, ${assignor}`, { 'group.protocol': 'consumer', 'group.remote.assignor': assignor }] as const,
  ),
];

const MAX_ROUNDS = 600;

/** Polls all of them until the condition holds. */
async function pollUntil(consumers: readonly Consumer[], isDone: () => boolean): Promise<ConsumerRecord[]> {
  const records: ConsumerRecord[] = [];
  for (let round = 0; !isDone(); round++) {
    if (round > MAX_ROUNDS) throw new Error('not reached');
    records.push(...(await Promise.all(consumers.map((one) => one.poll({ timeoutMs: 50 })))).flat());
  }
  return records;
}

function sizes(consumers: readonly Consumer[]): string {
  return consumers.map((consumer) => consumer.assignment().length).join(' ');
}

describe.each(kinds)('a group (%s)', (_, properties) => {
  test('shares its partitions, hands them over, and goes on where it has committed', async () => {
    const topic = await cluster.createTopic(4);
    const group = { 'group.id': cluster.name('group'), 'enable.auto.commit': false, ...properties };
    const join = () => {
      const consumer = cluster.consumer(group);
      consumer.subscribe(topic);
      return consumer;
    };
    const sent = Array.from({ length: 40 }, (_unused, index) => ({
      topic,
      partition: index % 4,
      value: String(index),
    }));
    await cluster.producer.send(sent);
    await using first = join();
    const seen = new Set(values(await pollRecords(first, 40)));
    await first.commit();
    await using second = join();
    const again = await pollUntil([first, second], () => sizes([first, second]) === '2 2');
    expect(again).toEqual([]);
    await cluster.producer.send(sent.map((record) => ({ ...record, value: `${record.value}!` })));
    while (seen.size < 80) {
      for (const consumer of [first, second]) {
        for (const value of values(await consumer.poll({ timeoutMs: 50 }))) {
          expect(seen.has(value)).toBe(false);
          seen.add(value);
        }
      }
    }
    await Promise.all([first.commit(), second.commit()]);
    await second.close();
    const more = await pollUntil([first], () => sizes([first]) === '4');
    expect(more).toEqual([]);
    const committed = await first.committed(first.assignment());
    expect(committed.map((found) => found?.offset)).toEqual([20, 20, 20, 20]);
  });

  test('knows a static member again', async () => {
    const topic = await cluster.createTopic(4);
    const events: string[] = [];
    const join = (instance: string) => {
      const consumer = cluster.consumer({
        'group.id': group,
        'group.instance.id': instance,
        ...properties,
      });
      consumer.subscribe(topic, {
        onPartitionsRevoked: (partitions) =>
          void (partitions.length > 0 && events.push(`${instance} revoked`)),
        onPartitionsLost: () => void events.push(`${instance} lost`),
      });
      return consumer;
    };
    const group = cluster.name('static');
    await using one = join('one');
    await using two = join('two');
    await pollUntil([one, two], () => sizes([one, two]) === '2 2');
    const before = two.assignment();
    await two.close();
    events.length = 0;
    await using back = join('two');
    await pollUntil([one, back], () => sizes([one, back]) === '2 2');
    expect([back.assignment(), events]).toEqual([before, []]);
  });

  test('is processed by run(), with a record that needs another attempt', async () => {
    const topic = await cluster.createTopic(3);
    const group = cluster.name('run');
    const count = 60;
    await cluster.producer.send(
      Array.from({ length: count }, (_unused, index) => ({
        topic,
        key: `k${index % 7}`,
        value: String(index),
      })),
    );
    const ending = new AbortController();
    const done: string[] = [];
    await using consumer = cluster.consumer({ 'group.id': group, ...properties });
    consumer.subscribe(topic);
    let isFirst = true;
    await consumer.run({
      by: 'key',
      concurrency: 4,
      signal: ending.signal,
      onError: () => ({ retryAfterMs: 5 }),
      eachRecord: async ({ value }) => {
        await Promise.resolve();
        if (String(value) === '30' && isFirst) {
          isFirst = false;
          throw new Error('not now');
        }
        if (done.push(String(value)) === count) ending.abort();
      },
    });
    expect(done.map(Number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: count }, (_unused, index) => index),
    );
    for (let key = 0; key < 7; key++) {
      const own = done.map(Number).filter((value) => value % 7 === key);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
    await consumer.close();
    const offsets = await cluster.admin.listConsumerGroupOffsets(group);
    expect([...offsets.values()].reduce((sum, { offset }) => sum + offset, 0)).toBe(count);
  });
});

test('retry topics and dead letters', async () => {
  const topic = await cluster.createTopic();
  await cluster.producer.send(['fine', 'shaky', 'broken'].map((value) => ({ topic, value })));
  const ending = new AbortController();
  const seen: string[] = [];
  await using consumer = cluster.consumer({ 'group.id': cluster.name('retry'), 'metadata.max.age.ms': 500 });
  consumer.subscribe(topic);
  await consumer.run({
    signal: ending.signal,
    retry: {
      producer: cluster.producer,
      delaysMs: [50, 100],
      createTopics: { admin: cluster.admin, replicationFactor: 1 },
    },
    eachRecord: ({ value }, { attempt }) => {
      if (seen.push(`${String(value)} ${attempt}`) === 6) ending.abort();
      if (String(value) === 'broken' || (String(value) === 'shaky' && attempt === 1))
        throw new RangeError('no');
    },
  });
  expect(seen.toSorted()).toEqual(['broken 1', 'broken 2', 'broken 3', 'fine 1', 'shaky 1', 'shaky 2']);
  expect(values(await cluster.read(`${topic}-dlq`, 1))).toEqual(['broken']);
});
