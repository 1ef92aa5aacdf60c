import { LONG_MAX, property } from '@millrace/config';

/** Typed as text, so that the property is not taken for one that can only be empty. */
const NO_SELECTOR: string = '';

/** Replication of partitions between brokers. */
export const replicationProperties = {
  'replica.lag.time.max.ms': property.long({
    default: 30000,
    min: 1,
    doc: 'A follower that was not up to the end of the log within this time leaves the in-sync replicas.',
  }),
  'replica.fetch.wait.max.ms': property.int({
    default: 500,
    min: 0,
    doc: 'How long a leader may wait for records before it answers the fetch of a follower.',
  }),
  'replica.fetch.min.bytes': property.int({
    default: 1,
    min: 0,
    doc: 'Bytes a follower waits for, at most `replica.fetch.wait.max.ms`.',
  }),
  'replica.fetch.max.bytes': property.int({
    default: 1048576,
    min: 0,
    doc: 'Bytes a follower asks for in one partition. A larger batch still comes whole.',
  }),
  'replica.fetch.response.max.bytes': property.int({
    default: 10485760,
    min: 0,
    doc: 'Bytes a follower asks for in one answer.',
  }),
  'replica.fetch.backoff.ms': property.int({
    default: 1000,
    min: 0,
    doc: 'How long a follower leaves a partition alone after an error.',
  }),
  'replica.socket.timeout.ms': property.int({
    default: 30000,
    min: 1,
    doc: 'How long a follower waits for an answer beyond `replica.fetch.wait.max.ms`.',
  }),
  'replica.selector.class': property.string({
    default: NO_SELECTOR,
    doc: 'With `org.apache.kafka.common.replica.RackAwareReplicaSelector` consumers that have a `client.rack` read from a replica in it. Kafka takes other classes too; they change nothing here.',
  }),
  'leader.replication.throttled.rate': property.long({
    default: LONG_MAX,
    min: 1,
    doc: 'Bytes per second that a leader sends, for replicas that `leader.replication.throttled.replicas` of their topic names and that are not in sync.',
    updateMode: 'per-broker',
  }),
  'follower.replication.throttled.rate': property.long({
    default: LONG_MAX,
    min: 1,
    doc: 'Bytes per second that followers of this node ask for, for replicas that `follower.replication.throttled.replicas` of their topic names and that are not in sync.',
    updateMode: 'per-broker',
  }),
};
