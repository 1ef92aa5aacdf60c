import type { MetricSnapshot } from './metric-snapshot.ts';

/** One value of a metric. */
export interface MetricSample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric that dashboards may ask for. */
export interface MetricDefinition {
  /** By the rules of Strimzi and of most public dashboards. */
  readonly name: string;
  /** By the rules of Confluent's monitoring stack; the same unless given. */
  readonly confluentName?: string;
  readonly type: 'counter' | 'gauge';
  readonly labels?: readonly string[];
  /** What Apache Kafka calls it in JMX; `undefined` for what is Millrace's own. */
  readonly mbean?: string;
  /** One line; ends without a full stop. */
  readonly help: string;
  /** Its values at this moment, in any order. */
  readonly read: (snapshot: MetricSnapshot) => Iterable<MetricSample> | number;
}

/** Metrics that belong together. */
export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly MetricDefinition[];
}
