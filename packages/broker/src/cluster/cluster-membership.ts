import type { Host } from '@millrace/host';
import type { LogManager } from '@millrace/log';
import { PeerChannels, type QuorumLeader } from '@millrace/replication';
import type { ApiRegistry } from '../apis/api-registry.ts';
import type { BrokerServices } from '../broker-services.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { ClusterPlan } from '../config/cluster-plan.ts';
import type { SecuredAddress } from '../config/listeners.ts';
import type { BrokerLoggers } from '../logging/broker-loggers.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { cordonDirectories, loseDirectories } from '../controller/broker-transitions.ts';
import { messageOf } from '../errors.ts';
import { ClusterMetadata } from '../metadata/cluster-metadata.ts';
import type { MetadataLoaderOptions } from '../metadata/metadata-loader.ts';
import { joinCluster } from '../metadata/join-cluster.ts';
import { randomUuid } from '../metadata/random-uuid.ts';
import { hasCordonedDirectories } from '../metadata/features.ts';
import { ownEndpoints, ownFeatures } from '../metadata/registration-fields.ts';
import type { PeersSecurity } from '../security/peer-security.ts';
import { BrokerLifecycle } from './broker-lifecycle.ts';
import { ControllerChannel } from './controller-channel.ts';
import { ControllerRequests } from './controller-requests.ts';
import { LocalController } from './local-controller.ts';
import { registerController } from './register-controller.ts';
import { RequestForwarder } from './request-forwarder.ts';

/** Requests of clients that can be with the controller at the same time, not one behind the other. */
const FORWARDING_CHANNELS = 8;

export interface ClusterMembershipOptions {
  readonly host: Host;
  readonly loggers: BrokerLoggers;
  readonly config: BrokerConfig;
  readonly nodeId: number;
  readonly clusterId: string;
  readonly plan: ClusterPlan;
  readonly logs: LogManager;
  /** What others are told, for brokers and for controllers. */
  readonly listeners: readonly SecuredAddress[];
  /** How to speak to the controller listeners, and to the listeners between brokers, of other nodes. */
  readonly security: PeersSecurity;
  readonly controllerApis: ApiRegistry;
  readonly broker: BrokerServices;
  readonly image: () => ClusterImage;
  readonly publish: MetadataLoaderOptions['publish'];
  readonly onFault: (error: Error) => void;
  readonly previousBrokerEpoch: number;
}

/** What connects a node with its cluster: the quorum, the active controller, the other brokers, and its own standing. */
export class ClusterMembership {
  readonly metadata: ClusterMetadata;
  readonly requests: ControllerRequests;
  readonly forwarder: RequestForwarder;
  readonly lifecycle: BrokerLifecycle;
  readonly #options: ClusterMembershipOptions;
  readonly #channels: readonly ControllerChannel[];
  readonly #closed: AbortController;
  readonly #registrationChannel: ControllerChannel;
  readonly #incarnationId: string;
  readonly #brokerChannels = new Map<string, PeerChannels>();

