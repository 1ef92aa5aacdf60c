import {
  LONG_MAX,
  property,
  PropertySet,
  type PropertyDefinition,
  type PropertyValues,
} from '@millrace/config';

/** Written by the tools that move partitions, and taken away when they are done. */
function throttledReplicas(side: 'leader' | 'follower'): PropertyDefinition<readonly string[]> {
  const range = '"*", or replicas as partition:broker,partition:broker';
  const list = property.list({
    default: [],
    updateMode: 'cluster-wide',
    doc: `Replicas whose replication is throttled on the ${side}'s side while partitions move.`,
  });
  return {
    ...list,
    range,
    parse(raw) {
      const replicas = list.parse(raw);
      const isLegal = replicas.join(',') === '*' || replicas.every((replica) => /^\d+:\d+$/.test(replica));
      if (!isLegal) throw new RangeError(range);
      return replicas;
    },
  };
}

const definitions = {
  'cleanup.policy': property.list({
    default: ['delete'],
    oneOf: ['delete', 'compact'],
    updateMode: 'cluster-wide',
    // Clients' tests look for the beginning of Kafka's text.
    doc:
      'This config designates the retention policy to use on log segments. "delete" drops old segments, "compact" keeps ' +
      'the last value of each key; both may be given.',
  }),
  'segment.bytes': property.int({
    default: 1073741824,
    min: 1048576,
    updateMode: 'cluster-wide',
    doc: 'Size in bytes at which a new segment file begins.',
  }),
  'segment.ms': property.long({
    default: 604800000,
    min: 1,
    updateMode: 'cluster-wide',
    doc: 'Age in milliseconds at which a new segment file begins even if the current one is not full.',
  }),
  'segment.jitter.ms': property.long({
    default: 0,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'Up to how many milliseconds segment.ms is shortened at random, so that many logs do not roll at once.',
  }),
  'segment.index.bytes': property.int({
    default: 10485760,
    min: 4,
    updateMode: 'cluster-wide',
    doc: 'Largest size in bytes of an offset or time index; a full index begins a new segment.',
  }),
  'index.interval.bytes': property.int({
    default: 4096,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'Bytes of records between two index entries.',
  }),
  'retention.ms': property.long({
    default: 604800000,
    min: -1,
    updateMode: 'cluster-wide',
    doc: 'Age in milliseconds after which records may be deleted; -1 keeps them forever.',
  }),
  'retention.bytes': property.long({
    default: -1,
    updateMode: 'cluster-wide',
    doc: 'Size in bytes of a partition above which its oldest segments are deleted; -1 is no limit.',
  }),
  'delete.retention.ms': property.long({
    default: 86400000,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'How long in milliseconds a tombstone stays readable on a compacted topic after its first cleaning.',
  }),
  'min.compaction.lag.ms': property.long({
    default: 0,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'Records younger than this many milliseconds are not compacted.',
  }),
  'max.compaction.lag.ms': property.long({
    default: LONG_MAX,
    min: 1,
    updateMode: 'cluster-wide',
    doc: 'Records older than this many milliseconds are compacted whatever the dirty ratio is.',
  }),
  'min.cleanable.dirty.ratio': property.double({
    default: 0.5,
    min: 0,
    max: 1,
    updateMode: 'cluster-wide',
    doc: 'Share of a compacted log that must be uncleaned before it is compacted again.',
  }),
  'max.message.bytes': property.int({
    default: 1048588,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'Largest record batch in bytes, after compression.',
  }),
  'compression.type': property.string({
    default: 'producer',
    oneOf: ['uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'],
    updateMode: 'cluster-wide',
    doc: 'Codec that batches are stored with; "producer" keeps what the producer chose.',
  }),
  'compression.gzip.level': property.int({
    default: -1,
    min: -1,
    max: 9,
    updateMode: 'cluster-wide',
    doc: 'Level used when compression.type is gzip; -1 is the default of the codec.',
  }),
  'compression.lz4.level': property.int({
    default: 9,
    min: 1,
    max: 17,
    updateMode: 'cluster-wide',
    doc: 'Level used when compression.type is lz4.',
  }),
  'compression.zstd.level': property.int({
    default: 3,
    min: -131072,
    max: 22,
    updateMode: 'cluster-wide',
    doc: 'Level used when compression.type is zstd.',
  }),
  'message.timestamp.type': property.string({
    default: 'CreateTime',
    oneOf: ['CreateTime', 'LogAppendTime'],
    updateMode: 'cluster-wide',
    doc: 'Whether records keep the timestamp of the producer or get the time of the append.',
  }),
  'message.timestamp.before.max.ms': property.long({
    default: LONG_MAX,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'How many milliseconds a record timestamp may lie before the time of the append.',
  }),
  'message.timestamp.after.max.ms': property.long({
    default: 3600000,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'How many milliseconds a record timestamp may lie after the time of the append.',
  }),
  'flush.messages': property.long({
    default: LONG_MAX,
    min: 1,
    updateMode: 'cluster-wide',
    doc: 'Number of records after which the log is forced to the disk. 1 acknowledges an append only after that, with one flush for all appends that wait.',
  }),
  'flush.ms': property.long({
    default: LONG_MAX,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'Milliseconds after which written records are forced to the disk.',
  }),
  'file.delete.delay.ms': property.long({
    default: 60000,
    min: 0,
    updateMode: 'cluster-wide',
    doc: 'Milliseconds between the deletion of a segment and the removal of its files.',
  }),
  preallocate: property.boolean({
    default: false,
    updateMode: 'cluster-wide',
    doc: 'Reserves the whole of segment.bytes when a segment is created.',
  }),
  'min.insync.replicas': property.int({
    default: 1,
    min: 1,
    updateMode: 'cluster-wide',
    doc: 'Replicas that must have a record before a producer with acks=all gets its acknowledgement.',
  }),
  'unclean.leader.election.enable': property.boolean({
    default: false,
    updateMode: 'cluster-wide',
    doc: 'Whether a replica that is not in sync may become leader, at the price of losing records.',
  }),
  'remote.storage.enable': property.boolean({
    default: false,
    updateMode: 'cluster-wide',
    doc: 'Tiered storage. Known so that configurations load; only false is supported.',
  }),
  'local.retention.ms': property.long({
    default: -2,
    min: -2,
    updateMode: 'cluster-wide',
    doc: 'Retention of local segments in milliseconds with tiered storage; -2 follows retention.ms.',
  }),
  'local.retention.bytes': property.long({
    default: -2,
    min: -2,
    updateMode: 'cluster-wide',
    doc: 'Retention of local segments in bytes with tiered storage; -2 follows retention.bytes.',
  }),
  'remote.log.copy.disable': property.boolean({
    default: false,
    updateMode: 'cluster-wide',
    doc: 'Tiered storage: whether copying stops. Known so that configurations load; nothing is ever copied.',
  }),
  'remote.log.delete.on.disable': property.boolean({
    default: false,
    updateMode: 'cluster-wide',
    doc: 'Tiered storage: whether what was copied is deleted when it is turned off. Nothing is ever copied.',
  }),
  'leader.replication.throttled.replicas': throttledReplicas('leader'),
  'follower.replication.throttled.replicas': throttledReplicas('follower'),
} as const;

/** The topic-level properties of Kafka, with its names and defaults. */
export const logProperties = new PropertySet(definitions);

/** The configuration of one partition's log. */
export type LogConfig = PropertyValues<typeof definitions> & {
  /** Overrides `segment.bytes` below its legal minimum of 1 MiB, for tests and for Kafka's internal logs. */
  readonly 'internal.segment.bytes'?: number;
};

/** A configuration with defaults for everything that `input` leaves out. @throws InvalidPropertyError */
export function logConfig(
  input: Readonly<Record<string, unknown>> & { readonly 'internal.segment.bytes'?: number } = {},
): LogConfig {
  const { 'internal.segment.bytes': segmentBytes, ...properties } = input;
  const values = logProperties.parse(properties).values;
  return segmentBytes === undefined ? values : { ...values, 'internal.segment.bytes': segmentBytes };
}

export function segmentMaxBytes(config: LogConfig): number {
  return config['internal.segment.bytes'] ?? config['segment.bytes'];
}

export function isCompacted(config: LogConfig): boolean {
  return config['cleanup.policy'].includes('compact');
}
