import type { Random } from '@millrace/host';
import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

const RECORDS = 150;
const CRASHES = 5;
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

interface Outcome {
  readonly acknowledged: readonly string[];
  readonly stored: readonly string[];
}

/** Five records at a time, while the broker dies and comes back at random moments. */
async function produceThroughCrashes(world: BrokerWorld, die: () => void): Promise<Outcome> {
  const { simulation } = world;
  return simulation.run(async () => {
    await world.startBroker();
    const acknowledged: string[] = [];
    const producing = produce(world, acknowledged);
    const random = simulation.random.fork('crashes');
    for (let crash = 0; crash < CRASHES; crash++) {
      await simulation.sleep(random.float() * 60);
      die();
      await simulation.sleep(random.float() * 300);
      await world.restartBroker();
    }
    await producing;
    const stored = (await world.readAll('orders')).map(({ value }) => String(value));
    await world.closeBroker();
    return { acknowledged, stored };
  });
}

async function produce(world: BrokerWorld, acknowledged: string[]): Promise<void> {
  const producer = world.producer('producer', { 'linger.ms': 0, 'request.timeout.ms': 2000 });
  for (let first = 0; first < RECORDS; first += 5) {
    const numbers = Array.from({ length: 5 }, (_, index) => first + index);
    const sends = numbers.map(async (number) => {
      const { offset } = await producer.send({ topic: 'orders', partition: 0, value: `record ${number}` });
      acknowledged.push(`${offset} record ${number}`);
    });
    await Promise.all([...sends, world.simulation.sleep(5)]);
  }
  await producer.close();
}

test.each(SEEDS)('keeps what is acknowledged, exactly once, through power losses (seed %i)', async (seed) => {
  const world = new BrokerWorld({ seed, properties: { 'log.flush.interval.messages': 1 } });
  const outcome = await produceThroughCrashes(world, () => {
    world.machine.crash();
  });
  expectExactlyOnce(outcome);
});

test.each(SEEDS)(
  'keeps what is acknowledged, exactly once, through kills without fsync (seed %i)',
  async (seed) => {
    const world = new BrokerWorld({ seed });
    const outcome = await produceThroughCrashes(world, () => {
      world.machine.kill();
    });
    expectExactlyOnce(outcome);
  },
);

test.each(SEEDS)(
  'keeps it through power losses at any I/O step, those of a start, too (seed %i)',
  async (seed) => {
    const world = new BrokerWorld({ seed, properties: { 'log.flush.interval.messages': 1 } });
    const { simulation } = world;
    const random = simulation.random.fork('steps');
    simulation.network.configure({ latencyMs: [0.05, 3], resetChance: 0.01 });
    const outcome = await simulation.run(async () => {
      await startThroughPowerLosses(world, random);
      const acknowledged: string[] = [];
      const producing = produce(world, acknowledged);
      for (let crash = 0; crash < CRASHES; crash++) {
        world.machine.crashAtStep(world.machine.ioSteps + 1 + (random.uint32() % 60));
        await Promise.race([world.machine.ended, simulation.sleep(200)]);
        world.machine.crash();
        simulation.restart(world.machine);
        await startThroughPowerLosses(world, random);
      }
      await producing;
      const stored = (await world.readAll('orders')).map(({ value }) => String(value));
      return { acknowledged, stored };
    });
    expectExactlyOnce(outcome);
  },
);

test('loses acknowledged records in a power loss without fsync, or these tests could not fail', async () => {
  const world = new BrokerWorld({ seed: 1 });
  const { simulation } = world;
  const stored = await simulation.run(async () => {
    await world.startBroker();
    const acknowledged: string[] = [];
    await produce(world, acknowledged);
    expect(acknowledged.length).toBe(RECORDS);
    world.machine.crash({ unsynced: 'lost' });
    await world.restartBroker();
    return world.readAll('orders');
  });
  expect(stored.length).toBe(0);
});

/** Starts the broker, with a power loss in some of the attempts. */
async function startThroughPowerLosses(world: BrokerWorld, random: Random): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    world.machine.crashAtStep(1 + (random.uint32() % 150));
    await Promise.race([world.startBroker(), world.machine.ended]);
    if (world.machine.isRunning) break;
    world.simulation.restart(world.machine);
  }
  world.machine.crashAtStep(Infinity);
  if (world.machine.ioSteps === 0) await world.startBroker();
}

function expectExactlyOnce({ acknowledged, stored }: Outcome): void {
  const all = Array.from({ length: RECORDS }, (_, number) => `record ${number}`);
  expect(acknowledged.length).toBe(RECORDS);
  expect(stored).toEqual(all);
}
