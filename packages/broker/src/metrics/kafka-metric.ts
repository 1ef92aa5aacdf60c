import type { MetricDefinition } from './metric-definition.ts';

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
