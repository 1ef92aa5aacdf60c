import type { PartitionImage } from '../../metadata/cluster-image.ts';
import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';
import { gauge, meter } from '../kafka-metric.ts';

function ofFetchers(
  name: string,
  help: string,
  read: (snapshot: MetricSnapshot) => number,
): MetricDefinition {
  const each = (snapshot: MetricSnapshot): MetricSample[] => [
    { labels: { clientId: 'Replica' }, value: read(snapshot) },
  ];
  const definition = gauge(['server', 'ReplicaFetcherManager', name], help, each);
  return { ...definition, labels: ['clientId'], mbean: `${definition.mbean},clientId=Replica` };
}

/** Partitions with a replica on this node. */
function* ownPartitions({ image, nodeId }: MetricSnapshot): Iterable<readonly [string, PartitionImage]> {
  for (const { name, partitions } of image.topics.byName.values()) {
    for (const partition of partitions) if (partition.replicas.includes(nodeId)) yield [name, partition];
  }
}

function countOwn(
  snapshot: MetricSnapshot,
  isCounted: (topic: string, partition: PartitionImage) => boolean,
): number {
  let count = 0;
  for (const [topic, partition] of ownPartitions(snapshot)) if (isCounted(topic, partition)) count++;
  return count;
}

function perPartition(
  name: string,
  help: string,
  read: (partition: PartitionImage, topic: string, snapshot: MetricSnapshot) => number,
) {
  const each = function* (snapshot: MetricSnapshot): Iterable<MetricSample> {
    for (const [topic, partition] of ownPartitions(snapshot))
      yield {
        labels: { topic, partition: String(partition.index) },
        value: read(partition, topic, snapshot),
      };
  };
  const definition = gauge(['cluster', 'Partition', name], help, each);
  return { ...definition, labels: ['topic', 'partition'], mbean: `${definition.mbean},topic=*,partition=*` };
}

/** How many replicas are in sync beyond what is asked for; `NaN` where another node leads. */
function inSyncAbove({ partitions }: MetricSnapshot, topic: string, partition: PartitionImage): number {
  const config = partitions.get(topic, partition.index)?.log.config;
  if (config === undefined) return NaN;
  const wanted = Math.min(config['min.insync.replicas'], partition.replicas.length);
  return partition.inSyncReplicas.length - wanted;
}

const isUnderReplicated = ({ inSyncReplicas, replicas }: PartitionImage) =>
  inSyncReplicas.length < replicas.length;

function isOffline({ partitions, nodeId }: MetricSnapshot, topic: string, partition: PartitionImage) {
  if (partition.leader === -1) return true;
  return partition.leader === nodeId && partitions.get(topic, partition.index)?.log.isOnline !== true;
}

function countOffline(snapshot: MetricSnapshot): number {
  return countOwn(snapshot, (topic, partition) => isOffline(snapshot, topic, partition));
}

export const clusterMetrics: MetricGroup = {
  title: 'Node and partitions',
  metrics: [
    gauge(
      ['server', 'KafkaServer', 'BrokerState'],
      'What the node is at: 1 starting, 3 running, 7 shutting down',
      ({ state }) => state,
    ),
    gauge(['server', 'ReplicaManager', 'PartitionCount'], 'Partitions on this node', (snapshot) =>
      countOwn(snapshot, () => true),
    ),
    gauge(['server', 'ReplicaManager', 'LeaderCount'], 'Partitions that this node leads', (snapshot) =>
      countOwn(snapshot, (_topic, { leader }) => leader === snapshot.nodeId),
    ),
    gauge(
      ['server', 'ReplicaManager', 'OfflineReplicaCount'],
      'Partitions whose log on this node cannot be used',
      countOffline,
    ),
    gauge(
      ['server', 'ReplicaManager', 'UnderReplicatedPartitions'],
      'Partitions led here with fewer replicas in sync than there are',
      (snapshot) =>
        countOwn(snapshot, (_topic, each) => each.leader === snapshot.nodeId && isUnderReplicated(each)),
    ),
    gauge(
      ['server', 'ReplicaManager', 'UnderMinIsrPartitionCount'],
      'Partitions led here with fewer replicas in sync than `min.insync.replicas`',
      (snapshot) => countOwn(snapshot, (topic, each) => inSyncAbove(snapshot, topic, each) < 0),
    ),
    gauge(
      ['server', 'ReplicaManager', 'AtMinIsrPartitionCount'],
      'Partitions led here that have just as many replicas in sync as `min.insync.replicas`',
      (snapshot) => countOwn(snapshot, (topic, each) => inSyncAbove(snapshot, topic, each) === 0),
    ),
    meter(
      ['server', 'ReplicaManager', 'IsrShrinks'],
      'Times that replicas left the in-sync replicas of a partition led here',
      ({ replication }) => replication.isrChanges?.shrinks ?? 0,
    ),
    meter(
      ['server', 'ReplicaManager', 'IsrExpands'],
      'Times that a replica joined the in-sync replicas of a partition led here',
      ({ replication }) => replication.isrChanges?.expands ?? 0,
    ),
    meter(
      ['server', 'ReplicaManager', 'FailedIsrUpdates'],
      'Changes of in-sync replicas that the controller refused or did not answer',
      ({ replication }) => replication.isrChanges?.failedUpdates ?? 0,
    ),
    gauge(
      ['server', 'AssignmentsManager', 'QueuedReplicaToDirAssignments'],
      'Replicas here in another log directory than the controller has been told',
      ({ replication }) => replication.assignments.queued,
    ),
    ofFetchers(
      'MaxLag',
      'Records that a replica here is behind what its leader has committed, of the one that is most',
      ({ replication }) => replication.fetchers?.maxLagRecords ?? 0,
    ),
    ofFetchers(
      'MinFetchRate',
      'Fetches per second of replicas here from the leader that is asked least often',
      ({ replication }) => replication.fetchers?.minFetchesPerSec ?? 0,
    ),
    ofFetchers(
      'FailedPartitionsCount',
      'Replicas here that do not follow their leader for now, after an error',
      ({ replication }) => replication.fetchers?.failedPartitionCount ?? 0,
    ),
    perPartition('ReplicasCount', 'Replicas', ({ replicas }) => replicas.length),
    perPartition('InSyncReplicasCount', 'Replicas in sync', ({ inSyncReplicas }) => inSyncReplicas.length),
    perPartition('UnderReplicated', '1 with fewer replicas in sync than there are', (partition) =>
      Number(isUnderReplicated(partition)),
    ),
    perPartition(
      'UnderMinIsr',
      '1 with fewer replicas in sync than `min.insync.replicas`',
      (partition, topic, snapshot) => Number(inSyncAbove(snapshot, topic, partition) < 0),
    ),
    perPartition(
      'AtMinIsr',
      '1 with just as many replicas in sync as `min.insync.replicas`, or as there are',
      (partition, topic, snapshot) => Number(inSyncAbove(snapshot, topic, partition) === 0),
    ),
  ],
};
