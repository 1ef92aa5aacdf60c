import { beforeEach, afterEach, describe, expect, test } from 'vitest';
import type { ConsumerRecord } from '../consumer/consumer-record.ts';
import { TestCluster } from '../consumer/testing/test-cluster.ts';
import { serdes } from '../serde/built-in-serdes.ts';
import type { Serde } from '../serde/serde.ts';
import { topic } from './topic.ts';

const numbers = topic({ name: 'numbers', key: serdes.string(), value: serdes.json<{ n: number }>() });
const names = topic({ name: 'names', value: serdes.string() });

let cluster: TestCluster;

beforeEach(async () => {
  cluster = await TestCluster.start();
  await cluster.createTopic('numbers');
  await cluster.createTopic('names');
});

afterEach(() => cluster[Symbol.asyncDispose]());

async function fill(...values: readonly string[]): Promise<void> {
  await cluster.produce(values.map((value) => ({ topic: 'numbers', key: 'k', value })));
}

describe('a subscription to typed topics', () => {
  test('hands out keys and values, of several topics side by side', async () => {
    await fill('{"n":1}', '{"n":2}');
    await cluster.produce([{ topic: 'names', value: 'ann' }]);
    const records = cluster.consumer({ 'group.id': 'g' }).subscribe([numbers, names]);
    const found: string[] = [];
    while (found.length < 3) {
      for (const record of await records.poll({ timeoutMs: 10_000 })) {
        if (record.topic === 'numbers') found.push(`${record.key} ${record.value.n} @${record.offset}`);
        else found.push(`${String(record.key)} ${record.value}`);
      }
    }
    expect(found.toSorted()).toEqual(['k 1 @0', 'k 2 @1', 'null ann']);
  });

  test('iterates with the position on what was handed out', async () => {
    await fill('{"n":1}', '{"n":2}', '{"n":3}');
    const consumer = cluster.consumer({ 'group.id': 'g' });
    for await (const { value, offset } of consumer.subscribe(numbers)) {
      expect(value.n).toBe(offset + 1);
      if (value.n === 2) break;
    }
    expect(await consumer.position({ topic: 'numbers', partition: 0 })).toBe(2);
  });

  test('throws at a record that does not fit and stays there, until it is sought past', async () => {
    await fill('{"n":1}', 'broken', '{"n":3}');
    const consumer = cluster.consumer({ 'group.id': 'g' });
    const records = consumer.subscribe(numbers);
    expect((await records.poll({ timeoutMs: 10_000 })).map(({ value }) => value.n)).toEqual([1]);
    const unfit = expect.objectContaining({
      code: 'ERR_CLIENT_DESERIALIZATION',
      topic: 'numbers',
      partition: 0,
      offset: 1,
      part: 'value',
      message: expect.stringMatching(/^Cannot deserialize the value of numbers-0 at offset 1: .*JSON/),
    });
    await expect(records.poll({ timeoutMs: 10_000 })).rejects.toEqual(unfit);
    expect(await consumer.position({ topic: 'numbers', partition: 0 })).toBe(1);
    const iterator = records[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toEqual(unfit);
    await expect(iterator.next()).rejects.toEqual(unfit);
    consumer.seek({ topic: 'numbers', partition: 0, offset: 2 });
    expect((await iterator.next()).value).toMatchObject({ offset: 2, value: { n: 3 } });
  });

  test('skips what does not fit, or asks what to do with its bytes', async () => {
    await fill('{"n":1}', 'broken', '{"n":3}', 'fatal');
    const skipping = cluster
      .consumer({ 'group.id': 'skipping' })
      .subscribe(numbers, { onInvalidRecord: 'skip' });
    expect((await skipping.poll({ timeoutMs: 10_000 })).map(({ value }) => value.n)).toEqual([1, 3]);

    const kept: ConsumerRecord[] = [];
    const asking = cluster.consumer({ 'group.id': 'asking' }).subscribe(numbers, {
      onInvalidRecord: async ({ offset }, record) => {
        await Promise.resolve();
        kept.push(record);
        return offset === 3 ? 'throw' : 'skip';
      },
    });
    const found: number[] = [];
    const loop = async () => {
      for await (const { value } of asking) found.push(value.n);
    };
    await expect(loop()).rejects.toMatchObject({ offset: 3 });
    expect(found).toEqual([1, 3]);
    expect(kept.map(({ value }) => value!.toString())).toEqual(['broken', 'fatal']);
  });

  test('waits for a serde that takes its time, in order', async () => {
    await fill('{"n":1}', '{"n":2}', '{"n":3}');
    const json = serdes.json<{ n: number }>();
    const slow: Serde<{ n: number }> = {
      serialize: (data, context) => json.serialize(data, context),
      deserialize: async (data, context) => {
        await Promise.resolve();
        return json.deserialize(data, context);
      },
    };
    const typed = topic({ name: 'numbers', key: serdes.string(), value: slow });
    const polled = await cluster.consumer({ 'group.id': 'g' }).subscribe(typed).poll({ timeoutMs: 10_000 });
    expect(polled.map(({ value }) => value.n)).toEqual([1, 2, 3]);
    const seen: number[] = [];
    const iterating = cluster.consumer({ 'group.id': 'iterating' }).subscribe(typed);
    for await (const { value } of iterating) if (seen.push(value.n) === 3) break;
    const ending = new AbortController();
    await cluster
      .consumer({ 'group.id': 'running' })
      .subscribe(typed)
      .run({
        signal: ending.signal,
        eachRecord: ({ value }) => void (seen.push(value.n) === 6 && ending.abort()),
      });
    const batched = new AbortController();
    await cluster
      .consumer({ 'group.id': 'batched' })
      .subscribe(typed)
      .run({
        signal: batched.signal,
        eachBatch: (records) => {
          seen.push(...records.map(({ value }) => value.n));
          if (seen.length === 9) batched.abort();
        },
      });
    expect(seen).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });
});
