import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Producer } from '../producer/producer.ts';
import { serdes } from '../serde/built-in-serdes.ts';
import { nullable } from '../serde/nullable.ts';
import type { Serde } from '../serde/serde.ts';
import { SerializationError } from '../serde/serde-errors.ts';
import { readTopic } from '../testing/read-topic.ts';
import { startBroker, type TestBroker } from '../testing/start-broker.ts';
import { topic } from './topic.ts';

let broker: TestBroker;
let producer: Producer;

beforeAll(async () => {
  broker = await startBroker({ 'num.partitions': '1' });
  producer = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
});

afterAll(async () => {
  await producer.close();
  await broker.broker.close();
});

async function read(name: string): Promise<string[]> {
  const records = await readTopic(broker.host, broker.bootstrapServers, name, 0);
  return records.map(({ key, value }) => `${key?.toString() ?? '-'}:${value?.toString() ?? '-'}`);
}

/** A string serde that waits where it is told to. */
function waitingSerde(): { readonly serde: Serde<string>; readonly release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const strings = serdes.string();
  return {
    release: resolve,
    serde: {
      serialize: (data, context) =>
        data.startsWith('slow')
          ? promise.then(() => strings.serialize(data, context))
          : strings.serialize(data, context),
      deserialize: (data, context) => strings.deserialize(data, context),
    },
  };
}

describe('typed topics', () => {
  test('are sent to by handle or by record, singly and in arrays, with everything a record has', async () => {
    const sales = topic({
      name: 'sales',
      key: serdes.string(),
      value: nullable(serdes.json<{ n: number }>()),
    });
    const other = topic({ name: 'other', value: serdes.string() });
    await producer
      .to(sales)
      .send({ key: 'a', value: { n: 1 }, headers: [{ key: 'h', value: 'x' }], timestampMs: 5 });
    await producer.to(sales).send([
      { key: 'a', value: { n: 2 } },
      { key: 'a', value: null },
    ]);
    const sent = await producer.send([
      sales.record({ key: 'b', value: { n: 3 } }),
      other.record({ value: 'o' }),
    ]);
    expect(sent.map(({ topic: name, offset }) => `${name}@${offset}`)).toEqual(['sales@3', 'other@0']);
    await producer.send(sales.record({ key: 'c', value: { n: 4 }, partition: 0 }));
    expect(await read('sales')).toEqual(['a:{"n":1}', 'a:{"n":2}', 'a:-', 'b:{"n":3}', 'c:{"n":4}']);
    const [first] = await readTopic(broker.host, broker.bootstrapServers, 'sales', 0);
    expect(first).toMatchObject({ timestampMs: 5, headers: [{ key: 'h', value: Buffer.from('x') }] });
  });

  test('keep the order of the calls when a serde has to wait', async () => {
    const { serde, release } = waitingSerde();
    const waiting = topic({ name: 'waiting', value: serde });
    const sends = [
      producer.to(waiting).send({ value: 'fast 0' }),
      producer.to(waiting).send({ value: 'slow 1' }),
      producer.to(waiting).send({ value: 'fast 2' }),
      producer.to(waiting).send([{ value: 'fast 3' }, { value: 'slow 4' }]),
      producer.to(waiting).send({ value: 'fast 5' }),
    ];
    const flushed = producer.flush();
    release();
    await flushed;
    expect(await read('waiting')).toEqual(
      ['fast 0', 'slow 1', 'fast 2', 'fast 3', 'slow 4', 'fast 5'].map((v) => `-:${v}`),
    );
    await Promise.all(sends);
  });

  test('send nothing of a call with a record that does not fit, and say which', async () => {
    const strict = topic({ name: 'strict', value: serdes.int32() });
    const failed = producer.to(strict).send([{ value: 1 }, { value: 0.5 }]);
    await expect(failed).rejects.toMatchObject({
      constructor: SerializationError,
      code: 'ERR_CLIENT_SERIALIZATION',
      topic: 'strict',
      part: 'value',
      index: 1,
      message:
        'Cannot serialize the value of record 1 for topic "strict": is a number with a fraction, but must be a whole number of 32 bits',
    });
    const waits: Serde<number> = {
      ...serdes.int32(),
      serialize: () => Promise.reject(new Error('no schema')),
    };
    const late = producer.to(topic({ name: 'strict', key: waits, value: serdes.int32() }));
    await expect(late.send({ key: 1, value: 1 })).rejects.toThrow(
      'the key of record 0 for topic "strict": no schema',
    );
    await producer.to(strict).send({ value: 1 });
    expect(await read('strict')).toHaveLength(1);
  });

  test('let serializers add headers, each record its own', async () => {
    const strings = serdes.string();
    const tagging: Serde<string> = {
      deserialize: (data, context) => strings.deserialize(data, context),
      serialize: (data, context) => {
        if (data !== 'plain') context.headers.push({ key: context.part, value: Buffer.from(data) });
        return strings.serialize(data, context);
      },
    };
    const tagged = topic({ name: 'tagged', value: tagging });
    const values = ['plain', 'a', 'plain', 'b'];
    await producer.to(tagged).send(values.map((value) => ({ value })));
    await producer.to(tagged).send({ value: 'c', headers: [{ key: 'own', value: 'x' }] });
    const records = await readTopic(broker.host, broker.bootstrapServers, 'tagged', 0);
    const found = records.map(({ headers }) =>
      headers.map(({ key, value }) => `${key}=${value!.toString()}`).join(),
    );
    expect(found).toEqual(['', 'value=a', '', 'value=b', 'own=x,value=c']);
  });

  test('are part of a transaction', async () => {
    const ledger = topic({ name: 'ledger', value: serdes.string() });
    await using transactional = new Producer({
      'bootstrap.servers': broker.bootstrapServers,
      'transactional.id': 'typed',
    });
    await transactional.initTransactions();
    await transactional.transaction(async (tx) => {
      await tx.to(ledger).send({ value: 'a' });
      await tx.send(ledger.record({ value: 'b' }));
    });
    // Behind them is the marker of the commit.
    expect((await read('ledger')).slice(0, 2)).toEqual(['-:a', '-:b']);
  });

  test('settle every send of a producer that is closed while a serde waits', async () => {
    const { serde } = waitingSerde();
    const closing = new Producer({ 'bootstrap.servers': broker.bootstrapServers });
    const sent = closing.to(topic({ name: 'never', value: serde })).send({ value: 'slow' });
    const aborted = closing
      .to(topic({ name: 'never', value: serde }))
      .send({ value: 'slow' }, { signal: AbortSignal.abort(new Error('enough')) });
    await expect(aborted).rejects.toThrow('enough');
    sent.catch(() => {});
    await closing.close({ timeoutMs: 1 });
    await expect(sent).rejects.toThrow('Producer is closed');
  });
});
