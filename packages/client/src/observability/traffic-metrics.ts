import type { Clock } from '@millrace/host';
import { ApiKey } from '@millrace/protocol';
import {
  connectionSensors,
  coordinatorSensors,
  fetchSensors,
  type gauges,
  latencySensors,
  trafficSensors,
} from './metric-definitions.ts';
import type { Metric, MetricsRegistry } from './metrics-registry.ts';
import type { WindowedStatistics } from './windowed-statistics.ts';

/** Kinds of clients, by the names of their groups of metrics. */
export type ClientKind = 'producer' | 'consumer' | 'consumer-share' | 'admin-client';

const NEVER = -1;
const heartbeatApis: ReadonlySet<number> = new Set([
  ApiKey.HEARTBEAT,
  ApiKey.CONSUMER_GROUP_HEARTBEAT,
  ApiKey.SHARE_GROUP_HEARTBEAT,
]);

type Traffic = Record<keyof typeof trafficSensors | keyof typeof latencySensors, WindowedStatistics>;

/** Metrics of connections and requests: everything that can be told from the outside of a connection. */
export class TrafficMetrics {
  readonly #registry: MetricsRegistry;
  readonly #clock: Clock;
  readonly #kind: ClientKind;
  readonly #tags: Readonly<Record<string, string>>;
  readonly #all: Record<keyof typeof connectionSensors, WindowedStatistics>;
  readonly #traffic: Record<keyof typeof trafficSensors, WindowedStatistics>;
  readonly #latency: WindowedStatistics | undefined;
  readonly #fetchLatency: WindowedStatistics | undefined;
  readonly #fetchThrottle: WindowedStatistics | undefined;
  readonly #byApi = new Map<number, WindowedStatistics>();
  readonly #nodes = new Map<number, Traffic>();
  #lastHeartbeatMs = NEVER;
  #connections = 0;
  #inFlight = 0;

  constructor(registry: MetricsRegistry, clock: Clock, kind: ClientKind, clientId: string) {
    this.#registry = registry;
    this.#clock = clock;
    this.#kind = kind;
    this.#tags = { 'client-id': clientId };
    const group = `${kind}-metrics`;
    this.#all = registry.sensors(connectionSensors, group, this.#tags);
    this.#traffic = registry.sensors(trafficSensors, group, this.#tags);
    if (kind === 'producer') {
      this.#latency = registry.sensor(latencySensors.requestLatency, group, this.#tags);
    }
    if (kind === 'consumer' || kind === 'consumer-share') {
      const fetchGroup = `${kind}-fetch-manager-metrics`;
      this.#fetchLatency = registry.sensor(fetchSensors.fetchLatency, fetchGroup, this.#tags);
      this.#fetchThrottle = registry.sensor(fetchSensors.throttleTime, fetchGroup, this.#tags);
      this.#addCoordinator(kind);
    }
    registry.gauges(() => [
      this.#gauge('connection-count', this.#connections),
      this.#gauge('requests-in-flight', this.#inFlight),
    ]);
  }

  opened(): void {
    this.#connections++;
    this.#all.connectionsOpened.record(1, this.#clock.monotonicMs());
  }

  closed(): void {
    this.#connections--;
    this.#all.connectionsClosed.record(1, this.#clock.monotonicMs());
  }

  /** @param nowMs when it was sent */
  sent(nodeId: number, sizeBytes: number, expectsResponse: boolean, nowMs: number): void {
    if (expectsResponse) this.#inFlight++;
    this.#all.networkIo.record(1, nowMs);
    this.#traffic.requestSize.record(sizeBytes, nowMs);
    this.#node(nodeId).requestSize.record(sizeBytes, nowMs);
  }

  answered(
    nodeId: number,
    apiKey: number,
    answer: { readonly sizeBytes: number; readonly durationMs: number; readonly throttleMs: number },
    nowMs: number,
  ): void {
    const { sizeBytes, durationMs, throttleMs } = answer;
    this.#inFlight--;
    this.#all.networkIo.record(1, nowMs);
    this.#traffic.responseSize.record(sizeBytes, nowMs);
    const node = this.#node(nodeId);
    node.responseSize.record(sizeBytes, nowMs);
    node.requestLatency.record(durationMs, nowMs);
    if (apiKey === ApiKey.PRODUCE) this.#latency?.record(durationMs, nowMs);
    if (apiKey === ApiKey.FETCH || apiKey === ApiKey.SHARE_FETCH) {
      this.#fetchLatency?.record(durationMs, nowMs);
      this.#fetchThrottle?.record(throttleMs, nowMs);
    }
    this.#byApi.get(apiKey)?.record(durationMs, nowMs);
    if (heartbeatApis.has(apiKey)) this.#lastHeartbeatMs = nowMs - durationMs;
  }

  lost(): void {
    this.#inFlight--;
  }

  #addCoordinator(kind: 'consumer' | 'consumer-share'): void {
    const group = `${kind}-coordinator-metrics`;
    this.#registry.gauges(() => [
      { ...this.#gauge('last-heartbeat-seconds-ago', this.#heartbeatSecondsAgo()), group },
    ]);
    if (kind === 'consumer-share') {
      const { heartbeatLatency } = coordinatorSensors;
      const sensor = this.#registry.sensor(heartbeatLatency, group, this.#tags);
      this.#byApi.set(ApiKey.SHARE_GROUP_HEARTBEAT, sensor);
      return;
    }
    const sensors = this.#registry.sensors(coordinatorSensors, group, this.#tags);
    this.#byApi.set(ApiKey.OFFSET_COMMIT, sensors.commitLatency);
    this.#byApi.set(ApiKey.HEARTBEAT, sensors.heartbeatLatency);
    this.#byApi.set(ApiKey.CONSUMER_GROUP_HEARTBEAT, sensors.heartbeatLatency);
    this.#byApi.set(ApiKey.JOIN_GROUP, sensors.joinLatency);
    this.#byApi.set(ApiKey.SYNC_GROUP, sensors.syncLatency);
  }

  #heartbeatSecondsAgo(): number {
    if (this.#lastHeartbeatMs === NEVER) return NEVER;
    return Math.floor((this.#clock.monotonicMs() - this.#lastHeartbeatMs) / 1000);
  }

  /** Bootstrap addresses have negative ids, and metrics of their own, as in Kafka. */
  #node(nodeId: number): Traffic {
    let node = this.#nodes.get(nodeId);
    if (node === undefined) {
      const tags = { ...this.#tags, 'node-id': `node-${nodeId}` };
      const table = { ...trafficSensors, ...latencySensors };
      node = this.#registry.sensors(table, `${this.#kind}-node-metrics`, tags);
      this.#nodes.set(nodeId, node);
    }
    return node;
  }

  #gauge(name: keyof typeof gauges, value: number): Metric {
    return { group: `${this.#kind}-metrics`, name, tags: this.#tags, value };
  }
}
