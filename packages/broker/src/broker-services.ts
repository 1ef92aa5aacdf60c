import type { Host, Logger } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import type { ApiRegistry } from './apis/api-registry.ts';
import type { ClusterMembership } from './cluster/cluster-membership.ts';
import type { StreamsTopics } from './cluster/streams-topics.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import type { BrokerPropertyValues } from './config/broker-properties.ts';
import type { Controller } from './controller/controller.ts';
import type { ProducerIdSource } from './controller/producer-id-source.ts';
import type { FetchSessionCache } from './fetch/fetch-session-cache.ts';
import type { PartitionReplication } from './partitions/partition-replication.ts';
import type { GroupCoordinator } from './group/group-coordinator.ts';
import type { BrokerEndpoint, ClusterImage, TopicImage } from './metadata/cluster-image.ts';
import type { ClientMetrics } from './client-metrics/client-metrics.ts';
import type { AnswerMemory } from './connection/answer-memory.ts';
import type { BrokerQuotas } from './quota/broker-quotas.ts';
import type { SharePartitionManager } from './share/share-partition-manager.ts';
import type { ShareCoordinator } from './share/state/share-coordinator.ts';
import type { SchemaValidation } from './schema-validation/schema-validation.ts';
import type { TransactionCoordinator } from './transaction/transaction-coordinator.ts';
import type { Authorizer } from './security/acl/authorizer.ts';
import type { PartitionRegistry } from './partitions/partition-registry.ts';
import type { BrokerLoggers } from './logging/broker-loggers.ts';
import type { RequestObserver } from './logging/request-observer.ts';

/** What request handlers may use of the broker they run in. */
export interface BrokerServices {
  readonly host: Host;
  readonly logger: Logger;
  /** All loggers by name, with levels that can be changed. */
  readonly loggers: BrokerLoggers;
  /** Counts and logs what was answered. */
  readonly requests: RequestObserver;
  readonly nodeId: number;
  readonly clusterId: string;
  /** Effective broker configuration by Kafka name, dynamic changes included. Ask again each time: it may change. */
  readonly config: BrokerPropertyValues;
  /** Where each value of the configuration comes from. */
  readonly brokerConfig: BrokerConfig;
  /** What is served on the listeners for clients and brokers. */
  readonly apis: ApiRegistry;
  /** What is served on the listeners for controllers. */
  readonly controllerApis: ApiRegistry;
  /** The newest published cluster state. Take it once per request. */
  readonly image: ClusterImage;
  /** That of this node: every change of the cluster state goes through the one that is active. */
  readonly controller: Controller;
  /** What connects this node with its cluster. */
  readonly cluster: ClusterMembership;
  /** Of this incarnation of the node as a broker; -1 while it is not registered. */
  readonly brokerEpoch: number;
  readonly producerIds: ProducerIdSource;
  /** The logs of this node, in its directories. */
  readonly logs: LogManager;
  /** The partitions this node leads. */
  readonly partitions: PartitionRegistry;
  readonly fetchSessions: FetchSessionCache;
  /** What goes on between replicas. */
  readonly replication: PartitionReplication;
  readonly quotas: BrokerQuotas;
  readonly clientMetrics: ClientMetrics;
  /** Of records in answers. */
  readonly answerMemory: AnswerMemory;
  readonly groups: GroupCoordinator;
  /** Creates what applications of streams groups need. */
  readonly streamsTopics: StreamsTopics;
  readonly transactions: TransactionCoordinator;
  /** Keeps what was delivered to share groups. */
  readonly shareCoordinator: ShareCoordinator;
  /** Hands records out to share groups. */
  readonly shares: SharePartitionManager;
  /** Refuses records without a registered schema, for topics that ask for it. */
  readonly schemaValidation: SchemaValidation;
  /** Undefined where everybody may do everything. Handlers ask by `apis/access.ts`. */
  readonly authorizer: Authorizer | undefined;
  /** This node's own address, as clients of that listener should see it. */
  advertisedEndpoint(listenerName: string): BrokerEndpoint;
  /**
   * Creates an internal topic (`__consumer_offsets`) by its `offsets.topic.*` configuration unless it exists. Resolves
   * when its partitions are led and their coordinators were told.
   * @throws KafkaError
   */
  ensureInternalTopic(name: string): Promise<TopicImage>;
}
