import { Admin, type Producer } from '@millrace/client';
import type { UnsyncedFate } from '@millrace/host';
import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

/** More than the whole story takes; the loop ends with the first step that was not reached. */
const MAX_STEPS = 2000;
/** All steps were tried once; so many of them are enough to notice when one breaks. */
const STRIDE = 9;
const TIMEOUT_MS = 120_000;

const cases: readonly { readonly unsynced: UnsyncedFate; readonly firstStep: number }[] = [
  { unsynced: 'lost', firstStep: 1 },
  { unsynced: 'kept', firstStep: 4 },
  { unsynced: 'random', firstStep: 7 },
];

test.each(cases)(
  'a topic is created, written, read, deleted and created anew, with a power loss at any step (unsynced data $unsynced)',
  async ({ unsynced, firstStep }) => {
    let step = firstStep;
    for (; step < MAX_STEPS; step += STRIDE) {
      const world = new BrokerWorld({ seed: step, properties: { 'log.flush.interval.messages': 1 } });
      const wasReached = await world.simulation
        .run(() => liveThroughPowerLoss(world, step, unsynced))
        .catch((cause: unknown) => {
          throw new Error(`Power loss at I/O step ${step} after the start`, { cause });
        });
      if (!wasReached) break;
    }
    expect(step).toBeGreaterThan(100);
    expect(step).toBeLessThan(MAX_STEPS);
  },
  TIMEOUT_MS,
);

async function liveThroughPowerLoss(
  world: BrokerWorld,
  step: number,
  unsynced: UnsyncedFate,
): Promise<boolean> {
  await world.startBroker();
  const first = world.machine;
  first.crashAtStep(first.ioSteps + step, { unsynced });
  const living = topicLife(world);
  await Promise.race([first.ended, living]);
  const wasReached = !first.isRunning;
  first.crash({ unsynced });
  await world.restartBroker();
  await living;
  expect((await world.readAll('orders')).map(({ value }) => String(value))).toEqual(['second life']);
  await world.closeBroker();
  return wasReached;
}

async function topicLife(world: BrokerWorld): Promise<void> {
  const { simulation } = world;
  const admin = new Admin(
    { 'bootstrap.servers': 'broker:9092', 'request.timeout.ms': 1000 },
    { host: simulation.host('admin') },
  );
  const producer = world.producer('producer', { 'linger.ms': 0, 'request.timeout.ms': 1000 });
  await doneOr('TOPIC_ALREADY_EXISTS', admin.createTopics([{ name: 'orders', partitions: 2 }]));
  for (let number = 0; number < 3; number++) await send(producer, number % 2, `record ${number}`);
  await readAndCommit(world, 3);
  await doneOr('UNKNOWN_TOPIC_OR_PARTITION', admin.deleteTopics(['orders']));
  await doneOr('TOPIC_ALREADY_EXISTS', admin.createTopics([{ name: 'orders', partitions: 1 }]));
  await send(producer, 0, 'second life');
  await producer.close();
  await admin.close();
}

async function readAndCommit(world: BrokerWorld, count: number): Promise<void> {
  const consumer = world.consumer('reader', {
    'group.id': 'readers',
    'enable.auto.commit': 'false',
    'request.timeout.ms': 1000,
  });
  consumer.subscribe('orders');
  for (let read = 0; read < count;) read += (await consumer.poll({ timeoutMs: 100 })).length;
  await consumer.commit([{ topic: 'orders', partition: 0, offset: 2 }]);
  await consumer.close();
}

async function send(producer: Producer, partition: number, value: string): Promise<void> {
  await producer.send({ topic: 'orders', partition, value });
}

/** A call whose answer was lost is made again, and finds its work done. */
async function doneOr(code: string, call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes(code))) throw error;
  });
}
