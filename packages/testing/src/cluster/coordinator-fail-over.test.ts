import { Consumer, Producer } from '@millrace/client';
import { expect, test } from 'vitest';
import { coordinatorOf } from './coordinator-of.ts';
import { startCluster } from './start-cluster.ts';
import type { TestCluster } from './test-cluster.ts';

const TRANSACTIONS = 40;
const PARTITIONS = 3;

function settings({ bootstrapServers }: TestCluster) {
  return { 'bootstrap.servers': bootstrapServers, 'retry.backoff.ms': 20, 'metadata.max.age.ms': 1000 };
}

async function readCommitted(cluster: TestCluster, topic: string): Promise<string[]> {
  await using consumer = new Consumer({ ...settings(cluster), 'isolation.level': 'read_committed' });
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition }));
  const ends = await consumer.endOffsets(partitions);
  consumer.assign(partitions);
  consumer.seekToBeginning();
  const values: string[] = [];
  for (;;) {
    const positions = await Promise.all(partitions.map((partition) => consumer.position(partition)));
    if (positions.every((position, at) => position >= ends[at]!)) return values;
    for (const { value } of await consumer.poll({ timeoutMs: 1000 })) values.push(value!.toString());
  }
}

/** Runs transactions that write one record to each partition, every fifth of which is aborted. */
async function runTransactions(
  cluster: TestCluster,
  during: (number: number) => Promise<void>,
): Promise<{ readonly committed: string[]; readonly unknown: string[] }> {
  const committed: string[] = [];
  const unknown: string[] = [];
  await using producer = new Producer({
    ...settings(cluster),
    'transactional.id': 'mover',
    'delivery.timeout.ms': 60_000,
  });
  await producer.initTransactions();
  for (let number = 0; number < TRANSACTIONS; number++) {
    const isAborted = number % 5 === 4;
    const value = `${isAborted ? 'aborted' : 'committed'} ${number}`;
    const disturbance = during(number);
    producer.beginTransaction();
    await Promise.all(
      Array.from({ length: PARTITIONS }, (_, partition) => producer.send({ topic: 'out', partition, value })),
    );
    if (isAborted) await producer.abortTransaction();
    else {
      await producer.commitTransaction();
      committed.push(value);
    }
    await disturbance;
  }
  return { committed, unknown };
}

test('transactions go on, and are whole, when their coordinator dies and comes back', async () => {
  await using cluster = await startCluster(3);
  await cluster.createTopic('out', { partitions: PARTITIONS });
  let killed: Awaited<ReturnType<typeof coordinatorOf>> | undefined;
  const { committed } = await runTransactions(cluster, async (number) => {
    if (number === 10) {
      killed = await coordinatorOf(cluster, '__transaction_state', 'mover');
      await killed.kill();
    }
    if (number === 25) await killed!.start();
  });
  const seen = await readCommitted(cluster, 'out');
  const expected = committed.flatMap((value) => Array.from({ length: PARTITIONS }, () => value));
  expect(seen.toSorted()).toEqual(expected.toSorted());
});
