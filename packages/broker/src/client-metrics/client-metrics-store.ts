import type { PushedMetric } from './decode-metrics.ts';

/** The client that a push comes from. */
export interface MetricsClient {
  /** The same for as long as the client lives, whatever it connects to. */
  readonly instanceId: string;
  readonly clientId: string;
  readonly softwareName: string;
  readonly softwareVersion: string;
  readonly sourceAddress: string;
  readonly sourcePort: number;
  /** `User:alice` */
  readonly principal: string;
}

/** The newest value of one series of a client. */
export interface ClientMetric {
  readonly name: string;
  readonly unit: string;
  /** `counter`: added up since the client was first heard of. */
  readonly kind: 'counter' | 'gauge';
  readonly attributes: ReadonlyMap<string, string>;
  readonly value: number;
}

export interface ClientMetricsEntry {
  readonly client: MetricsClient;
  /** Wall clock of the newest push. */
  readonly pushedMs: number;
  readonly metrics: Iterable<ClientMetric>;
}

/** Where pushed metrics go. */
export interface ClientMetricsReceiver {
  receive(client: MetricsClient, metrics: readonly PushedMetric[], nowMs: number): void;
  /** The client is gone, or was not heard of for long. */
  forget(instanceId: string): void;
}

/** What is kept at most; clients decide how much they push, so there must be an end. */
export const clientMetricsLimits = {
  /** Series of one client; further ones are dropped. */
  seriesPerClient: 2000,
  /** Series of all clients; the client that was silent for longest makes room. */
  series: 200_000,
  /** Of a name or an attribute; series with longer ones are dropped. */
  textChars: 256,
} as const;

interface Entry {
  client: MetricsClient;
  pushedMs: number;
  readonly series: Map<string, ClientMetric>;
}

/** The newest metrics of each client, in memory, for whoever exports them. Bounded; pure. */
export class ClientMetricsStore implements ClientMetricsReceiver {
  /** In order of their newest push. */
  readonly #entries = new Map<string, Entry>();
  #seriesCount = 0;
  #droppedCount = 0;

  /** What there is, the client that was silent for longest first. */
  *entries(): Iterable<ClientMetricsEntry> {
    for (const { client, pushedMs, series } of this.#entries.values())
      yield { client, pushedMs, metrics: series.values() };
  }

  get clientCount(): number {
    return this.#entries.size;
  }

  get seriesCount(): number {
    return this.#seriesCount;
  }

  /** Values that went over a limit, since the start. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  receive(client: MetricsClient, metrics: readonly PushedMetric[], nowMs: number): void {
    const known = this.#entries.get(client.instanceId);
    const entry: Entry = known ?? { client, pushedMs: nowMs, series: new Map() };
    entry.client = client;
    entry.pushedMs = nowMs;
    this.#entries.delete(client.instanceId);
    this.#entries.set(client.instanceId, entry);
    for (const metric of metrics) this.#put(entry, metric);
    for (const [instanceId] of this.#entries) {
      if (this.#seriesCount <= clientMetricsLimits.series) break;
      this.forget(instanceId);
    }
  }

  forget(instanceId: string): void {
    const entry = this.#entries.get(instanceId);
    if (entry === undefined) return;
    this.#seriesCount -= entry.series.size;
    this.#entries.delete(instanceId);
  }

  #put({ series }: Entry, { name, unit, kind, attributes, value }: PushedMetric): void {
    const key = seriesKey(name, attributes);
    const known = series.get(key);
    if (known === undefined) {
      const isFull = series.size >= clientMetricsLimits.seriesPerClient;
      if (isFull || !isShort(name, unit, attributes)) {
        this.#droppedCount++;
        return;
      }
      this.#seriesCount++;
    }
    const sum = kind === 'delta' ? (known?.value ?? 0) + value : value;
    series.set(key, {
      name,
      unit,
      kind: kind === 'gauge' ? 'gauge' : 'counter',
      attributes,
      value: sum,
    });
  }
}

function seriesKey(name: string, attributes: ReadonlyMap<string, string>): string {
  if (attributes.size === 0) return name;
  return JSON.stringify([name, ...[...attributes].toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

function isShort(name: string, unit: string, attributes: ReadonlyMap<string, string>): boolean {
  const texts = [name, unit, ...attributes.keys(), ...attributes.values()];
  const { textChars } = clientMetricsLimits;
  return texts.length <= textChars && texts.every((text) => text.length <= textChars);
}
