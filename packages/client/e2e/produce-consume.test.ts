import { randomBytes } from 'node:crypto';
import { Producer, serdes, topic as typedTopic } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pollRecords, TestedCluster, values } from './cluster.ts';

let cluster: TestedCluster;
beforeAll(async () => void (cluster = await TestedCluster.start()));
afterAll(() => cluster[Symbol.asyncDispose]());

describe('records', () => {
  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const)(
    'come back as they were: %s',
    async (codec) => {
      const topic = await cluster.createTopic();
      await using producer = new Producer({
        ...cluster.servers,
        'compression.type': codec,
        'batch.size': 2000,
      });
      const noise = randomBytes(300);
      const sent = Array.from({ length: 200 }, (_, index) => ({
        topic,
        key: index % 3 === 0 ? null : `key-${index}`,
        value: index % 7 === 0 ? noise : `value-${index}`.repeat(index % 5),
        headers: [{ key: 'index', value: String(index) }],
        timestampMs: 1_700_000_000_000 + index,
      }));
      const placed = await producer.send(sent);
      expect(placed.map(({ offset }) => offset)).toEqual(sent.map((_, index) => index));
      const found = await cluster.read(topic, sent.length);
      for (const [index, record] of found.entries()) {
        expect(record.key?.toString() ?? null).toBe(sent[index]!.key);
        expect(record.value!.equals(Buffer.from(sent[index]!.value))).toBe(true);
        expect(record.headers.map(({ key, value }) => `${key}=${String(value)}`)).toEqual([`index=${index}`]);
        expect(record.timestampMs).toBe(sent[index]!.timestampMs);
      }
    },
  );

  test('keep null and empty apart', async () => {
    const topic = await cluster.createTopic();
    const contents = [null, ''] as const;
    const sent = contents.flatMap((key) =>
      contents.flatMap((value) =>
        contents.map((header) => ({ topic, key, value, headers: [{ key: 'h', value: header }] })),
      ),
    );
    await cluster.producer.send(sent);
    const found = await cluster.read(topic, sent.length);
    const text = (bytes: Buffer | null) => bytes?.toString() ?? null;
    expect(found.map(({ key, value, headers }) => [text(key), text(value), text(headers[0]!.value)])).toEqual(
      sent.map(({ key, value, headers }) => [key, value, headers[0]!.value]),
    );
  });

  test.each(['all', '1', '0'] as const)('are written with acks=%s', async (acks) => {
    const topic = await cluster.createTopic();
    await using producer = new Producer({ ...cluster.servers, acks });
    await producer.send(['a', 'b'].map((value) => ({ topic, value })));
    expect(values(await cluster.read(topic, 2))).toEqual(['a', 'b']);
  });

  test('of 2,000 sends that are not awaited one by one are all there, once and in order', async () => {
    const topic = await cluster.createTopic();
    await using producer = new Producer({ ...cluster.servers, 'batch.size': 500 });
    const sends = Array.from({ length: 2000 }, (_, index) => producer.send({ topic, value: String(index) }));
    const offsets = (await Promise.all(sends)).map(({ offset }) => offset);
    expect(offsets).toEqual(sends.map((_, index) => index));
    expect(values(await cluster.read(topic, 2000))).toEqual(sends.map((_, index) => String(index)));
  });

  test('with a key are where the Java client would put them', async () => {
    const topic = await cluster.createTopic(12);
    const keys = { a: 4, abc: 3, foobar: 6, 'order-1': 10, 'clé-ü': 10, 'a-little-bit-long-string': 8 };
    const sent = await cluster.producer.send(Object.keys(keys).map((key) => ({ topic, key, value: 'x' })));
    expect(sent.map(({ partition }) => partition)).toEqual(Object.values(keys));
  });

  test('that are too large are refused by name, and the next is written', async () => {
    const topic = await cluster.createTopic(1, { 'max.message.bytes': '1000' });
    const tooLarge = cluster.producer.send({ topic, value: randomBytes(2000) });
    await expect(tooLarge).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE', retriable: false });
    expect(await cluster.producer.send({ topic, value: 'fits' })).toMatchObject({ offset: 0 });
  });

  test('go to a topic that does not exist: the error says so within max.block.ms', async () => {
    await using producer = new Producer({ ...cluster.servers, 'max.block.ms': 300 });
    const nowhere = { topic: cluster.name('nothing'), partition: 77, value: 'x' };
    await expect(producer.send(nowhere)).rejects.toMatchObject({
      code: expect.stringMatching(/TIMEOUT|UNKNOWN/),
    });
  });

  test('with types go in and come out by serdes', async () => {
    const name = await cluster.createTopic();
    const prices = typedTopic({ name, key: serdes.string(), value: serdes.json<{ cents: number }>() });
    await cluster.producer.to(prices).send([{ key: 'tea', value: { cents: 250 } }]);
    await using consumer = cluster.consumer({ 'group.id': cluster.name('typed') });
    for await (const { key, value } of consumer.subscribe(prices)) {
      expect([key, value.cents]).toEqual(['tea', 250]);
      break;
    }
  });
});

