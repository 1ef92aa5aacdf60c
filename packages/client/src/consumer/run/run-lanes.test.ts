import { describe, expect, test } from 'vitest';
import { TestCluster } from '../testing/test-cluster.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { RunOptions } from './run-options.ts';

const partition0 = { topic: 't', partition: 0 };

function startRun(cluster: TestCluster, options: RunOptions<ConsumerRecord>) {
  const consumer = cluster.consumer({ 'group.id': 'g' });
  consumer.subscribe('t');
  const ending = new AbortController();
  const running = consumer.run({ ...options, signal: ending.signal });
  const end = () => {
    ending.abort();
    return running;
  };
  return { consumer, end };
}

describe('run() by key', () => {
  test('commits everything where a record without a key takes its time, and those behind it do not', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      const seen: number[] = [];
      const { consumer, end } = startRun(cluster, {
        by: 'key',
        concurrency: 2,
        eachRecord: ({ offset }) => {
          seen.push(offset);
          return offset === 0 ? simulation.sleep(100) : undefined;
        },
      });
      await simulation.sleep(3000);
      await end();
      expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(await consumer.committed([partition0])).toMatchObject([{ offset: 10 }]);
    }));

  test('goes on with a key behind a pause that came while one of its records was being processed', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      const keys = ['a', 'a', 'b', 'a'];
      await cluster.produce(keys.map((key, value) => ({ topic: 't', key, value: String(value) })));
      const seen: number[] = [];
      const { consumer, end } = startRun(cluster, {
        by: 'key',
        concurrency: 2,
        eachRecord: async ({ offset }) => {
          seen.push(offset);
          await simulation.sleep(100);
          if (offset === 0) consumer.pause([partition0]);
        },
      });
      await simulation.sleep(3000);
      consumer.resume([partition0]);
      await simulation.sleep(3000);
      await end();
      expect(seen.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
      expect(await consumer.committed([partition0])).toMatchObject([{ offset: 4 }]);
    }));

  test.each([['a'], [null]])(
    'repeats a failed record of key %s alone where the partition was paused since',
    (key) =>
      TestCluster.simulate(async (cluster, simulation) => {
        await cluster.createTopic('t');
        await cluster.produce(
          [0, 1, 2].map((value) => ({ topic: 't', key: value === 0 ? key : 'b', value: String(value) })),
        );
        const seen: number[] = [];
        const { consumer, end } = startRun(cluster, {
          by: 'key',
          concurrency: 2,
          onError: () => {
            consumer.pause([partition0]);
            return { retryAfterMs: 200 };
          },
          eachRecord: async ({ offset }) => {
            const isFirst = !seen.includes(offset);
            seen.push(offset);
            await simulation.sleep(100);
            if (offset === 0 && isFirst) throw new Error('once');
          },
        });
        await simulation.sleep(3000);
        consumer.resume([partition0]);
        await simulation.sleep(3000);
        await end();
        expect(seen.toSorted((a, b) => a - b)).toEqual([0, 0, 1, 2]);
        expect(await consumer.committed([partition0])).toMatchObject([{ offset: 3 }]);
      }),
  );
});

describe('run() with seeks', () => {
  test('waits for the handler at work after two seeks as after one', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      let [running, most] = [0, 0];
      const { consumer, end } = startRun(cluster, {
        concurrency: 3,
        eachRecord: async ({ offset }) => {
          most = Math.max(most, ++running);
          await simulation.sleep(offset === 0 ? 10_000 : 10);
          running--;
        },
      });
      await simulation.sleep(3000);
      consumer.seek({ ...partition0, offset: 5 });
      await simulation.sleep(3000);
      consumer.seek({ ...partition0, offset: 7 });
      await simulation.sleep(3000);
      await end();
      expect(most).toBe(1);
      expect(running).toBe(0);
    }));

  test('ends only when the handler of a position that was left by a seek has ended', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      let running = 0;
      const { consumer, end } = startRun(cluster, {
        eachRecord: async () => {
          running++;
          await simulation.sleep(10_000);
          running--;
        },
      });
      await simulation.sleep(3000);
      consumer.seek({ ...partition0, offset: 5 });
      await simulation.sleep(3000);
      await end();
      expect(running).toBe(0);
    }));
});
