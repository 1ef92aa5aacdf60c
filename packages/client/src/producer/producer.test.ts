import { describe, expect, it } from 'vitest';
import { Admin } from '../admin/admin.ts';
import { PartialSendError } from '../errors.ts';
import { readBatches, readTopic } from '../testing/read-topic.ts';
import { startBroker } from '../testing/start-broker.ts';
import { keyPartition } from './key-partition.ts';
import { Producer } from './producer.ts';
import type { ProducerOptions } from './producer-options.ts';
import type { ProducerProperties } from './producer-properties.ts';

async function start(
  properties: ProducerProperties = {},
  options: ProducerOptions = {},
  brokerProperties: Readonly<Record<string, string>> = {},
) {
  const broker = await startBroker(brokerProperties);
  const { host, bootstrapServers } = broker;
  const producer = new Producer(
    { 'bootstrap.servers': bootstrapServers, ...properties },
    { host, ...options },
  );
  return {
    broker,
    producer,
    async createTopic(name: string, partitions: number, configs: Readonly<Record<string, string>> = {}) {
      await using admin = new Admin({ 'bootstrap.servers': bootstrapServers }, { host });
      await admin.createTopics([{ name, partitions, configs }]);
    },
    read: (topic: string, partition = 0) => readTopic(host, bootstrapServers, topic, partition),
    batches: (topic: string, partition = 0) => readBatches(host, bootstrapServers, topic, partition),
    async [Symbol.asyncDispose]() {
      await producer.close();
      await broker[Symbol.asyncDispose]();
    },
  };
}

