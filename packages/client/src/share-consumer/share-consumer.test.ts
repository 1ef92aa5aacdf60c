import type { KafkaError } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import { ConsumerStateError, GroupRefusedError, WakeupError } from '../consumer/consumer-errors.ts';
import { TestCluster } from '../consumer/testing/test-cluster.ts';
import { ClientClosedError, InvalidConfigError } from '../errors.ts';
import type { AcknowledgeResult } from './acknowledge/acknowledge-result.ts';
import { ShareConsumer } from './share-consumer.ts';
import type { ShareRecord } from './share-record.ts';

const EXPLICIT = { 'share.acknowledgement.mode': 'explicit' } as const;

/** Topic `t` with this many records per partition, and group `g`, which reads it from the beginning. */
async function filled(
  cluster: TestCluster,
  count: number,
  { partitions = 1, settings = {} }: { partitions?: number; settings?: Record<string, string> } = {},
): Promise<void> {
  await cluster.createTopic('t', partitions);
  await cluster.configureGroup('g', { 'share.auto.offset.reset': 'earliest', ...settings });
  for (let partition = 0; partition < partitions; partition++) await cluster.fill('t', partition, count);
}

function member(cluster: TestCluster, ...[properties, options]: Parameters<TestCluster['shareConsumer']>) {
  const consumer = cluster.shareConsumer(properties, options);
  consumer.subscribe('t');
  return consumer;
}

/** `value` of each record, with how often it was delivered when that is more than once. */
function texts(records: readonly ShareRecord[]): string[] {
  return records.map(
    ({ value, deliveryCount }) => `${String(value)}${deliveryCount > 1 ? `*${deliveryCount}` : ''}`,
  );
}

function outcomes(results: readonly AcknowledgeResult[]): string[] {
  return results.map(
    ({ topic, partition, offsets, error }) =>
      `${topic}-${partition} ${offsets.join()} ${error === undefined ? 'ok' : (error as KafkaError).code}`,
  );
}

const LONG = { timeoutMs: 10_000 };

describe('a share consumer that acknowledges implicitly', () => {
  it('accepts with each poll what the poll before returned', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 5);
      const first = member(cluster, { 'max.poll.records': 2, 'share.acquire.mode': 'record_limit' });
      expect(texts(await first.poll(LONG))).toEqual(['0', '1']);
      expect(texts(await first.poll(LONG))).toEqual(['2', '3']);
      await first.close();
      const second = member(cluster);
      expect(texts(await second.poll(LONG))).toEqual(['2*2', '3*2', '4']);
    }));

  it('accepts everything with a commit, and hears how that went', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 3);
      const heard: AcknowledgeResult[] = [];
      const first = member(cluster, {}, { onAcknowledged: (results) => heard.push(...results) });
      await first.poll(LONG);
      const results = await first.commit();
      expect(outcomes(results)).toEqual(['t-0 0,1,2 ok']);
      expect(heard).toEqual(results);
      expect(await first.commit()).toEqual([]);
      await first.close();
      expect(await member(cluster).poll({ timeoutMs: 1000 })).toEqual([]);
    }));

  it('hands out whole batches in pieces', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 5);
      const consumer = member(cluster, { 'max.poll.records': 2 });
      const seen = [await consumer.poll(LONG), await consumer.poll(LONG), await consumer.poll(LONG)];
      expect(seen.map(texts)).toEqual([['0', '1'], ['2', '3'], ['4']]);
      await consumer.poll({ timeoutMs: 100 });
      await consumer.close();
      expect(await member(cluster).poll({ timeoutMs: 1000 })).toEqual([]);
    }));

  it('shares the records of one partition with other members', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 1);
      const [a, b] = [member(cluster), member(cluster)];
      const [one, other] = await Promise.all([a.poll(LONG), b.poll({ timeoutMs: 2000 })]);
      expect(texts([...one, ...other])).toEqual(['0']);
      const next = Promise.all([a.poll({ timeoutMs: 5000 }), b.poll({ timeoutMs: 5000 })]);
      for (let index = 1; index <= 20; index++) await cluster.fill('t', 0, 1, index);
      const seen = (await next).flat();
      while (seen.length < 20) seen.push(...(await a.poll(LONG)), ...(await b.poll({ timeoutMs: 100 })));
      expect(texts(seen).toSorted((x, y) => Number(x) - Number(y))).toEqual(
        Array.from({ length: 20 }, (_, index) => String(index + 1)),
      );
    }));

  it('refuses explicit acknowledgements', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 1);
      const consumer = member(cluster);
      const [record] = await consumer.poll(LONG);
      expect(() => consumer.acknowledge(record!)).toThrow(ConsumerStateError);
    }));
});

