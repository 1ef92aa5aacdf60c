import { LONG_MAX, property } from '@millrace/config';

/** Typed as text, so that the property is not taken for one that can only be empty. */
const NOT_SET: string = '';
const KAFKA_LOG_DIR: string = '/tmp/kafka-logs';

/** Directories, topic creation and deletion, metadata log, producer ids: storage apart from the defaults of topics. */
export const storageProperties = {
  'log.dirs': property.list({
    default: [],
    doc: 'Directories with the data, comma separated. Overrides `log.dir`.',
  }),
  'log.dir': property.string({
    default: KAFKA_LOG_DIR,
    doc: 'The directory with the data, when `log.dirs` is not set.',
  }),
  'cordoned.log.dirs': property.list({
    default: [],
    doc: 'Those of the directories with the data that take no new replicas, `*` for all (KIP-1066).',
    updateMode: 'per-broker',
  }),
  'metadata.log.dir': property.string({
    default: NOT_SET,
    doc: 'Directory of the metadata log. Empty: the first of `log.dirs`. One that is none of them holds nothing else.',
  }),
  'metadata.log.segment.bytes': property.int({
    default: 1073741824,
    min: 8388608,
    doc: 'Segment size of the metadata log.',
  }),
  'metadata.log.max.record.bytes.between.snapshots': property.long({
    default: 20971520,
    min: 1,
    doc: 'Bytes of metadata records after which a snapshot is written.',
  }),
  'metadata.log.max.snapshot.interval.ms': property.long({
    default: 3600000,
    min: 0,
    doc: 'Time after which a snapshot of the metadata is written if anything was recorded since the last one.',
  }),
  'auto.create.topics.enable': property.boolean({
    default: true,
    doc: 'Whether a Metadata request for an unknown topic creates it, if the client allows that.',
  }),
  'num.partitions': property.int({
    default: 1,
    min: 1,
    doc: 'Partitions of topics created without a count.',
  }),
  'default.replication.factor': property.int({
    default: 1,
    min: 1,
    doc: 'Replicas of topics created without a count.',
  }),
  'delete.topic.enable': property.boolean({ default: true, doc: 'Whether DeleteTopics is served.' }),
  'num.recovery.threads.per.data.dir': property.int({
    default: 16,
    min: 1,
    doc: 'Logs of one directory that are opened, recovered or closed at a time. Kafka: 2, of threads; here none is needed.',
  }),
  'log.retention.check.interval.ms': property.long({
    default: 300000,
    min: 1,
    doc: 'Interval of retention checks.',
  }),
  'log.flush.offset.checkpoint.interval.ms': property.int({
    default: 60000,
    min: 0,
    doc: 'Interval at which recovery points are written.',
  }),
  'replica.alter.log.dirs.io.max.bytes.per.second': property.long({
    default: LONG_MAX,
    min: 1,
    doc: 'How fast partitions are copied when they move to another log directory.',
  }),
  'log.initial.task.delay.ms': property.long({
    default: 30000,
    min: 0,
    doc: 'First run of retention after start.',
  }),
  'log.tail.cache.bytes': property.long({
    default: 16777216,
    min: 0,
    doc: 'Memory for newest batches, over all partitions, from which fetches at the head are served. Not a Kafka property: there the page cache does it.',
  }),
  'producer.id.expiration.ms': property.int({
    default: 86400000,
    min: 1,
    doc: 'Idle time after which the sequence memory of a producer id may go.',
    updateMode: 'cluster-wide',
  }),
  'transactional.id.expiration.ms': property.int({
    default: 604800000,
    min: 1,
    doc: 'Idle life of a transactional id.',
  }),
} as const;
