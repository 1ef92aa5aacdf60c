import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Consumer, Producer } from '@millrace/client';
import { InvalidPropertyError } from '@millrace/config';
import { describe, expect, test } from 'vitest';
import { TestBrokerClosedError } from './errors.ts';
import { startBroker } from './start-broker.ts';

describe.each(['memory', 'temporary'] as const)('a test broker with %s storage', (storage) => {
  test('creates, seeds and drains topics', async () => {
    await using broker = await startBroker({ storage });
    await broker.createTopic('orders', { partitions: 3, config: { 'cleanup.policy': 'compact' } });
    const written = await broker.seed('orders', [
      { partition: 2, key: 'c', value: 'last', headers: [{ key: 'h', value: 'v' }] },
      { partition: 0, key: 'a', value: 'first' },
      { partition: 0, key: 'a', value: null, timestampMs: 1_700_000_000_000 },
    ]);
    expect(written.map(({ partition, offset }) => [partition, offset])).toEqual([
      [2, 0],
      [0, 0],
      [0, 1],
    ]);
    const records = await broker.drain('orders');
    expect(records.map(({ partition, offset, value }) => [partition, offset, value?.toString()])).toEqual([
      [0, 0, 'first'],
      [0, 1, undefined],
      [2, 0, 'last'],
    ]);
    expect(records[1]?.timestampMs).toBe(1_700_000_000_000);
    expect(records[2]?.headers).toEqual([{ key: 'h', value: Buffer.from('v') }]);
  });

  test('keeps data and port over a restart, and clients go on', async () => {
    await using broker = await startBroker({ storage });
    const { bootstrapServers, clusterId } = broker;
    await using producer = new Producer({ 'bootstrap.servers': bootstrapServers });
    await producer.send({ topic: 'orders', value: 'before' });
    await broker.restart();
    expect(broker.bootstrapServers).toBe(bootstrapServers);
    expect(broker.clusterId).toBe(clusterId);
    await producer.send({ topic: 'orders', value: 'after' });
    const values = (await broker.drain('orders')).map(({ value }) => String(value));
    expect(values).toEqual(['before', 'after']);
  });
});

describe('startBroker', () => {
  test('gives every broker a port and data of its own', async () => {
    await using first = await startBroker();
    await using second = await startBroker();
    expect(first.bootstrapServers).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(second.bootstrapServers).not.toBe(first.bootstrapServers);
    await first.seed('orders', [{ value: 'first' }]);
    await second.seed('orders', [{ value: 'second' }]);
    const drained = [await first.drain('orders'), await second.drain('orders')];
    expect(drained.map((records) => records.map(({ value }) => String(value)))).toEqual([
      ['first'],
      ['second'],
    ]);
  });

  test("takes Kafka's broker properties", async () => {
    await using broker = await startBroker({ properties: { 'num.partitions': 4 } });
    await broker.seed('orders', [{ value: 'x', partition: 3 }]);
    expect((await broker.drain('orders'))[0]?.partition).toBe(3);
  });

  test('serves consumers of a group', async () => {
    await using broker = await startBroker();
    await broker.seed('orders', [{ value: '1' }, { value: '2' }, { value: '3' }]);
    await using consumer = new Consumer({
      'bootstrap.servers': broker.bootstrapServers,
      'group.id': 'billing',
      'auto.offset.reset': 'earliest',
    });
    consumer.subscribe('orders');
    const values: string[] = [];
    while (values.length < 3) values.push(...(await consumer.poll()).map(({ value }) => String(value)));
    expect(values).toEqual(['1', '2', '3']);
  });

  test('leaves no temporary directory behind, not even after a failed start', async () => {
    const before = await temporaryDirectories();
    const broker = await startBroker({ storage: 'temporary' });
    expect((await temporaryDirectories()).length).toBeGreaterThan(0);
    await broker.close();
    const start = startBroker({ storage: 'temporary', properties: { 'num.partitions': -1 } });
    await expect(start).rejects.toThrow(InvalidPropertyError);
    expect(await temporaryDirectories()).toEqual(before);
  });
});

describe('TestBroker', () => {
  test('drains an empty topic to nothing', async () => {
    await using broker = await startBroker();
    await broker.createTopic('empty', { partitions: 2 });
    expect(await broker.drain('empty')).toEqual([]);
  });

  test('drains what was there when it was asked, while producers go on', async () => {
    await using broker = await startBroker();
    await broker.seed(
      'orders',
      Array.from({ length: 5000 }, (_, index) => ({ value: `record ${index}` })),
    );
    const [records] = await Promise.all([
      broker.drain('orders'),
      broker.seed(
        'orders',
        Array.from({ length: 100 }, () => ({ value: 'late' })),
      ),
    ]);
    expect(records.length).toBeGreaterThanOrEqual(5000);
    expect(records.slice(0, 5000).map(({ value }) => String(value))).toEqual(
      Array.from({ length: 5000 }, (_, index) => `record ${index}`),
    );
  });

  test('says so when a topic exists', async () => {
    await using broker = await startBroker();
    await broker.createTopic('orders');
    await expect(broker.createTopic('orders')).rejects.toThrow('orders');
  });

  test('closes once, and refuses calls from then on', async () => {
    const broker = await startBroker();
    await Promise.all([broker.close(), broker.close()]);
    await broker.close();
    await expect(broker.drain('orders')).rejects.toThrow(TestBrokerClosedError);
    await expect(broker.seed('orders', [])).rejects.toMatchObject({ code: 'ERR_TESTING_BROKER_CLOSED' });
    await expect(broker.createTopic('orders')).rejects.toThrow(
      'createTopic() was called on a test broker that is closed',
    );
    await expect(broker.restart()).rejects.toThrow(TestBrokerClosedError);
  });
});

/** Folders of this process only: other test runs have theirs in the same place. */
async function temporaryDirectories(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith(`millrace-${process.pid}-`));
}