  private constructor(
    options: ClusterMembershipOptions,
    metadata: ClusterMetadata,
    channels: ControllerChannel[],
    closed: AbortController,
  ) {
    this.#options = options;
    this.#channels = channels;
    this.#closed = closed;
    this.metadata = metadata;
    const { host, loggers, config, nodeId, clusterId, logs } = options;
    const channelFor = (purpose: string): ControllerChannel => {
      const channel = controllerChannel(options, metadata, closed.signal, purpose);
      channels.push(channel);
      return channel;
    };
    this.requests = new ControllerRequests({
      nodeId,
      brokerEpoch: () => options.broker.brokerEpoch,
      timeoutMs: () => config.values['request.timeout.ms'],
      channels: {
        producerIds: channelFor('producer-ids'),
        alterPartition: channelFor('alter-partition'),
        directories: channelFor('directories'),
        topics: channelFor('topics'),
      },
    });
    this.forwarder = new RequestForwarder(
      Array.from({ length: FORWARDING_CHANNELS }, (_, index) => channelFor(`forwarding-${index}`)),
      () => config.values['request.timeout.ms'],
    );
    this.#registrationChannel = channelFor('registration');
    this.#incarnationId = randomUuid(host.random.fork('incarnation'));
    this.lifecycle = new BrokerLifecycle({
      host,
      logger: loggers.of('kafka.server'),
      config: () => config.values,
      nodeId,
      clusterId,
      channel: channelFor('lifecycle'),
      loader: metadata.loader,
      registration: () => ({
        listeners: ownEndpoints(options.listeners.filter(({ name }) => !isForControllers(config, name))),
        features: ownFeatures(),
        incarnationId: this.#incarnationId,
        rack: rackOf(config),
        logDirs: directoryIdsOf(logs),
      }),
      previousBrokerEpoch: options.previousBrokerEpoch,
      problem: () => metadata.quorum.problem,
      controllerAddresses: [...options.plan.voters.values(), ...options.plan.bootstrapServers].map(
        ({ host: name, port }) => `${name}:${port}`,
      ),
      offlineDirectories: () => offlineDirectoryIdsOf(logs),
      cordonedDirectories: () =>
        hasCordonedDirectories(metadata.loader.image) ? cordonedDirectoryIdsOf(logs) : null,
      onFault: options.onFault,
    });
  }

  /** Opens the metadata log. Nobody is asked for anything until `metadata.start`. */
  static async open(options: ClusterMembershipOptions): Promise<ClusterMembership> {
    const { config, loggers, plan, listeners, security } = options;
    const channels: ControllerChannel[] = [];
    const metadata = await ClusterMetadata.open({
      host: options.host,
      nodeId: options.nodeId,
      clusterId: options.clusterId,
      logs: options.logs,
      config,
      plan,
      endpoints: () => listeners.filter(({ name }) => isForControllers(config, name)),
      security: security.controllers,
      brokerSecurity: security.brokers,
      logger: loggers.of('kafka.server'),
      quorumLogger: loggers.of('kafka.controller'),
      controllerLogger: loggers.of('kafka.controller'),
      publish: options.publish,
      onFault: options.onFault,
      onLeaderChange: (_leader: QuorumLeader) => {
        for (const channel of channels) channel.onLeaderChange();
      },
    });
    return new ClusterMembership(options, metadata, channels, new AbortController());
  }

