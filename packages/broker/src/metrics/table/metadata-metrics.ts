import { KRAFT_VERSION_FEATURE, metadataVersionOf } from '../../metadata/features.ts';
import { gauge, idleRatio } from '../kafka-metric.ts';
import { appliedLagMs, appliedTimestampMs, ignoresFixedVoters, loadErrors } from '../metadata-state.ts';
import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';

function ofBroker(
  attribute: string,
  help: string,
  read: (snapshot: MetricSnapshot) => number,
): MetricDefinition {
  const lower = attribute.replaceAll('-', '_');
  return {
    name: `kafka_server_brokermetadatametrics_${lower}`,
    confluentName: `kafka_server_broker_metadata_metrics_${lower}`,
    type: 'gauge',
    mbean: `kafka.server:type=broker-metadata-metrics ${attribute}`,
    help,
    read,
  };
}

function* finalizedLevels({ image, quorum }: MetricSnapshot): Iterable<MetricSample> {
  const levels = new Map(image.features);
  levels.set(KRAFT_VERSION_FEATURE, quorum?.kraftVersion ?? 0);
  for (const [featureName, value] of levels) yield { labels: { featureName }, value };
}

const finalizedLevel = gauge(
  ['server', 'MetadataLoader', 'FinalizedLevel'],
  'Level of each feature of the cluster',
  finalizedLevels,
);

export const metadataMetrics: MetricGroup = {
  title: 'Metadata on this node',
  metrics: [
    ofBroker(
      'last-applied-record-offset',
      'Offset of the last metadata record that this node acts on',
      ({ image }) => image.offset,
    ),
    ofBroker(
      'last-applied-record-timestamp',
      'When it was written, in milliseconds since 1970',
      appliedTimestampMs,
    ),
    ofBroker(
      'last-applied-record-lag-ms',
      'How long ago it was written; 0 on the active controller',
      appliedLagMs,
    ),
    ofBroker('metadata-load-error-count', 'Metadata that could not be loaded', loadErrors),
    ofBroker(
      'metadata-apply-error-count',
      'Changes of the cluster state that a part of this node could not follow',
      ({ applyErrors }) => applyErrors,
    ),
    ofBroker(
      'ignored-static-voters',
      '1 where `controller.quorum.voters` is set, and the metadata log names other voters in its place',
      ignoresFixedVoters,
    ),
    gauge(
      ['server', 'MetadataLoader', 'CurrentMetadataVersion'],
      'Level of `metadata.version`',
      ({ image }) => metadataVersionOf(image),
    ),
    { ...finalizedLevel, labels: ['featureName'], mbean: `${finalizedLevel.mbean},featureName=*` },
    gauge(
      ['server', 'MetadataLoader', 'CurrentControllerId'],
      'Node that is the active controller; -1 for none',
      ({ quorum }) => quorum?.leader.leaderId ?? -1,
    ),
    gauge(
      ['server', 'MetadataLoader', 'HandleLoadSnapshotCount'],
      'Snapshots of the metadata that this node has loaded',
      ({ metadata }) => metadata?.loader.snapshotCount ?? 0,
    ),
    idleRatio(['server', 'MetadataLoader', 'AvgIdleRatio']),
    gauge(
      ['server', 'SnapshotEmitter', 'LatestSnapshotGeneratedBytes'],
      'Size of the newest snapshot of the metadata that this node has written; 0 for none',
      ({ metadata }) => metadata?.snapshots.latestSizeBytes ?? 0,
    ),
    gauge(
      ['server', 'SnapshotEmitter', 'LatestSnapshotGeneratedAgeMs'],
      'How long ago this node has written it, or has started',
      ({ metadata }) => metadata?.snapshots.latestAgeMs ?? 0,
    ),
  ],
};
