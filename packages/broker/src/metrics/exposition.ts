import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { allMetrics } from './all-metrics.ts';
import { IdleShare } from './idle-share.ts';
import type { MetricDefinition, MetricSample } from './metric-definition.ts';
import { takeSnapshot, type MetricSnapshot, type MetricSources } from './metric-snapshot.ts';

/** Whose rules name the metrics: those of most dashboards, or those of Confluent's monitoring stack. */
export type MetricNaming = 'standard' | 'confluent';

/**
 * The metrics in Prometheus' text format. Numbers are read when somebody asks, so that between two scrapes there is
 * nothing to do.
 */
export class Exposition {
  /** Of prom-client's text format. */
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  readonly #process = new Registry();
  readonly #idle = new IdleShare();
  readonly #registries = new Map<MetricNaming, BrokerRegistry>();

  constructor() {
    collectDefaultMetrics({ register: this.#process });
  }

  /** @param sources `undefined` while the broker starts: then the process alone has something to say */
  async text(naming: MetricNaming, sources: MetricSources | undefined): Promise<string> {
    const own = await this.#process.metrics();
    if (sources === undefined) return own;
    const snapshot = await takeSnapshot(sources, this.#idle.next());
    return `${await this.#registryOf(naming).text(snapshot)}\n${own}`;
  }

  #registryOf(naming: MetricNaming): BrokerRegistry {
    let registry = this.#registries.get(naming);
    if (registry === undefined) this.#registries.set(naming, (registry = new BrokerRegistry(naming)));
    return registry;
  }
}

/** One prom-client metric for each of the table. */
class BrokerRegistry {
  readonly #registry = new Registry();
  readonly #metrics: readonly (readonly [MetricDefinition, Counter | Gauge])[];

  constructor(naming: MetricNaming) {
    this.#metrics = allMetrics
      .flatMap(({ metrics }) => metrics)
      .map((definition) => [definition, register(definition, naming, this.#registry)] as const);
  }

  text(snapshot: MetricSnapshot): Promise<string> {
    for (const [{ read }, metric] of this.#metrics) {
      metric.reset();
      const values = read(snapshot);
      const samples: Iterable<MetricSample> = typeof values === 'number' ? [{ value: values }] : values;
      for (const { labels = {}, value } of samples) {
        if (metric instanceof Counter) metric.inc(labels, value);
        else metric.set(labels, value);
      }
    }
    return this.#registry.metrics();
  }
}

function register(
  { name, confluentName = name, type, labels = [], help }: MetricDefinition,
  naming: MetricNaming,
  registry: Registry,
): Counter | Gauge {
  const options = {
    name: naming === 'confluent' ? confluentName : name,
    help,
    labelNames: [...labels],
    registers: [registry],
  };
  return type === 'counter' ? new Counter(options) : new Gauge(options);
}
