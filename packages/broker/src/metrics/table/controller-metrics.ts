import { NO_LEADER, type PartitionImage } from '../../metadata/cluster-image.ts';
import { metadataVersionOf } from '../../metadata/features.ts';
import { METADATA_TOPIC } from '../../metadata/metadata-topic.ts';
import { gauge, meter } from '../kafka-metric.ts';
import type { MetricDefinition, MetricGroup } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';

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

/** Of the whole cluster, as this node knows it. */
function countPartitions(
  { image }: MetricSnapshot,
  isCounted: (partition: PartitionImage) => boolean,
): number {
  let count = 0;
  for (const { partitions } of image.topics.byName.values()) {
    for (const partition of partitions) if (isCounted(partition)) count++;
  }
  return count;
}

function metadataLog({ logs }: MetricSnapshot) {
  return logs.get(METADATA_TOPIC, 0);
}

export const controllerMetrics: MetricGroup = {
  title: 'Controller and metadata',
  metrics: [
    meter(
      ['controller', 'ControllerStats', 'UncleanLeaderElections'],
      'Leaders that lacked records, elected since this node has started',
      ({ controllerCounts }) => controllerCounts?.uncleanElections ?? 0,
    ),
    meter(
      ['controller', 'ControllerStats', 'ElectionFromEligibleLeaderReplicas'],
      'Leaders that were not in sync but known to be complete, elected since this node has started',
      ({ controllerCounts }) => controllerCounts?.electionsFromElr ?? 0,
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
      (snapshot) => countPartitions(snapshot, () => true),
    ),
    gauge(
      ['controller', 'KafkaController', 'OfflinePartitionsCount'],
      'Partitions of the cluster without a leader',
      (snapshot) => countPartitions(snapshot, ({ leader }) => leader === NO_LEADER),
    ),
    gauge(
      ['controller', 'KafkaController', 'PreferredReplicaImbalanceCount'],
      'Partitions of the cluster that are not led by their first replica',
      (snapshot) => countPartitions(snapshot, ({ leader, replicas }) => leader !== replicas[0]),
    ),
    gauge(
      ['controller', 'KafkaController', 'NewActiveControllersCount'],
      'Times that there was another active controller since this node has started',
      ({ controllerCounts }) => controllerCounts?.newActiveControllers ?? 0,
    ),
    gauge(
      ['controller', 'KafkaController', 'ControlledShutdownBrokerCount'],
      'Brokers on their way out',
      ({ image }) =>
        [...image.brokers.values()].filter(({ inControlledShutdown }) => inControlledShutdown).length,
    ),
    gauge(
      ['controller', 'KafkaController', 'LastCommittedRecordOffset'],
      'Offset of the last metadata record that is committed',
      ({ quorum }) => (quorum?.highWatermark ?? 0) - 1,
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
    raft('number-of-voters', 'Nodes that vote in the quorum', ({ quorum }) => quorum?.voters.size ?? 0),
    gauge(
      ['server', 'MetadataLoader', 'CurrentMetadataVersion'],
      'Level of `metadata.version`',
      ({ image }) => metadataVersionOf(image),
    ),
  ],
};

function quorumState({ quorum, nodeId }: MetricSnapshot): string {
  if (quorum === undefined || quorum.leader.leaderId < 0) return 'unattached';
  if (quorum.isLeader) return 'leader';
  return quorum.voters.get(nodeId) === undefined ? 'observer' : 'follower';
}
