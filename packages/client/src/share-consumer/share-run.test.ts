import type { Simulation } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { ConsumerStateError } from '../consumer/consumer-errors.ts';
import { RecordFailedError } from '../consumer/run/run-errors.ts';
import { TestCluster } from '../consumer/testing/test-cluster.ts';
import { InvalidOptionError } from '../errors.ts';
import { serdes } from '../serde/built-in-serdes.ts';
import { DeserializationError } from '../serde/serde-errors.ts';
import { topic } from '../topic/topic.ts';
import type { SharedRecordLocation } from './share-run.ts';

const typed = topic({ name: 't', value: serdes.string() });
/** Reads what is not an even number as damaged. */
const evenNumbers = topic({
  name: 't',
  value: {
    serialize: (value: number) => Buffer.from(String(value)),
    deserialize: (bytes: Buffer | null) => {
      const number = Number(String(bytes));
      if (number % 2 === 1) throw new Error(`${number} is odd`);
      return number;
    },
  },
});
const LONG = { timeoutMs: 10_000 };

async function filled(
  count: number,
  body: (cluster: TestCluster, simulation: Simulation) => Promise<void>,
): Promise<void> {
  await TestCluster.simulate(
    async (cluster, simulation) => {
      await cluster.createTopic('t', 1);
      await cluster.configureGroup('g', {
        'share.auto.offset.reset': 'earliest',
        'share.record.lock.duration.ms': '1000',
      });
      await cluster.fill('t', 0, count);
      await body(cluster, simulation);
    },
    { 'group.share.min.record.lock.duration.ms': 1000 },
  );
}

/** What is left for others. */
async function left(cluster: TestCluster): Promise<string[]> {
  const consumer = cluster.shareConsumer();
  consumer.subscribe('t');
  const records = await consumer.poll({ timeoutMs: 1500 });
  await consumer.close();
  return records.map(({ value, deliveryCount }) => `${String(value)}*${deliveryCount}`);
}