describe('positions', () => {
  async function filled() {
    const topic = await cluster.createTopic();
    const partition = { topic, partition: 0 };
    await cluster.producer.send(
      Array.from({ length: 10 }, (_, index) => ({
        topic,
        value: String(index),
        timestampMs: 1000 * (index + 1),
      })),
    );
    const consumer = cluster.consumer();
    consumer.assign([partition]);
    return { partition, consumer };
  }

  test('can be sought: an offset, a time, the beginning, the end', async () => {
    const { partition, consumer } = await filled();
    await using _ = consumer;
    consumer.seek({ ...partition, offset: 7 });
    expect(values(await pollRecords(consumer, 3))).toEqual(['7', '8', '9']);
    const [found] = await consumer.offsetsForTimes([{ ...partition, timestampMs: 4500 }]);
    expect(found).toMatchObject({ offset: 4, timestampMs: 5000 });
    consumer.seek({ ...partition, offset: found!.offset });
    expect(values(await pollRecords(consumer, 1))[0]).toBe('4');
    consumer.seekToBeginning();
    expect(values(await pollRecords(consumer, 1))[0]).toBe('0');
    consumer.seekToEnd();
    expect(await consumer.position(partition)).toBe(10);
    expect([await consumer.beginningOffsets([partition]), await consumer.endOffsets([partition])]).toEqual([
      [0],
      [10],
    ]);
  });

  test('hold through pause and resume, and tell the lag', async () => {
    const { partition, consumer } = await filled();
    await using _ = consumer;
    await pollRecords(consumer, 10);
    expect(consumer.lag(partition)).toBe(0);
    consumer.pause([partition]);
    await cluster.producer.send({ ...partition, value: '10' });
    expect(await consumer.poll({ timeoutMs: 150 })).toEqual([]);
    consumer.resume([partition]);
    expect(values(await pollRecords(consumer, 1))).toEqual(['10']);
  });

  test('before the log begins are reset by policy', async () => {
    const { partition, consumer } = await filled();
    await using _ = consumer;
    await cluster.admin.deleteRecords([{ ...partition, beforeOffset: 6 }]);
    consumer.seek({ ...partition, offset: 2 });
    expect(values(await pollRecords(consumer, 4))).toEqual(['6', '7', '8', '9']);
  });

  test('are by duration where the policy says so', async () => {
    const topic = await cluster.createTopic();
    const nowMs = Date.now();
    const ages = [7_200_000, 3_700_000, 1_800_000, 0];
    await cluster.producer.send(
      ages.map((age) => ({ topic, partition: 0, value: String(age), timestampMs: nowMs - age })),
    );
    await using consumer = cluster.consumer({ 'auto.offset.reset': 'by_duration:PT1H' });
    consumer.assign([{ topic, partition: 0 }]);
    expect(values(await pollRecords(consumer, 2))).toEqual(['1800000', '0']);
  });
});
