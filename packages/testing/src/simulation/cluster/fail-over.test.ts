import { Producer } from '@millrace/client';
import { describe, expect, it } from 'vitest';
import { ClusterWorld } from './cluster-world.ts';

const SESSION_MS = 9000;
/** Kafka's own time-outs, which no fail-over after the end of a process has to wait for. */
const usual = {
  'broker.heartbeat.interval.ms': 2000,
  'broker.session.timeout.ms': SESSION_MS,
  'controller.quorum.election.timeout.ms': 1000,
  'controller.quorum.fetch.timeout.ms': 2000,
  'controller.quorum.election.backoff.max.ms': 1000,
  'controller.quorum.request.timeout.ms': 2000,
  'replica.lag.time.max.ms': 30_000,
  'replica.fetch.wait.max.ms': 500,
};

const SEEDS = [1, 2, 3, 4];

/** Virtual time from the disaster until the next record is acknowledged; the node that leads everything is given to it. */
async function outageMs(
  seed: number,
  strike: (world: ClusterWorld, leaderId: number) => void,
): Promise<number> {
  const world = new ClusterWorld({ seed, properties: usual });
  return world.simulation.run(async () => {
    await world.start();
    await world.createTopics({ orders: 1 });
    const producer = new Producer(
      {
        'bootstrap.servers': world.bootstrapServers,
        acks: 'all',
        'retry.backoff.ms': 20,
        'request.timeout.ms': 2000,
      },
      { host: world.simulation.host('client') },
    );
    await producer.send({ topic: 'orders', value: 'before' });
    const [place] = await world.withAdmin(async (admin) => {
      const { partitions } = (await admin.describeTopics(['orders'])).get('orders')!;
      return partitions;
    });
    const beganMs = world.simulation.nowMs;
    strike(world, place!.leaderId);
    await producer.send({ topic: 'orders', value: 'after' });
    const tookMs = world.simulation.nowMs - beganMs;
    await world.heal();
    await producer.close();
    await world.close();
    return tookMs;
  });
}

describe('a cluster with the usual time-outs', () => {
  it('goes on in less than a second after the process of a leader has ended', async () => {
    for (const seed of SEEDS) {
      const tookMs = await outageMs(seed, (world, leaderId) => world.node(leaderId).kill());
      expect(tookMs, `seed ${seed}`).toBeLessThan(1000);
    }
  });

  it('goes on in less than a second after all its processes were killed and started again', async () => {
    for (const seed of SEEDS) {
      const tookMs = await outageMs(seed, (world) => {
        for (const node of world.nodes) node.kill();
        for (const node of world.nodes) void node.restart();
      });
      expect(tookMs, `seed ${seed}`).toBeLessThan(1000);
    }
  });

  it('goes on soon after the session of a leader that is stopped, though its machine still accepts connections', async () => {
    for (const seed of SEEDS) {
      const tookMs = await outageMs(seed, (world, leaderId) => world.node(leaderId).machine.pause());
      expect(tookMs, `seed ${seed}`).toBeLessThan(SESSION_MS + 2500);
    }
  });
});
