import { describe, expect, it } from 'vitest';
import { Producer } from '../producer/producer.ts';
import type { Consumer } from './consumer.ts';
import { pollRecords, recordTexts, TestCluster } from './testing/test-cluster.ts';

const T0 = { topic: 't', partition: 0 };

function manual(cluster: TestCluster, properties = {}): Consumer {
  const consumer = cluster.consumer({ 'fetch.max.wait.ms': 20, ...properties });
  consumer.assign([T0]);
  return consumer;
}

describe('records', () => {
  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'come out of %s batches as they went in',
    async (codec) => {
      await using cluster = await TestCluster.start();
      await cluster.createTopic('t');
      const producer = new Producer({
        'bootstrap.servers': cluster.bootstrapServers,
        'compression.type': codec,
        // Batches larger than what is decompressed on the event loop, and smaller ones.
        'batch.size': 100_000,
      });
      const values = Array.from({ length: 3000 }, (_, index) => `${index} ${'abcdefgh'.repeat(index % 50)}`);
      await producer.send(values.map((value) => ({ ...T0, key: `k${value.length}`, value })));
      await producer.close();
      const records = await pollRecords(manual(cluster), values.length);
      expect(records.map(({ value }) => value!.toString())).toEqual(values);
      expect(records.map(({ offset }) => offset)).toEqual(values.map((_, index) => index));
      expect(records.every(({ key, value }) => key!.toString() === `k${value!.length}`)).toBe(true);
    },
  );

  it('keep null, empty and repeated things apart (platformatic/kafka#217)', async () => {
    await using cluster = await TestCluster.start();
    await cluster.createTopic('t');
    const headers = [
      { key: 'h', value: 'one' },
      { key: 'h', value: null },
      { key: '', value: '' },
    ];
    await cluster.produce([
      { ...T0, key: null, value: null, timestampMs: 1000 },
      { ...T0, key: '', value: '', timestampMs: 2000, headers },
    ]);
    const empty = Buffer.alloc(0);
    expect(await pollRecords(manual(cluster), 2)).toEqual([
      { ...T0, offset: 0, leaderEpoch: 0, timestampMs: 1000, key: null, value: null, headers: [] },
      {
        ...T0,
        offset: 1,
        leaderEpoch: 0,
        timestampMs: 2000,
        key: empty,
        value: empty,
        headers: [
          { key: 'h', value: Buffer.from('one') },
          { key: 'h', value: null },
          { key: '', value: empty },
        ],
      },
    ]);
  });

  it('of more than every limit still come, one batch at a time (kafkajs#1693, #1694)', async () => {
    await using cluster = await TestCluster.start();
    await cluster.createTopic('t', 1, { 'max.message.bytes': '4000000' });
    const producer = new Producer({
      'bootstrap.servers': cluster.bootstrapServers,
      'max.request.size': 4_000_000,
    });
    const sizes = [1_000_000, 3_000_000, 10, 2_000_000];
    for (const size of sizes) await producer.send({ ...T0, value: Buffer.alloc(size, 'x') });
    await producer.close();
    const small = { 'fetch.max.bytes': 1000, 'max.partition.fetch.bytes': 100 };
    const records = await pollRecords(manual(cluster, small), sizes.length);
    expect(records.map(({ value }) => value!.length)).toEqual(sizes);
  });

  it('of one batch of 100,000 are handed out without trouble (platformatic/kafka#354)', async () => {
    await using cluster = await TestCluster.start();
    await cluster.createTopic('t', 1, { 'max.message.bytes': '4000000' });
    const count = 100_000;
    const producer = new Producer({
      'bootstrap.servers': cluster.bootstrapServers,
      'max.request.size': 4_000_000,
      'batch.size': 3_000_000,
    });
    await producer.send(Array.from({ length: count }, (_, index) => ({ ...T0, value: String(index) })));
    await producer.close();
    const consumer = manual(cluster, { 'max.poll.records': 1_000_000 });
    let seen = 0;
    while (seen < count) {
      const records = await consumer.poll({ timeoutMs: 10_000 });
      expect(Number(records[0]!.value)).toBe(seen);
      seen += records.length;
    }
  });
});

