import { nodeHost, silentLogger, type Host, type Logger, type SocketAddress } from '@millrace/host';
import { LogManager, StorageError } from '@millrace/log';
import { KafkaError } from '@millrace/protocol';
import { allApis } from './apis/all-apis.ts';
import { ApiRegistry } from './apis/api-registry.ts';
import type { BrokerServices } from './broker-services.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import type { BrokerProperties, BrokerPropertyValues } from './config/broker-properties.ts';
import {
  advertisedAddress,
  planListeners,
  type ListenerPlan,
  type SecuredAddress,
} from './config/listeners.ts';
import { parseBrokerProperties } from './config/parse-broker-properties.ts';
import { topicLogConfig } from './config/topic-config.ts';
import { SchemaValidation } from './schema-validation/schema-validation.ts';
import { RequestDispatcher } from './connection/request-dispatcher.ts';
import type { RequestMemory } from './connection/request-memory.ts';
import { SocketServer, type BoundListener } from './connection/socket-server.ts';
import { Controller } from './controller/controller.ts';
import { createTopics } from './controller/create-topics.ts';
import { implicitTopic } from './controller/new-topic.ts';
import { ProducerIdSource } from './controller/producer-id-source.ts';
import { BrokerClosedError, DataDirectoryError, invariant } from './errors.ts';
import { FetchSessionCache } from './fetch/fetch-session-cache.ts';
import { GroupCoordinator } from './group/group-coordinator.ts';
import { BrokerLoggers } from './logging/broker-loggers.ts';
import type { LogLevel } from './logging/log-level.ts';
import { RequestObserver } from './logging/request-observer.ts';
import {
  ConfigResourceType,
  type BrokerEndpoint,
  type ClusterImage,
  type TopicImage,
} from './metadata/cluster-image.ts';
import { MetadataPublisher } from './metadata/metadata-publisher.ts';
import type { MetadataSnapshots } from './metadata/metadata-snapshots.ts';
import { openMetadata } from './metadata/open-metadata.ts';
import { TransactionCoordinator } from './transaction/transaction-coordinator.ts';
import {
  CONSUMER_OFFSETS_TOPIC,
  SHARE_STATE_TOPIC,
  TRANSACTION_STATE_TOPIC,
} from './metadata/topic-names.ts';
import { SharePartitionManager } from './share/share-partition-manager.ts';
import { ShareCoordinator } from './share/state/share-coordinator.ts';
import type { LeaderPartition } from './partitions/leader-partition.ts';
import { PrunablePartitionLog } from './partitions/prunable-partition-log.ts';
import { PartitionCoordinatorLog } from './partitions/partition-coordinator-log.ts';
import { noOtherNodes } from './coordinator/no-other-nodes.ts';
import { PartitionRegistry } from './partitions/partition-registry.ts';
import type { Authorizer } from './security/acl/authorizer.ts';
import { createAuthorizer } from './security/acl/create-authorizer.ts';
import { ListenerSecurity } from './security/listener-security.ts';
import { warnOfOpenListeners } from './security/open-listeners.ts';
import { CertificateReload } from './security/tls/certificate-reload.ts';
import { AnswerMemory } from './connection/answer-memory.ts';
import { ClientMetrics } from './client-metrics/client-metrics.ts';
import { ClientMetricsStore } from './client-metrics/client-metrics-store.ts';
import { BrokerQuotas } from './quota/broker-quotas.ts';
import { prepareDataDirectories, type DataDirectories } from './storage/data-directories.ts';
import { DirectoryFailures } from './storage/directory-failures.ts';
import { joinCluster } from './metadata/join-cluster.ts';
import { BrokerState } from './metrics/metric-snapshot.ts';
import { Traffic } from './metrics/topic-traffic.ts';
import { openOperations } from './operations/open-operations.ts';
import type { OperationsServer, OperationsSources } from './operations/operations-server.ts';

