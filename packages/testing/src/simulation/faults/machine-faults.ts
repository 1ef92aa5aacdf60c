import { between, pick, type Fault } from './fault.ts';

const slowDisk: Fault = {
  name: 'slow disk',
  async strike(world, random) {
    const { faults } = pick(random, world.nodes).machine.disk;
    faults.extraLatencyMs = between(random, 5, 100);
    await world.simulation.sleep(between(random, 100, 1500));
    faults.extraLatencyMs = 0;
  },
};

const diskError: Fault = {
  name: 'disk error',
  async strike(world, random) {
    const { faults } = pick(random, world.nodes).machine.disk;
    const operations = pick(random, [['write'], ['sync'], ['write', 'sync', 'truncate', 'rename']] as const);
    const end = faults.add({ code: 'EIO', operations, times: 1 + (random.uint32() % 3) });
    await world.simulation.sleep(between(random, 50, 1000));
    end();
  },
};

/**
 * A sync fails, and the process with it. The next one finds everything in memory, which the disk does not have, and no
 * sync would bring there; then the power goes.
 */
const failedSync: Fault = {
  name: 'failed sync',
  async strike(world, random) {
    const node = pick(random, world.nodes);
    const end = node.machine.disk.faults.add({ code: 'EIO', operations: ['sync'], times: 1 });
    await world.simulation.sleep(between(random, 50, 500));
    end();
    await world.simulation.sleep(between(random, 500, 3000));
    node.crash({ unsynced: 'lost' });
    await node.restart();
  },
};

const clockJump: Fault = {
  name: 'clock jump',
  async strike(world, random) {
    pick(random, world.nodes).machine.jumpClock(between(random, -20_000, 20_000));
  },
};

/** At most one percent off, as far as quartz goes wrong when nobody looks after it, and then much more. */
const clockSkew: Fault = {
  name: 'clock skew',
  async strike(world, random) {
    const { name } = pick(random, world.nodes);
    world.simulation.host(name).skewClock(pick(random, [0.5, 0.9, 0.99, 1.01, 1.1, 2]));
    await world.simulation.sleep(between(random, 250, 3000));
    world.simulation.host(name).skewClock(1);
  },
};

/** SIGSTOP and SIGCONT: a node that believes that no time has passed. */
const pause: Fault = {
  name: 'paused process',
  async strike(world, random) {
    const { machine } = pick(random, world.nodes);
    machine.pause();
    await world.simulation.sleep(between(random, 50, 3000));
    machine.resume();
  },
};

/** Everything about one node is slow. */
const slowNode: Fault = {
  name: 'slow node',
  async strike(world, random) {
    const slow = pick(random, world.nodes);
    const { faults } = slow.machine.disk;
    const latencyMs = [5, between(random, 10, 150)] as const;
    for (const { name } of world.nodes) {
      world.simulation.network.configureLink({ from: slow.name, to: name }, { latencyMs });
    }
    faults.extraLatencyMs = between(random, 1, 50);
    await world.simulation.sleep(between(random, 250, 2000));
    faults.extraLatencyMs = 0;
    for (const { name } of world.nodes) {
      world.simulation.network.configureLink({ from: slow.name, to: name }, { latencyMs: [0.05, 0.5] });
    }
  },
};

export const pauseFaults: readonly Fault[] = [pause, slowNode];
export const diskFaults: readonly Fault[] = [slowDisk, diskError, failedSync];
export const timeFaults: readonly Fault[] = [clockJump, clockSkew];