describe('a share consumer that acknowledges explicitly', () => {
  it('accepts, releases and rejects', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 4);
      const consumer = member(cluster, EXPLICIT);
      const records = await consumer.poll(LONG);
      consumer.acknowledge(records[0]!);
      consumer.acknowledge(records[1]!, 'release');
      consumer.acknowledge(records[2]!, 'reject');
      consumer.acknowledge(records[3]!, 'release');
      const again = await consumer.poll(LONG);
      expect(texts(again)).toEqual(['1*2', '3*2']);
      for (const record of again) consumer.acknowledge(record, 'accept');
      expect(outcomes(await consumer.commit())).toEqual(['t-0 1,3 ok']);
    }));

  it('must acknowledge every record before the next poll, and none twice', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 2);
      const consumer = member(cluster, EXPLICIT);
      const [first, second] = await consumer.poll(LONG);
      consumer.acknowledge(first!);
      await expect(consumer.poll(LONG)).rejects.toThrow('1 records of the last one');
      expect(() => consumer.acknowledge(first!)).toThrow('offset 0 of t-0 is not in hand');
      consumer.acknowledge(second!);
      expect(await consumer.poll({ timeoutMs: 100 })).toEqual([]);
    }));

  it('loses a record when its lock runs out, unless it renews', () =>
    TestCluster.simulate(
      async (cluster, simulation) => {
        await filled(cluster, 2, { settings: { 'share.record.lock.duration.ms': '15000' } });
        const a = member(cluster, EXPLICIT);
        const [kept, lost] = await a.poll(LONG);
        expect(a.acquisitionLockTimeoutMs).toBe(15_000);
        await simulation.sleep(10_000);
        a.acknowledge(kept!, 'renew');
        expect(outcomes(await a.commit())).toEqual(['t-0 0 ok']);
        await simulation.sleep(10_000);
        const b = member(cluster, EXPLICIT);
        expect(texts(await b.poll(LONG))).toEqual(['1*2']);
        a.acknowledge(kept!);
        a.acknowledge(lost!);
        expect(outcomes(await a.commit())).toEqual(['t-0 0,1 INVALID_RECORD_STATE']);
      },
      { 'group.share.min.record.lock.duration.ms': 1000 },
    ));

  it('gives back with close what it has not acknowledged', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 3);
      const first = member(cluster, EXPLICIT);
      const records = await first.poll(LONG);
      first.acknowledge(records[1]!);
      await first.close();
      const second = member(cluster, EXPLICIT);
      expect(texts(await second.poll(LONG)).map((text) => text[0])).toEqual(['0', '2']);
    }));
});

describe('a loop over a share consumer', () => {
  it('accepts a record when it asks for the next one, and gives back the rest when it is left', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 5);
      const first = member(cluster);
      const seen: ShareRecord[] = [];
      for await (const record of first) if (seen.push(record) === 3) break;
      expect(texts(seen)).toEqual(['0', '1', '2']);
      const second = member(cluster);
      expect(texts(await second.poll(LONG))).toEqual(['2*2', '3*2', '4*2']);
      await first.close();
    }));

  it('may commit on the way', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 3);
      const consumer = member(cluster);
      for await (const { offset } of consumer) {
        expect(outcomes(await consumer.commit()).at(-1)).toBe(`t-0 ${offset} ok`);
        if (offset === 2) break;
      }
      await consumer.close();
      expect(await member(cluster).poll({ timeoutMs: 1000 })).toEqual([]);
    }));

  it('ends when the consumer is closed', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 1);
      const consumer = member(cluster);
      for await (const record of consumer) {
        expect(texts([record])).toEqual(['0']);
        void consumer.close();
      }
      await consumer.close();
    }));
});

