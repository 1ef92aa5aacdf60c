import type { SimulatedHost } from '@millrace/host';
import { clientLives } from './client-life.ts';
import type { ClientWorld } from './client-world.ts';
import { RecordedConsumer } from './recorded-consumer.ts';
import { RecordedProducer } from './recorded-producer.ts';
import type { IsOver, Workload } from './workload.ts';

const TOPIC = 'lists';
const PARTITIONS = 3;
const KEYS = 7;
const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic: TOPIC, partition }));

/** Two idempotent producers append to lists by key; readers begin at the start again and again. */
export const appendLists: Workload = {
  name: 'append-lists',
  topics: { [TOPIC]: PARTITIONS },
  checks: {},
  async run(world, isOver) {
    const writers = ['writer-a', 'writer-b'].map((name) =>
      clientLives(world, name, isOver, (host, _, over) => append(world, host, over)),
    );
    const readers = ['reader-a', 'reader-b'].map((name) =>
      clientLives(world, name, isOver, (host, _, over) => read(world, host, over)),
    );
    await Promise.all([...writers, ...readers]);
  },
};

async function append(world: ClientWorld, host: SimulatedHost, isOver: IsOver): Promise<void> {
  const random = host.random.fork('workload');
  const producer = new RecordedProducer(world, host, { 'linger.ms': random.uint32() % 4 });
  const sends: Promise<boolean>[] = [];
  for (let number = 0; !isOver(); number++) {
    const key = random.uint32() % KEYS;
    const value = `${host.name}.${number}`;
    sends.push(producer.send({ topic: TOPIC, partition: key % PARTITIONS, key: `k${key}`, value }));
    await world.simulation.sleep(random.float() * 200);
  }
  await Promise.all(sends);
  await producer.producer.close({ timeoutMs: 5000 });
}

async function read(world: ClientWorld, host: SimulatedHost, isOver: IsOver): Promise<void> {
  const random = host.random.fork('workload');
  const consumer = new RecordedConsumer(world, host);
  consumer.assign(partitions);
  const endMs = world.simulation.nowMs + random.float() * 3000;
  while (!isOver() && world.simulation.nowMs < endMs) await consumer.poll(100);
  await consumer.consumer.close({ timeoutMs: 1000 });
}
