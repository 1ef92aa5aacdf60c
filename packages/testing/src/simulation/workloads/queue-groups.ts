import type { ConsumerProperties } from '@millrace/client';
import type { SimulatedHost } from '@millrace/host';
import { clientLives } from './client-life.ts';
import type { ClientWorld } from './client-world.ts';
import { RecordedConsumer } from './recorded-consumer.ts';
import { RecordedProducer } from './recorded-producer.ts';
import type { IsOver, Workload } from './workload.ts';

const TOPIC = 'tasks';
const PARTITIONS = 4;

/** A group whose members come, go and die works through a queue, and commits what it has done. */
export const queueGroups: Workload = {
  name: 'queue-groups',
  topics: { [TOPIC]: PARTITIONS },
  checks: {},
  async run(world, isOver) {
    const writers = ['writer-a', 'writer-b'].map((name) =>
      clientLives(world, name, isOver, (host, _, over) => write(world, host, over)),
    );
    const properties = memberProperties(world);
    const members = ['member-a', 'member-b', 'member-c'].map((name) =>
      clientLives(world, name, isOver, (host, _, over) => work(world, host, properties, over), 0.3),
    );
    await Promise.all([...writers, ...members]);
  },
};

/** One kind of group for a whole run. */
function memberProperties({ simulation }: ClientWorld): ConsumerProperties {
  const kinds: readonly ConsumerProperties[] = [
    { 'group.protocol': 'consumer' },
    {
      'partition.assignment.strategy': 'cooperative-sticky',
      'session.timeout.ms': 1500,
      'heartbeat.interval.ms': 200,
    },
    { 'partition.assignment.strategy': 'range', 'session.timeout.ms': 1500, 'heartbeat.interval.ms': 200 },
  ];
  return kinds[simulation.random.fork('group').uint32() % kinds.length]!;
}

async function write(world: ClientWorld, host: SimulatedHost, isOver: IsOver): Promise<void> {
  const random = host.random.fork('workload');
  const producer = new RecordedProducer(world, host);
  const sends: Promise<boolean>[] = [];
  for (let number = 0; !isOver(); number++) {
    const partition = random.uint32() % PARTITIONS;
    sends.push(producer.send({ topic: TOPIC, partition, value: `${host.name}.${number}` }));
    await world.simulation.sleep(random.float() * 200);
  }
  await Promise.all(sends);
  await producer.producer.close({ timeoutMs: 5000 });
}

async function work(
  world: ClientWorld,
  host: SimulatedHost,
  properties: ConsumerProperties,
  isOver: IsOver,
): Promise<void> {
  const random = host.random.fork('workload');
  const consumer = new RecordedConsumer(world, host, {
    'group.id': 'workers',
    'max.poll.records': 10,
    ...properties,
  });
  consumer.subscribe(TOPIC);
  const endMs = world.simulation.nowMs + 500 + random.float() * 5000;
  while (!isOver() && world.simulation.nowMs < endMs) {
    const records = await consumer.poll(100);
    if (records.length === 0 || random.float() < 0.2) continue;
    // When the group has moved on, the records are for somebody else.
    await consumer.commit(records).catch(() => {});
  }
  await consumer.consumer.close({ timeoutMs: 1000 });
}