describe('Producer', () => {
  it('sends a record and tells where it is', async () => {
    await using test = await start();
    const sent = await test.producer.send({ topic: 'orders', key: 'k', value: 'v', timestampMs: 1234 });
    expect(sent).toEqual({ topic: 'orders', partition: 0, offset: 0, timestampMs: 1234 });
    const [record] = await test.read('orders');
    expect(record).toMatchObject({ offset: 0, timestampMs: 1234, headers: [] });
    expect(record!.key!.toString()).toBe('k');
    expect(record!.value!.toString()).toBe('v');
  });

  it('hands back the metadata of an array in its order, whatever the topics and partitions', async () => {
    await using test = await start();
    await test.createTopic('a', 3);
    const records = Array.from({ length: 300 }, (_, index) => ({
      topic: index % 2 === 0 ? 'a' : 'b',
      partition: index % 2 === 0 ? index % 3 : 0,
      value: `${index}`,
    }));
    const sent = await test.producer.send(records);
    expect(sent.map(({ topic }) => topic)).toEqual(records.map(({ topic }) => topic));
    for (const [topic, partition] of [
      ['a', 0],
      ['a', 1],
      ['a', 2],
      ['b', 0],
    ] as const) {
      const stored = await test.read(topic, partition);
      const expected = records.flatMap((record, index) =>
        record.topic === topic && record.partition === partition
          ? [{ offset: sent[index]!.offset, value: record.value }]
          : [],
      );
      expect(stored.map(({ offset, value }) => ({ offset, value: value!.toString() }))).toEqual(expected);
    }
  });

  it('keeps null and empty keys, values and header values apart (platformatic/kafka#217)', async () => {
    await using test = await start();
    const bytes = [null, '', 'x'];
    const records = bytes.flatMap((key) =>
      bytes.flatMap((value) =>
        bytes.map((header) => ({
          topic: 'orders',
          key,
          value,
          headers: [
            { key: 'h', value: header },
            { key: '', value: null },
          ],
        })),
      ),
    );
    await test.producer.send(records);
    const text = (buffer: Buffer | null) => (buffer === null ? null : buffer.toString());
    const stored = (await test.read('orders')).map(({ key, value, headers }) => ({
      topic: 'orders',
      key: text(key),
      value: text(value),
      headers: headers.map((header) => ({ key: header.key, value: text(header.value) })),
    }));
    expect(stored).toEqual(records);
  });

  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)('writes batches with %s', async (codec) => {
    await using test = await start({ 'compression.type': codec });
    const values = Array.from({ length: 2000 }, (_, index) => `value ${index} ${'x'.repeat(100)}`);
    await test.producer.send(values.map((value) => ({ topic: 'orders', value })));
    const batches = await test.batches('orders');
    expect(new Set(batches.map(({ compression }) => compression))).toEqual(new Set([codec]));
    expect((await test.read('orders')).map(({ value }) => value!.toString())).toEqual(values);
  });

  it('gives 1000 concurrent single sends distinct offsets in the order of the calls (platformatic/kafka#326)', async () => {
    await using test = await start();
    const sent = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => test.producer.send({ topic: 'orders', value: `${index}` })),
    );
    expect(sent.map(({ offset }) => offset)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    const stored = await test.read('orders');
    expect(stored.map(({ value }) => Number(value!.toString()))).toEqual(sent.map(({ offset }) => offset));
  });

  it('takes an array of 100,000 records without recursion (platformatic/kafka#354)', async () => {
    await using test = await start({ 'batch.size': 1_000_000 });
    const sent = await test.producer.send(
      Array.from({ length: 100_000 }, () => ({ topic: 'orders', value: 'x' })),
    );
    expect(sent.at(-1)!.offset).toBe(99_999);
  });

  it('places keyed records as the Java client does', async () => {
    await using test = await start();
    await test.createTopic('orders', 12);
    const keys = ['', 'a', 'order-1', 'clé-ü'];
    const sent = await test.producer.send(keys.map((key) => ({ topic: 'orders', key, value: 'v' })));
    expect(sent.map(({ partition }) => partition)).toEqual([9, 4, 10, 10]);
    expect(keys.map((key) => keyPartition(key, 12))).toEqual([9, 4, 10, 10]);
    expect(keyPartition(Buffer.from('order-1'), 12)).toBe(10);
  });

  it('lets a custom partitioner choose, and keeps its mistakes to the record', async () => {
    const partitioner = { partition: () => chosen };
    let chosen: number | undefined = 2;
    await using test = await start({}, { partitioner });
    await test.createTopic('orders', 3);
    expect((await test.producer.send({ topic: 'orders', key: 'k', value: 'v' })).partition).toBe(2);
    chosen = 3;
    await expect(test.producer.send({ topic: 'orders', value: 'v' })).rejects.toThrow(/no partition 3/);
    chosen = undefined;
    expect((await test.producer.send({ topic: 'orders', key: 'a', value: 'v' })).partition).toBe(1);
  });

  it('spreads records without a key over the partitions, a batch at a time', async () => {
    await using test = await start({ 'batch.size': 1000 });
    await test.createTopic('orders', 4);
    const sent = await test.producer.send(
      Array.from({ length: 2000 }, () => ({ topic: 'orders', value: 'x'.repeat(90) })),
    );
    const switches = sent.filter(
      ({ partition }, index) => index > 0 && partition !== sent[index - 1]!.partition,
    );
    expect(new Set(sent.map(({ partition }) => partition)).size).toBe(4);
    expect(switches.length).toBeGreaterThan(50);
    expect(switches.length).toBeLessThan(250);
  });

  it('keeps an explicit linger.ms, and ends it by flush (kafkajs#1157)', async () => {
    await using test = await start({ 'linger.ms': 20_000, 'delivery.timeout.ms': 60_000 });
    const first = test.producer.send({ topic: 'orders', value: 'a' });
    await test.producer.partitionsFor('orders');
    const second = test.producer.send({ topic: 'orders', value: 'b' });
    await test.producer.flush();
    expect((await Promise.all([first, second])).map(({ offset }) => offset)).toEqual([0, 1]);
    expect(await test.batches('orders')).toHaveLength(1);
  });

  it('sends full batches without waiting for an explicit linger.ms (kafkajs#1757)', async () => {
    await using test = await start({ 'linger.ms': 20_000, 'batch.size': 500, 'delivery.timeout.ms': 60_000 });
    const sends = Array.from({ length: 20 }, () =>
      test.producer.send({ topic: 'orders', value: 'x'.repeat(100) }),
    );
    await Promise.race(sends.slice(0, 3));
    await test.producer.flush();
    for (const batch of await test.batches('orders')) expect(batch.sizeBytes).toBeLessThanOrEqual(500);
  });

  it('splits a batch that the broker finds too large', async () => {
    await using test = await start({ 'batch.size': 100_000 });
    await test.createTopic('orders', 1, { 'max.message.bytes': '5000' });
    const values = Array.from({ length: 200 }, (_, index) => `${index}-${'x'.repeat(100)}`);
    const sent = await test.producer.send(values.map((value) => ({ topic: 'orders', value })));
    expect(sent.map(({ offset }) => offset)).toEqual(values.map((_, index) => index));
    expect((await test.read('orders')).map(({ value }) => value!.toString())).toEqual(values);
    for (const batch of await test.batches('orders')) expect(batch.sizeBytes).toBeLessThanOrEqual(5000);
  });

  it('fails the one record that is too large for the topic, and only that', async () => {
    await using test = await start({ 'batch.size': 1 });
    await test.createTopic('orders', 1, { 'max.message.bytes': '5000' });
    const values = ['a', 'x'.repeat(6000), 'b'];
    const error = await test.producer
      .send(values.map((value) => ({ topic: 'orders', value })))
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(PartialSendError);
    const { results, errors } = error as PartialSendError<{ offset: number }>;
    expect(results.map((result) => result?.offset)).toEqual([0, undefined, 1]);
    expect(errors[1]).toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
    expect((await test.producer.send({ topic: 'orders', value: 'c' })).offset).toBe(2);
    expect((await test.read('orders')).map(({ value }) => value!.toString())).toEqual(['a', 'b', 'c']);
  });

  it('refuses records that can never be sent, and queues nothing of the call', async () => {
    await using test = await start({ 'max.request.size': 1000 });
    const good = { topic: 'orders', value: 'a' };
    await expect(
      test.producer.send([good, { topic: 'orders', value: 'x'.repeat(1000) }]),
    ).rejects.toMatchObject({
      code: 'ERR_CLIENT_RECORD_TOO_LARGE',
    });
    const malformed: [unknown, RegExp][] = [
      [{ value: 'x' }, /Record 1 of send\(\): topic is missing/],
      [{ topic: 'orders' }, /value is of type undefined/],
      [{ topic: 'orders', value: 5 }, /value is of type number; it must be a string, Uint8Array or null/],
      [{ topic: 'orders', value: 'x', key: {} }, /key is of type object/],
      [{ topic: 'orders', value: 'x', partition: -1 }, /partition is -1/],
      [{ topic: 'orders', value: 'x', timestampMs: 1.5 }, /timestampMs is 1.5/],
      [{ topic: 'orders', value: 'x', headers: { a: 'b' } }, /headers is not an array/],
      [{ topic: 'orders', value: 'x', headers: [{ value: 'b' }] }, /a header has no key/],
      [null, /is not an object/],
    ];
    for (const [record, message] of malformed) {
      await expect(test.producer.send([good, record as never])).rejects.toThrow(message);
    }
    expect((await test.producer.send(good)).offset).toBe(0);
  });

  it('names the partition that does not exist', async () => {
    await using test = await start();
    await test.createTopic('orders', 2);
    await expect(test.producer.send({ topic: 'orders', partition: 2, value: 'x' })).rejects.toThrow(
      'Topic "orders" has no partition 2; its partitions are 0 to 1',
    );
  });

  it('never holds more than buffer.memory, and goes on as memory comes free', async () => {
    await using test = await start({ 'buffer.memory': 50_000, 'batch.size': 10_000 });
    let peakBytes = 0;
    const sends = Array.from({ length: 5000 }, (_, index) => {
      const sent = test.producer.send({ topic: 'orders', value: `${index}-${'x'.repeat(100)}` });
      peakBytes = Math.max(peakBytes, test.producer.bufferedBytes);
      return sent.finally(() => {
        peakBytes = Math.max(peakBytes, test.producer.bufferedBytes);
      });
    });
    const sent = await Promise.all(sends);
    expect(peakBytes).toBeLessThanOrEqual(50_000);
    expect(sent.map(({ offset }) => offset)).toEqual(sent.map((_, index) => index));
    expect(test.producer.bufferedBytes).toBe(0);
  });

  it('resolves with unknown offsets for acks=0, and writes the records', async () => {
    await using test = await start({ acks: '0' });
    await test.createTopic('orders', 1);
    const sent = await test.producer.send([
      { topic: 'orders', value: 'a' },
      { topic: 'orders', value: 'b' },
    ]);
    expect(sent.map(({ offset }) => offset)).toEqual([-1, -1]);
    // Nobody says when they are written.
    let stored = await test.read('orders');
    while (stored.length < 2) stored = await test.read('orders');
    expect(stored.map(({ offset }) => offset)).toEqual([0, 1]);
  });

  it.each(['all', '1', '-1'] as const)('writes with acks=%s', async (acks) => {
    await using test = await start({ acks });
    expect((await test.producer.send({ topic: 'orders', value: 'a' })).offset).toBe(0);
  });

  it('takes timestamps from the broker where the topic says so', async () => {
    await using test = await start();
    await test.createTopic('orders', 1, { 'message.timestamp.type': 'LogAppendTime' });
    const sent = await test.producer.send({ topic: 'orders', value: 'a', timestampMs: 1 });
    expect(sent.timestampMs).toBeGreaterThan(1_700_000_000_000);
  });

  it('marks batches with producer id, epoch and consecutive sequences', async () => {
    await using test = await start({ 'batch.size': 300 });
    await test.producer.send(Array.from({ length: 50 }, () => ({ topic: 'orders', value: 'x'.repeat(50) })));
    const batches = await test.batches('orders');
    expect(batches.length).toBeGreaterThan(5);
    expect(new Set(batches.map(({ producerId }) => producerId)).size).toBe(1);
    expect(batches[0]!.producerId).toBeGreaterThanOrEqual(0);
    expect(batches.map(({ baseSequence }) => baseSequence)).toEqual(
      batches.map(({ baseOffset }) => baseOffset),
    );
  });

  it('writes without a producer id when idempotence is off', async () => {
    await using test = await start({ 'enable.idempotence': false });
    await test.producer.send({ topic: 'orders', value: 'x' });
    expect((await test.batches('orders'))[0]!.producerId).toBe(-1);
  });

  it('refuses records after close and settles those before', async () => {
    await using test = await start();
    const before = test.producer.send({ topic: 'orders', value: 'a' });
    const closed = test.producer.close();
    await expect(test.producer.send({ topic: 'orders', value: 'b' })).rejects.toMatchObject({
      code: 'ERR_CLIENT_CLOSED',
    });
    expect((await before).offset).toBe(0);
    await closed;
    await test.producer.close();
  });
});
