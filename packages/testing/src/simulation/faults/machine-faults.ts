import { between, pick, type Fault } from './fault.ts';

const slowDisk: Fault = {
  name: 'slow disk',
  async strike(world, random) {
    const { faults } = pick(random, world.nodes).machine.disk;
    faults.extraLatencyMs = between(random, 5, 200);
    await world.simulation.sleep(between(random, 200, 3000));
    faults.extraLatencyMs = 0;
  },
};

const diskError: Fault = {
  name: 'disk error',
  async strike(world, random) {
    const { faults } = pick(random, world.nodes).machine.disk;
    const operations = pick(random, [['write'], ['sync'], ['write', 'sync', 'truncate', 'rename']] as const);
    const end = faults.add({ code: 'EIO', operations, times: 1 + (random.uint32() % 3) });
    await world.simulation.sleep(between(random, 100, 2000));
    end();
  },
};

const clockJump: Fault = {
  name: 'clock jump',
  async strike(world, random) {
    pick(random, world.nodes).machine.jumpClock(between(random, -20_000, 20_000));
  },
};

export const diskFaults: readonly Fault[] = [slowDisk, diskError];
export const timeFaults: readonly Fault[] = [clockJump];
