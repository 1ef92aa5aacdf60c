import { silentLogger, type Logger, type Simulation } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { Admin } from '../admin/admin.ts';
import type { Consumer } from '../consumer/consumer.ts';
import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import type { RecordContext } from '../consumer/run/run-options.ts';
import { keepingLogger, pollRecords, recordTexts, TestCluster } from '../consumer/testing/test-cluster.ts';
import { Producer } from '../producer/producer.ts';
import { serdes } from '../serde/built-in-serdes.ts';
import { DeserializationError } from '../serde/serde-errors.ts';
import { topic } from '../topic/topic.ts';
import { failureHeaders, readOrigin } from './failure-headers.ts';
import type { RetryOptions } from './retry-options.ts';

interface World {
  readonly cluster: TestCluster;
  readonly simulation: Simulation;
  readonly producer: Producer;
  readonly admin: Admin;
}

/** Topic `orders` with one partition, in virtual time. */
function world(body: (world: World) => Promise<void>): Promise<void> {
  return TestCluster.simulate(async (cluster, simulation) => {
    await cluster.createTopic('orders');
    const servers = { 'bootstrap.servers': cluster.bootstrapServers };
    const host = simulation.host('client');
    await using producer = new Producer(servers, { host });
    await using admin = new Admin(servers, { host });
    await body({ cluster, simulation, producer, admin });
  });
}

function member(cluster: TestCluster, logger: Logger = silentLogger): Consumer {
  const consumer = cluster.consumer({ 'group.id': 'g' }, { logger });
  consumer.subscribe('orders');
  return consumer;
}

async function runFor(
  { simulation }: World,
  consumer: Consumer,
  timeMs: number,
  options: {
    readonly retry: RetryOptions;
    readonly eachRecord: (record: ConsumerRecord, context: RecordContext) => unknown;
  },
): Promise<void> {
  const ending = new AbortController();
  const running = consumer.run({ ...options, signal: ending.signal });
  await Promise.race([simulation.sleep(timeMs), running]);
  ending.abort();
  await running;
}

async function read(cluster: TestCluster, name: string, count: number): Promise<ConsumerRecord[]> {
  const consumer = cluster.consumer();
  consumer.assign([{ topic: name, partition: 0 }]);
  return pollRecords(consumer, count);
}

function headersOf({ headers }: ConsumerRecord): Record<string, string> {
  return Object.fromEntries(headers.map(({ key, value }) => [key, value!.toString()]));
}

