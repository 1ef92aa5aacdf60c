import type { GroupProperties } from '../group-properties.ts';

/** Apache Kafka's defaults. */
export const testGroupProperties: GroupProperties = {
  'group.min.session.timeout.ms': 6000,
  'group.max.session.timeout.ms': 1_800_000,
  'group.max.size': 2_147_483_647,
  'group.initial.rebalance.delay.ms': 3000,
  'group.consumer.session.timeout.ms': 45_000,
  'group.consumer.heartbeat.interval.ms': 5000,
  'group.consumer.max.size': 2_147_483_647,
  'group.consumer.assignors': ['uniform', 'range'],
  'group.consumer.migration.policy': 'bidirectional',
  'group.consumer.assignment.interval.ms': 0,
  'offset.metadata.max.bytes': 4096,
  'offsets.topic.compression.codec': 0,
  'offsets.retention.minutes': 10_080,
  'offsets.retention.check.interval.ms': 600_000,
};
