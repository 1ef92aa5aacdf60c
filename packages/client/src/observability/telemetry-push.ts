import type { Timer } from '@millrace/host';
import { compress, compressionTypeOf, ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  GetTelemetrySubscriptionsRequest,
  GetTelemetrySubscriptionsResponse,
} from '@millrace/protocol/messages/get-telemetry-subscriptions';
import { PushTelemetryRequest, PushTelemetryResponse } from '@millrace/protocol/messages/push-telemetry';
import { defineApi } from '../cluster/api.ts';
import type { BrokerVersions } from '../cluster/api-versions.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Metric, MetricsRegistry } from './metrics-registry.ts';
import { otlpMetrics, telemetryName } from './otlp-metrics.ts';

const GET_SUBSCRIPTIONS = defineApi(GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse);
const PUSH = defineApi(PushTelemetryRequest, PushTelemetryResponse);

/** Where the broker has not named an interval. */
const DEFAULT_INTERVAL_MS = 300_000;
/** The last push must not hold up a close for long. */
const TERMINATING_PUSH_TIMEOUT_MS = 1000;

type Subscription = GetTelemetrySubscriptionsResponse;

/**
 * Pushes metrics to brokers that collect them (KIP-714, `enable.metrics.push`). Does nothing at all, not even a timer,
 * until a broker says that it has the API; only those with a receiver plugin do.
 */
export class TelemetryPush {
  readonly #cluster: Cluster;
  readonly #registry: MetricsRegistry;
  readonly #startMs: number;
  #instanceId: string = ZERO_UUID;
  #subscription: Subscription | undefined;
  #refusedCodecs = new Set<number>();
  #lastTotals = new Map<string, number>();
  /** What is told next of deltas begins then. */
  #deltaStartMs: number;
  #timer: Timer | undefined;
  #isStarted = false;
  #isEnded = false;

  constructor(cluster: Cluster, registry: MetricsRegistry) {
    this.#cluster = cluster;
    this.#registry = registry;
    this.#startMs = cluster.host.clock.nowMs();
    this.#deltaStartMs = this.#startMs;
  }

