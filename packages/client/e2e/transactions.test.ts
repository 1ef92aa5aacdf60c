import { Producer, type Consumer } from '../src/index.ts';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineApi } from '../src/cluster/api.ts';
import { Cluster } from '../src/cluster/cluster.ts';
import { consumerSettings } from '../src/consumer/consumer-settings.ts';
import { TestedCluster, values } from './cluster.ts';

let cluster: TestedCluster;
beforeAll(async () => void (cluster = await TestedCluster.start()));
afterAll(() => cluster[Symbol.asyncDispose]());

const COMMITTED = { 'isolation.level': 'read_committed' } as const;
const UPDATE_FEATURES = defineApi(UpdateFeaturesRequest, UpdateFeaturesResponse);
const SAFE_DOWNGRADE = 2;
const UPGRADE = 1;

async function setGeneration(generation: 1 | 2): Promise<void> {
  const client = new Cluster(consumerSettings(cluster.servers, {}).cluster);
  try {
    const upgradeType = generation === 1 ? SAFE_DOWNGRADE : UPGRADE;
    const update = { feature: 'transaction.version', maxVersionLevel: generation, upgradeType };
    const message = { timeoutMs: 10_000, featureUpdates: [update], validateOnly: false };
    const { response } = await client.send({ to: 'any', api: UPDATE_FEATURES, message });
    expect([response.errorCode, response.errorMessage ?? null]).toEqual([0, null]);
  } finally {
    await client.close({ drain: false });
  }
}

describe.each([1, 2] as const)('transactions of generation %i', (generation) => {
  // What the cluster starts with comes last.
  beforeAll(() => setGeneration(generation));

  async function transactional(id = cluster.name('transactional')): Promise<Producer> {
    const producer = new Producer({ ...cluster.servers, 'transactional.id': id });
    await producer.initTransactions();
    return producer;
  }

  test('are seen whole when committed, and never when aborted', async () => {
    const topic = await cluster.createTopic(2);
    await using producer = await transactional();
    for (const [round, commits] of [true, false, true].entries()) {
      producer.beginTransaction();
      await producer.send([0, 1].map((partition) => ({ topic, partition, value: `${round}` })));
      await (commits ? producer.commitTransaction() : producer.abortTransaction());
    }
    expect(values(await cluster.read(topic, 4, COMMITTED))).toEqual(['0', '2', '0', '2']);
    expect(values(await cluster.read(topic, 6))).toEqual(['0', '1', '2', '0', '1', '2']);
  });

  test('fence the producer that was there before', async () => {
    const topic = await cluster.createTopic();
    const id = cluster.name('fenced');
    await using old = await transactional(id);
    old.beginTransaction();
    await old.send({ topic, value: 'zombie' });
    await using next = await transactional(id);
    await expect(old.commitTransaction()).rejects.toMatchObject({ code: 'ERR_CLIENT_TRANSACTION_FATAL' });
    await next.transaction((tx) => tx.send({ topic, value: 'mine' }));
    expect(values(await cluster.read(topic, 1, COMMITTED))).toEqual(['mine']);
  });

  test.each(['classic', 'consumer'] as const)(
    'copy each record exactly once, whoever stops in the middle (%s)',
    async (protocol) => {
      const [input, output] = [await cluster.createTopic(), await cluster.createTopic()];
      const count = 40;
      const sent = Array.from({ length: count }, (_, index) => String(index));
      await cluster.producer.send(sent.map((value) => ({ topic: input, value })));
      const [id, group] = [cluster.name('copier'), cluster.name('copiers')];
      for (const stopAfter of [3, 2, Infinity]) {
        await using producer = await transactional(id);
        await using consumer = cluster.consumer({
          ...COMMITTED,
          'group.id': group,
          'group.protocol': protocol,
          'enable.auto.commit': false,
          'max.poll.records': 7,
        });
        consumer.subscribe(input);
        await copy(producer, consumer, output, { stopAfter, end: count });
      }
      expect(values(await cluster.read(output, count, COMMITTED))).toEqual(sent);
    },
  );
});

/** A few records a transaction. The last one before it stops stays open. */
async function copy(
  producer: Producer,
  consumer: Consumer,
  output: string,
  { stopAfter, end }: { readonly stopAfter: number; readonly end: number },
): Promise<void> {
  for (let transactions = 0; ;) {
    const records = await consumer.poll({ timeoutMs: 500 });
    if (records.length === 0) continue;
    const { topic, partition, offset } = records.at(-1)!;
    producer.beginTransaction();
    for (const { value } of records)
      void producer.send({ topic: output, partition: 0, value }).catch(() => {});
    await producer.sendOffsets([{ topic, partition, offset: offset + 1 }], consumer.groupMetadata());
    if (++transactions === stopAfter) return;
    await producer.commitTransaction();
    if (offset + 1 === end) return;
  }
}