/** What a broker gets besides its properties. */
export interface BrokerOptions {
  /** Default: this machine, `nodeHost()`. */
  readonly host?: Host;
  /** Default: silent. */
  readonly logger?: Logger;
  /**
   * Lines below it do not reach `logger`; clients change it, for all or for one named logger, while the broker runs.
   * Default TRACE: the logger decides.
   */
  readonly logLevel?: LogLevel;
}

/** What is open before the node itself can be put together. */
interface NodeParts {
  readonly host: Host;
  readonly loggers: BrokerLoggers;
  readonly nodeId: number;
  readonly clusterId: string;
  readonly config: BrokerConfig;
  readonly logs: LogManager;
  readonly operations: OperationsServer | undefined;
  readonly failed: Promise<Error>;
}

/**
 * A Kafka broker and controller in one node, with everything that request handlers use of it. What users hold is
 * `Broker`.
 */
export class BrokerNode implements BrokerServices {
  readonly host: Host;
  readonly logger: Logger;
  readonly loggers: BrokerLoggers;
  readonly requests: RequestObserver;
  readonly nodeId: number;
  readonly clusterId: string;
  readonly brokerConfig: BrokerConfig;
  readonly apis = new ApiRegistry(allApis);
  readonly partitions: PartitionRegistry;
  readonly groups: GroupCoordinator;
  readonly transactions: TransactionCoordinator;
  readonly shareCoordinator: ShareCoordinator;
  readonly shares: SharePartitionManager;
  readonly fetchSessions: FetchSessionCache;
  readonly schemaValidation: SchemaValidation;
  readonly quotas: BrokerQuotas;
  /** The newest metrics that clients have pushed. */
  readonly pushedMetrics = new ClientMetricsStore();
  readonly clientMetrics: ClientMetrics;
  readonly answerMemory: AnswerMemory;
  readonly authorizer: Authorizer | undefined;
  /** See `Broker.failed`. */
  readonly failed: Promise<Error>;
  readonly logs: LogManager;
  readonly #server: SocketServer;
  readonly #operations: OperationsServer | undefined;
  readonly #traffic = new Traffic();
  readonly #publisher = new MetadataPublisher();
  #controller: Controller | undefined;
  #producerIds: ProducerIdSource | undefined;
  #listeners: readonly SecuredAddress[] = [];
  #certificates: CertificateReload | undefined;
  #bound: ReadonlyMap<string, BrokerEndpoint> = new Map();
  #snapshots: MetadataSnapshots | undefined;
  #closing: Promise<void> | undefined;
  #state: number = BrokerState.STARTING;