describe('run() of a share consumer', () => {
  it.each(['implicit', 'explicit'] as const)('accepts what handlers have done (%s)', (mode) =>
    filled(10, async (cluster, simulation) => {
      const consumer = cluster.shareConsumer({ 'share.acknowledgement.mode': mode });
      consumer.subscribe('t');
      const seen: string[] = [];
      let running = 0;
      let most = 0;
      const ending = new AbortController();
      await consumer.run({
        concurrency: 3,
        signal: ending.signal,
        eachRecord: async ({ value }) => {
          most = Math.max(most, ++running);
          await simulation.sleep(20);
          running--;
          seen.push(String(value));
          if (seen.length === 10) ending.abort();
        },
      });
      expect(seen.toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
      expect(most).toBe(3);
      await consumer.close();
      expect(await left(cluster)).toEqual([]);
    }),
  );

  it('goes on with other records while one takes long', () =>
    filled(4, async (cluster) => {
      const consumer = cluster.shareConsumer({ 'max.poll.records': 2, 'share.acquire.mode': 'record_limit' });
      consumer.subscribe('t');
      const seen: string[] = [];
      const ending = new AbortController();
      const { promise: others, resolve: onOthers } = Promise.withResolvers<void>();
      await consumer.run({
        concurrency: 2,
        signal: ending.signal,
        eachRecord: async ({ value }) => {
          if (String(value) === '0') await others;
          seen.push(String(value));
          if (seen.length === 3) onOthers();
          if (seen.length === 4) ending.abort();
        },
      });
      expect(seen).toEqual(['1', '2', '3', '0']);
    }));

  it('does with failures what onError says', () =>
    filled(4, async (cluster) => {
      const consumer = cluster.shareConsumer();
      consumer.subscribe('t');
      const seen: string[] = [];
      const ending = new AbortController();
      await consumer.run({
        signal: ending.signal,
        onError: (_error, { offset, deliveryCount }: SharedRecordLocation) => {
          if (offset === 1) return 'reject';
          return deliveryCount === 1 ? 'release' : 'accept';
        },
        eachRecord: ({ value, deliveryCount }) => {
          seen.push(`${String(value)}*${deliveryCount}`);
          if (seen.length === 5) ending.abort();
          if (String(value) === '1' || String(value) === '2') throw new Error('no');
        },
      });
      expect(seen).toEqual(['0*1', '1*1', '2*1', '3*1', '2*2']);
      await consumer.close();
      expect(await left(cluster)).toEqual([]);
    }));

  it('ends with the failure of a handler, and gives back that record and what follows', () =>
    filled(3, async (cluster) => {
      const consumer = cluster.shareConsumer();
      consumer.subscribe('t');
      const failed = consumer.run({
        eachRecord: ({ offset }) => {
          if (offset === 1) throw new Error('cannot be done');
        },
      });
      await expect(failed).rejects.toThrow(RecordFailedError);
      await expect(failed).rejects.toThrow('Processing t-0 at offset 1 failed: cannot be done');
      await consumer.close();
      expect(await left(cluster)).toEqual(['1*2', '2*2']);
    }));

  it('is ended by close(), which waits for handlers', () =>
    filled(2, async (cluster, simulation) => {
      const consumer = cluster.shareConsumer();
      consumer.subscribe('t');
      const { promise: atWork, resolve: onAtWork } = Promise.withResolvers<void>();
      let ended = 0;
      const running = consumer.run({
        eachRecord: async (_record, { ending }) => {
          onAtWork();
          await simulation.sleep(200);
          expect(ending.aborted).toBe(true);
          ended++;
        },
      });
      await atWork;
      await consumer.close();
      await running;
      expect(ended).toBe(1);
      expect(await left(cluster)).toEqual(['1*2']);
    }));

  it.each(['run()', 'for await'])(
    'says what is done before locks run out, however much came at once: %s',
    (way) =>
      filled(12, async (cluster, simulation) => {
        const consumer = cluster.shareConsumer();
        consumer.subscribe('t');
        const seen: string[] = [];
        const handle = async (value: unknown) => {
          await simulation.sleep(150);
          seen.push(String(value));
          return new Set(seen).size === 12;
        };
        if (way === 'run()') {
          const ending = new AbortController();
          await consumer.run({
            signal: ending.signal,
            eachRecord: async ({ value }) => {
              if (await handle(value)) ending.abort();
            },
          });
        } else {
          for await (const { value } of consumer) if (await handle(value)) break;
        }
        // Only what a lock ran out of in the middle comes again.
        expect(seen.slice(0, 6)).toEqual(['0', '1', '2', '3', '4', '5']);
        expect(seen.slice(6).filter((value) => Number(value) < 5)).toEqual([]);
      }),
  );

  it('renews the locks of what takes long', () =>
    filled(1, async (cluster, simulation) => {
      const consumer = cluster.shareConsumer();
      consumer.subscribe('t');
      const ending = new AbortController();
      let deliveries = 0;
      await consumer.run({
        renewLocks: true,
        signal: ending.signal,
        eachRecord: async () => {
          deliveries++;
          await simulation.sleep(3500);
          ending.abort();
        },
      });
      expect(deliveries).toBe(1);
      await consumer.close();
      expect(await left(cluster)).toEqual([]);
    }));

  it('refuses what cannot be, and a second one beside it', () =>
    filled(1, async (cluster) => {
      const consumer = cluster.shareConsumer();
      consumer.subscribe('t');
      const eachRecord = () => {};
      await expect(consumer.run({ eachRecord, concurrency: 0 })).rejects.toThrow(InvalidOptionError);
      await expect(consumer.run({ eachRecords: eachRecord } as never)).rejects.toThrow(
        'did you mean "eachRecord"?',
      );
      const ending = new AbortController();
      const running = consumer.run({ eachRecord, signal: ending.signal });
      await expect(consumer.run({ eachRecord })).rejects.toThrow(ConsumerStateError);
      await expect(consumer.poll()).rejects.toThrow(ConsumerStateError);
      ending.abort();
      await running;
    }));
});

describe('typed topics of a share consumer', () => {
  it('hand out values by poll, by loop and by run', () =>
    filled(3, async (cluster) => {
      const consumer = cluster.shareConsumer({ 'max.poll.records': 1, 'share.acquire.mode': 'record_limit' });
      const records = consumer.subscribe(typed);
      const [first] = await records.poll(LONG);
      expect(first).toMatchObject({ value: '0', deliveryCount: 1 });
      for await (const { value } of records) {
        expect(value).toBe('1');
        break;
      }
      const ending = new AbortController();
      const seen: string[] = [];
      await records.run({
        signal: ending.signal,
        eachRecord: ({ value, deliveryCount }) => {
          seen.push(`${value}*${deliveryCount}`);
          if (seen.length === 2) ending.abort();
        },
      });
      // A loop that is left early gives back the record that it was at.
      expect(seen.toSorted()).toEqual(['1*2', '2*1']);
    }));

  it('reject, release or throw what does not fit', () =>
    filled(4, async (cluster) => {
      const consumer = cluster.shareConsumer();
      const records = consumer.subscribe(evenNumbers, {
        onInvalidRecord: (error, { offset }) => {
          expect(error).toBeInstanceOf(DeserializationError);
          return offset === 1 ? 'reject' : 'throw';
        },
      });
      expect((await records.poll(LONG)).map(({ value }) => value)).toEqual([0, 2]);
      await expect(records.poll(LONG)).rejects.toThrow('3 is odd');
      await consumer.close();
      // What the last poll handed out is given back by close; it counts as delivered.
      expect(await left(cluster)).toEqual(['0*2', '2*2', '3*2']);
    }));
});

describe('metrics of a share consumer', () => {
  it('have the names of Kafka, and count', () =>
    filled(5, async (cluster) => {
      const consumer = cluster.shareConsumer();
      consumer.subscribe('t');
      await consumer.poll(LONG);
      await consumer.commit();
      const value = (group: string, name: string) =>
        consumer.metrics().find((one) => one.group === group && one.name === name)?.value;
      const fetches = 'consumer-share-fetch-manager-metrics';
      expect(value(fetches, 'records-consumed-total')).toBe(5);
      expect(value(fetches, 'acknowledgements-send-total')).toBe(5);
      expect(value(fetches, 'acknowledgements-error-total')).toBe(0);
      expect(value(fetches, 'fetch-total')).toBeGreaterThan(0);
      expect(value('consumer-share-coordinator-metrics', 'heartbeat-total')).toBeGreaterThan(0);
      expect(value('consumer-share-coordinator-metrics', 'rebalance-total')).toBe(1);
      expect(value('consumer-share-metrics', 'last-poll-seconds-ago')).toBe(0);
      expect(value('consumer-share-metrics', 'connection-count')).toBeGreaterThan(0);
    }));
});
