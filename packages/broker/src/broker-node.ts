import { nodeHost, silentLogger, type Host, type Logger, type SocketAddress } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import { KafkaError } from '@millrace/protocol';
import { allApis } from './apis/all-apis.ts';
import { ApiRegistry } from './apis/api-registry.ts';
import type { BrokerServices } from './broker-services.ts';
import type { BrokerConfig } from './config/broker-config.ts';
import type { BrokerProperties, BrokerPropertyValues } from './config/broker-properties.ts';
import { planListeners, type ListenerPlan, type SecuredAddress } from './config/listeners.ts';
import { parseBrokerProperties } from './config/parse-broker-properties.ts';
import { SchemaValidation } from './schema-validation/schema-validation.ts';
import { RequestDispatcher } from './connection/request-dispatcher.ts';
import type { RequestMemory } from './connection/request-memory.ts';
import { NodeListeners } from './connection/node-listeners.ts';
import { SocketServer } from './connection/socket-server.ts';
import { noOtherNodes } from './coordinator/no-other-nodes.ts';
import type { NodeChannels } from './coordinator/node-channels.ts';
import { Coordinators } from './coordinator/coordinators.ts';
import type { Controller } from './controller/controller.ts';
import { createInternalTopic } from './cluster/implicit-topics.ts';
import { StreamsTopics } from './cluster/streams-topics.ts';
import { controllerApis } from './apis/controller-apis.ts';
import { ClusterMembership } from './cluster/cluster-membership.ts';
import { planCluster, type ClusterPlan } from './config/cluster-plan.ts';
import { ProducerIdSource } from './controller/producer-id-source.ts';
import { BrokerClosedError } from './errors.ts';
import { FetchSessionCache } from './fetch/fetch-session-cache.ts';
import type { GroupCoordinator } from './group/group-coordinator.ts';
import { BrokerLoggers } from './logging/broker-loggers.ts';
import type { LogLevel } from './logging/log-level.ts';
import { RequestObserver } from './logging/request-observer.ts';
import { type BrokerEndpoint, type ClusterImage, type TopicImage } from './metadata/cluster-image.ts';
import { MetadataPublisher } from './metadata/metadata-publisher.ts';
import type { ImageDelta } from './metadata/image-builder.ts';
import type { TransactionCoordinator } from './transaction/transaction-coordinator.ts';
import type { SharePartitionManager } from './share/share-partition-manager.ts';
import type { ShareCoordinator } from './share/state/share-coordinator.ts';
import { PartitionReplication } from './partitions/partition-replication.ts';
import type { PartitionRegistry } from './partitions/partition-registry.ts';
import type { Authorizer } from './security/acl/authorizer.ts';
import { createAuthorizer } from './security/acl/create-authorizer.ts';
import { loadPeersSecurity } from './security/peer-security.ts';
import { AnswerMemory } from './connection/answer-memory.ts';
import { ClientMetrics } from './client-metrics/client-metrics.ts';
import { ClientMetricsStore } from './client-metrics/client-metrics-store.ts';
import { BrokerQuotas } from './quota/broker-quotas.ts';
import { prepareDataDirectories } from './storage/data-directories.ts';
import { DirectoryFailures } from './storage/directory-failures.ts';
import { openLogs, requireMetadataDirectory, throwStartError } from './storage/open-logs.ts';
import { readPreviousBrokerEpoch } from './storage/previous-broker-epoch.ts';
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
  readonly failures: DirectoryFailures;
  readonly plan: ClusterPlan;
  readonly previousBrokerEpoch: number;
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
  readonly controllerApis = new ApiRegistry(controllerApis);
  readonly replication: PartitionReplication;
  readonly fetchSessions: FetchSessionCache;
  readonly streamsTopics = new StreamsTopics();
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
  readonly #failures: DirectoryFailures;
  readonly #server: SocketServer;
  readonly #listeners: NodeListeners;
  readonly #operations: OperationsServer | undefined;
  readonly #traffic = new Traffic();
  readonly #publisher = new MetadataPublisher();
  readonly #coordinators: Coordinators;
  readonly #plan: ClusterPlan;
  readonly #previousBrokerEpoch: number;
  #cluster: ClusterMembership | undefined;
  #producerIds: ProducerIdSource | undefined;
  #closing: Promise<void> | undefined;
  #state: number = BrokerState.STARTING;

  private constructor(parts: NodeParts) {
    const { host, loggers, nodeId, clusterId, config, logs } = parts;
    this.#failures = parts.failures;
    this.failed = parts.failures.failed;
    this.host = host;
    this.logger = loggers.of('kafka.server');
    this.loggers = loggers;
    this.nodeId = nodeId;
    this.clusterId = clusterId;
    this.brokerConfig = config;
    this.logs = logs;
    this.#operations = parts.operations;
    this.#plan = parts.plan;
    this.#previousBrokerEpoch = parts.previousBrokerEpoch;
    this.requests = new RequestObserver(loggers, () => config.values['slow.request.threshold.ms']);
    const quotas = () => this.image.clientQuotas;
    this.#server = new SocketServer({
      host,
      logger: loggers.of('kafka.network'),
      config: () => config.values,
      quotas,
    });
    this.#listeners = new NodeListeners({
      host,
      loggers,
      config,
      server: this.#server,
      scramCredentials: () => this.#newestImage.scramCredentials,
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
    this.authorizer = createAuthorizer(config.values, () => this.#newestImage.acls);
    const sessionIds = host.random.fork('fetch-session');
    this.fetchSessions = new FetchSessionCache(() => sessionIds.uint32());
    this.#coordinators = new Coordinators({
      host,
      config: () => config.values,
      image: () => this.image,
      loggerOf: (name) => loggers.of(name),
      partitions: () => this.partitions,
      nextProducerId: () => this.producerIds.next(),
      markerTarget: () => this,
      nodeId,
      channels: () => this.#channels('coordinators'),
      markerChannels: () => this.#channels('markers'),
    });
    this.replication = new PartitionReplication({
      host,
      loggers,
      nodeId,
      logs,
      config,
      traffic: this.#traffic,
      listener: this.#coordinators,
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
    const listeners = planListeners(config.values);
    const plan = planCluster(config.values, nodeId, listeners);
    const parts = { host, loggers, config, nodeId, plan };
    let broker: BrokerNode | undefined;
    const operations = await openOperations(
      config.values['metrics.listener'],
      () => broker?.operationsSources,
    );
    try {
      broker = await BrokerNode.#open(parts, operations);
      await broker.#start(listeners);
      return broker;
    } catch (error) {
      loggers.guard();
      await (broker === undefined ? operations?.close() : broker.close());
      return throwStartError(error);
    }
  }

  /** Opens the data. */
  static async #open(
    parts: Pick<NodeParts, 'host' | 'loggers' | 'config' | 'nodeId' | 'plan'>,
    operations: OperationsServer | undefined,
  ): Promise<BrokerNode> {
    const { host, config, nodeId, plan } = parts;
    const directories = await prepareDataDirectories(host, config.values, nodeId, plan.isAlone);
    const failures = new DirectoryFailures(directories, plan.isBroker);
    const previousBrokerEpoch = await readPreviousBrokerEpoch(parts.host.disk, directories);
    let broker: BrokerNode | undefined;
    const brokerEpoch = () => broker?.brokerEpoch ?? -1;
    const assignments = () => broker?.replication.assignments;
    const logs = await openLogs({ ...parts, directories, failures, brokerEpoch, assignments });
    await requireMetadataDirectory(logs);
    const { clusterId } = directories;
    broker = new BrokerNode({ ...parts, clusterId, logs, operations, failures, previousBrokerEpoch });
    return broker;
  }

  /** Listens, becomes part of the cluster, and serves. */
  async #start(listeners: ListenerPlan): Promise<void> {
    await this.#listeners.open(listeners);
    const cluster = await this.#openCluster(listeners);
    const failed = this.failed.then((error) => {
      throw error;
    });
    await Promise.race([this.#join(cluster, listeners), failed]);
    this.#state = BrokerState.RUNNING;
    const { clusterId, nodeId } = this;
    this.logger.info('Broker started', { clusterId, nodeId, listeners: this.#listeners.advertised });
    this.loggers.guard();
  }

  /** Where the first listener is bound. */
  get address(): BrokerEndpoint {
    return this.#listeners.first;
  }

  /** Where metrics and health are served; `undefined` where they are not. */
  get metricsAddress(): SocketAddress | undefined {
    return this.#operations?.address;
  }

  /** What metrics and health are read from. */
  get operationsSources(): OperationsSources {
    const { host, nodeId, image, partitions, replication, fetchSessions, groups, transactions } = this;
    const state = this.#state;
    const logs = this.logs;
    return {
      metrics: {
        host,
        nodeId,
        state,
        isActiveController: this.#cluster?.metadata.controller.isActive ?? false,
        controllerCounts: this.#cluster?.metadata.counts,
        quorum: this.#cluster?.metadata.quorum,
        metadata: this.#cluster?.metadata,
        applyErrors: this.#publisher.errorCount,
        hasFixedVoters: this.#plan.voters.size > 0,
        image,
        partitions,
        replication,
        fetchSessions,
        groups,
        transactions,
        logs,
        server: this.#server,
        traffic: this.#traffic,
        requestMetrics: this.requests.metrics,
        quotas: this.quotas,
      },
      health: {
        state,
        logs,
        coordinators: this.#coordinators.availability,
      },
      clientMetrics: this.pushedMetrics,
    };
  }

  /** Where the listener of that name is bound. */
  addressOf(listenerName: string): BrokerEndpoint | undefined {
    return this.#listeners.boundAt(listenerName);
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
    return this.cluster.metadata.controller;
  }

  get cluster(): ClusterMembership {
    if (this.#cluster === undefined) throw new BrokerClosedError();
    return this.#cluster;
  }

  get brokerEpoch(): number {
    return this.#newestImage.brokers.get(this.nodeId)?.epoch ?? -1;
  }

  /** What is committed, whether or not this node acts on it yet. */
  get #newestImage(): ClusterImage {
    return this.#cluster?.metadata.loader.image ?? this.image;
  }

  get groups(): GroupCoordinator {
    return this.#coordinators.groups;
  }

  get transactions(): TransactionCoordinator {
    return this.#coordinators.transactions;
  }

  get shareCoordinator(): ShareCoordinator {
    return this.#coordinators.shareStates;
  }

  get shares(): SharePartitionManager {
    return this.#coordinators.shares;
  }

  get partitions(): PartitionRegistry {
    return this.replication.registry;
  }

  get producerIds(): ProducerIdSource {
    if (this.#producerIds === undefined) throw new BrokerClosedError();
    return this.#producerIds;
  }

  advertisedEndpoint(listenerName: string): BrokerEndpoint {
    return this.#listeners.advertisedEndpoint(listenerName);
  }

  async ensureInternalTopic(name: string): Promise<TopicImage> {
    const existing = this.image.topics.byName.get(name);
    if (existing !== undefined) return existing;
    const created = await createInternalTopic(name, this);
    const isMade = created?.error === undefined || created.error.code === 'TOPIC_ALREADY_EXISTS';
    if (!isMade) throw created.error;
    // Made on another node, or for somebody else: it is known here in a moment.
    await this.#untilKnown(name);
    return this.image.topics.byName.get(name)!;
  }

  /** @throws KafkaError COORDINATOR_NOT_AVAILABLE when the metadata does not get here for `request.timeout.ms` */
  async #untilKnown(topic: string): Promise<void> {
    const { loader } = this.cluster.metadata;
    const late = Promise.withResolvers<never>();
    const expire = (): void =>
      late.reject(new KafkaError('COORDINATOR_NOT_AVAILABLE', `Topic ${topic} is not known here yet`));
    const timer = this.host.timers.schedule(this.config['request.timeout.ms'], expire);
    try {
      await Promise.race([loader.until(() => this.image.topics.byName.has(topic)), late.promise]);
    } finally {
      timer.cancel();
    }
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
    await this.#leave();
    this.#state = BrokerState.SHUTTING_DOWN;
    await this.#listeners.close();
    const served = this.#server.close(this.config['controlled.shutdown.timeout.ms']);
    await this.#coordinators.close();
    // In a cluster others answer what is asked now; a node alone answers first.
    if (this.#plan.isAlone) await served;
    await this.replication.close();
    await this.#cluster?.close();
    await served;
    await this.logs.close();
    await this.#operations?.close();
    this.logger.info('Broker stopped', { clusterId: this.clusterId, nodeId: this.nodeId });
  }

  /** Others take over what this node leads, while it still serves. */
  async #leave(): Promise<void> {
    if (this.#cluster === undefined || this.#plan.isAlone || this.#state !== BrokerState.RUNNING) return;
    this.#state = BrokerState.PENDING_CONTROLLED_SHUTDOWN;
    const isOrderly = this.#plan.isBroker && this.config['controlled.shutdown.enable'];
    if (isOrderly) await this.#cluster.lifecycle.leave(this.config['controlled.shutdown.timeout.ms']);
    await this.#cluster.metadata.resign();
  }

  async #openCluster(listeners: ListenerPlan): Promise<ClusterMembership> {
    const { host, loggers, nodeId, clusterId, logs, controllerApis: apis } = this;
    const cluster = await ClusterMembership.open({
      host,
      loggers,
      nodeId,
      clusterId,
      logs,
      config: this.brokerConfig,
      plan: this.#plan,
      listeners: this.#listeners.advertised,
      security: await loadPeersSecurity(host.disk, this.config, this.#plan, listeners.protocolOf),
      controllerApis: apis,
      broker: this,
      image: () => this.image,
      publish: (image, delta) => this.#publish(image, delta),
      onFault: (error) => this.#failures.fail(error),
      previousBrokerEpoch: this.#previousBrokerEpoch,
    });
    this.#cluster = cluster;
    this.#failures.onFailure = () => cluster.onDirectoryFailure();
    this.#producerIds = new ProducerIdSource(() => cluster.requests.allocateProducerIds());
    return cluster;
  }

  /** Opens the doors in the order in which this node has something to say: as a controller, then as a broker. */
  async #join(cluster: ClusterMembership, { brokers, controllers }: ListenerPlan): Promise<void> {
    const { lifecycle, metadata, forwarder } = cluster;
    const { isAlone, isBroker, interBrokerListener = '' } = this.#plan;
    const ofController = new RequestDispatcher(this, this.controllerApis);
    this.#server.serve(namesOf(controllers), ofController, namesOf(controllers));
    cluster.start();
    if (!isBroker) return metadata.loader.release();
    if (!isAlone) this.#connectReplication(cluster);
    await (isAlone ? cluster.joinAlone() : lifecycle.register());
    this.replication.assignments.connect(cluster.requests);
    await metadata.loader.release();
    this.partitions.reportStrays(this.image);
    const forward = isAlone ? undefined : forwarder.forward.bind(forwarder);
    const ofBroker = new RequestDispatcher(this, this.apis, forward);
    // Where clients have no listener of their own, those of brokers cannot be told from theirs.
    this.#server.serve(namesOf(brokers), ofBroker, brokers.length > 1 ? [interBrokerListener] : []);
    if (!isAlone) await lifecycle.enter();
  }

  #connectReplication(cluster: ClusterMembership): void {
    this.replication.connect({
      sender: cluster.requests,
      channels: cluster.brokerChannels('replica-fetcher'),
      sideChannels: cluster.brokerChannels('replica-side'),
      brokerEpoch: () => this.brokerEpoch,
    });
  }

  /** To the other brokers; of one kind of request each, so that none keeps another waiting. */
  #channels(purpose: string): NodeChannels {
    return this.#plan.isAlone ? noOtherNodes : this.cluster.brokerChannels(purpose);
  }

  async #publish(image: ClusterImage, delta: ImageDelta): Promise<void> {
    await this.#publisher.publish(image, delta, {
      nodeId: this.nodeId,
      config: this.brokerConfig,
      logger: this.logger,
      replication: this.replication,
      onTopicsDeleted: (topics) => this.#coordinators.onTopicsDeleted(topics),
    });
    this.#cluster?.reportCordonedDirectories(image);
  }
}

function namesOf(listeners: readonly SecuredAddress[]): string[] {
  return listeners.map(({ name }) => name);
}
