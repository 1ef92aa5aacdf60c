import { property } from '@millrace/config';

/** Share groups (KIP-932), their coordinator and its topic. */
export const shareProperties = {
  'group.share.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'How long a member of a share group may be silent.',
  }),
  'group.share.min.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'Least `share.session.timeout.ms` of a group.',
  }),
  'group.share.max.session.timeout.ms': property.int({
    default: 60000,
    min: 1,
    doc: 'Largest `share.session.timeout.ms` of a group.',
  }),
  'group.share.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How often members of share groups are told to send heartbeats. They learn of a new assignment by them. Kafka: at least 5000; here as short as a test wants.',
  }),
  'group.share.min.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'Least `share.heartbeat.interval.ms` of a group.',
  }),
  'group.share.max.heartbeat.interval.ms': property.int({
    default: 15000,
    min: 1,
    doc: 'Largest `share.heartbeat.interval.ms` of a group.',
  }),
  'group.share.max.size': property.int({
    default: 200,
    min: 1,
    max: 1000,
    doc: 'Most members of one share group.',
  }),
  'group.share.assignors': property.list({
    default: ['simple'],
    oneOf: ['simple'],
    doc: 'The assignor of share groups.',
  }),
  'group.share.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least time between two assignments of a share group. Kafka: 1000; here 0, so that a consumer in a test has its partitions at once.',
  }),
  'group.share.min.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least `share.assignment.interval.ms` of a group.',
  }),
  'group.share.max.assignment.interval.ms': property.int({
    default: 15000,
    min: 0,
    doc: 'Largest `share.assignment.interval.ms` of a group.',
  }),
  'group.share.record.lock.duration.ms': property.int({
    default: 30000,
    min: 1,
    doc: 'How long a record that was handed out is kept for its consumer; then it is delivered again.',
  }),
  'group.share.min.record.lock.duration.ms': property.int({
    default: 15000,
    min: 1,
    doc: 'Least `share.record.lock.duration.ms` of a group.',
  }),
  'group.share.max.record.lock.duration.ms': property.int({
    default: 60000,
    min: 1,
    doc: 'Largest `share.record.lock.duration.ms` of a group.',
  }),
  'group.share.delivery.count.limit': property.int({
    default: 5,
    min: 2,
    max: 10,
    doc: 'How often a record is delivered before it is given up.',
  }),
  'group.share.min.delivery.count.limit': property.int({
    default: 2,
    min: 2,
    max: 5,
    doc: 'Least `share.delivery.count.limit` of a group.',
  }),
  'group.share.max.delivery.count.limit': property.int({
    default: 10,
    min: 5,
    max: 25,
    doc: 'Largest `share.delivery.count.limit` of a group.',
  }),
  'group.share.partition.max.record.locks': property.int({
    default: 2000,
    min: 100,
    max: 10000,
    doc: 'Records of a partition, from the first unfinished one to the last delivered one, that a share group may have under way.',
  }),
  'group.share.min.partition.max.record.locks': property.int({
    default: 100,
    min: 1,
    doc: 'Least `share.partition.max.record.locks` of a group.',
  }),
  'group.share.max.partition.max.record.locks': property.int({
    default: 4000,
    min: 100,
    doc: 'Largest `share.partition.max.record.locks` of a group.',
  }),
  'group.share.max.share.sessions': property.int({
    default: 2000,
    min: 1,
    doc: 'Most share sessions of this broker: members that fetch from it.',
  }),
  'group.share.initialize.retry.interval.ms': property.int({
    default: 30000,
    min: 1,
    doc: 'How long until the state of a share partition that could not be set up is tried again.',
  }),
  'share.coordinator.snapshot.update.records.per.snapshot': property.int({
    default: 500,
    min: 0,
    doc: 'Update records of a share partition in `__share_group_state` between two snapshots of it.',
  }),
  'share.coordinator.load.buffer.size': property.int({
    default: 5242880,
    min: 1,
    doc: 'Bytes read at a time while the state of share groups is loaded.',
  }),
  'share.coordinator.write.timeout.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How long a change of what was delivered waits for its records to be written; then whoever made it tries again.',
  }),
  'share.coordinator.state.topic.num.partitions': property.int({
    default: 50,
    min: 1,
    doc: 'Partitions of `__share_group_state`.',
  }),
  'share.coordinator.state.topic.replication.factor': property.short({
    default: 1,
    min: 1,
    doc: 'Replicas of `__share_group_state`. Where it is not set: 1 on a node that is a cluster of its own, 3 elsewhere.',
  }),
  'share.coordinator.state.topic.min.isr': property.short({
    default: 1,
    min: 1,
    doc: '`min.insync.replicas` of `__share_group_state`. Where it is not set: 1 on a node that is a cluster of its own, 2 elsewhere.',
  }),
  'share.coordinator.state.topic.segment.bytes': property.int({
    default: 104857600,
    min: 1048576,
    doc: 'Segment size of `__share_group_state`.',
  }),
  'share.coordinator.state.topic.compression.codec': property.int({
    default: 0,
    min: 0,
    max: 4,
    doc: 'Codec of the records in `__share_group_state`: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.',
  }),
  'share.coordinator.state.topic.prune.interval.ms': property.int({
    default: 300000,
    min: 1,
    doc: 'How often what is no longer needed is cut off from `__share_group_state`.',
  }),
} as const;
