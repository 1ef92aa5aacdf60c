import { describe, expect, it } from 'vitest';
import { Admin } from '../../admin/admin.ts';
import { Consumer } from '../../consumer/consumer.ts';
import { TransactionAbortableError, TransactionFatalError, TransactionStateError } from '../../errors.ts';
import { startBroker, type TestBroker } from '../../testing/start-broker.ts';
import { Producer } from '../producer.ts';

const properties = (broker: TestBroker) => ({ 'bootstrap.servers': broker.bootstrapServers });

async function start(topics: readonly string[] = ['orders'], partitions = 2): Promise<TestBroker> {
  const broker = await startBroker();
  await using admin = new Admin(properties(broker));
  await admin.createTopics(topics.map((name) => ({ name, partitions })));
  return broker;
}

async function transactional(broker: TestBroker, id = 'payments'): Promise<Producer> {
  const producer = new Producer({ ...properties(broker), 'transactional.id': id });
  await producer.initTransactions();
  return producer;
}

/** Values that a read_committed consumer gets, until `count` are there. */
async function committed(broker: TestBroker, topic: string, count: number): Promise<string[]> {
  await using consumer = new Consumer({
    ...properties(broker),
    'isolation.level': 'read_committed',
    'auto.offset.reset': 'earliest',
  });
  consumer.assign([
    { topic, partition: 0 },
    { topic, partition: 1 },
  ]);
  const values: string[] = [];
  while (values.length < count) {
    for (const { value } of await consumer.poll({ timeoutMs: 1000 })) values.push(String(value));
  }
  return values.toSorted();
}

describe('a transaction', () => {
  it('is seen as a whole once it is committed, over partitions', async () => {
    await using broker = await start();
    await using producer = await transactional(broker);
    for (const round of [1, 2, 3]) {
      producer.beginTransaction();
      void producer.send({ topic: 'orders', partition: 0, value: `${round}a` });
      void producer.send({ topic: 'orders', partition: 1, value: `${round}b` });
      await producer.commitTransaction();
    }
    expect(await committed(broker, 'orders', 6)).toEqual(['1a', '1b', '2a', '2b', '3a', '3b']);
  });

  it('that is aborted is never seen, and the next one is', async () => {
    await using broker = await start();
    await using producer = await transactional(broker);
    producer.beginTransaction();
    await producer.send({ topic: 'orders', partition: 0, value: 'written and aborted' });
    const queued = producer.send({ topic: 'orders', partition: 0, value: 'maybe not even written' });
    queued.catch(() => {});
    await producer.abortTransaction();
    producer.beginTransaction();
    await producer.send({ topic: 'orders', partition: 0, value: 'committed' });
    await producer.commitTransaction();
    expect(await committed(broker, 'orders', 1)).toEqual(['committed']);
  });

  it('may be empty', async () => {
    await using broker = await start();
    await using producer = await transactional(broker);
    producer.beginTransaction();
    await producer.commitTransaction();
    producer.beginTransaction();
    await producer.abortTransaction();
    await producer.transaction(async (tx) => tx.send({ topic: 'orders', value: 'a' }));
    expect(await committed(broker, 'orders', 1)).toEqual(['a']);
  });

  it('as a function is committed with its result, or aborted with its error', async () => {
    await using broker = await start();
    await using producer = await transactional(broker);
    const failing = producer.transaction(async (tx) => {
      await tx.send({ topic: 'orders', value: 'no' });
      throw new Error('out of stock');
    });
    await expect(failing).rejects.toThrow('out of stock');
    const result = await producer.transaction(async (tx) => {
      await tx.send([{ topic: 'orders', value: 'yes' }]);
      return 42;
    });
    expect(result).toBe(42);
    expect(await committed(broker, 'orders', 1)).toEqual(['yes']);
  });

  it('in which a record was refused must be aborted, and then the producer goes on', async () => {
    await using broker = await start();
    await using admin = new Admin(properties(broker));
    await admin.createTopics([{ name: 'small', partitions: 2, configs: { 'max.message.bytes': '200' } }]);
    await using producer = await transactional(broker);
    producer.beginTransaction();
    await expect(producer.send({ topic: 'small', partition: 0, value: Buffer.alloc(1000) })).rejects.toThrow(
      'MESSAGE_TOO_LARGE',
    );
    await expect(producer.commitTransaction()).rejects.toThrow(TransactionAbortableError);
    await expect(producer.send({ topic: 'small', value: 'a' })).rejects.toThrow(TransactionAbortableError);
    await producer.abortTransaction();
    await producer.transaction(async (tx) => tx.send({ topic: 'small', partition: 0, value: 'b' }));
    expect(await committed(broker, 'small', 1)).toEqual(['b']);
  });
});

