import type { SimulationEvent } from '@millrace/host';
import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

const RECORDS = 120;
const PARTITIONS = 3;
const COMPRESSION_TYPES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

interface Run {
  readonly trace: string;
  readonly events: readonly SimulationEvent[];
  readonly consumed: readonly string[];
  readonly stored: readonly string[];
}

/** A producer and a group of two on a bad network: slow, with connections that break and a partition in between. */
async function run(seed: number): Promise<Run> {
  const events: SimulationEvent[] = [];
  const world = new BrokerWorld({
    seed,
    properties: { 'num.partitions': PARTITIONS },
    onEvent: (event) => events.push(event),
  });
  const { simulation } = world;
  simulation.network.configure({ latencyMs: [0.1, 5], resetChance: 0.005 });
  const consumed = new Set<string>();
  const stored = await simulation.run(async () => {
    await world.startBroker();
    const readers = ['reader-1', 'reader-2'].map((name) => consumeInto(world, name, consumed));
    const producing = produce(world, seed);
    await simulation.sleep(100);
    simulation.network.partition({ from: 'producer', to: 'broker' });
    await simulation.sleep(3000);
    simulation.network.healAll();
    await producing;
    await Promise.all(readers);
    const records = await world.readAll('orders', PARTITIONS);
    await world.closeBroker();
    return records.map(({ value }) => String(value));
  });
  return { trace: simulation.trace, events, consumed: [...consumed], stored };
}

async function produce(world: BrokerWorld, seed: number): Promise<void> {
  const producer = world.producer('producer', {
    'linger.ms': 2,
    'request.timeout.ms': 2000,
    'compression.type': COMPRESSION_TYPES[seed % COMPRESSION_TYPES.length] ?? 'none',
  });
  const sends: Promise<unknown>[] = [];
  for (let number = 0; number < RECORDS; number++) {
    sends.push(producer.send({ topic: 'orders', key: `key ${number % 7}`, value: `record ${number}` }));
    await world.simulation.sleep(number % 5);
  }
  await Promise.all(sends);
  await producer.close();
}

async function consumeInto(world: BrokerWorld, name: string, consumed: Set<string>): Promise<void> {
  const consumer = world.consumer(name, { 'group.id': 'readers', 'auto.commit.interval.ms': 50 });
  consumer.subscribe('orders');
  while (consumed.size < RECORDS) {
    for (const { value } of await consumer.poll({ timeoutMs: 100 })) consumed.add(String(value));
  }
  await consumer.close();
}

test.each(SEEDS)(
  'a broker, a producer and a group repeat themselves byte for byte (seed %i)',
  async (seed) => {
    const [first, second] = [await run(seed), await run(seed)];
    expect(second.events).toEqual(first.events);
    expect(second.trace).toBe(first.trace);
    const all = Array.from({ length: RECORDS }, (_, number) => `record ${number}`);
    expect(first.stored.length).toBe(RECORDS);
    expect(new Set(first.stored)).toEqual(new Set(all));
    expect(new Set(first.consumed)).toEqual(new Set(all));
    expect(second.consumed).toEqual(first.consumed);
  },
);

test('other seeds are other runs', async () => {
  const traces = [];
  for (const seed of SEEDS.slice(0, 3)) traces.push((await run(seed)).trace);
  expect(new Set(traces).size).toBe(3);
});