describe('a share consumer', () => {
  it('reads several topics and partitions', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 10, { partitions: 3 });
      await cluster.createTopic('u');
      await cluster.fill('u', 0, 10);
      const consumer = cluster.shareConsumer();
      consumer.subscribe(['t', 'u']);
      expect(consumer.subscription()).toEqual(['t', 'u']);
      const seen = new Set<string>();
      while (seen.size < 40)
        for (const { topic, partition, value } of await consumer.poll(LONG))
          seen.add(`${topic}${partition}${String(value)}`);
      expect(seen.size).toBe(40);
    }));

  it('goes on when the broker dies and comes back', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 4);
      const results: AcknowledgeResult[] = [];
      const onAcknowledged = (more: readonly AcknowledgeResult[]) => void results.push(...more);
      const consumer = member(cluster, { ...EXPLICIT }, { onAcknowledged });
      const records = await consumer.poll(LONG);
      consumer.acknowledge(records[0]!);
      consumer.acknowledge(records[1]!);
      await consumer.commit();
      await cluster.restartBroker();
      consumer.acknowledge(records[2]!);
      consumer.acknowledge(records[3]!);
      const seen: ShareRecord[] = [];
      while (seen.length < 2) {
        const more = await consumer.poll(LONG);
        for (const record of more) consumer.acknowledge(record);
        seen.push(...more);
      }
      expect(seen.map(({ value }) => String(value))).toEqual(['2', '3']);
      expect(outcomes(results)[0]).toBe('t-0 0,1 ok');
      // What became of the others is not known: the connection was lost.
      expect(results[1]).toMatchObject({ offsets: [2, 3], error: { retriable: true } });
    }));

  it('leaves when it polls too rarely, and comes back', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await filled(cluster, 2);
      const slow = member(cluster, { 'max.poll.interval.ms': 5000 });
      expect(await slow.poll(LONG)).toHaveLength(2);
      await simulation.sleep(6000);
      const other = member(cluster);
      expect(texts(await other.poll(LONG)).map((text) => text[0])).toEqual(['0', '1']);
      await other.commit();
      await cluster.fill('t', 0, 1, 2);
      await other.close();
      expect(texts(await slow.poll(LONG))).toEqual(['2']);
    }));

  it('can leave, and subscribe to something else', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 2);
      await cluster.createTopic('u');
      await cluster.fill('u', 0, 1, 7);
      const consumer = member(cluster);
      await consumer.poll(LONG);
      await consumer.unsubscribe();
      await expect(consumer.poll(LONG)).rejects.toThrow('nothing to read');
      consumer.subscribe('u');
      expect(texts(await consumer.poll(LONG))).toEqual(['7']);
    }));

  it('ends a poll by wakeup, by a signal, and with close', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 0);
      const consumer = member(cluster);
      const polling = consumer.poll({ timeoutMs: 60_000 });
      await expect(consumer.poll()).rejects.toThrow('already running');
      consumer.wakeup();
      await expect(polling).rejects.toThrow(WakeupError);
      const stop = new AbortController();
      const aborted = consumer.poll({ timeoutMs: 60_000, signal: stop.signal });
      stop.abort(new Error('enough'));
      await expect(aborted).rejects.toThrow('enough');
      const last = consumer.poll({ timeoutMs: 60_000 });
      await consumer.close();
      expect(await last).toEqual([]);
      await expect(consumer.poll()).rejects.toThrow(ClientClosedError);
    }));

  it('is told when its group is of another kind', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 1);
      const other = cluster.consumer({ 'group.id': 'g', 'group.protocol': 'consumer' });
      other.subscribe('t');
      await other.poll(LONG);
      const consumer = member(cluster);
      await expect(consumer.poll(LONG)).rejects.toThrow(GroupRefusedError);
    }));

  it('throws what onAcknowledged throws', () =>
    TestCluster.simulate(async (cluster) => {
      await filled(cluster, 1);
      const onAcknowledged = () => {
        throw new Error('not expected');
      };
      const consumer = member(cluster, {}, { onAcknowledged });
      await consumer.poll(LONG);
      await consumer.commit();
      await expect(consumer.poll(LONG)).rejects.toThrow('not expected');
    }));
});

describe('properties of a share consumer', () => {
  const needed = { 'bootstrap.servers': '127.0.0.1:1', 'group.id': 'g' };

  it.each([
    [{ 'auto.offset.reset': 'earliest' }, 'share.auto.offset.reset'],
    [{ 'enable.auto.commit': 'false' }, 'share.acknowledgement.mode'],
    [{ 'group.id': '' }, 'is empty'],
  ])('%o is refused', (properties, text) => {
    const create = () => new ShareConsumer({ ...needed, ...properties });
    expect(create).toThrow(InvalidConfigError);
    expect(create).toThrow(text);
  });

  it('need a group', () => {
    expect(() => new ShareConsumer({ 'bootstrap.servers': '127.0.0.1:1' })).toThrow('group.id');
  });
});
