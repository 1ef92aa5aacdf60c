import { Admin } from '@millrace/client';
import type { Random } from '@millrace/host';
import type { ClusterWorld } from '../cluster/cluster-world.ts';
import { CONTROLLER_PORT } from '../cluster/node-properties.ts';
import { between, pick, shuffled, type Fault } from './fault.ts';

const MIN_REPLICAS = 2;
/** Topics that nobody uses, under the same few names: what is created may be what was deleted a moment ago. */
const TOPICS = ['ops-a', 'ops-b', 'ops-c'] as const;

/** Nothing that clients were promised depends on these, whatever else goes wrong. */
const configs: readonly (readonly [name: string, values: readonly (string | null)[]])[] = [
  ['segment.ms', ['200', '2000', null]],
  ['min.insync.replicas', ['1', '2', null]],
  ['flush.messages', ['1', null]],
  ['flush.ms', ['100', null]],
  ['max.compaction.lag.ms', ['1000', null]],
];

/**
 * An operator at work. What fails because of other faults is not tried again: it may have been done all the same, and
 * somebody else comes soon.
 */
async function operate(world: ClusterWorld, work: (admin: Admin) => Promise<unknown>): Promise<void> {
  const properties = {
    'bootstrap.servers': world.bootstrapServers,
    'request.timeout.ms': 1500,
    'default.api.timeout.ms': 5000,
  };
  const admin = new Admin(properties, { host: world.simulation.host('operator') });
  try {
    await work(admin);
  } catch {
    // Judged by what the cluster does afterwards, not by the answer.
  } finally {
    await admin.close();
  }
}

/** A few partitions of any topics, internal ones too. */
async function somePartitions(admin: Admin, random: Random) {
  const topics = await admin.listTopics({ includeInternal: true });
  const described = await admin.describeTopics(topics.map(({ name }) => name));
  const all = [...described.values()].flatMap(({ name, partitions }) =>
    partitions.map(({ partition }) => ({ topic: name, partition })),
  );
  return shuffled(random, all).slice(0, 1 + (random.uint32() % 4));
}

/** Replicas move to other brokers, become fewer or more, and come back; some moves are called off on their way. */
const reassignment: Fault = {
  name: 'reassignment',
  async strike(world, random) {
    const brokers = world.brokers.map(({ id }) => id);
    if (brokers.length < MIN_REPLICAS) return;
    await operate(world, async (admin) => {
      const moved = await somePartitions(admin, random);
      const reassignments = moved.map((partition) => {
        const most = Math.min(3, brokers.length);
        const count = MIN_REPLICAS + (random.uint32() % (most - MIN_REPLICAS + 1));
        return { ...partition, replicas: shuffled(random, brokers).slice(0, count) };
      });
      await admin.alterPartitionReassignments(reassignments);
      if (random.float() >= 0.25) return;
      await world.simulation.sleep(between(random, 0, 1000));
      await admin.alterPartitionReassignments(moved.map((partition) => ({ ...partition, replicas: null })));
    });
  },
};

const preferredElection: Fault = {
  name: 'preferred election',
  async strike(world, random) {
    await operate(world, async (admin) => {
      if (random.float() < 0.5) await admin.electLeaders('preferred');
      else await admin.electLeaders('preferred', await somePartitions(admin, random));
    });
  },
};

const configChange: Fault = {
  name: 'config change',
  async strike(world, random) {
    await operate(world, async (admin) => {
      const [name, values] = pick(random, configs);
      const value = pick(random, values);
      const topics = (await admin.listTopics()).map((topic) => topic.name);
      if (topics.length === 0) return;
      const operation = value === null ? 'delete' : 'set';
      await admin.incrementalAlterConfigs([
        { type: 'topic', name: pick(random, topics), operations: [{ name, operation, value }] },
      ]);
    });
  },
};

const topicLife: Fault = {
  name: 'topic comes or goes',
  async strike(world, random) {
    const name = pick(random, TOPICS);
    await operate(world, async (admin) => {
      const there = (await admin.listTopics()).some((topic) => topic.name === name);
      if (!there) {
        const replicationFactor = 1 + (random.uint32() % world.replicationFactor);
        await admin.createTopics([{ name, partitions: 1 + (random.uint32() % 3), replicationFactor }]);
      } else if (random.float() < 0.3) {
        const { partitions } = (await admin.describeTopics([name])).get(name)!;
        await admin.createPartitions([{ topic: name, totalCount: partitions.length + 1 }]);
      } else {
        await admin.deleteTopics([name]);
      }
    });
  },
};

/** One controller loses its vote, or gets it back (KIP-853). */
const voterChange: Fault = {
  name: 'voter change',
  async strike(world, random) {
    await operate(world, async (admin) => {
      const { voters, observers } = await admin.describeMetadataQuorum();
      const controllers = world.nodes.filter(({ plan }) => plan.isController).map(({ id }) => id);
      const waiting = observers.filter(({ nodeId }) => controllers.includes(nodeId));
      const joining = waiting[random.uint32() % Math.max(waiting.length, 1)];
      if (joining !== undefined && (voters.length <= MIN_REPLICAS || random.float() < 0.7)) {
        const { nodeId, directoryId } = joining;
        const endpoint = { listener: 'CONTROLLER', host: world.node(nodeId).name, port: CONTROLLER_PORT };
        await admin.addRaftVoter({ nodeId, directoryId, endpoints: [endpoint] });
      } else if (voters.length > MIN_REPLICAS) {
        const { nodeId, directoryId } = pick(random, voters);
        await admin.removeRaftVoter({ nodeId, directoryId });
      }
    });
  },
};

/** Levels that clients and brokers may meet in any order, whatever is under way. */
const features: readonly (readonly [feature: string, levels: readonly number[]])[] = [
  ['transaction.version', [0, 1, 2]],
  ['eligible.leader.replicas.version', [0, 1]],
];

const featureChange: Fault = {
  name: 'feature change',
  async strike(world, random) {
    await operate(world, async (admin) => {
      const [feature, levels] = pick(random, features);
      const level = pick(random, levels);
      const was = (await admin.describeFeatures()).finalized.get(feature) ?? 0;
      await admin.updateFeatures([{ feature, level, type: level < was ? 'safe-downgrade' : 'upgrade' }]);
    });
  },
};

export const operationFaults: readonly Fault[] = [
  reassignment,
  reassignment,
  reassignment,
  preferredElection,
  configChange,
  topicLife,
  topicLife,
];

export const voterFaults: readonly Fault[] = [voterChange];
export const featureFaults: readonly Fault[] = [featureChange];
