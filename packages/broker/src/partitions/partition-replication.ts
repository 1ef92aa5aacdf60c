import type { Host } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import { ReplicaFetchers, type FetcherSettings, type PeerChannels } from '@millrace/replication';
import type { BrokerConfig } from '../config/broker-config.ts';
import { topicLogConfig } from '../config/topic-config.ts';
import { ReplicaSessions } from '../fetch/replica-sessions.ts';
import type { BrokerLoggers } from '../logging/broker-loggers.ts';
import { ConfigResourceType, type ClusterImage } from '../metadata/cluster-image.ts';
import type { ImageDelta } from '../metadata/image-builder.ts';
import type { Traffic } from '../metrics/topic-traffic.ts';
import { DirectoryAssignments } from './directory-assignments.ts';
import type { FollowerPartition } from './follower-partition.ts';
import { IsrChanges, type AlterPartitionSender } from './isr-changes.ts';
import { ReplicationThrottle } from './replication-throttle.ts';
import { PartitionRegistry, type LeadershipListener } from './partition-registry.ts';

export interface PartitionReplicationOptions {
  readonly host: Host;
  readonly loggers: BrokerLoggers;
  readonly nodeId: number;
  readonly logs: LogManager;
  readonly config: BrokerConfig;
  readonly traffic: Traffic;
  readonly listener: LeadershipListener;
}

/** The other nodes of the cluster, as replication reaches them. */
export interface ReplicationPeers {
  readonly sender: AlterPartitionSender;
  /** To brokers by node id, for fetches alone: the leader answers in order, and waits with some. */
  readonly channels: PeerChannels;
  /** To brokers by node id, for requests of fetchers that are answered at once. */
  readonly sideChannels: PeerChannels;
  /** Of this node's registration; -1 before. */
  readonly brokerEpoch: () => number;
}

/** What keeps the replicas of partitions on this node and on others alike. */
export class PartitionReplication {
  readonly registry: PartitionRegistry;
  readonly assignments: DirectoryAssignments;
  readonly sessions: ReplicaSessions;
  /** Of what leaders on this node send. */
  readonly leaderThrottle: ReplicationThrottle;
  readonly #options: PartitionReplicationOptions;
  #isrChanges: IsrChanges | undefined;
  #fetchers: ReplicaFetchers | undefined;
  /** Follow nobody until there are other nodes. */
  readonly #waiting = new Set<FollowerPartition>();

  constructor(options: PartitionReplicationOptions) {
    const { host, loggers, nodeId, logs, config, traffic, listener } = options;
    this.#options = options;
    const sessionIds = host.random.fork('replica-session');
    this.sessions = new ReplicaSessions(() => sessionIds.uint32());
    const { clock } = host;
    this.leaderThrottle = new ReplicationThrottle(
      clock,
      () => config.values['leader.replication.throttled.rate'],
    );
    this.assignments = new DirectoryAssignments({
      host,
      logger: loggers.of('kafka.server'),
      nodeId,
      directoryOf: (topic, index) => logs.directoryIdOf(topic, index),
    });
    this.registry = new PartitionRegistry({
      logs,
      logger: loggers.of('kafka.server'),
      nodeId,
      clock,
      throttle: new ReplicationThrottle(clock, () => config.values['follower.replication.throttled.rate']),
      traffic,
      listener,
      maxLagMs: () => config.values['replica.lag.time.max.ms'],
      topicConfig: (image, topic) =>
        topicLogConfig(image.configs.of(ConfigResourceType.TOPIC, topic), config),
      fetching: {
        follow: (partition) => this.#follow(partition),
        leave: (partition) => this.#leave(partition),
      },
    });
  }

  /** `undefined` on a node that is alone. */
  get isrChanges(): IsrChanges | undefined {
    return this.#isrChanges;
  }

  get fetchers(): ReplicaFetchers | undefined {
    return this.#fetchers;
  }

  /** There are other nodes: followers begin to fetch, leaders look after their in-sync replicas. */
  connect({ sender, ...peers }: ReplicationPeers): void {
    const { host, loggers, nodeId, config } = this.#options;
    this.#isrChanges = new IsrChanges({
      host,
      logger: loggers.of('kafka.server'),
      sender,
      leaders: () => this.registry.all(),
      maxLagMs: () => config.values['replica.lag.time.max.ms'],
    });
    this.#isrChanges.start();
    const settings = () => fetcherSettings(config);
    const logger = loggers.of('kafka.server');
    this.#fetchers = new ReplicaFetchers({ host, logger, nodeId, settings, ...peers });
    for (const partition of this.#waiting) this.#fetchers.follow(partition);
    this.#waiting.clear();
  }

  /** A new image was published. A new topic is no reason to look at all others. */
  onImage(image: ClusterImage, delta: ImageDelta): void {
    this.assignments.onImage(image, delta);
    if (delta.brokersChanged) return this.#isrChanges?.expandAll();
    for (const id of delta.changedTopics) {
      const topic = image.topics.byId.get(id);
      if (topic !== undefined) this.#isrChanges?.expand(this.registry.ledOf(topic.name));
    }
  }

  /** Followers stop, and what waits for replicas is sent away. */
  async close(): Promise<void> {
    this.assignments.close();
    this.#isrChanges?.close();
    await this.#fetchers?.close();
    this.registry.retireAll();
  }

  #follow(partition: FollowerPartition): void {
    if (this.#fetchers === undefined) this.#waiting.add(partition);
    else this.#fetchers.follow(partition);
  }

  async #leave(partition: FollowerPartition): Promise<void> {
    this.#waiting.delete(partition);
    await this.#fetchers?.leave(partition);
  }
}

function fetcherSettings({ values }: BrokerConfig): FetcherSettings {
  return {
    maxWaitMs: values['replica.fetch.wait.max.ms'],
    minBytes: values['replica.fetch.min.bytes'],
    maxPartitionBytes: values['replica.fetch.max.bytes'],
    maxBytes: values['replica.fetch.response.max.bytes'],
    backoffMs: values['replica.fetch.backoff.ms'],
    timeoutMs: values['replica.socket.timeout.ms'],
  };
}
