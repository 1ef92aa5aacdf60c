import type { Simulation } from '@millrace/host';
import { describe, expect, test } from 'vitest';
import { serdes } from '../../serde/built-in-serdes.ts';
import { topic } from '../../topic/topic.ts';
import type { Consumer } from '../consumer.ts';
import type { ConsumerProperties } from '../consumer-properties.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import { keepingLogger, pollRecords, TestCluster } from '../testing/test-cluster.ts';
import type { RunOptions } from './run-options.ts';

interface World {
  readonly cluster: TestCluster;
  readonly simulation: Simulation;
  /** A member of group g. */
  readonly consumer: (properties?: ConsumerProperties) => Consumer;
  /** What the group has committed for `t-0`. */
  readonly committed: (partition?: number) => Promise<number | undefined>;
}

/** Topic t in virtual time, ten records in each partition. */
function world(partitions: number, body: (world: World) => Promise<void>): Promise<void> {
  return TestCluster.simulate(async (cluster, simulation) => {
    await cluster.createTopic('t', partitions);
    for (let partition = 0; partition < partitions; partition++) await cluster.fill('t', partition, 10);
    const consumer = (properties: ConsumerProperties = {}) => {
      const made = cluster.consumer({ 'group.id': 'g', ...properties });
      made.subscribe('t');
      return made;
    };
    const watcher = cluster.consumer({ 'group.id': 'g' });
    const committed = async (partition = 0) =>
      (await watcher.committed([{ topic: 't', partition }]))[0]?.offset;
    await body({ cluster, simulation, consumer, committed });
  });
}

/** Runs until `count` handlers have ended, then ends the run. */
async function runUntil(
  consumer: Consumer,
  count: number,
  options: RunOptions<ConsumerRecord>,
): Promise<void> {
  const enough = new AbortController();
  let seen = 0;
  await consumer.run({
    ...options,
    signal: enough.signal,
    eachRecord: async (record, context) => {
      await options.eachRecord?.(record, context);
      if (++seen === count) enough.abort();
    },
  });
}