  /** Takes part in the quorum from here on. */
  start(): void {
    const { loggers, nodeId, plan, listeners, config } = this.#options;
    this.metadata.start();
    if (plan.isAlone || !plan.isController) return;
    const request = {
      listeners: ownEndpoints(listeners.filter(({ name }) => isForControllers(config, name))),
      features: ownFeatures(),
      controllerId: nodeId,
      incarnationId: this.#incarnationId,
      zkMigrationReady: false,
    };
    void registerController(this.#registrationChannel, request, loggers.of('kafka.controller'));
  }

  /** Registers this node with its own controller and lets it in: there is nobody to catch up with. */
  async joinAlone(): Promise<void> {
    const { logs, listeners, config } = this.#options;
    await this.metadata.controller.active;
    await joinCluster(this.metadata.controller, {
      endpoints: listeners.filter(({ name }) => !isForControllers(config, name)),
      rack: rackOf(config),
      directoryIds: directoryIdsOf(logs),
      incarnationId: this.#incarnationId,
    });
  }

  /** A log directory has failed: the controller elects other leaders for what is in it. */
  onDirectoryFailure(): void {
    const { plan, logs, loggers, nodeId } = this.#options;
    if (!plan.isBroker) return;
    if (!plan.isAlone) return this.lifecycle.onDirectoryFailure();
    const offline = offlineDirectoryIdsOf(logs);
    const reported = this.metadata.controller.run((state) => {
      const broker = state.image.brokers.get(nodeId);
      const records = broker === undefined ? [] : loseDirectories(state, broker, offline);
      return { records, response: undefined, mayBeSplit: true };
    }, 'committed');
    reported.catch((error: unknown) => {
      const fields = { error: messageOf(error) };
      loggers.of('kafka.server').warn('The metadata does not tell that a log directory has failed', fields);
    });
  }

  /**
   * The controller is told when this node has cordoned directories other than it knows of: after a change of the
   * configuration, and when the cluster has come to the level from which it knows of such (KIP-1066).
   */
  reportCordonedDirectories(image: ClusterImage): void {
    const { plan, logs, nodeId, loggers } = this.#options;
    if (!plan.isBroker) return;
    const changes = ({ image: newest }: { readonly image: ClusterImage }) => {
      const broker = newest.brokers.get(nodeId);
      return broker === undefined
        ? []
        : cordonDirectories({ image: newest }, broker, cordonedDirectoryIdsOf(logs));
    };
    if (changes({ image }).length === 0) return;
    if (!plan.isAlone) return this.lifecycle.hurry();
    const reported = this.metadata.controller.run((state) => ({
      records: changes(state),
      response: undefined,
    }));
    reported.catch((error: unknown) => {
      const fields = { error: messageOf(error) };
      loggers.of('kafka.server').warn('The metadata does not tell that a log directory is cordoned', fields);
    });
  }

  /** Connections of their own to the other brokers, over the listener between brokers, for one kind of request. */
  brokerChannels(purpose: string): PeerChannels {
    const existing = this.#brokerChannels.get(purpose);
    if (existing !== undefined) return existing;
    const { host, loggers, config, nodeId, plan, image, security } = this.#options;
    const channels = new PeerChannels({
      host,
      logger: loggers.of('kafka.server'),
      clientId: `broker-${nodeId}-${purpose}`,
      requestTimeoutMs: config.values['request.timeout.ms'],
      security: security.brokers,
      addressOf: (id) =>
        image()
          .brokers.get(id)
          ?.endpoints.get(plan.interBrokerListener ?? ''),
    });
    this.#brokerChannels.set(purpose, channels);
    return channels;
  }

  /** Hands leadership of the quorum over, and lets go of everybody. */
  async close(): Promise<void> {
    this.lifecycle.close();
    for (const channels of this.#brokerChannels.values()) channels.close();
    await this.metadata.close();
    this.#closed.abort();
    for (const channel of this.#channels) channel.close();
  }
}

function controllerChannel(
  options: ClusterMembershipOptions,
  { quorum }: ClusterMetadata,
  closed: AbortSignal,
  purpose: string,
): ControllerChannel {
  const { host, loggers, nodeId, config, controllerApis, broker, security } = options;
  const timeoutMs = () => config.values['controller.quorum.request.timeout.ms'];
  return new ControllerChannel({
    host,
    nodeId,
    leaderId: () => quorum.leader.leaderId,
    channels: new PeerChannels({
      host,
      logger: loggers.of('kafka.controller'),
      clientId: `broker-${nodeId}-to-controller-${purpose}`,
      requestTimeoutMs: timeoutMs(),
      security: security.controllers,
      addressOf: (id) =>
        quorum.leader.leaderId === id
          ? (quorum.leader.endpoint ?? quorum.voters.get(id)?.endpoints[0])
          : quorum.voters.get(id)?.endpoints[0],
    }),
    local: new LocalController(controllerApis, () => broker, closed),
    attemptTimeoutMs: () => config.values['request.timeout.ms'],
  });
}

function rackOf({ values }: BrokerConfig): string | null {
  return values['broker.rack'] === '' ? null : values['broker.rack'];
}

function directoryIdsOf({ directories }: LogManager): string[] {
  return directories.flatMap(({ meta, failure }) =>
    meta === undefined || failure !== undefined ? [] : [meta.directoryId],
  );
}

function offlineDirectoryIdsOf({ directories }: LogManager): string[] {
  return directories.flatMap(({ meta, failure }) =>
    meta === undefined || failure === undefined ? [] : [meta.directoryId],
  );
}

function cordonedDirectoryIdsOf({ directories }: LogManager): string[] {
  return directories.flatMap(({ meta, isCordoned }) =>
    meta === undefined || !isCordoned ? [] : [meta.directoryId],
  );
}

function isForControllers(config: BrokerConfig, listenerName: string): boolean {
  return config.values['controller.listener.names'].some((name) => name.toUpperCase() === listenerName);
}
