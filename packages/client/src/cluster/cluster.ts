import type { Host, Logger } from '@millrace/host';
import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { ClientClosedError } from '../errors.ts';
import type { Api } from './api.ts';
import type { FeatureLevel, VersionRange } from './api-versions.ts';
import { TelemetryPush } from '../observability/telemetry-push.ts';
import { abortable } from './abortable.ts';
import type { BrokerNode, ReadyConnection } from './broker-node.ts';
import { BrokerPool } from './broker-pool.ts';
import { lateAfterMs, type ClusterSettings } from './cluster-settings.ts';
import { connectionKindOf, type ConnectionKind } from './connection-kind.ts';
import { CoordinatorCache, FIND_COORDINATOR, type CoordinatorType } from './coordinator-cache.ts';
import { ExponentialBackoff } from './exponential-backoff.ts';
import { kafkaFailure } from './kafka-failure.ts';
import { MetadataCache, type LeaderHint } from './metadata-cache.ts';
import { MetadataRefresher } from './metadata-refresher.ts';

/** Who leads a partition, as far as the client knows. */
export interface KnownLeader {
  readonly nodeId: number;
  /** -1 where brokers do not tell. */
  readonly epoch: number;
  /** Epochs compare within one topic only. `ZERO_UUID` from brokers that have no topic ids. */
  readonly topicId: string;
}

/** Which broker gets a request. */
export type Target =
  /** Whichever is least loaded. */
  | 'any'
  /** The controller where the brokers name one; any broker forwards otherwise. */
  | 'controller'
  | { readonly nodeId: number }
  | { readonly leaderOf: { readonly topic: string; readonly partition: number } }
  | { readonly coordinatorOf: { readonly type: CoordinatorType; readonly key: string } };

export interface SendRequest<Input extends object, Output> {
  readonly to: Target;
  readonly api: Api<Input, Output>;
  /** The message, or how to make it for the version that was chosen. */
  readonly message: Input | ((version: number) => Input);
  /** Time for the answer, from the moment the connection is open. Default `request.timeout.ms`. */
  readonly timeoutMs?: number;
  /** Ends the wait; a request already written still runs on the broker. */
  readonly signal?: AbortSignal | undefined;
  /** Narrows the versions, for example to a minimum that an option needs. */
  readonly versions?: Partial<VersionRange>;
  /** Default: by API, see `ConnectionKind`. */
  readonly kind?: ConnectionKind;
  /** False for Produce with acks=0: resolves with `undefined` as response once written. */
  readonly expectsResponse?: boolean;
}

export interface Reply<Output> {
  readonly response: Output;
  readonly version: number;
  readonly nodeId: number;
}

/**
 * A Kafka cluster as seen by one client: who leads what, open connections, typed requests.
 *
 * `send` makes exactly one attempt and throws what went wrong (`retriable` says whether another may help); the
 * back-off between attempts on a broken node is inside, the decision to try again is the caller's, see `retrying`.
 */
export class Cluster {
  readonly settings: ClusterSettings;
  readonly metadata: MetadataCache;
  readonly refresher: MetadataRefresher;
  readonly coordinators: CoordinatorCache;
  /** For callers' own retries: `retry.backoff.ms`. */
  readonly retryBackoff: ExponentialBackoff;
  readonly #pool: BrokerPool;
  readonly #telemetry: TelemetryPush | undefined;
  readonly #closing = new AbortController();
  #features: ReadonlyMap<string, FeatureLevel> = new Map();
  #featuresEpoch = -1;
  #initialMetadata: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor(settings: ClusterSettings) {
    this.settings = settings;
    this.metadata = new MetadataCache();
    this.#pool = new BrokerPool(settings, this.metadata, (node, error) => this.#connectionLost(node, error));
    this.refresher = new MetadataRefresher(settings, this.metadata, this.#pool);
    this.coordinators = new CoordinatorCache(this.metadata, async (message) => {
      const { response } = await this.send({ to: 'any', api: FIND_COORDINATOR, message });
      return response;
    });
    const random = settings.host.random.fork('retry-backoff');
    const { instruments, pushesMetrics = false } = settings;
    if (pushesMetrics && instruments !== undefined) {
      this.#telemetry = new TelemetryPush(this, instruments.registry);
    }
    this.retryBackoff = new ExponentialBackoff(settings.retryBackoffMs, settings.retryBackoffMaxMs, random);
  }