  private constructor(parts: NodeParts) {
    const { host, loggers, nodeId, clusterId, config, logs } = parts;
    this.failed = parts.failed;
    this.host = host;
    this.logger = loggers.of('kafka.server');
    this.loggers = loggers;
    this.nodeId = nodeId;
    this.clusterId = clusterId;
    this.brokerConfig = config;
    this.logs = logs;
    this.#operations = parts.operations;
    this.requests = new RequestObserver(loggers, () => config.values['slow.request.threshold.ms']);
    const quotas = () => this.image.clientQuotas;
    this.#server = new SocketServer({
      host,
      logger: loggers.of('kafka.network'),
      config: () => config.values,
      quotas,
    });
    this.answerMemory = new AnswerMemory(config.values['queued.max.response.bytes']);
    this.clientMetrics = new ClientMetrics({
      random: host.random.fork('client-metrics'),
      receiver: this.pushedMetrics,
      configs: () => this.image.configs,
      maxPushBytes: () => config.values['telemetry.max.bytes'],
    });
    this.quotas = new BrokerQuotas({ clock: host.clock, config: config.values, quotas });
    this.schemaValidation = new SchemaValidation(
      () => config.values['confluent.schema.registry.url'],
      host.clock,
    );
    this.authorizer = createAuthorizer(config.values, () => this.image.acls);
    const sessionIds = host.random.fork('fetch-session');
    this.fetchSessions = new FetchSessionCache(() => sessionIds.uint32());
    const surroundings = { host, config: () => config.values, image: () => this.image };
    this.groups = new GroupCoordinator({
      ...surroundings,
      logger: loggers.of('kafka.coordinator.group'),
      onEvent: (event) => this.shares.onGroupEvent(event),
    });
    this.shareCoordinator = new ShareCoordinator({
      ...surroundings,
      logger: loggers.of('kafka.coordinator.share'),
    });
    this.shares = new SharePartitionManager({
      ...surroundings,
      logger: loggers.of('kafka.coordinator.share'),
      partitions: () => this.partitions,
      coordinator: this.shareCoordinator,
    });
    this.transactions = new TransactionCoordinator({
      ...surroundings,
      logger: loggers.of('kafka.coordinator.transaction'),
      nodeId,
      nextProducerId: () => this.producerIds.next(),
      markerTarget: () => this,
      channels: () => noOtherNodes,
      markerChannels: () => noOtherNodes,
    });
    this.partitions = new PartitionRegistry({
      logs,
      logger: this.logger,
      nodeId,
      traffic: this.#traffic,
      topicConfig: (image, topic) =>
        topicLogConfig(image.configs.of(ConfigResourceType.TOPIC, topic), config),
      listener: {
        onLeading: (partition) => this.#onLeading(partition),
        onRetired: (partition) => this.#onRetired(partition),
      },
    });
  }

  /**
   * Opens the data, replays the metadata log, and listens.
   * @throws InvalidPropertyError, InvalidConfigurationError for properties; DataDirectoryError, ListenError, each with
   * one line that says what to do
   */
  static async start(properties: BrokerProperties = {}, options: BrokerOptions = {}): Promise<BrokerNode> {
    const host = options.host ?? nodeHost();
    const loggers = new BrokerLoggers(options.logger ?? silentLogger, options.logLevel ?? 'TRACE');
    const { config, nodeId } = parseBrokerProperties(properties, loggers.of('kafka.server'));
    const plan = planListeners(config.values);
    const parts = { host, loggers, config, nodeId };
    let broker: BrokerNode | undefined;
    const operations = await openOperations(
      config.values['metrics.listener'],
      () => broker?.operationsSources,
    );
    try {
      broker = await BrokerNode.#open(parts, operations);
      await broker.#start(plan);
      return broker;
    } catch (error) {
      loggers.guard();
      await (broker === undefined ? operations?.close() : broker.close());
      return throwStartError(error);
    }
  }

  /** Opens the data. */
  static async #open(
    parts: Pick<OpenParts, 'host' | 'loggers' | 'config' | 'nodeId'>,
    operations: OperationsServer | undefined,
  ): Promise<BrokerNode> {
    const directories = await prepareDataDirectories(parts.host, parts.config.values, parts.nodeId);
    const failures = new DirectoryFailures(directories.paths);
    const logs = await openLogs({ ...parts, directories, failures });
    const { clusterId } = directories;
    return new BrokerNode({ ...parts, clusterId, logs, operations, failed: failures.failed });
  }

  /** Listens, replays the metadata log, and serves. */
  async #start(plan: ListenerPlan): Promise<void> {
    const bound = await this.#bind(plan);
    this.#bound = new Map(bound.map(({ name, boundHost, port }) => [name, { host: boundHost, port }]));
    this.#listeners = bound.map((listener) => advertisedAddress(plan, listener, listener.port));
    await this.#join();
    this.#server.serve(new RequestDispatcher(this));
    this.#state = BrokerState.RUNNING;
    const { clusterId, nodeId } = this;
    this.logger.info('Broker started', { clusterId, nodeId, listeners: this.#listeners });
    this.loggers.guard();
  }

  /** Where the first listener is bound. */
  get address(): BrokerEndpoint {
    const [first] = this.#bound.values();
    return first!;
  }

  /** Where metrics and health are served; `undefined` where they are not. */
  get metricsAddress(): SocketAddress | undefined {
    return this.#operations?.address;
  }

  /** What metrics and health are read from. */
  get operationsSources(): OperationsSources {
    const { host, nodeId, image, partitions, fetchSessions, groups, transactions } = this;
    const state = this.#state;
    const logs = this.logs;
    return {
      metrics: {
        host,
        nodeId,
        state,
        image,
        partitions,
        fetchSessions,
        groups,
        transactions,
        logs,
        server: this.#server,
        traffic: this.#traffic,
        requestMetrics: this.requests.metrics,
      },
      health: {
        state,
        logs,
        coordinators: {
          groupCoordinator: groups.availability,
          transactionCoordinator: transactions.availability,
          shareCoordinator: this.shareCoordinator.availability,
        },
      },
    };
  }

  /** Where the listener of that name is bound. */
  addressOf(listenerName: string): BrokerEndpoint | undefined {
    return this.#bound.get(listenerName.toUpperCase());
  }

  /** Memory of large requests. */
  get requestMemory(): RequestMemory {
    return this.#server.requestMemory;
  }

  get config(): BrokerPropertyValues {
    return this.brokerConfig.values;
  }

  get image(): ClusterImage {
    return this.#publisher.image;
  }

  get controller(): Controller {
    if (this.#controller === undefined) throw new BrokerClosedError();
    return this.#controller;
  }

  get producerIds(): ProducerIdSource {
    if (this.#producerIds === undefined) throw new BrokerClosedError();
    return this.#producerIds;
  }

  advertisedEndpoint(listenerName: string): BrokerEndpoint {
    const listener = this.#listeners.find(({ name }) => name === listenerName);
    invariant(listener !== undefined, `no listener ${listenerName}`);
    return { host: listener.host, port: listener.port };
  }

  async ensureInternalTopic(name: string): Promise<TopicImage> {
    const existing = this.image.topics.byName.get(name);
    if (existing !== undefined) return existing;
    const [created] = await this.controller.run((state) =>
      createTopics(state, [implicitTopic(name, state.config.values)], false),
    );
    const topic = this.image.topics.byName.get(name);
    if (topic !== undefined) return topic;
    throw (
      created?.error ?? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `Topic ${name} was deleted meanwhile`)
    );
  }

  /**
   * Stops in order: no new connections, what waits in coordinators is sent away, requests in progress finish, logs are
   * flushed and marked as cleanly closed. Bounded by `controlled.shutdown.timeout.ms`. A second call waits for the
   * first.
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    this.#state = BrokerState.SHUTTING_DOWN;
    await this.#certificates?.close();
    const served = this.#server.close(this.config['controlled.shutdown.timeout.ms']);
    await this.transactions.close();
    this.shares.close();
    await this.groups.close();
    await this.shareCoordinator.close();
    await served;
    await this.#controller?.settled();
    await this.#snapshots?.settled();
    this.partitions.retireAll();
    await this.logs.close();
    await this.#operations?.close();
    this.logger.info('Broker stopped', { clusterId: this.clusterId, nodeId: this.nodeId });
  }

  /** Opens the listeners with their certificates; nobody is served yet. */
  async #bind(plan: ListenerPlan): Promise<BoundListener[]> {
    const { host, brokerConfig: config } = this;
    const logger = this.loggers.of('kafka.network');
    const parts = { host, logger, config, scramCredentials: () => this.image.scramCredentials };
    const wanted = await Promise.all(
      plan.bind.map(async (address) => ({
        ...address,
        security: await ListenerSecurity.load(address, parts),
      })),
    );
    const bound = await this.#server.bind(wanted);
    this.#certificates = CertificateReload.start(bound, { host, logger, config });
    config.onChange(() => void this.#certificates?.refresh());
    warnOfOpenListeners(bound, logger);
    return bound;
  }

  /** Replays the metadata log and registers this node with it. */
  async #join(): Promise<void> {
    const { host, logger, nodeId, brokerConfig: config } = this;
    const opened = await openMetadata({ host, logger, logs: this.logs, config: config.values });
    const { log, image, snapshots } = opened;
    this.#snapshots = snapshots;
    const targets = {
      nodeId,
      config,
      logger,
      partitions: this.partitions,
      onTopicsDeleted: (topics: readonly TopicImage[]) => this.#onTopicsDeleted(topics),
    };
    await this.#publisher.publish(image, opened.delta, targets);
    this.partitions.reportStrays(image);
    const controller = new Controller({
      log,
      image,
      nodeId,
      config,
      logger: this.loggers.of('kafka.controller'),
      random: host.random.fork('controller'),
      publish: (next, delta) => this.#publisher.publish(next, delta, targets),
      onCommitted: (next, appendedBytes) => snapshots.onCommitted(next, appendedBytes),
    });
    this.#controller = controller;
    this.#producerIds = new ProducerIdSource(controller);
    await joinCluster(log, controller, {
      nodeId,
      endpoints: this.#listeners,
      rack: config.values['broker.rack'] === '' ? null : config.values['broker.rack'],
      directoryIds: this.logs.directories.flatMap(({ meta }) =>
        meta === undefined ? [] : [meta.directoryId],
      ),
      random: host.random,
      disk: host.disk,
      bootstrap: opened.bootstrap,
      quorumEpoch: opened.quorumEpoch,
      hasOpenTransaction: opened.hasOpenTransaction,
    });
  }

  #onLeading(partition: LeaderPartition): void {
    const { topic, index } = partition;
    if (topic === CONSUMER_OFFSETS_TOPIC) {
      const log = new PartitionCoordinatorLog(partition, this.config['offsets.load.buffer.size']);
      this.groups.onElection(index, log);
    }
    if (topic === TRANSACTION_STATE_TOPIC) {
      const loadBytes = this.config['transaction.state.log.load.buffer.size'];
      const log = new PartitionCoordinatorLog(partition, loadBytes);
      this.transactions.onElection(index, () => partition.leaderEpoch, log);
    }
    if (topic === SHARE_STATE_TOPIC) {
      const loadBytes = this.config['share.coordinator.load.buffer.size'];
      this.shareCoordinator.onElection(index, new PrunablePartitionLog(partition, loadBytes));
    }
  }

  #onRetired(partition: LeaderPartition): void {
    const { topic, index } = partition;
    if (topic === CONSUMER_OFFSETS_TOPIC) this.groups.onResignation(index);
    if (topic === TRANSACTION_STATE_TOPIC) this.transactions.onResignation(index);
    if (topic === SHARE_STATE_TOPIC) this.shareCoordinator.onResignation(index);
    this.shares.onRetired(partition);
  }

  #onTopicsDeleted(topics: readonly TopicImage[]): void {
    this.groups.onTopicsDeleted(topics);
    this.shareCoordinator.onTopicsDeleted(topics.map(({ id }) => id));
  }
}

