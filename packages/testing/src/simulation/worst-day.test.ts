import type { Random } from '@millrace/host';
import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

const RECORDS_PER_PRODUCER = 150;
const PARTITIONS = 3;
const PRODUCERS = ['producer-1', 'producer-2'];
const CONSUMERS = ['consumer-1', 'consumer-2'];
const DISASTERS = 8;
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);
/**
 * A consumer that waits to join a group when the broker loses power learns of it only when the join times out, after
 * `max.poll.interval.ms`; it is the same with Kafka.
 */
const CATCH_UP_MS = 400_000;
const COMPRESSION_TYPES = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

type Disaster = (world: BrokerWorld, random: Random) => Promise<void>;

const disasters: readonly Disaster[] = [
  async function powerLoss(world, random) {
    world.machine.crash();
    await world.simulation.sleep(random.float() * 500);
    await world.restartBroker();
  },
  async function kill(world, random) {
    world.machine.kill();
    await world.simulation.sleep(random.float() * 100);
    await world.restartBroker();
  },
  async function partition({ simulation }, random) {
    const from = pick(random, [...PRODUCERS, ...CONSUMERS]);
    const between = { from, to: 'broker', oneWay: random.float() < 0.5 };
    simulation.network.partition(between);
    await simulation.sleep(random.float() * 4000);
    simulation.network.heal(between);
  },
  async function silence({ simulation }, random) {
    const between = { from: 'broker', to: pick(random, [...PRODUCERS, ...CONSUMERS]), oneWay: true };
    simulation.network.partition(between);
    await simulation.sleep(random.float() * 4000);
    simulation.network.heal(between);
  },
  async function clockJump(world, random) {
    world.machine.jumpClock((random.float() - 0.5) * 20_000);
  },
  async function slowDisk(world) {
    const { faults } = world.machine.disk;
    faults.extraLatencyMs = 50;
    await world.simulation.sleep(500);
    faults.extraLatencyMs = 0;
  },
];

test.each(SEEDS)(
  'two producers and a group get through a bad day with every record once (seed %i)',
  async (seed) => {
    const world = new BrokerWorld({
      seed,
      properties: { 'log.flush.interval.messages': 1, 'num.partitions': PARTITIONS },
    });
    const { simulation } = world;
    const random = simulation.random.fork('disasters');
    simulation.network.configure({ latencyMs: [0.05, 4], resetChance: random.float() < 0.5 ? 0.002 : 0.05 });
    await simulation.run(async () => {
      await world.startBroker();
      const readers = new GroupOfReaders(world);
      const producing = Promise.all(PRODUCERS.map((name) => produce(world, name)));
      for (let count = 0; count < DISASTERS; count++) {
        await simulation.sleep(random.float() * 200);
        await pick(random, disasters)(world, random);
      }
      await producing;
      await expectStoredOnceInOrder(world);
      await readers.finish();
      await world.closeBroker();
    });
  },
);

class GroupOfReaders {
  readonly #world: BrokerWorld;
  readonly #consumed = new Set<string>();
  readonly #reading: Promise<unknown>;
  #isOver = false;

  constructor(world: BrokerWorld) {
    this.#world = world;
    this.#reading = Promise.all(CONSUMERS.map((name) => this.#read(name)));
  }

  /** Waits until everything was read at least once. */
  async finish(): Promise<void> {
    const { simulation } = this.#world;
    const all = new Set(PRODUCERS.flatMap(valuesOf));
    const deadlineMs = simulation.nowMs + CATCH_UP_MS;
    while (this.#consumed.size < all.size && simulation.nowMs < deadlineMs) await simulation.sleep(100);
    this.#isOver = true;
    await this.#reading;
    expect(this.#consumed).toEqual(all);
  }

  async #read(name: string): Promise<void> {
    const consumer = this.#world.consumer(name, {
      'group.id': 'readers',
      'session.timeout.ms': 6000,
      'auto.commit.interval.ms': 50,
      'request.timeout.ms': 1500,
    });
    consumer.subscribe('orders');
    while (!this.#isOver) {
      for (const { value } of await consumer.poll({ timeoutMs: 100 })) this.#consumed.add(String(value));
    }
    await consumer.close();
  }
}

async function produce(world: BrokerWorld, name: string): Promise<void> {
  const random = world.simulation.random.fork(name);
  const producer = world.producer(name, {
    'linger.ms': random.uint32() % 5,
    'request.timeout.ms': 1500,
    'compression.type': pick(random, COMPRESSION_TYPES),
  });
  const sends: Promise<unknown>[] = [];
  for (const [number, value] of valuesOf(name).entries()) {
    sends.push(producer.send({ topic: 'orders', key: `${name} key ${number % 5}`, value }));
    await world.simulation.sleep(random.float() * 8);
  }
  await Promise.all(sends);
  await producer.close();
}

async function expectStoredOnceInOrder(world: BrokerWorld): Promise<void> {
  const stored = (await world.readAll('orders', PARTITIONS)).map(({ value }) => String(value));
  expect(stored.toSorted()).toEqual(PRODUCERS.flatMap(valuesOf).toSorted());
  for (const name of PRODUCERS) {
    for (let key = 0; key < 5; key++) {
      const ofKey = (value: string): boolean => {
        const [producer, number] = value.split(' ');
        return producer === name && Number(number) % 5 === key;
      };
      expect(stored.filter(ofKey)).toEqual(valuesOf(name).filter(ofKey));
    }
  }
}

function valuesOf(producer: string): string[] {
  return Array.from({ length: RECORDS_PER_PRODUCER }, (_, number) => `${producer} ${number}`);
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.uint32() % choices.length] as T;
}