  /** A connection has told its versions. */
  brokerSpeaks(versions: BrokerVersions): void {
    if (this.#isStarted || versions.range(GET_SUBSCRIPTIONS.apiKey) === undefined) return;
    this.#isStarted = true;
    this.#schedule(0);
  }

  /** Says good-bye with a last push, if there has been an agreement about pushes; nothing to wait for otherwise. */
  end(): Promise<void> | undefined {
    this.#isEnded = true;
    this.#timer?.cancel();
    if (this.#subscription === undefined) return undefined;
    return this.#sayGoodbye(this.#subscription);
  }

  async #sayGoodbye(subscription: Subscription): Promise<void> {
    try {
      await this.#push(subscription, true);
    } catch (error) {
      this.#cluster.logger.debug('the last telemetry was not pushed', { error });
    }
  }

  #schedule(delayMs: number): void {
    if (this.#isEnded || this.#cluster.isClosed) return;
    this.#timer = this.#cluster.host.timers.schedule(delayMs, () => void this.#step(), { background: true });
  }

  async #step(): Promise<void> {
    try {
      const delayMs = await (this.#subscription === undefined
        ? this.#subscribe()
        : this.#report(this.#subscription));
      if (delayMs !== undefined) this.#schedule(delayMs);
    } catch (error) {
      if (this.#isEnded || this.#cluster.isClosed) return;
      this.#cluster.logger.debug('telemetry failed, trying again later', { error });
      this.#schedule(this.#subscription?.pushIntervalMs ?? DEFAULT_INTERVAL_MS);
    }
  }

  /** @returns how long to wait before the next step; undefined for never again */
  async #subscribe(): Promise<number | undefined> {
    const message = { clientInstanceId: this.#instanceId };
    const { response } = await this.#cluster.send({ to: 'any', api: GET_SUBSCRIPTIONS, message });
    if (response.errorCode !== ErrorCode.NONE) return this.#delayAfter(response.errorCode);
    const { clientInstanceId, pushIntervalMs, requestedMetrics } = response;
    this.#instanceId = clientInstanceId;
    if (requestedMetrics.length === 0) return pushIntervalMs;
    this.#subscription = response;
    this.#lastTotals = new Map();
    this.#deltaStartMs = this.#startMs;
    // Clients that started together do not push together.
    return pushIntervalMs * (0.5 + this.#cluster.host.random.fork('telemetry').float());
  }

  async #report(subscription: Subscription): Promise<number | undefined> {
    const errorCode = await this.#push(subscription, false);
    if (errorCode === ErrorCode.NONE) return subscription.pushIntervalMs;
    this.#subscription = undefined;
    if (errorCode === ErrorCode.UNSUPPORTED_COMPRESSION_TYPE)
      this.#refusedCodecs.add(this.#codecOf(subscription));
    return this.#delayAfter(errorCode, subscription.pushIntervalMs);
  }

  async #push(subscription: Subscription, isTerminating: boolean): Promise<number> {
    const nowMs = this.#cluster.host.clock.nowMs();
    const isDelta = subscription.deltaTemporality;
    const wanted = this.#wanted(subscription);
    const times = { startMs: isDelta ? this.#deltaStartMs : this.#startMs, nowMs };
    this.#deltaStartMs = nowMs;
    const metrics = otlpMetrics(isDelta ? this.#deltas(wanted) : wanted, times, { isDelta });
    const compressionType = this.#codecOf(subscription);
    const bytes = compress(compressionTypeOf(compressionType) ?? 'none', metrics);
    if (bytes.length > subscription.telemetryMaxBytes) {
      this.#cluster.logger.warn('metrics are larger than the broker takes and are not pushed', {
        sizeBytes: bytes.length,
        maxBytes: subscription.telemetryMaxBytes,
      });
      return ErrorCode.NONE;
    }
    const { response } = await this.#cluster.send({
      to: 'any',
      api: PUSH,
      message: {
        clientInstanceId: this.#instanceId,
        subscriptionId: subscription.subscriptionId,
        terminating: isTerminating,
        compressionType,
        metrics: bytes,
      },
      ...(isTerminating ? { timeoutMs: TERMINATING_PUSH_TIMEOUT_MS } : {}),
    });
    return response.errorCode;
  }

  /** Those whose names begin with one of the requested; an empty one means all. */
  #wanted({ requestedMetrics }: Subscription): Metric[] {
    return this.#registry.snapshot().filter((metric) => {
      const name = telemetryName(metric);
      return requestedMetrics.some((prefix) => name.startsWith(prefix));
    });
  }

  /** Totals since the push before. */
  #deltas(metrics: readonly Metric[]): Metric[] {
    return metrics.map((metric) => {
      if (!this.#registry.isTotal(metric)) return metric;
      const key = `${metric.group} ${metric.name} ${JSON.stringify(metric.tags)}`;
      const value = metric.value - (this.#lastTotals.get(key) ?? 0);
      this.#lastTotals.set(key, metric.value);
      return { ...metric, value };
    });
  }

  /** The broker's first choice that it has not refused after all; 0 is none. */
  #codecOf({ acceptedCompressionTypes }: Subscription): number {
    return acceptedCompressionTypes.find((codec) => codec <= 4 && !this.#refusedCodecs.has(codec)) ?? 0;
  }

  #delayAfter(errorCode: number, intervalMs: number = DEFAULT_INTERVAL_MS): number | undefined {
    switch (errorCode) {
      case ErrorCode.UNKNOWN_SUBSCRIPTION_ID:
      case ErrorCode.UNSUPPORTED_COMPRESSION_TYPE:
        return 0;
      case ErrorCode.INVALID_REQUEST:
      case ErrorCode.INVALID_RECORD:
      case ErrorCode.UNSUPPORTED_VERSION:
        this.#cluster.logger.warn('the broker refuses the telemetry of this client; no more is sent', {
          errorCode,
        });
        return undefined;
      default:
        return intervalMs;
    }
  }
}
