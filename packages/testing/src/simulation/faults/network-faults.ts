import { between, pick, type Fault } from './fault.ts';

/** One node can neither hear nor be heard by the others; clients reach it. */
const isolate: Fault = {
  name: 'isolated node',
  async strike(world, random) {
    const node = pick(random, world.nodes);
    const others = world.nodes.filter((other) => other !== node);
    for (const other of others) world.simulation.network.partition({ from: node.name, to: other.name });
    await world.simulation.sleep(between(random, 50, 3000));
    for (const other of others) world.simulation.network.heal({ from: node.name, to: other.name });
  },
};

const deaf: Fault = {
  name: 'one-way partition',
  async strike(world, random) {
    const from = pick(random, world.nodes);
    const to = pick(random, world.nodes);
    const link = { from: from.name, to: to.name, oneWay: true };
    world.simulation.network.partition(link);
    await world.simulation.sleep(between(random, 50, 3000));
    world.simulation.network.heal(link);
  },
};

/** Two nodes lose each other, the third reaches both. */
const broken: Fault = {
  name: 'broken link',
  async strike(world, random) {
    const from = pick(random, world.nodes);
    const to = pick(random, world.nodes);
    if (from === to) return;
    world.simulation.network.partition({ from: from.name, to: to.name });
    await world.simulation.sleep(between(random, 50, 3000));
    world.simulation.network.heal({ from: from.name, to: to.name });
  },
};

const resets: Fault = {
  name: 'connections reset',
  async strike(world, random) {
    const { network } = world.simulation;
    network.configure({ resetChance: between(random, 0.005, 0.1) });
    await world.simulation.sleep(between(random, 50, 1500));
    network.configure({ resetChance: 0 });
  },
};

/** Requests arrive although their sender was told that they did not, and after it has sent them again. */
const lateRequests: Fault = {
  name: 'late requests',
  async strike(world, random) {
    const { network } = world.simulation;
    network.configure({ lateChance: between(random, 0.005, 0.1), lateMs: [1, between(random, 10, 2500)] });
    await world.simulation.sleep(between(random, 50, 1500));
    network.configure({ lateChance: 0 });
  },
};

const slowNetwork: Fault = {
  name: 'slow network',
  async strike(world, random) {
    const { network } = world.simulation;
    network.configure({ latencyMs: [0.5, between(random, 5, 150)] });
    await world.simulation.sleep(between(random, 250, 2000));
    network.configure({ latencyMs: [0.05, 2] });
  },
};

export const networkFaults: readonly Fault[] = [
  isolate,
  isolate,
  deaf,
  broken,
  resets,
  lateRequests,
  slowNetwork,
];

export const lateFaults: readonly Fault[] = [lateRequests];
