import type { MetricDefinition } from './metric-definition.ts';
import type { MetricSnapshot } from './metric-snapshot.ts';
import type { RecentHistogram } from './recent-histogram.ts';

/** Kafka's percentiles, as the JMX exporter writes them. */
export const quantiles = [
  ['0.50', 0.5],
  ['0.75', 0.75],
  ['0.95', 0.95],
  ['0.98', 0.98],
  ['0.99', 0.99],
  ['0.999', 0.999],
] as const;

/** A value that Apache Kafka has as an attribute of an MBean with a domain, a type and a name. */
export function gauge(
  [domain, type, name]: readonly [string, string, string],
  help: string,
  read: MetricDefinition['read'],
): MetricDefinition {
  return {
    name: `kafka_${domain}_${type}_${name}`.toLowerCase(),
    type: 'gauge',
    mbean: `kafka.${domain}:type=${type},name=${name}`,
    help,
    read,
  };
}

/** One that only grows; Apache Kafka has its rate as well. */
export function meter(
  [domain, type, name]: readonly [string, string, string],
  help: string,
  read: MetricDefinition['read'],
): MetricDefinition {
  const stem = `kafka_${domain}_${type}_${name}`.toLowerCase();
  return {
    name: `${stem}_total`,
    confluentName: `${stem}persec`,
    type: 'counter',
    mbean: `kafka.${domain}:type=${type},name=${name}PerSec`,
    help,
    read,
  };
}

/** Percentiles, and how many values there were. */
export function histogram(
  name: readonly [string, string, string],
  help: string,
  source: {
    /** What one is in the histogram. */
    readonly unit: number;
    readonly of: (snapshot: MetricSnapshot) => RecentHistogram | undefined;
  },
): MetricDefinition[] {
  const percentiles = gauge(name, `${help}: percentiles of the last minutes`, (snapshot) =>
    quantiles.map(([quantile, share]) => {
      const value = (source.of(snapshot)?.percentile(share, snapshot.nowMs) ?? 0) / source.unit;
      return { labels: { quantile }, value };
    }),
  );
  const count = gauge(name, `${help}: how many`, (snapshot) => source.of(snapshot)?.count ?? 0);
  return [
    { ...percentiles, labels: ['quantile'] },
    { ...count, name: `${count.name}_count`, type: 'counter' },
  ];
}

/** Kafka has one for each thread; here one event loop does the work of all of them. */
export function idleRatio(name: readonly [string, string, string]): MetricDefinition {
  return gauge(
    name,
    'Share of time in which the event loop had nothing to do, 0 to 1, since the last scrape',
    ({ idleShare }) => idleShare,
  );
}
