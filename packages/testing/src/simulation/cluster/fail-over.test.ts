import { Producer } from '@millrace/client';
import { describe, expect, it } from 'vitest';
import { ClusterWorld } from './cluster-world.ts';

/** Kafka's own time-outs, which no fail-over here has to wait for. */
const usual = {
  'broker.heartbeat.interval.ms': 2000,
  'broker.session.timeout.ms': 9000,
  'controller.quorum.election.timeout.ms': 1000,
  'controller.quorum.fetch.timeout.ms': 2000,
  'controller.quorum.election.backoff.max.ms': 1000,
  'controller.quorum.request.timeout.ms': 2000,
  'replica.lag.time.max.ms': 30_000,
  'replica.fetch.wait.max.ms': 500,
};

/** Virtual time from the end of the process that leads everything until the next record is acknowledged. */
async function failOverMs(seed: number): Promise<number> {
  const world = new ClusterWorld({ seed, properties: usual });
  return world.simulation.run(async () => {
    await world.start();
    await world.createTopics({ orders: 1 });
    const producer = new Producer(
      { 'bootstrap.servers': world.bootstrapServers, acks: 'all', 'retry.backoff.ms': 20 },
      { host: world.simulation.host('client') },
    );
    await producer.send({ topic: 'orders', value: 'before' });
    const [place] = await world.withAdmin(async (admin) => {
      const { partitions } = (await admin.describeTopics(['orders'])).get('orders')!;
      return partitions;
    });
    const beganMs = world.simulation.nowMs;
    world.node(place!.leaderId).kill();
    await producer.send({ topic: 'orders', value: 'after' });
    const tookMs = world.simulation.nowMs - beganMs;
    await producer.close();
    await world.close();
    return tookMs;
  });
}

describe('a cluster with the usual time-outs', () => {
  it('goes on in less than a second after the process of a leader has ended', async () => {
    for (const seed of [1, 2, 3, 4]) expect(await failOverMs(seed), `seed ${seed}`).toBeLessThan(1000);
  });
});