  get host(): Host {
    return this.settings.host;
  }

  get logger(): Logger {
    return this.settings.logger;
  }

  /** Aborted with a `ClientClosedError` when `close()` begins; for the waits of the layers above. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Finalized features as the newest answer told them, for example `transaction.version`. */
  feature(name: string): FeatureLevel | undefined {
    return this.#features.get(name);
  }

  /** One attempt. @throws MillraceError of this package, or the codec's on an unwritable message */
  async send<Input extends object, Output>(request: SendRequest<Input, Output>): Promise<Reply<Output>> {
    const signal = request.signal;
    signal?.throwIfAborted();
    this.#throwIfClosed();
    const node = await abortable(this.#resolve(request.to), signal);
    const kind = request.kind ?? connectionKindOf(request.api.apiKey);
    const ready = node.ready(kind) ?? (await abortable(this.#connect(node, kind), signal));
    return this.#exchange(request, node, ready);
  }

  /**
   * The open connection of that kind to a known broker, without waiting: for callers that must keep the order of
   * what they write. `undefined`: call `connect` first.
   */
  ready(nodeId: number, kind: ConnectionKind): ReadyConnection | undefined {
    return this.#pool.node(nodeId)?.ready(kind);
  }

  /** Opens the connection of that kind, after the node's back-off. @throws ConnectionError, KafkaError, both retriable */
  async connect(nodeId: number, kind: ConnectionKind): Promise<ReadyConnection> {
    this.#throwIfClosed();
    return this.#connect(await this.#knownNode(nodeId), kind);
  }

  /** The leader of the partition; `undefined` while there is none, or it is not known. */
  leaderOf(topic: string, partition: number): KnownLeader | undefined {
    const found = this.metadata.partition(topic, partition);
    if (found === undefined || found.leaderId < 0) return undefined;
    // What is left of a cluster that has moved, or of a broker that is down: to ask for it anew is all there is to do.
    if (this.metadata.broker(found.leaderId) === undefined) return undefined;
    const topicId = this.metadata.topic(topic)?.topicId ?? ZERO_UUID;
    return { nodeId: found.leaderId, epoch: found.leaderEpoch, topicId };
  }

  /** What metadata does not say. Where there is none to be had, the reason for that is the reason for this. */
  notKnown(errorCode: number, lookup: string): Error {
    const { refresher } = this;
    return refresher.takeRefusal() ?? kafkaFailure(errorCode, lookup, refresher.lastFailure?.message);
  }

  /** Takes a newer leader from an error answer (KIP-951). @returns whether it was news: retry without waiting */
  applyLeaderHint(hint: LeaderHint): boolean {
    const isNews = this.metadata.applyLeaderHint(hint);
    if (isNews) this.refresher.notify();
    return isNews;
  }

  /**
   * Ends everything. With `drain`, answers to requests already sent are awaited first (bounded by their time-outs);
   * without, they are rejected. Every pending promise settles either way. A second call joins the first.
   */
  close(options: { readonly drain: boolean } = { drain: true }): Promise<void> {
    this.#closed ??= this.#close(options);
    return this.#closed;
  }

  async #close(options: { readonly drain: boolean }): Promise<void> {
    const goodbye = this.#telemetry?.end();
    if (goodbye !== undefined) await goodbye;
    this.#closing.abort(new ClientClosedError(this.settings.clientName));
    this.refresher.close();
    await this.#pool.close(options);
  }

  async #resolve(target: Target): Promise<BrokerNode> {
    if (target === 'any') {
      if (this.#pool.hasNamesToLookUp) await this.#pool.lookUpNames();
      return this.#pool.candidates()[0]!;
    }
    if (target === 'controller') {
      await this.#ensureBrokers();
      return this.#pool.node(this.metadata.controllerId) ?? this.#pool.candidates()[0]!;
    }
    if ('nodeId' in target) return this.#knownNode(target.nodeId);
    if ('coordinatorOf' in target) {
      const { type, key } = target.coordinatorOf;
      return this.#knownNode(await this.coordinators.nodeId(type, key));
    }
    const { topic, partition } = target.leaderOf;
    const leader = this.leaderOf(topic, partition);
    if (leader === undefined) {
      this.refresher.track(topic);
      this.refresher.requestUpdate();
      throw this.notKnown(ErrorCode.LEADER_NOT_AVAILABLE, `Lookup of the leader of ${topic}-${partition}`);
    }
    return this.#knownNode(leader.nodeId);
  }

  async #knownNode(nodeId: number): Promise<BrokerNode> {
    if (this.#pool.node(nodeId) === undefined) await this.#ensureBrokers();
    const node = this.#pool.node(nodeId);
    if (node !== undefined) return node;
    this.refresher.requestUpdate();
    throw this.notKnown(ErrorCode.BROKER_NOT_AVAILABLE, `Lookup of broker ${nodeId}`);
  }

  async #ensureBrokers(): Promise<void> {
    if (this.metadata.brokers.length > 0) return;
    this.#initialMetadata ??= this.refresher.refresh().finally(() => {
      this.#initialMetadata = undefined;
    });
    await this.#initialMetadata;
  }

  async #connect(node: BrokerNode, kind: ConnectionKind): Promise<ReadyConnection> {
    const ready = await this.#askingMeanwhile(node.connect(kind));
    this.#telemetry?.brokerSpeaks(ready.versions);
    const { features, featuresEpoch } = ready.versions;
    if (featuresEpoch >= this.#featuresEpoch) {
      this.#features = features;
      this.#featuresEpoch = featuresEpoch;
    }
    return ready;
  }

  /**
   * 1. A leader is stopped, or cut off; its machine still accepts connections, or does not refuse them. 2. Metadata names
   * it, as its session goes on, and who wants it connects again. 3. The session ends, and another node leads.
   *
   * Nobody would hear of 3 before the connection of 2 has failed, ten seconds later by default.
   */
  async #askingMeanwhile<Result>(connecting: Promise<Result>): Promise<Result> {
    const { timers } = this.host;
    const lateMs = lateAfterMs(this.settings);
    const ask = (): void => {
      // Until brokers are known, who asks for them is the one that connects.
      if (this.metadata.brokers.length > 0) this.refresher.requestUpdate();
      timer = timers.schedule(lateMs, ask, { background: true });
    };
    let timer = timers.schedule(lateMs, ask, { background: true });
    try {
      return await connecting;
    } finally {
      timer.cancel();
    }
  }

  async #exchange<Input extends object, Output>(
    request: SendRequest<Input, Output>,
    node: BrokerNode,
    { connection, versions }: ReadyConnection,
  ): Promise<Reply<Output>> {
    this.#throwIfClosed();
    const { api, signal, expectsResponse = true, timeoutMs = this.settings.requestTimeoutMs } = request;
    const version = versions.choose(api, request.versions);
    const message = typeof request.message === 'function' ? request.message(version) : request.message;
    const answer = connection.request(api, version, message, { timeoutMs, expectsResponse });
    return { response: await abortable(answer, signal), version, nodeId: node.id };
  }

  #connectionLost(node: BrokerNode, error: Error | undefined): void {
    this.coordinators.forgetNode(node.id);
    if (error !== undefined && !this.isClosed) this.refresher.requestUpdate();
  }

  #throwIfClosed(): void {
    if (this.isClosed) throw new ClientClosedError(this.settings.clientName);
  }
}
