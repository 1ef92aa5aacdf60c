import type { Random, UnsyncedFate } from '@millrace/host';
import type { ClusterNode } from '../cluster/cluster-node.ts';
import type { ClusterWorld } from '../cluster/cluster-world.ts';
import { between, pick, type Fault } from './fault.ts';
import { formerLife, killsInTurn, outagesInTurn, restartedVoter } from './sequence-faults.ts';

const fates: readonly UnsyncedFate[] = ['lost', 'kept', 'random'];

async function backAfter(world: ClusterWorld, node: ClusterNode, delayMs: number): Promise<void> {
  await world.simulation.sleep(delayMs);
  await node.restart();
}

/** `kill -9` of one node: what was written stays. */
const kill: Fault = {
  name: 'kill',
  async strike(world, random) {
    const node = pick(random, world.nodes);
    node.kill();
    await backAfter(world, node, between(random, 10, 2500));
  },
};

const killAll: Fault = {
  name: 'kill all',
  async strike(world, random) {
    for (const node of world.nodes) node.kill();
    await Promise.all(world.nodes.map((node) => backAfter(world, node, between(random, 10, 1000))));
  },
};

const killTwo: Fault = {
  name: 'kill two',
  async strike(world, random) {
    const first = pick(random, world.nodes);
    const second = pick(random, world.nodes);
    first.kill();
    await world.simulation.sleep(between(random, 0, 500));
    second.kill();
    await Promise.all([first, second].map((node) => backAfter(world, node, between(random, 10, 1000))));
  },
};

/** One node goes, and while the others elect another leader of the quorum, one of those is started anew. */
const killInElection: Fault = {
  name: 'kill in an election',
  async strike(world, random) {
    const first = pick(random, world.nodes);
    first.kill();
    await world.simulation.sleep(between(random, 200, 900));
    const second = pick(random, world.nodes);
    second.kill();
    await Promise.all([
      backAfter(world, second, between(random, 1, 50)),
      backAfter(world, first, between(random, 1, 1000)),
    ]);
  },
};

const stop: Fault = {
  name: 'controlled stop',
  async strike(world, random) {
    const node = pick(random, world.nodes);
    await node.stop();
    await backAfter(world, node, between(random, 0, 1000));
  },
};

const powerLoss: Fault = {
  name: 'power loss',
  async strike(world, random) {
    const node = pick(random, world.nodes);
    node.crash({ unsynced: pick(random, fates) });
    await backAfter(world, node, between(random, 10, 2500));
  },
};

const powerLossAtStep: Fault = {
  name: 'power loss at a step',
  async strike(world, random) {
    const node = pick(random, world.nodes);
    await crashSoon(world, node, random);
    // And another while it starts, unless a second fault of this kind has met the same life of it and starts it already.
    if (random.float() < 0.4 && !node.isUp) {
      world.simulation.restart(node.machine);
      node.machine.crashAtStep(1 + (random.uint32() % 200), { unsynced: pick(random, fates) });
      await Promise.race([node.start(), node.machine.ended]);
      node.machine.crashAtStep(Infinity);
    }
    await backAfter(world, node, between(random, 10, 1500));
  },
};

async function crashSoon(world: ClusterWorld, node: ClusterNode, random: Random): Promise<void> {
  const { machine } = node;
  machine.crashAtStep(machine.ioSteps + 1 + (random.uint32() % 200), { unsynced: pick(random, fates) });
  await Promise.race([machine.ended, world.simulation.sleep(1000)]);
  node.crash({ unsynced: pick(random, fates) });
}

const powerLossOfAll: Fault = {
  name: 'power loss of all',
  async strike(world, random) {
    for (const node of world.nodes) node.crash({ unsynced: pick(random, fates) });
    await Promise.all(world.nodes.map((node) => backAfter(world, node, between(random, 10, 1000))));
  },
};

/**
 * What was not synced is gone, of one node at a time, and not before everything has as many replicas again as it should:
 * so many losses the replicas make good.
 */
const loseUnsynced: Fault = {
  name: 'unsynced data lost',
  async strike(world, random) {
    if (world.nodes.length < 3 || !world.isHealthy()) return;
    const node = pick(random, world.nodes);
    node.crash({ unsynced: pick(random, fates) });
    await backAfter(world, node, between(random, 10, 1500));
  },
};

/** Processes end; disks keep what they took. */
export const killFaults: readonly Fault[] = [
  kill,
  kill,
  killTwo,
  killAll,
  killInElection,
  killsInTurn,
  restartedVoter,
  stop,
];

/** Data that was not synced may be lost: only where every write is synced before it is acknowledged. */
export const powerFaults: readonly Fault[] = [powerLoss, powerLossAtStep, powerLossOfAll, outagesInTurn];

export const lossyFaults: readonly Fault[] = [loseUnsynced, formerLife, formerLife, kill];
