import type { Simulation } from '@millrace/host';
import { describe, it } from 'vitest';
import type { Consumer } from './consumer.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import { TestCluster } from './testing/test-cluster.ts';

const PARTITIONS = 4;
const RECORDS_PER_PARTITION = 150;

/**
 * Members come, go, and die while records flow. Checked against what the group has committed:
 *
 * - no partition's offsets go back, except to what was committed (at least once, bounded by commits)
 * - no record is skipped
 */
class StormWatch {
  readonly #delivered = new Map<string, Set<number>>();
  readonly #processed = new Map<string, number>();
  readonly #committed = new Map<string, number>();

  /** A member has been given these. */
  saw(records: readonly ConsumerRecord[]): void {
    for (const { topic, partition, offset } of records) {
      const key = `${topic}-${partition}`;
      const next = this.#processed.get(key) ?? 0;
      const committed = this.#committed.get(key) ?? 0;
      if (offset > next)
        throw new Error(`${key}: offset ${offset} came after ${next - 1}, records were skipped`);
      if (offset < committed)
        throw new Error(`${key}: offset ${offset} again, though ${committed} is committed`);
      this.#processed.set(key, Math.max(next, offset + 1));
      this.#deliveredOf(key).add(offset);
    }
  }

  /** A commit of these has been acknowledged. */
  committed(records: readonly ConsumerRecord[]): void {
    for (const { topic, partition, offset } of records) {
      const key = `${topic}-${partition}`;
      this.#committed.set(key, Math.max(this.#committed.get(key) ?? 0, offset + 1));
    }
  }

  get deliveredCount(): number {
    return [...this.#delivered.values()].reduce((sum, offsets) => sum + offsets.size, 0);
  }

  #deliveredOf(key: string): Set<number> {
    let offsets = this.#delivered.get(key);
    if (offsets === undefined) this.#delivered.set(key, (offsets = new Set()));
    return offsets;
  }
}

/** Polls, commits each array, and ends as it likes. */
async function live(consumer: Consumer, watch: StormWatch, simulation: Simulation): Promise<void> {
  consumer.subscribe('t');
  const rounds = 3 + Math.floor(simulation.random.float() * 40);
  for (let round = 0; round < rounds; round++) {
    const records = await consumer.poll({ timeoutMs: 50 });
    watch.saw(records);
    if (simulation.random.float() < 0.3) await simulation.sleep(simulation.random.float() * 100);
    if (records.length === 0 || simulation.random.float() < 0.2) continue;
    await consumer.commit().then(
      () => watch.committed(records),
      // The group has moved on: the records are for somebody else now.
      () => {},
    );
  }
  // Without its coordinator a member gives up leaving after a while; its session ends without it.
  await consumer.close({ timeoutMs: 2000 }).catch(() => {});
}

/** Breaks connections, cuts the network for a while, kills the broker, until there is nothing left to read. */
async function makeTrouble(cluster: TestCluster, watch: StormWatch, simulation: Simulation): Promise<void> {
  while (watch.deliveredCount < PARTITIONS * RECORDS_PER_PARTITION) {
    await simulation.sleep(50 + simulation.random.float() * 500);
    const choice = simulation.random.float();
    if (choice < 0.6) simulation.network.resetConnections('client', 'broker');
    else if (choice < 0.8) await cluster.restartBroker();
    else {
      simulation.network.partition({ from: 'client', to: 'broker' });
      await simulation.sleep(simulation.random.float() * 8000);
      simulation.network.healAll();
    }
  }
}

async function storm(seed: number, strategy: string, { withTrouble = false } = {}): Promise<void> {
  await TestCluster.simulate(
    async (cluster, simulation) => {
      await cluster.createTopic('t', PARTITIONS);
      const watch = new StormWatch();
      const properties = {
        'group.id': 'g',
        'enable.auto.commit': false,
        'max.poll.records': 7,
        'session.timeout.ms': 6000,
        'heartbeat.interval.ms': 100,
        'fetch.max.wait.ms': 20,
        'partition.assignment.strategy': strategy,
      };
      for (let from = 0; from < RECORDS_PER_PARTITION; from += 50) {
        for (let partition = 0; partition < PARTITIONS; partition++)
          await cluster.fill('t', partition, 50, from);
      }
      const slot = async () => {
        while (watch.deliveredCount < PARTITIONS * RECORDS_PER_PARTITION) {
          await live(cluster.consumer(properties), watch, simulation);
          await simulation.sleep(simulation.random.float() * 200);
        }
      };
      const trouble = withTrouble ? makeTrouble(cluster, watch, simulation) : Promise.resolve();
      await Promise.all([slot(), slot(), slot(), trouble]);
    },
    { seed },
  );
}

describe('a rebalance storm (platformatic/kafka#223, confluent-kafka-javascript#476)', () => {
  it.each([1, 2, 3, 4, 5, 6])('skips nothing and takes no offset back, cooperative, seed %i', (seed) =>
    storm(seed, 'cooperative-sticky'),
  );

  it.each([11, 12, 13, 14, 15, 16])('skips nothing and takes no offset back, eager, seed %i', (seed) =>
    storm(seed, 'range'),
  );

  it.each([21, 22, 23])('does so while everything else breaks, cooperative, seed %i', (seed) =>
    storm(seed, 'cooperative-sticky', { withTrouble: true }),
  );

  it.each([31, 32, 33])('does so while everything else breaks, eager, seed %i', (seed) =>
    storm(seed, 'range', { withTrouble: true }),
  );
});
