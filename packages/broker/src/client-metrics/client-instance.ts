import { crc32c } from '@millrace/protocol';
import type { ClientAttributeName, ClientMetricsSubscription } from '../config/client-metrics-config.ts';
import type { MetricsClient } from './client-metrics-store.ts';

/** Interval of a client that nothing is wanted of. */
const DEFAULT_INTERVAL_MS = 300_000;
const ALL_METRICS = '*';

/** What one client is to push, and when it last did. Pure: the time is passed in. */
export class ClientInstance {
  readonly client: MetricsClient;
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  /** Changes with what is wanted of the client. */
  readonly subscriptionId: number;
  /** Set by its last push: nothing else comes. */
  isTerminating = false;
  #gotMs = -Infinity;
  #pushedMs = -Infinity;

  constructor(client: MetricsClient, subscriptions: Iterable<ClientMetricsSubscription>) {
    this.client = client;
    const metrics = new Set<string>();
    let intervalMs = DEFAULT_INTERVAL_MS;
    for (const subscription of subscriptions) {
      if (!isMeant(client, subscription)) continue;
      for (const metric of subscription.metrics) metrics.add(metric);
      intervalMs = Math.min(intervalMs, subscription.intervalMs);
    }
    this.metrics = metrics.has(ALL_METRICS) ? [ALL_METRICS] : [...metrics];
    this.intervalMs = intervalMs;
    this.subscriptionId = subscriptionIdOf(this.metrics, intervalMs, client.instanceId);
  }

  /** May the client ask now what is wanted? Notes that it did. */
  mayGet(nowMs: number): boolean {
    if (nowMs - Math.max(this.#gotMs, this.#pushedMs) < this.intervalMs) return false;
    this.#gotMs = nowMs;
    return true;
  }

  /** May the client push now? Notes that it did. The first push after a question may come early: clients spread them. */
  mayPush(nowMs: number): boolean {
    const mayPush = this.#gotMs > this.#pushedMs || nowMs - this.#pushedMs >= this.intervalMs;
    if (mayPush) this.#pushedMs = nowMs;
    return mayPush;
  }

  /** How long the client may be silent before it is forgotten. */
  get expirationMs(): number {
    return Math.max(60_000, 3 * this.intervalMs);
  }
}

function isMeant(client: MetricsClient, { match }: ClientMetricsSubscription): boolean {
  for (const [name, pattern] of match) if (!pattern.matches(attributeOf(client, name))) return false;
  return true;
}

function attributeOf(client: MetricsClient, name: ClientAttributeName): string {
  switch (name) {
    case 'client_instance_id':
      return client.instanceId;
    case 'client_id':
      return client.clientId;
    case 'client_software_name':
      return client.softwareName;
    case 'client_software_version':
      return client.softwareVersion;
    case 'client_source_address':
      return client.sourceAddress;
    case 'client_source_port':
      return String(client.sourcePort);
  }
}

function subscriptionIdOf(metrics: readonly string[], intervalMs: number, instanceId: string): number {
  const bytes = Buffer.from([instanceId, intervalMs, ...metrics.toSorted()].join(' '));
  return crc32c(bytes, 0, bytes.length) | 0;
}
