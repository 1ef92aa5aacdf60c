import { property } from '@millrace/config';

/** Streams groups (KIP-1071): the threads of Kafka Streams applications, whose tasks the broker gives out. */
export const streamsProperties = {
  'group.streams.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'How long a member of a streams group may be silent.',
  }),
  'group.streams.min.session.timeout.ms': property.int({
    default: 45000,
    min: 1,
    doc: 'Least `streams.session.timeout.ms` of a group.',
  }),
  'group.streams.max.session.timeout.ms': property.int({
    default: 60000,
    min: 1,
    doc: 'Largest `streams.session.timeout.ms` of a group.',
  }),
  'group.streams.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'How often members of streams groups are told to send heartbeats. They learn of a new assignment by them.',
  }),
  'group.streams.min.heartbeat.interval.ms': property.int({
    default: 5000,
    min: 1,
    doc: 'Least `streams.heartbeat.interval.ms` of a group.',
  }),
  'group.streams.max.heartbeat.interval.ms': property.int({
    default: 15000,
    min: 1,
    doc: 'Largest `streams.heartbeat.interval.ms` of a group.',
  }),
  'group.streams.max.size': property.int({
    default: 2147483647,
    min: 1,
    doc: 'Most members of one streams group.',
  }),
  'group.streams.num.standby.replicas': property.int({
    default: 0,
    min: 0,
    doc: 'How many members keep a copy of the state of each task, besides the one that works on it.',
  }),
  'group.streams.max.standby.replicas': property.int({
    default: 2,
    min: 0,
    doc: 'Largest `streams.num.standby.replicas` of a group.',
  }),
  'group.streams.initial.rebalance.delay.ms': property.int({
    default: 0,
    min: 0,
    doc: 'How long a streams group without members waits for more of them before tasks are given out. Kafka: 3000; here 0, so that an application in a test starts at once.',
  }),
  'group.streams.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least time between two assignments of a streams group. Kafka: 1000; here 0, so that an application in a test has its tasks at once.',
  }),
  'group.streams.min.assignment.interval.ms': property.int({
    default: 0,
    min: 0,
    doc: 'Least `streams.assignment.interval.ms` of a group.',
  }),
  'group.streams.max.assignment.interval.ms': property.int({
    default: 15000,
    min: 0,
    doc: 'Largest `streams.assignment.interval.ms` of a group.',
  }),
} as const;
