import type { LeaderPartition } from '../../partitions/leader-partition.ts';
import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';

function perPartition(read: (partition: LeaderPartition) => number) {
  return function* ({ partitions }: MetricSnapshot): Iterable<MetricSample> {
    for (const partition of partitions.all()) {
      const labels = { topic: partition.topic, partition: String(partition.index) };
      yield { labels, value: read(partition) };
    }
  };
}

function log(name: string, help: string, read: (partition: LeaderPartition) => number): MetricDefinition {
  return {
    name: `kafka_log_log_${name.toLowerCase()}`,
    type: 'gauge',
    labels: ['topic', 'partition'],
    mbean: `kafka.log:type=Log,name=${name},topic=*,partition=*`,
    help,
    read: perPartition(read),
  };
}

export const logMetrics: MetricGroup = {
  title: 'Logs',
  metrics: [
    log('Size', 'Bytes of the partition on disk', (partition) => partition.log.sizeBytes),
    log('LogStartOffset', 'First offset', (partition) => partition.log.logStartOffset),
    log('LogEndOffset', 'Offset of the next record', (partition) => partition.log.logEndOffset),
    log('NumLogSegments', 'Segments of the partition', (partition) => partition.log.segmentCount),
    {
      name: 'kafka_cluster_partition_laststableoffsetlag',
      type: 'gauge',
      labels: ['topic', 'partition'],
      mbean: 'kafka.cluster:type=Partition,name=LastStableOffsetLag,topic=*,partition=*',
      help: 'Records that open transactions keep from consumers that read committed ones only',
      read: perPartition((partition) => partition.log.highWatermark - partition.log.lastStableOffset),
    },
    {
      name: 'kafka_log_logmanager_offlinelogdirectorycount',
      type: 'gauge',
      mbean: 'kafka.log:type=LogManager,name=OfflineLogDirectoryCount',
      help: 'Log directories that have failed',
      read: ({ logs }) => logs.directories.filter(({ failure }) => failure !== undefined).length,
    },
    {
      name: 'kafka_log_logmanager_logdirectoryoffline',
      type: 'gauge',
      labels: ['logDirectory'],
      mbean: 'kafka.log:type=LogManager,name=LogDirectoryOffline,logDirectory=*',
      help: '1 for a log directory that has failed',
      *read({ logs }) {
        for (const { path, failure } of logs.directories)
          yield { labels: { logDirectory: path }, value: failure === undefined ? 0 : 1 };
      },
    },
    {
      name: 'kafka_log_logmanager_cordonedlogdirectorycount',
      type: 'gauge',
      mbean: 'kafka.log:type=LogManager,name=CordonedLogDirectoryCount',
      help: 'Log directories that take no new replicas (KIP-1066)',
      read: ({ logs }) => logs.directories.filter(({ isCordoned }) => isCordoned).length,
    },
    {
      name: 'kafka_log_logmanager_logdirectorycordoned',
      type: 'gauge',
      labels: ['logDirectory'],
      mbean: 'kafka.log:type=LogManager,name=LogDirectoryCordoned,logDirectory=*',
      help: '1 for a log directory that takes no new replicas',
      *read({ logs }) {
        for (const { path, isCordoned } of logs.directories)
          yield { labels: { logDirectory: path }, value: Number(isCordoned) };
      },
    },
    {
      name: 'kafka_log_logcleanermanager_uncleanable_partitions_count',
      type: 'gauge',
      mbean: 'kafka.log:type=LogCleanerManager,name=uncleanable-partitions-count,logDirectory=*',
      help: 'Partitions that could not be compacted and are left alone until the next start',
      read: ({ logs }) => logs.uncleanablePartitionCount,
    },
    {
      name: 'kafka_server_kafkaserver_linux_disk_read_bytes',
      type: 'counter',
      mbean: 'kafka.server:type=KafkaServer,name=linux-disk-read-bytes',
      help: 'Bytes that the process has read from disks; on Linux',
      read: ({ diskBytes }) => (diskBytes === undefined ? [] : [{ value: diskBytes.read }]),
    },
    {
      name: 'kafka_server_kafkaserver_linux_disk_write_bytes',
      type: 'counter',
      mbean: 'kafka.server:type=KafkaServer,name=linux-disk-write-bytes',
      help: 'Bytes that the process has written to disks; on Linux',
      read: ({ diskBytes }) => (diskBytes === undefined ? [] : [{ value: diskBytes.written }]),
    },
  ],
};