describe('a transactional producer', () => {
  it('of the first generation ends with a new epoch when brokers have come to know the second', async () => {
    await using broker = await start();
    await using admin = new Admin(properties(broker));
    const feature = 'transaction.version';
    await admin.updateFeatures([{ feature, level: 1, type: 'safe-downgrade' }]);
    await using producer = await transactional(broker);
    await admin.updateFeatures([{ feature, level: 2 }]);
    const epochs: (number | undefined)[] = [];
    for (const value of ['first', 'second']) {
      producer.beginTransaction();
      // The connection that this opens is told of the new level, amid the transaction.
      await producer.send({ topic: 'orders', partition: 0, value });
      await producer.commitTransaction();
      epochs.push((await admin.describeTransactions(['payments'])).get('payments')?.producerEpoch);
    }
    expect(epochs).toEqual([1, 2]);
    expect(await committed(broker, 'orders', 2)).toEqual(['first', 'second']);
  });

  it('is fenced by the next one of the same id', async () => {
    await using broker = await start();
    await using old = await transactional(broker);
    old.beginTransaction();
    await old.send({ topic: 'orders', value: 'zombie' });
    await using next = await transactional(broker);
    await expect(old.commitTransaction()).rejects.toThrow(TransactionFatalError);
    await expect(old.abortTransaction()).rejects.toThrow(TransactionFatalError);
    expect(() => old.beginTransaction()).toThrow(TransactionFatalError);
    await next.transaction(async (tx) => tx.send({ topic: 'orders', value: 'mine' }));
    expect(await committed(broker, 'orders', 1)).toEqual(['mine']);
  });

  it('says which call is out of turn', async () => {
    await using broker = await start();
    await using producer = new Producer({ ...properties(broker), 'transactional.id': 'payments' });
    expect(() => producer.beginTransaction()).toThrow(
      'beginTransaction needs a producer that is "ready", but it is "uninitialized"',
    );
    await producer.initTransactions();
    await expect(producer.send({ topic: 'orders', value: 'a' })).rejects.toThrow(TransactionStateError);
    await expect(producer.commitTransaction()).rejects.toThrow(TransactionStateError);
    producer.beginTransaction();
    expect(() => producer.beginTransaction()).toThrow(TransactionStateError);
    await using plain = new Producer(properties(broker));
    expect(() => plain.beginTransaction()).toThrow(/"transactional.id" must be set for beginTransaction/);
  });
});

describe('consume, transform, produce', () => {
  const COUNT = 60;

  /** Copies a few records a time; stops, without a word, after `stopAfter` transactions. */
  async function copy(broker: TestBroker, stopAfter: number, isDone: () => boolean): Promise<void> {
    await using producer = await transactional(broker, 'copier');
    await using consumer = new Consumer({
      ...properties(broker),
      'group.id': 'copiers',
      'enable.auto.commit': false,
      'auto.offset.reset': 'earliest',
      'isolation.level': 'read_committed',
      'max.poll.records': 7,
    });
    consumer.subscribe(['input']);
    for (let transactions = 0; !isDone();) {
      const records = await consumer.poll({ timeoutMs: 50 });
      if (records.length === 0) continue;
      const next = new Map(records.map((record) => [record.partition, record]));
      producer.beginTransaction();
      for (const { value } of records) void producer.send({ topic: 'output', value }).catch(() => {});
      const offsets = [...next.values()].map(({ topic, partition, offset }) => ({
        topic,
        partition,
        offset: offset + 1,
      }));
      await producer.sendOffsets(offsets, consumer.groupMetadata());
      if (++transactions === stopAfter) return;
      await producer.commitTransaction();
    }
  }

  it('happens exactly once, whoever stops in the middle', async () => {
    await using broker = await start(['input', 'output']);
    await using source = new Producer(properties(broker));
    const input = Array.from({ length: COUNT }, (_, index) => String(100 + index));
    await source.send(input.map((value) => ({ topic: 'input', key: value, value })));
    let isDone = false;
    await copy(broker, 3, () => false);
    await copy(broker, 2, () => false);
    const copying = copy(broker, Infinity, () => isDone);
    const output = await committed(broker, 'output', COUNT);
    isDone = true;
    await copying;
    expect(output).toEqual(input);
    expect(await committed(broker, 'output', COUNT)).toEqual(input);
  });
});
