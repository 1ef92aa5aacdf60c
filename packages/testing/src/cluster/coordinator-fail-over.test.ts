import { Admin, Consumer, Producer, ShareConsumer } from '@millrace/client';
import { nodeHost } from '@millrace/host';
import { expect, test } from 'vitest';
import { coordinatorOf } from './coordinator-of.ts';
import { startCluster } from './start-cluster.ts';
import type { TestCluster } from './test-cluster.ts';

const TRANSACTIONS = 40;
const PARTITIONS = 3;
/** Nothing here takes long on an idle machine; on a busy one everything does. */
const limit = { timeout: 120_000 };

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
): Promise<readonly string[]> {
  const committed: string[] = [];
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
  return committed;
}

test('transactions go on, and are whole, when their coordinator dies and comes back', limit, async () => {
  await using cluster = await startCluster(3);
  await cluster.createTopic('out', { partitions: PARTITIONS });
  let killed: Awaited<ReturnType<typeof coordinatorOf>> | undefined;
  const committed = await runTransactions(cluster, async (number) => {
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

/** Writes numbered records for as long as `isOver` does not say otherwise, and knows which of them are acknowledged. */
async function write(cluster: TestCluster, topic: string, isOver: () => boolean): Promise<readonly string[]> {
  const acknowledged: string[] = [];
  await using producer = new Producer({ ...settings(cluster), 'delivery.timeout.ms': 60_000 });
  for (let number = 0; !isOver(); number++) {
    const value = String(number);
    await producer.send({ topic, partition: number % PARTITIONS, value });
    acknowledged.push(value);
  }
  return acknowledged;
}

test.each([
  { 'group.protocol': 'consumer' },
  {
    'group.protocol': 'classic',
    'partition.assignment.strategy': 'cooperative-sticky',
    'session.timeout.ms': 6000,
    'heartbeat.interval.ms': 500,
  },
] as const)('members go on and commits stay when their coordinator dies: %o', limit, async (properties) => {
  await using cluster = await startCluster(3);
  await cluster.createTopic('in', { partitions: PARTITIONS });
  const member = () =>
    new Consumer({
      ...settings(cluster),
      ...properties,
      'group.id': 'readers',
      'enable.auto.commit': false,
      'auto.offset.reset': 'earliest',
    });
  const seen = new Set<string>();
  const committed = new Map<number, number>();
  let isWritten = false;
  let expected = Infinity;
  const read = async (): Promise<void> => {
    await using consumer = member();
    consumer.subscribe(['in']);
    while (seen.size < expected) {
      const next = new Map<number, number>();
      for (const { partition, offset, value } of await consumer.poll({ timeoutMs: 100 })) {
        seen.add(value!.toString());
        next.set(partition, offset + 1);
      }
      const offsets = [...next].map(([partition, offset]) => ({ topic: 'in', partition, offset }));
      if (offsets.length === 0) continue;
      const isCommitted = await consumer.commit(offsets).then(
        () => true,
        () => false,
      );
      if (isCommitted)
        for (const [partition, offset] of next)
          committed.set(partition, Math.max(committed.get(partition) ?? 0, offset));
    }
  };
  const writing = write(cluster, 'in', () => isWritten);
  const reading = [read(), read()];
  await waitFor(() => seen.size > 50);
  const coordinator = await coordinatorOf(cluster, '__consumer_offsets', 'readers');
  await coordinator.kill();
  const seenByThen = seen.size;
  await waitFor(() => seen.size > seenByThen + 100);
  await coordinator.start();
  const seenAfterwards = seen.size;
  await waitFor(() => seen.size > seenAfterwards + 50);
  isWritten = true;
  const acknowledged = await writing;
  expected = acknowledged.length;
  await Promise.all(reading);
  expect([...seen].toSorted()).toEqual(acknowledged.toSorted());
  await using after = member();
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: 'in', partition }));
  for (const [at, offset] of (await after.committed(partitions)).entries())
    expect(offset?.offset ?? 0).toBeGreaterThanOrEqual(committed.get(at) ?? 0);
});

test('members of a share group go on when a node dies that leads, and coordinates them', limit, async () => {
  await using cluster = await startCluster(3, {
    properties: { 'group.share.record.lock.duration.ms': 2000 },
  });
  await cluster.createTopic('tasks', { partitions: PARTITIONS });
  await using admin = new Admin(settings(cluster));
  await admin.incrementalAlterConfigs([
    {
      type: 'group',
      name: 'workers',
      operations: [{ name: 'share.auto.offset.reset', operation: 'set', value: 'earliest' }],
    },
  ]);
  /** By value: how often it was done with, as the broker confirmed. */
  const done = new Map<string, number>();
  /** Done with or not: the node that was told so was gone before it had answered. */
  const inDoubt = new Set<string>();
  const over = new AbortController();
  const work = async (): Promise<void> => {
    await using consumer = new ShareConsumer({ ...settings(cluster), 'group.id': 'workers' });
    consumer.subscribe(['tasks']);
    while (!over.signal.aborted) {
      const records = await consumer.poll({ timeoutMs: 100 });
      const results = await consumer.commit({ timeoutMs: 20_000 }).catch(() => []);
      for (const { error, partition, offsets } of results) {
        for (const offset of offsets) {
          const record = records.find((one) => one.partition === partition && one.offset === offset);
          const value = record?.value?.toString();
          if (value === undefined) continue;
          if (error === undefined) done.set(value, (done.get(value) ?? 0) + 1);
          else inDoubt.add(value);
        }
      }
    }
  };
  let isWritten = false;
  const writing = write(cluster, 'tasks', () => isWritten);
  const working = [work(), work()];
  await waitFor(() => done.size > 50);
  const killed = await coordinatorOf(cluster, '__consumer_offsets', 'workers');
  await killed.kill();
  const doneByThen = done.size;
  await waitFor(() => done.size > doneByThen + 50);
  await killed.start();
  isWritten = true;
  const acknowledged = await writing;
  await allDoneWith(admin, 'workers', 'tasks');
  over.abort();
  await Promise.all(working);
  expect(acknowledged.filter((value) => !done.has(value) && !inDoubt.has(value))).toEqual([]);
  // Confirmed once means done with: nobody is given it again.
  expect([...done].filter(([, times]) => times > 1)).toEqual([]);
});

/** Resolves when a share group has got to the end of each partition, with nothing before it left to be given again. */
async function allDoneWith(admin: Admin, groupId: string, topic: string): Promise<void> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition }));
  for (;;) {
    const offsets = await admin.listShareGroupOffsets(groupId, { partitions });
    if (offsets.length === PARTITIONS && offsets.every(({ lag }) => lag === 0)) return;
    await new Promise<void>((resolve) => nodeHost().timers.schedule(20, resolve));
  }
}

/** Asks again with every turn of the event loop in which something was done. */
async function waitFor(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise<void>((resolve) => nodeHost().timers.schedule(20, resolve));
}
