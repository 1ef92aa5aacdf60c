import type { DiskFault, Random } from '@millrace/host';
import { expect, test } from 'vitest';
import { BrokerWorld } from './broker-world.ts';

const RECORDS = 100;
const ROUNDS = 4;
const SEEDS = Array.from({ length: 15 }, (_, seed) => seed);

const faults: readonly DiskFault[] = [
  { code: 'EIO', operations: ['sync'], times: 1 },
  { code: 'EIO', operations: ['write'], times: 1 },
  { code: 'ENOSPC', operations: ['write', 'truncate'] },
  { code: 'EROFS', operations: ['write', 'truncate', 'rename', 'mkdir', 'remove'] },
  { code: 'EIO', chance: 0.3 },
];

/**
 * Every fault ends with a power loss, every other one after a start on the same machine: after a failed fsync Linux
 * takes the lost pages for clean, and that process reads from memory what the disk does not have.
 */
test.each(SEEDS)(
  'acknowledged records survive a disk that fails until the power does (seed %i)',
  async (seed) => {
    const world = new BrokerWorld({ seed, properties: { 'log.flush.interval.messages': 1 } });
    const { simulation } = world;
    const random = simulation.random.fork('faults');
    const stored = await simulation.run(async () => {
      await world.startBroker();
      const producing = produce(world);
      for (let round = 0; round < ROUNDS; round++) await failForAWhile(world, random);
      await producing;
      const records = await world.readAll('orders');
      await world.closeBroker();
      return records.map(({ value }) => String(value));
    });
    expect(stored).toEqual(Array.from({ length: RECORDS }, (_, number) => `record ${number}`));
  },
);

test('a producer on a full disk gets a storage error, and other clients an answer', async () => {
  const world = new BrokerWorld({ seed: 1 });
  await world.simulation.run(async () => {
    await world.startBroker();
    const producer = world.producer('producer', { 'delivery.timeout.ms': 3000, 'request.timeout.ms': 1000 });
    await producer.send({ topic: 'orders', value: 'fits' });
    world.machine.disk.faults.capacityBytes = 1;
    const refused = producer.send({ topic: 'orders', value: 'does not' });
    await expect(refused).rejects.toThrow('KAFKA_STORAGE_ERROR');
    await expect(producer.partitionsFor('orders')).resolves.toHaveLength(1);
    await producer.close();
    await world.closeBroker();
  });
});

async function failForAWhile(world: BrokerWorld, random: Random): Promise<void> {
  const { simulation } = world;
  await simulation.sleep(random.float() * 80);
  const fault = faults[random.uint32() % faults.length];
  if (fault !== undefined) world.machine.disk.faults.add(fault);
  await simulation.sleep(random.float() * 300);
  world.machine.disk.faults.clear();
  if (random.float() < 0.5) {
    world.machine.kill();
    await world.restartBroker();
    await simulation.sleep(random.float() * 100);
  }
  world.machine.crash();
  await world.restartBroker();
}

async function produce(world: BrokerWorld): Promise<void> {
  const producer = world.producer('producer', { 'linger.ms': 0, 'request.timeout.ms': 1500 });
  for (let first = 0; first < RECORDS; first += 5) {
    const sends = Array.from({ length: 5 }, (_, index) =>
      producer.send({ topic: 'orders', value: `record ${first + index}` }),
    );
    await Promise.all([...sends, world.simulation.sleep(5)]);
  }
  await producer.close();
}