describe('retry topics', () => {
  test('give a record its next attempts when their time has come, and let the others pass', () =>
    world(async (all) => {
      const { cluster, simulation, producer, admin } = all;
      await cluster.produce(
        ['bad', 'good', 'bad too'].map((value) => ({
          topic: 'orders',
          key: 'k',
          value,
          headers: [{ key: 'trace', value: '7' }],
        })),
      );
      const seen: string[] = [];
      const attempts: { value: string; attempt: number; atMs: number; record: ConsumerRecord }[] = [];
      await runFor(all, member(cluster), 30_000, {
        retry: { producer, delaysMs: [2000, 10_000], createTopics: { admin } },
        eachRecord: (record, { attempt }) => {
          const value = record.value!.toString();
          attempts.push({ value, attempt, atMs: simulation.nowMs, record });
          if (value.startsWith('bad') && attempt < 3) throw new Error(`attempt ${attempt}`);
          seen.push(value);
        },
      });
      expect(seen).toEqual(['good', 'bad', 'bad too']);
      const bad = attempts.filter(({ value }) => value === 'bad');
      expect(bad.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
      const waits = bad.slice(1).map(({ atMs }, index) => Math.round((atMs - bad[index]!.atMs) / 100) / 10);
      expect(waits).toEqual([2, 10]);
      // Handlers see the record where it was, without what is added on its way.
      for (const { record } of bad) {
        expect(record).toMatchObject({ topic: 'orders', partition: 0, offset: 0, key: Buffer.from('k') });
        expect(headersOf(record)).toEqual({ trace: '7' });
        expect(record.timestampMs).toBe(bad[0]!.record.timestampMs);
      }
      const topics = (await admin.listTopics()).map(({ name }) => name);
      expect(topics.toSorted()).toEqual(['orders', 'orders-dlq', 'orders-retry-10s', 'orders-retry-2s']);
    }));

  test('end in the dead letter topic, with where the record was and why', () =>
    world(async (all) => {
      const { cluster, simulation, producer, admin } = all;
      const { logger, messages } = keepingLogger();
      const [sent] = await producer.send([
        { topic: 'orders', key: 'k', value: 'bad', headers: [{ key: 'trace', value: '7' }] },
      ]);
      const consumer = member(cluster, logger);
      await runFor(all, consumer, 5000, {
        retry: { producer, delaysMs: [1000], createTopics: { admin } },
        eachRecord: () => {
          throw new RangeError('x'.repeat(5000));
        },
      });
      const [dead] = await read(cluster, 'orders-dlq', 1);
      expect(recordTexts([dead!])).toEqual(['orders-dlq-0:bad']);
      expect(readOrigin(dead!.headers)).toEqual({
        topic: 'orders',
        partition: 0,
        offset: 0,
        timestampMs: sent!.timestampMs,
        attempt: 2,
      });
      const headers = headersOf(dead!);
      expect(headers).toMatchObject({ trace: '7', [failureHeaders.exception]: 'RangeError' });
      expect(headers[failureHeaders.message]).toBe(`${'x'.repeat(1000)}…`);
      expect(headers[failureHeaders.stacktrace]!.length).toBeLessThan(4100);
      expect(headers).not.toHaveProperty([failureHeaders.due]);
      expect(messages.filter((message) => message.startsWith('record '))).toEqual([
        'record failed and will be tried again',
        'record is a dead letter',
      ]);
      const committed = await consumer.committed([
        { topic: 'orders', partition: 0 },
        { topic: 'orders-retry-1s', partition: 0 },
      ]);
      expect(committed.map((offset) => offset?.offset)).toEqual([1, 1]);
      expect(simulation.nowMs).toBeLessThan(10_000);
    }));

  test('are passed over by what cannot be helped: bytes that do not fit, and what isRetriable says', () =>
    world(async (all) => {
      const { cluster, simulation, producer, admin } = all;
      const typed = topic({ name: 'orders', key: serdes.string(), value: serdes.json<string>() });
      await cluster.produce(['"a"', '{', '"fatal"'].map((value) => ({ topic: 'orders', key: 'k', value })));
      const ending = new AbortController();
      const seen: string[] = [];
      const running = cluster
        .consumer({ 'group.id': 'g' })
        .subscribe(typed)
        .run({
          signal: ending.signal,
          retry: {
            producer,
            delaysMs: [60_000],
            createTopics: { admin, partitions: 1 },
            isRetriable: (error) => !(error instanceof TypeError) && !(error instanceof DeserializationError),
            deadLetterTopic: (name) => `dead.${name}`,
            retryTopic: (name, delayMs) => `${name}.again.${delayMs}`,
          },
          eachRecord: ({ value }) => {
            seen.push(value);
            if (value === 'fatal') throw new TypeError('cannot be helped');
            if (value === 'a' && seen.length === 1) throw new Error('again');
          },
        });
      await simulation.sleep(70_000);
      ending.abort();
      await running;
      expect(seen).toEqual(['a', 'fatal', 'a']);
      const dead = await read(cluster, 'dead.orders', 2);
      expect(dead.map((record) => headersOf(record)[failureHeaders.exception])).toEqual([
        'DeserializationError',
        'TypeError',
      ]);
    }));

  test('hold back one record without holding up those that are due, whatever their number', () =>
    world(async (all) => {
      const { cluster, producer, admin } = all;
      await cluster.fill('orders', 0, 300);
      let processed = 0;
      await runFor(all, member(cluster), 60_000, {
        retry: { producer, delaysMs: [5000], createTopics: { admin } },
        eachRecord: ({ offset }, { attempt }) => {
          if (offset % 2 === 0 && attempt === 1) throw new Error('later');
          processed++;
        },
      });
      expect(processed).toBe(300);
    }));

  test('keep a record from being committed when it can be kept nowhere', () =>
    world(async (all) => {
      const { cluster, simulation } = all;
      await cluster.fill('orders', 0, 3);
      const host = simulation.host('client');
      const servers = { 'bootstrap.servers': cluster.bootstrapServers };
      await using producer = new Producer({ ...servers, 'max.block.ms': 500 }, { host });
      const consumer = member(cluster);
      const running = consumer.run({
        retry: { producer, delaysMs: [] },
        eachRecord: ({ offset }) => {
          if (offset === 1) throw new Error('bad');
        },
      });
      await expect(running).rejects.toMatchObject({ code: 'ERR_CLIENT_RECORD_FAILED', offset: 1 });
      const [committed] = await consumer.committed([{ topic: 'orders', partition: 0 }]);
      expect(committed!.offset).toBe(1);
    }));

  test('survive a member that goes: the next one goes on waiting where it stopped', () =>
    world(async (all) => {
      const { cluster, producer, admin } = all;
      await cluster.fill('orders', 0, 1);
      const retry = { producer, delaysMs: [20_000], createTopics: { admin } };
      const attempts: number[] = [];
      const eachRecord = (_: ConsumerRecord, { attempt }: RecordContext) => {
        attempts.push(attempt);
        if (attempt === 1) throw new Error('later');
      };
      const first = member(cluster);
      await runFor(all, first, 5000, { retry, eachRecord });
      await first.close();
      expect(attempts).toEqual([1]);
      await runFor(all, member(cluster), 30_000, { retry, eachRecord });
      expect(attempts).toEqual([1, 2]);
    }));

  test.each([
    [{ delayMs: [1] }, 'Option "delayMs" of retry of run() does not exist; did you mean "delaysMs"?'],
    [{ delaysMs: [0] }, 'Option "delaysMs" of retry of run() is 0'],
    [{ delaysMs: [5, 5] }, 'names a delay twice'],
    [{ maxAttempts: 0 }, 'Option "maxAttempts" of retry of run() is 0'],
  ])('refuse %o', async (options, message) => {
    await world(async ({ cluster, producer }) => {
      const retry = { producer, ...options } as RetryOptions;
      await expect(member(cluster).run({ retry, eachRecord: () => {} })).rejects.toThrow(message);
    });
  });

  test('need topics by name', () =>
    world(async ({ cluster, producer }) => {
      const consumer = cluster.consumer({ 'group.id': 'g' });
      consumer.subscribe(/orders.*/);
      const running = consumer.run({ retry: { producer }, eachRecord: () => {} });
      await expect(running).rejects.toThrow('run() with retry needs a subscription to topics by name');
    }));
});
