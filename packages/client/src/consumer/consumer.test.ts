import { describe, expect, it } from 'vitest';
import { ClientClosedError } from '../errors.ts';
import { Consumer } from './consumer.ts';
import { ConsumerStateError, NotAssignedError, WakeupError } from './consumer-errors.ts';
import { pollRecords, recordTexts, TestCluster } from './testing/test-cluster.ts';

const T0 = { topic: 't', partition: 0 };
const T1 = { topic: 't', partition: 1 };

/** A topic with values 0 to 9 in each of two partitions. */
async function withRecords(body: (cluster: TestCluster) => Promise<void>): Promise<void> {
  await using cluster = await TestCluster.start();
  await cluster.createTopic('t', 2);
  await cluster.fill('t', 0, 10);
  await cluster.fill('t', 1, 10);
  await body(cluster);
}

describe('a consumer with partitions of its own choice', () => {
  it('reads them from the beginning, in order, and nothing else', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer();
      consumer.assign([T1]);
      const records = await pollRecords(consumer, 10);
      expect(recordTexts(records)).toEqual(Array.from({ length: 10 }, (_, n) => `t-1:${n}`));
      expect(records.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(consumer.assignment()).toEqual([T1]);
      expect(await consumer.position(T1)).toBe(10);
      expect(consumer.lag(T1)).toBe(0);
    }));

  it('returns an empty array when nothing comes in time', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'auto.offset.reset': 'latest' });
      consumer.assign([T0]);
      expect(await consumer.poll({ timeoutMs: 50 })).toEqual([]);
    }));

  it('returns what is produced while it waits', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'auto.offset.reset': 'latest' });
      consumer.assign([T0]);
      expect(await consumer.position(T0)).toBe(10);
      const polled = consumer.poll({ timeoutMs: 10_000 });
      await cluster.fill('t', 0, 1, 10);
      expect(recordTexts(await polled)).toEqual(['t-0:10']);
    }));

  it('never returns more than max.poll.records, and loses nothing in between (confluent-kafka-javascript#286)', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'max.poll.records': 3 });
      consumer.assign([T0]);
      const sizes: number[] = [];
      for (let count = 0; count < 10;) {
        const records = await consumer.poll({ timeoutMs: 10_000 });
        expect(records.map(({ value }) => Number(value))).toEqual(records.map((_, index) => count + index));
        sizes.push(records.length);
        count += records.length;
      }
      expect(Math.max(...sizes)).toBe(3);
    }));

  it('goes on where a seek says, whatever was fetched before', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'max.poll.records': 2 });
      consumer.assign([T0]);
      await pollRecords(consumer, 2);
      consumer.seek({ ...T0, offset: 7 });
      expect(recordTexts(await pollRecords(consumer, 2))).toEqual(['t-0:7', 't-0:8']);
      consumer.seek({ ...T0, offset: 1 });
      expect(await consumer.position(T0)).toBe(1);
      expect(recordTexts(await pollRecords(consumer, 2))).toEqual(['t-0:1', 't-0:2']);
      consumer.seekToEnd();
      expect(await consumer.position(T0)).toBe(10);
      consumer.seekToBeginning([T0]);
      expect(recordTexts(await pollRecords(consumer, 2))).toEqual(['t-0:0', 't-0:1']);
    }));

  it('holds paused partitions back and returns them after resume', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'max.poll.records': 2 });
      consumer.assign([T0, T1]);
      const first = await pollRecords(consumer, 2);
      const held = first[0]!.partition === 0 ? T0 : T1;
      const other = first[0]!.partition === 0 ? T1 : T0;
      consumer.pause([held]);
      expect(consumer.paused()).toEqual([held]);
      const rest = await pollRecords(consumer, 10);
      expect(new Set(rest.map(({ partition }) => partition))).toEqual(new Set([other.partition]));
      expect(await consumer.poll({ timeoutMs: 50 })).toEqual([]);
      consumer.resume([held]);
      expect((await pollRecords(consumer, 8)).map(({ offset }) => offset)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    }));

  it('keeps the position of partitions that an assign() names again', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer();
      consumer.assign([T0]);
      await pollRecords(consumer, 10);
      consumer.assign([T0, T1]);
      expect(new Set(recordTexts(await pollRecords(consumer, 10)))).toEqual(
        new Set(Array.from({ length: 10 }, (_, n) => `t-1:${n}`)),
      );
      expect(await consumer.position(T0)).toBe(10);
    }));

  it('finds offsets by time and the ends of the log', async () => {
    await using cluster = await TestCluster.start();
    await cluster.createTopic('t', 1);
    await cluster.produce([1000, 2000, 3000].map((timestampMs) => ({ ...T0, value: 'x', timestampMs })));
    const consumer = cluster.consumer();
    const queries = [0, 1500, 3000, 4000].map((timestampMs) => ({ ...T0, timestampMs }));
    const found = await consumer.offsetsForTimes(queries.slice(0, 1));
    expect(found).toEqual([{ offset: 0, timestampMs: 1000, leaderEpoch: 0 }]);
    const offsets = [];
    for (const query of queries) offsets.push((await consumer.offsetsForTimes([query]))[0]?.offset);
    expect(offsets).toEqual([0, 1, 2, undefined]);
    expect(await consumer.beginningOffsets([T0])).toEqual([0]);
    expect(await consumer.endOffsets([T0])).toEqual([3]);
  });

  it('starts by duration where the records are young enough', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 3);
      await simulation.sleep(3_600_000);
      await cluster.fill('t', 0, 1, 3);
      const consumer = cluster.consumer({ 'auto.offset.reset': 'by_duration:PT30M' });
      consumer.assign([T0]);
      expect(recordTexts(await pollRecords(consumer, 1))).toEqual(['t-0:3']);
    }));
});

