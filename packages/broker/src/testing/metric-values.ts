import type { BrokerNode } from '../broker-node.ts';
import { allMetrics } from '../metrics/all-metrics.ts';
import { takeSnapshot, type MetricSources } from '../metrics/metric-snapshot.ts';

/** What the metrics of a node say at a moment, as `/metrics` would. */
export class MetricValues {
  readonly #byName: ReadonlyMap<string, readonly (readonly [string, number])[]>;

  private constructor(byName: ReadonlyMap<string, readonly (readonly [string, number])[]>) {
    this.#byName = byName;
  }

  /** @param idleShare of the event loop, which the endpoint measures */
  static of(node: BrokerNode, idleShare = 1): Promise<MetricValues> {
    return MetricValues.from(node.operationsSources.metrics, idleShare);
  }

  static async from(sources: MetricSources, idleShare = 1): Promise<MetricValues> {
    const snapshot = await takeSnapshot(sources, idleShare);
    const entries = allMetrics
      .flatMap(({ metrics }) => metrics)
      .map(({ name, read }) => {
        const values = read(snapshot);
        const samples = typeof values === 'number' ? [{ value: values }] : [...values];
        const pairs = samples.map(({ labels = {}, value }) => [Object.values(labels).join(), value] as const);
        return [name, pairs] as const;
      });
    return new MetricValues(new Map(entries));
  }

  /** The one without a label, or with the labels of those values, in their order with commas between. */
  get(name: string, labels = ''): number {
    const value = this.#byName.get(name)?.find(([of]) => of === labels)?.[1];
    if (value === undefined) throw new Error(`There is no ${name} of "${labels}"`);
    return value;
  }

  /** By the values of their labels. */
  all(name: string): Record<string, number> {
    return Object.fromEntries(this.#byName.get(name) ?? []);
  }
}
