import type { ClusterNode } from '../cluster/cluster-node.ts';
import type { ClusterWorld } from '../cluster/cluster-world.ts';
import { between, pick, shuffled, type Fault } from './fault.ts';

/**
 * One thing that goes wrong after the other, so that nodes take over from each other while something is left over of
 * what was before: that is where replication has its guards.
 */

/** Two nodes lose each other, and whoever decides between them is started anew again and again, and must not forget. */
export const restartedVoter: Fault = {
  name: 'restarted voter between two',
  async strike(world, random) {
    const [left, right, ...others] = shuffled(random, world.nodes);
    if (left === undefined || right === undefined || others.length === 0) return;
    const { network } = world.simulation;
    network.configure({ latencyMs: [0.1, between(random, 1, 40)] });
    network.partition({ from: left.name, to: right.name });
    const voter = pick(random, others);
    voter.kill();
    await world.simulation.sleep(between(random, 1, 700));
    const lives = 4 + (random.uint32() % 6);
    for (let count = 0; count < lives; count++) {
      // Without a leader it does not come to the end of its start.
      const starting = voter.restart();
      await world.simulation.sleep(between(random, 5, 250));
      voter.kill();
      await starting;
      await world.simulation.sleep(between(random, 1, 20));
    }
    await voter.restart();
    network.heal({ from: left.name, to: right.name });
    network.configure({ latencyMs: [0.05, 2] });
  },
};

/** An operator who restarts one node after the other, and does not wait for replicas to be in sync again. */
export const killsInTurn: Fault = {
  name: 'kills in turn',
  async strike(world, random) {
    const downMs = between(random, 10, 2000);
    world.simulation.network.configure({ latencyMs: [0.05, pick(random, [0.5, 5, 30])] });
    for (const node of shuffled(random, world.nodes)) {
      node.kill();
      await world.simulation.sleep(downMs);
      await node.restart();
      await world.simulation.sleep(between(random, 0, 400));
    }
    world.simulation.network.configure({ latencyMs: [0.05, 2] });
  },
};

/** One node is out; when it comes back, another one loses power and the third is out: who was first has to do with less. */
export const outagesInTurn: Fault = {
  name: 'outages in turn',
  async strike(world, random) {
    const [first, second, ...others] = shuffled(random, world.nodes);
    if (first === undefined || second === undefined || others.length === 0) return;
    cutOff(world, [first]);
    // Not for longer than what is written with it needs: nobody is fenced yet.
    await world.simulation.sleep(between(random, 20, 800));
    second.crash({ unsynced: pick(random, ['lost', 'lost', 'random']) });
    world.simulation.network.healAll();
    cutOff(world, others);
    await world.simulation.sleep(between(random, 1, 300));
    await second.restart();
    await world.simulation.sleep(between(random, 500, 2000));
    world.simulation.network.healAll();
  },
};

function cutOff(world: ClusterWorld, nodes: readonly ClusterNode[]): void {
  for (const { name } of nodes) {
    for (const other of world.nodes) {
      if (other.name !== name) world.simulation.network.partition({ from: name, to: other.name });
    }
  }
}

/**
 * A node has lost what was not synced, and what it asked for in its life before still comes while it catches up; then
 * another one ends. Only where all replicas are in sync to begin with.
 */
export const formerLife: Fault = {
  name: 'requests of a former life',
  async strike(world, random) {
    if (world.nodes.length < 3 || !world.isHealthy()) return;
    const [lost, ended] = shuffled(random, world.nodes);
    if (lost === undefined || ended === undefined) return;
    const setLate = (lateChance: number): void => {
      for (const { name } of world.nodes) {
        if (name === lost.name) continue;
        const link = { from: lost.name, to: name, oneWay: true };
        world.simulation.network.configureLink(link, { lateChance, lateMs: [200, 1500] });
      }
    };
    setLate(0.4);
    await world.simulation.sleep(between(random, 20, 300));
    setLate(0);
    if (!world.isHealthy()) return;
    lost.crash({ unsynced: 'lost' });
    world.simulation.network.configure({ latencyMs: [0.1, between(random, 1, 40)] });
    await world.simulation.sleep(between(random, 1, 50));
    await lost.restart();
    await world.simulation.sleep(between(random, 50, 800));
    ended.kill();
    await world.simulation.sleep(between(random, 500, 2000));
    world.simulation.network.configure({ latencyMs: [0.05, 2] });
    await ended.restart();
  },
};
