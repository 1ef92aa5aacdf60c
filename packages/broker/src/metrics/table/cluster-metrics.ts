import { METADATA_TOPIC } from '../../metadata/metadata-topic.ts';
import type { PartitionImage } from '../../metadata/cluster-image.ts';
import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';

function gauge(
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

function meter(
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

function raft(attribute: string, help: string, read: MetricDefinition['read']): MetricDefinition {
  const lower = attribute.replaceAll('-', '_');
  return {
    name: `kafka_server_raftmetrics_${lower}`,
    confluentName: `kafka_server_raft_metrics_${lower}`,
    type: 'gauge',
    mbean: `kafka.server:type=raft-metrics ${attribute}`,
    help,
    read,
  };
}

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

function countPartitions({ image }: MetricSnapshot): number {
  let count = 0;
  for (const { partitions } of image.topics.byName.values()) count += partitions.length;
  return count;
}

function metadataLog({ logs }: MetricSnapshot) {
  return logs.get(METADATA_TOPIC, 0);
}

export const clusterMetrics: MetricGroup = {
  title: 'Node, partitions, controller, metadata',
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
    meter(
      ['controller', 'ControllerStats', 'UncleanLeaderElections'],
      'Leaders that lacked records; 0 while there is one replica each',
      () => 0,
    ),
    gauge(
      ['controller', 'KafkaController', 'ActiveControllerCount'],
      '1 on the node that is the active controller',
      ({ isActiveController }) => Number(isActiveController),
    ),
    gauge(
      ['controller', 'KafkaController', 'ActiveBrokerCount'],
      'Brokers that are registered and not fenced',
      ({ image }) => [...image.brokers.values()].filter(({ isFenced }) => !isFenced).length,
    ),
    gauge(
      ['controller', 'KafkaController', 'FencedBrokerCount'],
      'Brokers that are registered and fenced',
      ({ image }) => [...image.brokers.values()].filter(({ isFenced }) => isFenced).length,
    ),
    gauge(
      ['controller', 'KafkaController', 'GlobalTopicCount'],
      'Topics of the cluster',
      ({ image }) => image.topics.byName.size,
    ),
    gauge(
      ['controller', 'KafkaController', 'GlobalPartitionCount'],
      'Partitions of the cluster',
      countPartitions,
    ),
    gauge(
      ['controller', 'KafkaController', 'OfflinePartitionsCount'],
      'Partitions without a leader that can serve them',
      countOffline,
    ),
    gauge(
      ['controller', 'KafkaController', 'PreferredReplicaImbalanceCount'],
      'Partitions that are not led by their first replica',
      (snapshot) => countOwn(snapshot, (_topic, { leader, replicas }) => leader !== replicas[0]),
    ),
    gauge(
      ['controller', 'KafkaController', 'LastAppliedRecordOffset'],
      'Offset of the last metadata record in force',
      ({ image }) => image.offset,
    ),
    gauge(
      ['controller', 'KafkaController', 'LastAppliedRecordLagMs'],
      'How far this node is behind the metadata log; 0 on the controller itself',
      () => 0,
    ),
    {
      ...raft('current-state', '1 for what this node is in the quorum of the metadata log', (snapshot) => [
        { labels: { current_state: quorumState(snapshot) }, value: 1 },
      ]),
      labels: ['current_state'],
    },
    raft('current-vote', 'Node that this one voted for; -1 for none', ({ nodeId, quorum }) =>
      quorum?.isLeader === true ? nodeId : -1,
    ),
    raft(
      'current-leader',
      'Node that leads the metadata log; -1 for none',
      ({ quorum }) => quorum?.leader.leaderId ?? -1,
    ),
    raft('current-epoch', 'Epoch of the metadata log', ({ quorum }) => quorum?.epoch ?? -1),
    raft(
      'high-watermark',
      'High watermark of the metadata log',
      (snapshot) => metadataLog(snapshot)?.highWatermark ?? -1,
    ),
    raft(
      'log-end-offset',
      'End of the metadata log',
      (snapshot) => metadataLog(snapshot)?.logEndOffset ?? -1,
    ),
  ],
};

function quorumState({ quorum, nodeId }: MetricSnapshot): string {
  if (quorum === undefined || quorum.leader.leaderId < 0) return 'unattached';
  if (quorum.isLeader) return 'leader';
  return quorum.voters.get(nodeId) === undefined ? 'observer' : 'follower';
}