describe('a loop over records', () => {
  it('moves the position record by record, and gives back what it has not seen', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer();
      consumer.assign([T0]);
      const seen: number[] = [];
      for await (const record of consumer) {
        seen.push(record.offset);
        expect(await consumer.position(T0)).toBe(record.offset + 1);
        if (record.offset === 3) break;
      }
      expect(seen).toEqual([0, 1, 2, 3]);
      expect(await consumer.position(T0)).toBe(4);
      expect((await pollRecords(consumer, 6)).map(({ offset }) => offset)).toEqual([4, 5, 6, 7, 8, 9]);
    }));

  it('follows a seek in its body at once', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer();
      consumer.assign([T0]);
      const seen: number[] = [];
      for await (const record of consumer) {
        seen.push(record.offset);
        if (seen.length === 2) consumer.seek({ ...T0, offset: 8 });
        if (seen.length === 4) break;
      }
      expect(seen).toEqual([0, 1, 8, 9]);
    }));

  it('follows a pause in its body at once, and goes on after resume where it was', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'fetch.max.wait.ms': 20 });
      consumer.assign([T0]);
      const seen: number[] = [];
      for await (const record of consumer) {
        seen.push(record.offset);
        if (record.offset === 2) {
          consumer.pause([T0]);
          await cluster.fill('t', 1, 1, 10);
          consumer.assign([T0, T1]);
          consumer.seek({ ...T1, offset: 10 });
        }
        if (record.partition === 1) break;
      }
      expect(seen).toEqual([0, 1, 2, 10]);
      consumer.resume([T0]);
      expect((await pollRecords(consumer, 7)).map(({ offset }) => offset)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    }));

  it('ends when the consumer is closed', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer();
      consumer.assign([T0]);
      const seen: number[] = [];
      let closed: Promise<void> | undefined;
      for await (const record of consumer) {
        seen.push(record.offset);
        if (record.offset === 9) closed = consumer.close();
      }
      await closed;
      expect(seen).toHaveLength(10);
    }));
});

describe('a poll', () => {
  it('can be ended by wakeup, by a signal, and by close', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'auto.offset.reset': 'latest' });
      consumer.assign([T0]);
      const woken = consumer.poll({ timeoutMs: 60_000 });
      consumer.wakeup();
      await expect(woken).rejects.toThrow(WakeupError);
      consumer.wakeup();
      await expect(consumer.poll({ timeoutMs: 60_000 })).rejects.toThrow(WakeupError);

      const controller = new AbortController();
      const aborted = consumer.poll({ timeoutMs: 60_000, signal: controller.signal });
      controller.abort(new Error('enough'));
      await expect(aborted).rejects.toThrow('enough');
      await expect(consumer.poll({ signal: controller.signal })).rejects.toThrow('enough');

      const closed = consumer.poll({ timeoutMs: 60_000 });
      await consumer.close();
      expect(await closed).toEqual([]);
      await expect(consumer.poll()).rejects.toThrow(ClientClosedError);
    }));

  it('refuses company, and a consumer that reads nothing', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer({ 'auto.offset.reset': 'latest' });
      await expect(consumer.poll()).rejects.toThrow(ConsumerStateError);
      consumer.assign([T0]);
      const first = consumer.poll({ timeoutMs: 60_000 });
      await expect(consumer.poll()).rejects.toThrow('poll() is already running');
      consumer.wakeup();
      await expect(first).rejects.toThrow(WakeupError);
    }));
});

describe('a misused consumer', () => {
  it('says what is wrong', () =>
    withRecords(async (cluster) => {
      const consumer = cluster.consumer();
      expect(() => consumer.subscribe('t')).toThrow('subscribe() needs the property group.id');
      expect(() => consumer.commit()).toThrow('commit() needs the property group.id');
      expect(() => consumer.pause([T0])).toThrow(NotAssignedError);
      consumer.assign([T0]);
      expect(() => consumer.seek({ ...T1, offset: 0 })).toThrow('t-1 is not assigned to this consumer');
      expect(() => consumer.seek({ ...T0, offset: -1 })).toThrow('seek() needs an offset from 0 on, not -1');
      const member = cluster.consumer({ 'group.id': 'g' });
      member.subscribe('t');
      expect(() => member.assign([T0])).toThrow('exclude each other');
    }));

  it.each([
    [{ 'auto.offset.reset': 'newest' }, 'must be one of latest, earliest, none, by_duration'],
    [{ 'partition.assignment.strategy': 'rang' }, 'did you mean "range"?'],
    [{ 'partition.assignment.strategy': '' }, 'is empty'],
    [{ 'heartbeat.interval.ms': 5000, 'session.timeout.ms': 5000 }, 'below session.timeout.ms'],
    [{ 'enable.auto.commit': true }, 'without group.id'],
    [{ 'max.poll.records': 0 }, 'at least 1'],
  ])('is not made with %o', (properties, problem) => {
    expect(() => new Consumer({ 'bootstrap.servers': '127.0.0.1:1', ...properties })).toThrow(problem);
  });
});