/** @throws the error; a disk that fails as one line about the directory and what to do */
function throwStartError(error: unknown): never {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StorageError) throw DataDirectoryError.fromDisk(cause.directory, cause.cause);
  }
  throw error;
}

interface OpenParts {
  readonly host: Host;
  readonly loggers: BrokerLoggers;
  readonly config: BrokerConfig;
  readonly nodeId: number;
  readonly directories: DataDirectories;
  readonly failures: DirectoryFailures;
}

async function openLogs(parts: OpenParts): Promise<LogManager> {
  const { host, loggers, config, directories, failures, nodeId } = parts;
  const { values } = config;
  return LogManager.open({
    host,
    logger: loggers.of('kafka.log'),
    logDirs: directories.paths,
    defaults: topicLogConfig(new Map(), config),
    locks: directories.locks,
    identity: { clusterId: directories.clusterId, nodeId },
    onDirectoryFailure: ({ directory, cause }) => failures.add(directory, cause),
    recoveryThreads: values['num.recovery.threads.per.data.dir'],
    tailCacheBytes: values['log.tail.cache.bytes'],
    producerExpirationMs: values['producer.id.expiration.ms'],
    moveMaxBytesPerSec: values['replica.alter.log.dirs.io.max.bytes.per.second'],
    intervals: {
      initialDelayMs: values['log.initial.task.delay.ms'],
      retentionCheckMs: values['log.retention.check.interval.ms'],
      recoveryPointCheckpointMs: values['log.flush.offset.checkpoint.interval.ms'],
    },
  });
}