describe('run()', () => {
  test('hands out every record in order, and commits when it ends', () =>
    world(2, async ({ consumer, committed }) => {
      const offsets: number[][] = [[], []];
      await runUntil(consumer(), 20, {
        eachRecord: ({ partition, offset }) => offsets[partition]!.push(offset),
      });
      expect(offsets).toEqual([
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      ]);
      expect([await committed(0), await committed(1)]).toEqual([10, 10]);
    }));

  test('runs as many handlers as it may, one for each partition', () =>
    world(4, async ({ consumer, simulation }) => {
      let [running, most] = [0, 0];
      const inPartition = new Set<number>();
      await runUntil(consumer(), 40, {
        concurrency: 3,
        eachRecord: async ({ partition }) => {
          expect(inPartition.has(partition)).toBe(false);
          inPartition.add(partition);
          most = Math.max(most, ++running);
          await simulation.sleep(10);
          running--;
          inPartition.delete(partition);
        },
      });
      expect(most).toBe(3);
    }));

  test('runs handlers of one partition at the same time by key, with the order of each key kept', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      const keys = ['a', 'a', 'b', 'a', 'c', 'b', null, null];
      await cluster.produce(keys.map((key, value) => ({ topic: 't', key, value: String(value) })));
      const consumer = cluster.consumer({ 'group.id': 'g' });
      consumer.subscribe('t');
      const log: string[] = [];
      await runUntil(consumer, keys.length, {
        by: 'key',
        concurrency: 10,
        eachRecord: async ({ value }) => {
          log.push(`+${value!.toString()}`);
          await simulation.sleep(10);
          log.push(`-${value!.toString()}`);
        },
      });
      // Everything but the second and third a and the second b begins at once.
      expect(log.slice(0, 5)).toEqual(['+0', '+2', '+4', '+6', '+7']);
      const order = (...values: number[]) => values.flatMap((value) => [`+${value}`, `-${value}`]);
      expect(log.filter((entry) => '013'.includes(entry[1]!))).toEqual(order(0, 1, 3));
      expect(log.filter((entry) => '25'.includes(entry[1]!))).toEqual(order(2, 5));
    }));

  test('commits only what is processed without a gap', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.produce(['slow', 'b', 'c'].map((key) => ({ topic: 't', key, value: key })));
      const consumer = cluster.consumer({ 'group.id': 'g', 'auto.commit.interval.ms': 10 });
      consumer.subscribe('t');
      const release = Promise.withResolvers<void>();
      const ending = new AbortController();
      const running = consumer.run({
        by: 'key',
        concurrency: 3,
        signal: ending.signal,
        eachRecord: ({ key }) => (key!.toString() === 'slow' ? release.promise : undefined),
      });
      await simulation.sleep(5000);
      expect(await consumer.position({ topic: 't', partition: 0 })).toBe(0);
      expect(await consumer.committed([{ topic: 't', partition: 0 }])).toMatchObject([{ offset: 0 }]);
      release.resolve();
      ending.abort();
      await running;
      expect(await consumer.committed([{ topic: 't', partition: 0 }])).toMatchObject([{ offset: 3 }]);
    }));

  test('hands out arrays of one partition', () =>
    world(2, async ({ consumer, committed }) => {
      const ending = new AbortController();
      const batches: string[] = [];
      await consumer({ 'max.poll.records': 8 }).run({
        signal: ending.signal,
        eachBatch: async (records) => {
          await Promise.resolve();
          const [{ partition, offset }] = records as [ConsumerRecord];
          batches.push(`${partition}@${offset}+${records.length}`);
          if (batches.length === 4) ending.abort();
        },
      });
      expect(batches.toSorted()).toEqual(expect.arrayContaining(['0@0+8']));
      expect(batches.reduce((sum, batch) => sum + Number(batch.split('+')[1]), 0)).toBe(20);
      expect(await committed(1)).toBe(10);
    }));

  test('takes no more records than may wait, and stays in its group with a handler slower than max.poll.interval.ms', () =>
    world(1, async ({ cluster, consumer, simulation }) => {
      const { logger, messages } = keepingLogger();
      const slow = cluster.consumer(
        { 'group.id': 'g', 'max.poll.interval.ms': 6000, 'session.timeout.ms': 6000 },
        { logger },
      );
      slow.subscribe('t');
      let lost = 0;
      slow.subscribe('t', { onPartitionsLost: () => void lost++ });
      const offsets: number[] = [];
      await runUntil(slow, 3, {
        maxQueuedRecords: 2,
        eachRecord: async ({ offset }) => {
          offsets.push(offset);
          await simulation.sleep(20_000);
        },
      });
      expect(offsets).toEqual([0, 1, 2]);
      expect(lost).toBe(0);
      expect(messages.filter((message) => message.includes('max.poll.interval.ms'))).toHaveLength(3);
      const [next] = await pollRecords(consumer(), 1);
      expect(next!.offset).toBe(3);
    }));

  test('ends with the failure of a handler, commits up to it, and begins with it the next time', () =>
    world(2, async ({ consumer, committed }) => {
      const failing = consumer();
      const running = failing.run({
        eachRecord: ({ partition, offset }) => {
          if (partition === 0 && offset === 4) throw new Error('no such order');
        },
      });
      await expect(running).rejects.toMatchObject({
        code: 'ERR_CLIENT_RECORD_FAILED',
        message: 'Processing t-0 at offset 4 failed: no such order',
        topic: 't',
        partition: 0,
        offset: 4,
        cause: { message: 'no such order' },
      });
      expect(await committed(0)).toBe(4);
      const offsets: number[] = [];
      await runUntil(failing, 6, {
        eachRecord: ({ partition, offset }) => void (partition === 0 && offsets.push(offset)),
        concurrency: 1,
      }).catch(() => {});
      expect(offsets[0]).toBe(4);
    }));

  test('skips or repeats what failed if it is told to', () =>
    world(1, async ({ consumer, simulation }) => {
      const attempts: string[] = [];
      const seen: number[] = [];
      await runUntil(consumer(), 9, {
        onError: (error, { offset }) => {
          attempts.push(`${offset} ${(error as Error).message} ${Math.round(simulation.nowMs)}`);
          return offset === 2 ? 'skip' : { retryAfterMs: 1000 };
        },
        eachRecord: async ({ offset }) => {
          await Promise.resolve();
          if (offset === 2) throw new Error('never');
          if (offset === 5 && attempts.length < 3) throw new Error('not yet');
          seen.push(offset);
        },
      });
      expect(seen).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
      const times = attempts.map((attempt) => Number(attempt.split(' ').at(-1)));
      expect(attempts.map((attempt) => attempt.split(' ')[0])).toEqual(['2', '5', '5']);
      expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(1000);
    }));

  test('lets handlers finish before partitions go to another member, so that nothing is processed twice', () =>
    world(2, async ({ consumer, simulation }) => {
      const seen: string[] = [];
      const member = (name: string) => {
        const ending = new AbortController();
        const running = consumer({ 'max.poll.records': 3 }).run({
          signal: ending.signal,
          eachRecord: async ({ partition, offset }) => {
            await simulation.sleep(200);
            seen.push(`${partition}@${offset}`);
            expect(name).toBeDefined();
          },
        });
        return { ending, running };
      };
      const first = member('first');
      await simulation.sleep(500);
      const second = member('second');
      await simulation.sleep(10_000);
      first.ending.abort();
      second.ending.abort();
      await Promise.all([first.running, second.running]);
      expect(seen).toHaveLength(20);
      expect(new Set(seen).size).toBe(20);
    }));

  test('tells handlers that do not finish in time, and leaves their records to the next owner', () =>
    world(1, async ({ consumer, committed, simulation }) => {
      const stuck = consumer();
      const signals: AbortSignal[] = [];
      const running = stuck.run({
        drainTimeoutMs: 1000,
        eachRecord: ({ offset }, { signal }) => {
          if (offset < 3) return undefined;
          signals.push(signal);
          return new Promise(() => {});
        },
      });
      await simulation.sleep(1000);
      expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
      await stuck.close();
      await running;
      expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
      expect(await committed()).toBe(3);
    }));

  test('starts nothing of a paused partition, and goes where it is sought to', () =>
    world(2, async ({ consumer, simulation }) => {
      const made = consumer();
      const ending = new AbortController();
      const seen: string[] = [];
      const running = made.run({
        signal: ending.signal,
        eachRecord: ({ topic: name, partition, offset }) => {
          seen.push(`${partition}@${offset}`);
          if (partition === 0 && offset === 1) made.pause([{ topic: name, partition }]);
          if (partition === 1 && offset === 3 && seen.length < 15)
            made.seek({ topic: name, partition, offset: 8 });
        },
      });
      await simulation.sleep(5000);
      expect(seen.filter((entry) => entry.startsWith('0'))).toEqual(['0@0', '0@1']);
      expect(seen.filter((entry) => entry.startsWith('1'))).toEqual([
        '1@0',
        '1@1',
        '1@2',
        '1@3',
        '1@8',
        '1@9',
      ]);
      made.resume([{ topic: 't', partition: 0 }]);
      await simulation.sleep(1000);
      expect(seen.filter((entry) => entry.startsWith('0'))).toHaveLength(10);
      ending.abort();
      await running;
    }));

  test('with enable.auto.commit=false commits nothing by itself, and commit() only what is processed', () =>
    world(1, async ({ consumer, committed }) => {
      const made = consumer({ 'enable.auto.commit': false });
      await runUntil(made, 10, {
        eachRecord: async ({ offset }) => {
          if (offset === 6) await made.commit();
        },
      });
      expect(await committed()).toBe(6);
    }));

  test('is for one at a time, and the consumer polls again behind it', () =>
    world(1, async ({ consumer }) => {
      const made = consumer();
      const ending = new AbortController();
      const running = made.run({ signal: ending.signal, eachRecord: () => ending.abort() });
      await expect(made.run({ eachRecord: () => {} })).rejects.toThrow('run() is already running');
      await running;
      const [next] = await pollRecords(made, 1);
      expect(next!.offset).toBe(1);
    }));

  test('hands out typed records, and takes bytes that do not fit for a failure', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      await cluster.produce(['{"n":1}', '{"n":2}', '{'].map((value) => ({ topic: 't', key: 'k', value })));
      const typed = topic({ name: 't', key: serdes.string(), value: serdes.json<{ n: number }>() });
      const seen: number[] = [];
      const consumer = cluster.consumer({ 'group.id': 'g' });
      const running = consumer.subscribe(typed).run({ eachRecord: ({ value }) => void seen.push(value.n) });
      await expect(running).rejects.toMatchObject({
        code: 'ERR_CLIENT_RECORD_FAILED',
        offset: 2,
        cause: { code: 'ERR_CLIENT_DESERIALIZATION', part: 'value', offset: 2 },
      });
      expect(seen).toEqual([1, 2]);
    }));

  test('keeps the order of each key of typed records, and hands a record that failed to its handler again', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      const keys = ['a', 'b', 'a', 'b', 'a', 'c'];
      await cluster.produce(keys.map((key, value) => ({ topic: 't', key, value: `{"n":${value}}` })));
      const typed = topic({ name: 't', key: serdes.string(), value: serdes.json<{ n: number }>() });
      const ending = new AbortController();
      const log: string[] = [];
      await cluster
        .consumer({ 'group.id': 'g' })
        .subscribe(typed)
        .run({
          by: 'key',
          concurrency: 4,
          signal: ending.signal,
          onError: () => ({ retryAfterMs: 5 }),
          eachRecord: async ({ key, value }) => {
            log.push(`+${key}${value.n}`);
            await simulation.sleep(10);
            if (value.n === 2 && !log.includes('!')) {
              log.push('!');
              throw new Error('once');
            }
            log.push(`-${key}${value.n}`);
            if (log.filter((entry) => entry.startsWith('-')).length === keys.length) ending.abort();
          },
        });
      expect(log.filter((entry) => entry.includes('a'))).toEqual([
        '+a0',
        '-a0',
        '+a2',
        '+a2',
        '-a2',
        '+a4',
        '-a4',
      ]);
      expect(log.filter((entry) => entry.includes('b'))).toEqual(['+b1', '-b1', '+b3', '-b3']);
      expect(log.slice(0, 3)).toEqual(['+a0', '+b1', '+c5']);
    }));

  test.each([
    [{}, 'Option "eachRecord" of run() or eachBatch must be given, and not both'],
    [
      { eachRecord: () => {}, concurency: 2 },
      'Option "concurency" of run() does not exist; did you mean "concurrency"?',
    ],
    [
      { eachRecord: () => {}, concurrency: 0 },
      'Option "concurrency" of run() is 0, but must be a whole number from 1 on',
    ],
    [
      { eachRecord: () => {}, by: 'value' },
      'Option "by" of run() is "value", but must be "partition" or "key"',
    ],
    [{ eachBatch: () => {}, by: 'key' }, 'Option "by" of run() cannot be "key" with eachBatch'],
    [{ eachRecord: () => {}, onError: 'ignore' }, 'Option "onError" of run() is "ignore"'],
  ])('refuses %o', async (options, message) => {
    await using cluster = await TestCluster.start();
    const consumer = cluster.consumer({ 'group.id': 'g' });
    consumer.subscribe('t');
    await expect(consumer.run(options as RunOptions<ConsumerRecord>)).rejects.toThrow(message);
  });
});
