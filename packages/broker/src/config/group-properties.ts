import { property } from '@millrace/config';

/** Consumer groups, committed offsets, transactions' internal topic. */
export const groupProperties = {
  'group.initial.rebalance.delay.ms': property.int({
    default: 0,
    min: 0,
    doc: 'How long an empty group waits for further members before its first rebalance. Kafka: 3000; here 0, so that a consumer in a test starts at once.',
  }),
  'group.min.session.timeout.ms': property.int({
    default: 6000,
    min: 1,
    doc: 'Least session timeout a member may ask for.',
  }),
  'group.max.session.timeout.ms': property.int({
    default: 1800000,
    min: 1,
    doc: 'Largest session timeout a member may ask for.',
  }),
  'group.max.size': property.int({ default: 2147483647, min: 1, doc: 'Most members of one group.' }),
  'group.consumer.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'How long a member of a consumer group (KIP-848) may be silent.',
  }),
  'group.consumer.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How often members of consumer groups are told to send heartbeats. They learn of a new assignment by them. Kafka: at least 5000; here as short as a test wants.',
  }),
  'group.consumer.min.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'Least `consumer.session.timeout.ms` of a group.',
  }),
  'group.consumer.max.session.timeout.ms': property.int({
    default: 60000,
    min: 1,
    doc: 'Largest `consumer.session.timeout.ms` of a group.',
  }),
  'group.consumer.min.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'Least `consumer.heartbeat.interval.ms` of a group.',
  }),
  'group.consumer.max.heartbeat.interval.ms': property.int({
    default: 15000,
    min: 1,
    doc: 'Largest `consumer.heartbeat.interval.ms` of a group.',
  }),
  'group.consumer.min.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least `consumer.assignment.interval.ms` of a group.',
  }),
  'group.consumer.max.assignment.interval.ms': property.int({
    default: 15000,
    min: 0,
    doc: 'Largest `consumer.assignment.interval.ms` of a group.',
  }),
  'group.consumer.max.size': property.int({
    default: 2147483647,
    min: 1,
    doc: 'Most members of one consumer group.',
  }),
  'group.consumer.assignors': property.list({
    default: ['uniform', 'range'],
    oneOf: ['uniform', 'range'],
    doc: 'Assignors that members of consumer groups may ask for, the default first.',
  }),
  'group.consumer.migration.policy': property.string({
    default: 'bidirectional',
    oneOf: ['bidirectional', 'upgrade', 'downgrade', 'disabled'],
    doc: 'May a classic group with members become a consumer group when a new consumer joins it (upgrade), and a classic group again when the last one leaves (downgrade)?',
  }),
  'group.consumer.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least time between two assignments of a consumer group. Kafka: 1000; here 0, so that a consumer in a test has its partitions at once.',
  }),
  'group.coordinator.append.linger.ms': property.int({
    default: -1,
    min: -1,
    doc: 'How long the coordinator collects records before it appends them; -1 until its queue runs empty.',
  }),
  'offset.metadata.max.bytes': property.int({
    default: 4096,
    min: 0,
    doc: 'Longest metadata string of a committed offset.',
  }),
  'offsets.retention.minutes': property.int({
    default: 10080,
    min: 1,
    doc: 'How long committed offsets of an empty group, or of a topic that a group no longer reads, are kept.',
  }),
  'offsets.retention.check.interval.ms': property.long({
    default: 600000,
    min: 1,
    doc: 'Interval of that check.',
  }),
  'offsets.commit.timeout.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How long a commit, a heartbeat or another change of a group waits for its records to be written; then the client is told COORDINATOR_NOT_AVAILABLE, and tries again.',
  }),
  'offsets.load.buffer.size': property.int({
    default: 5242880,
    min: 1,
    doc: 'Bytes read at a time while groups are loaded.',
  }),
  'offsets.topic.num.partitions': property.int({
    default: 50,
    min: 1,
    doc: 'Partitions of `__consumer_offsets`.',
  }),
  'offsets.topic.replication.factor': property.short({
    default: 1,
    min: 1,
    doc: 'Replicas of `__consumer_offsets`. Where it is not set: 1 on a node that is a cluster of its own, 3 elsewhere.',
  }),
  'offsets.topic.segment.bytes': property.int({
    default: 104857600,
    min: 1048576,
    doc: 'Segment size of `__consumer_offsets`.',
  }),
  'offsets.topic.compression.codec': property.int({
    default: 0,
    min: 0,
    max: 4,
    doc: 'Codec of coordinator records: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.',
  }),
} as const;