describe('memory', () => {
  it('for fetched records is bounded while nobody polls, and reading goes on afterwards (platformatic/kafka#252, #254, #266)', async () => {
    await using cluster = await TestCluster.start();
    await cluster.createTopic('t', 4);
    const value = Buffer.alloc(10_000, 'x');
    for (let partition = 0; partition < 4; partition++) {
      await cluster.produce(Array.from({ length: 100 }, () => ({ topic: 't', partition, value })));
    }
    const maxBufferedBytes = 300_000;
    const limits = { 'max.partition.fetch.bytes': 100_000, 'max.poll.records': 1, 'fetch.max.wait.ms': 20 };
    const consumer = cluster.consumer(limits, { maxBufferedBytes });
    consumer.assign([0, 1, 2, 3].map((partition) => ({ topic: 't', partition })));
    let largest = 0;
    for (let seen = 0; seen < 400; seen++) {
      expect(await consumer.poll({ timeoutMs: 10_000 })).toHaveLength(1);
      largest = Math.max(largest, consumer.bufferedBytes);
    }
    // At least two answers at a time, and at most the limit and one batch more.
    expect(largest).toBeGreaterThan(100_000);
    expect(largest).toBeLessThanOrEqual(maxBufferedBytes + 20_000);
    expect(await consumer.poll({ timeoutMs: 10 })).toEqual([]);
    expect(consumer.bufferedBytes).toBe(0);
  });
});

describe('deleted records', () => {
  it('are skipped by the reset policy', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      const consumer = manual(cluster, { 'max.poll.records': 2 });
      await pollRecords(consumer, 2);
      await cluster.deleteRecords(T0, 6);
      consumer.seek({ ...T0, offset: 2 });
      expect(recordTexts(await pollRecords(consumer, 2))).toEqual(['t-0:6', 't-0:7']);
      expect(await consumer.beginningOffsets([T0])).toEqual([6]);
    }));
});

describe('a deleted topic', () => {
  it('is waited for, and read from the beginning when it is back', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 10);
      const consumer = manual(cluster);
      await pollRecords(consumer, 10);
      await cluster.deleteTopic('t');
      expect(await consumer.poll({ timeoutMs: 5000 })).toEqual([]);
      const before = simulation.steps;
      expect(await consumer.poll({ timeoutMs: 60_000 })).toEqual([]);
      expect(simulation.steps - before, 'events of a minute without the topic').toBeLessThan(5000);
      await cluster.createTopic('t');
      await cluster.fill('t', 0, 3, 20);
      expect(recordTexts(await pollRecords(consumer, 3))).toEqual(['t-0:20', 't-0:21', 't-0:22']);
    }));

  it('is given up by the group, which goes on with its other topics (kafkajs#1720)', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t', 2);
      await cluster.createTopic('u');
      await cluster.fill('t', 0, 1);
      const consumer = cluster.consumer({ 'group.id': 'g', 'metadata.max.age.ms': 1000 });
      consumer.subscribe(['t', 'u']);
      await cluster.fill('u', 0, 1);
      await pollRecords(consumer, 2);
      expect(consumer.assignment()).toHaveLength(3);
      await cluster.deleteTopic('t');
      const startMs = simulation.nowMs;
      while (consumer.assignment().length === 3) await consumer.poll({ timeoutMs: 100 });
      // One metadata.max.age.ms and a rebalance; commits of what is gone would have held it up.
      expect(simulation.nowMs - startMs).toBeLessThan(3000);
      await cluster.fill('u', 0, 1, 1);
      expect(recordTexts(await pollRecords(consumer, 1))).toEqual(['u-0:1']);
    }));
});

describe('a broker that is killed and started again', () => {
  it('is found again, and nothing is skipped or returned twice (kafkajs#1527, #659)', () =>
    TestCluster.simulate(async (cluster) => {
      await cluster.createTopic('t', 2);
      const consumer = cluster.consumer({ 'group.id': 'g' });
      consumer.subscribe('t');
      await cluster.fill('t', 0, 10);
      expect(await pollRecords(consumer, 10)).toHaveLength(10);
      await consumer.commit();
      await cluster.restartBroker();
      await cluster.fill('t', 0, 10, 10);
      expect(recordTexts(await pollRecords(consumer, 10))).toEqual(
        Array.from({ length: 10 }, (_, index) => `t-0:${10 + index}`),
      );
      await consumer.commit();
      expect(await consumer.committed([T0])).toEqual([expect.objectContaining({ offset: 20 })]);
    }));
});

describe('an idle member', () => {
  it('does next to nothing (confluent-kafka-javascript#150, #195, #272, #326)', () =>
    TestCluster.simulate(async (cluster, simulation) => {
      await cluster.createTopic('t', 3);
      const consumer = cluster.consumer({ 'group.id': 'g' });
      consumer.subscribe('t');
      await consumer.poll({ timeoutMs: 10_000 });
      const before = simulation.steps;
      for (let minute = 0; minute < 10; minute++)
        expect(await consumer.poll({ timeoutMs: 60_000 })).toEqual([]);
      // Two fetches and a third of a heartbeat a second, each some ten events of network and timers on both sides.
      const eventsPerSecond = (simulation.steps - before) / 600;
      expect(eventsPerSecond).toBeLessThan(60);
    }));
});
