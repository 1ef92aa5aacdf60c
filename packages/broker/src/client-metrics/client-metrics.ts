import type { Random } from '@millrace/host';
import { CompressionType, compressionTypeOf, decompress, KafkaError, ZERO_UUID } from '@millrace/protocol';
import type {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponseInput,
} from '@millrace/protocol/messages/get-telemetry-subscriptions';
import type { PushTelemetryRequest } from '@millrace/protocol/messages/push-telemetry';
import {
  clientMetricsSubscription,
  type ClientMetricsSubscription,
} from '../config/client-metrics-config.ts';
import { ConfigResourceType, type ConfigsImage } from '../metadata/cluster-image.ts';
import { randomUuid } from '../metadata/random-uuid.ts';
import { UNASSIGNED_DIRECTORY } from '../metadata/reserved-ids.ts';
import { ClientInstance } from './client-instance.ts';
import type { ClientMetricsReceiver } from './client-metrics-store.ts';
import type { MetricsPeer } from './metrics-peer.ts';
import { decodeMetrics, type PushedMetric } from './decode-metrics.ts';

/** Clients that are known at a time, as in Apache Kafka; the one silent for longest makes room. */
const MAX_INSTANCES = 16_384;
/** A push may be this much larger when it is unpacked. */
const MAX_EXPANSION = 10;

/** Ids that mean something else. */
const RESERVED_IDS: ReadonlySet<string> = new Set([ZERO_UUID, UNASSIGNED_DIRECTORY]);

export interface ClientMetricsOptions {
  readonly random: Random;
  readonly receiver: ClientMetricsReceiver;
  /** Of the newest cluster state. */
  readonly configs: () => ConfigsImage;
  /** `telemetry.max.bytes` */
  readonly maxPushBytes: () => number;
}

interface Known {
  readonly instance: ClientInstance;
  readonly version: number;
  seenMs: number;
}

/** What clients are asked to push, and what they have pushed (KIP-714). Pure: the time is passed in. */
export class ClientMetrics {
  readonly #options: ClientMetricsOptions;
  /** In the order in which they were last heard of. */
  readonly #instances = new Map<string, Known>();
  #seenConfigs: ConfigsImage | undefined;
  #signature = '';
  #version = 0;
  #subscriptions: readonly ClientMetricsSubscription[] = [];

  constructor(options: ClientMetricsOptions) {
    this.#options = options;
  }

  /** @throws KafkaError */
  subscriptions(
    { clientInstanceId }: Pick<GetTelemetrySubscriptionsRequest, 'clientInstanceId'>,
    peer: MetricsPeer,
    nowMs: number,
  ): GetTelemetrySubscriptionsResponseInput {
    const instanceId = clientInstanceId === ZERO_UUID ? randomUuid(this.#options.random) : clientInstanceId;
    const instance = this.#instanceOf(instanceId, peer, nowMs);
    if (!instance.mayGet(nowMs)) throw tooEarly(instanceId);
    const { metrics, intervalMs, subscriptionId } = instance;
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      clientInstanceId: instanceId,
      subscriptionId,
      acceptedCompressionTypes: [
        CompressionType.zstd,
        CompressionType.lz4,
        CompressionType.gzip,
        CompressionType.snappy,
      ],
      pushIntervalMs: intervalMs,
      telemetryMaxBytes: this.#options.maxPushBytes(),
      deltaTemporality: true,
      requestedMetrics: metrics,
    };
  }

  /** @throws KafkaError */
  push(
    request: PushTelemetryRequest,
    peer: MetricsPeer,
    { nowMs, wallMs }: { readonly nowMs: number; readonly wallMs: number },
  ): void {
    const { clientInstanceId: instanceId, metrics } = request;
    if (RESERVED_IDS.has(instanceId))
      throw new KafkaError('INVALID_REQUEST', `${instanceId} is no id of a client instance`);
    const instance = this.#instanceOf(instanceId, peer, nowMs);
    try {
      this.#check(request, instance, nowMs);
    } finally {
      instance.isTerminating = request.terminating;
    }
    if (metrics.length === 0) return;
    this.#options.receiver.receive(instance.client, this.#decode(request), wallMs);
  }

  #check({ terminating, ...request }: PushTelemetryRequest, instance: ClientInstance, nowMs: number): void {
    const { instanceId } = instance.client;
    if (instance.isTerminating)
      throw new KafkaError(
        'INVALID_REQUEST',
        `Client ${instanceId} has said that its last push was the last`,
      );
    if (!instance.mayPush(nowMs) && !terminating) throw tooEarly(instanceId);
    if (request.subscriptionId !== instance.subscriptionId)
      throw new KafkaError('UNKNOWN_SUBSCRIPTION_ID', `Unknown subscription id of client ${instanceId}`);
    if (compressionTypeOf(request.compressionType) === undefined)
      throw new KafkaError('UNSUPPORTED_COMPRESSION_TYPE', `Unknown compression ${request.compressionType}`);
    if (request.metrics.length > this.#options.maxPushBytes())
      throw new KafkaError('TELEMETRY_TOO_LARGE', `The push has ${request.metrics.length} bytes`);
  }

  #decode({ compressionType, metrics }: PushTelemetryRequest): PushedMetric[] {
    try {
      const type = compressionTypeOf(compressionType)!;
      const maxBytes = MAX_EXPANSION * this.#options.maxPushBytes();
      return decodeMetrics(type === 'none' ? metrics : decompress(type, metrics, maxBytes));
    } catch (cause) {
      throw new KafkaError('INVALID_RECORD', 'The metrics cannot be read', { cause });
    }
  }

  #instanceOf(instanceId: string, { client, closed }: MetricsPeer, nowMs: number): ClientInstance {
    this.#refresh();
    let known = this.#instances.get(instanceId);
    // A client lives as long as the connection that it was first heard of on, and is known anew after that.
    if (known === undefined) closed.addEventListener('abort', () => this.#forget(instanceId), { once: true });
    if (known?.version !== this.#version) {
      const instance = new ClientInstance({ ...client, instanceId }, this.#subscriptions);
      known = { instance, version: this.#version, seenMs: nowMs };
    }
    known.seenMs = nowMs;
    this.#instances.delete(instanceId);
    this.#instances.set(instanceId, known);
    this.#expire(nowMs);
    return known.instance;
  }

  #forget(instanceId: string): void {
    this.#instances.delete(instanceId);
    this.#options.receiver.forget(instanceId);
  }

  #expire(nowMs: number): void {
    for (const [instanceId, { instance, seenMs }] of this.#instances) {
      const isOver = this.#instances.size > MAX_INSTANCES || nowMs - seenMs >= instance.expirationMs;
      if (!isOver) return;
      this.#forget(instanceId);
    }
  }

  /** Instances are judged anew when what is wanted has changed, and not when some other configuration has. */
  #refresh(): void {
    const configs = this.#options.configs();
    if (configs === this.#seenConfigs) return;
    this.#seenConfigs = configs;
    const wanted = [...configs.entries()].filter(
      ({ resourceType }) => resourceType === ConfigResourceType.CLIENT_METRICS,
    );
    const signature = JSON.stringify(
      wanted.map(({ resourceName, overrides }) => [resourceName, ...overrides]),
    );
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#version++;
    this.#subscriptions = wanted.map(({ overrides }) => clientMetricsSubscription(overrides));
  }
}

function tooEarly(instanceId: string): KafkaError {
  return new KafkaError(
    'THROTTLING_QUOTA_EXCEEDED',
    `Client ${instanceId} came before its push interval was over`,
  );
}
