import type { Host, Logger } from '@millrace/host';
import type { PartitionLog } from '@millrace/log';
import type { ApiRegistry } from './apis/api-registry.ts';
import type { BrokerPropertyValues } from './config/broker-properties.ts';
import type { GroupCoordinator } from './group/group-coordinator.ts';
import type { BrokerEndpoint, ClusterImage, TopicImage } from './metadata/cluster-image.ts';

/** What request handlers may use of the broker they run in. */
export interface BrokerServices {
  readonly host: Host;
  readonly logger: Logger;
  readonly nodeId: number;
  readonly clusterId: string;
  /** Effective broker configuration by Kafka name, dynamic changes included. Ask again each time: it may change. */
  readonly config: BrokerPropertyValues;
  readonly apis: ApiRegistry;
  /** The newest published cluster state. Take it once per request. */
  readonly image: ClusterImage;
  readonly groups: GroupCoordinator;
  /** This node's own address, as clients of that listener should see it. */
  advertisedEndpoint(listenerName: string): BrokerEndpoint;
  /** The log of a partition this node leads; `undefined` otherwise. */
  leaderLog(topic: string, partition: number): PartitionLog | undefined;
  /**
   * Creates an internal topic (`__consumer_offsets`, ...) by its `offsets.topic.*` configuration unless it exists.
   * Resolves when its partitions are led and their coordinators were told.
   * @throws KafkaError
   */
  ensureInternalTopic(name: string): Promise<TopicImage>;
}

/**
 * What the broker asks of a coordinator whose state lives in the partitions of an internal topic. `GroupCoordinator`
 * implements it; it is constructed with `GroupCoordinatorOptions` before any of these is called.
 */
export interface PartitionedCoordinator {
  /**
   * This node became leader of a partition of the internal topic: replay `log`, answer COORDINATOR_LOAD_IN_PROGRESS
   * meanwhile. Must not throw; loading goes on in the background.
   */
  onElection(partition: number, log: CoordinatorLog): void;
  /** No longer leader, or the partition is gone: drop its state, fail what waits with NOT_COORDINATOR. */
  onResignation(partition: number): void;
  /** Topics were deleted: their committed offsets go. */
  onTopicsDeleted(topics: readonly string[]): void;
  /** Fails what waits, stops timers, finishes appends. Resolves within a bounded time. */
  close(): Promise<void>;
}

/** One partition of an internal topic, as coordinators write and replay it. */
export interface CoordinatorLog {
  /**
   * Appends one whole record batch (built by `RecordBatchBuilder`, taken over). Resolves when the high watermark covers
   * it; appends keep their order.
   * @throws KafkaError as the log gave it
   */
  append(batch: Buffer): Promise<void>;
  /** Hands over every batch from log start to log end, in order, whole batches, maybe several in one buffer. */
  replay(onBatches: (batches: Buffer) => void): Promise<void>;
}

/** First argument of `new GroupCoordinator(...)`. */
export interface GroupCoordinatorOptions {
  readonly host: Host;
  readonly logger: Logger;
  /** Asked for each use: `config()['group.max.size']`. */
  readonly config: () => BrokerPropertyValues;
  /** The newest cluster image: topic ids, names and partition counts. */
  readonly image: () => ClusterImage;
}
