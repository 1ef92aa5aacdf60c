import { NO_LEADER, type BrokerImage, type PartitionImage } from '../../metadata/cluster-image.ts';
import { gauge, histogram, idleRatio, meter, quantiles } from '../kafka-metric.ts';
import type { MetricDefinition, MetricGroup } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';
import { appliedLagMs, appliedTimestampMs, ignoresFixedVoters, loadErrors } from '../metadata-state.ts';

const US_PER_MS = 1000;

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

function perBroker(
  name: string,
  help: string,
  read: (snapshot: MetricSnapshot) => readonly (readonly [number, number])[],
): MetricDefinition {
  const definition = gauge(['controller', 'KafkaController', name], help, (snapshot) =>
    read(snapshot).map(([broker, value]) => ({ labels: { broker: String(broker) }, value })),
  );
  return { ...definition, labels: ['broker'], mbean: `${definition.mbean},broker=*` };
}

/** Kafka's numbers. */
function registrationState({ isFenced, inControlledShutdown }: BrokerImage): number {
  if (isFenced) return 10;
  return inControlledShutdown ? 20 : 30;
}

export const controllerMetrics: MetricGroup = {
  title: 'Controller',
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
      ['controller', 'KafkaController', 'LastAppliedRecordTimestamp'],
      'When the last metadata record in force was written, in milliseconds since 1970',
      appliedTimestampMs,
    ),
    gauge(
      ['controller', 'KafkaController', 'LastAppliedRecordLagMs'],
      'How long ago the last metadata record in force was written; 0 on the active controller',
      appliedLagMs,
    ),
    gauge(
      ['controller', 'KafkaController', 'MetadataErrorCount'],
      'Metadata records that could not be loaded or acted on by this node',
      (snapshot) => loadErrors(snapshot) + snapshot.applyErrors,
    ),
    gauge(
      ['controller', 'KafkaController', 'IgnoredStaticVoters'],
      '1 where `controller.quorum.voters` is set, and the metadata log names other voters in its place',
      ignoresFixedVoters,
    ),
    gauge(
      ['controller', 'KafkaController', 'TimedOutBrokerHeartbeatCount'],
      'Brokers that this node, as the active controller, has fenced because no heartbeat came in time',
      ({ controllerCounts }) => controllerCounts?.timedOutHeartbeats ?? 0,
    ),
    perBroker(
      'BrokerRegistrationState',
      'A registered broker: 10 fenced, 20 on its way out, 30 active',
      ({ image }) => Array.from(image.brokers.values(), (broker) => [broker.id, registrationState(broker)]),
    ),
    perBroker(
      'TimeSinceLastHeartbeatReceivedMs',
      'How long ago the active controller has heard of a broker; on that node only',
      ({ metadata }) =>
        Array.from(metadata?.controller.silences() ?? [], ({ brokerId, silenceMs }) => [brokerId, silenceMs]),
    ),
    gauge(
      ['controller', 'KafkaController', 'EventQueueOperationsStartedCount'],
      'Operations that this node, as the active controller, has begun',
      ({ metadata }) => metadata?.controller.operations.started ?? 0,
    ),
    ...histogram(
      ['controller', 'ControllerEventManager', 'EventQueueProcessingTimeMs'],
      'Operation of the controller until what it decided is committed',
      {
        unit: US_PER_MS,
        of: ({ metadata }) => metadata?.controller.operations.processingUs,
      },
    ),
    {
      ...gauge(
        ['controller', 'ControllerEventManager', 'EventQueueTimeMs'],
        'Operations begin at once: always 0',
        () => quantiles.map(([quantile]) => ({ labels: { quantile }, value: 0 })),
      ),
      labels: ['quantile'],
    },
    idleRatio(['controller', 'ControllerEventManager', 'AvgIdleRatio']),
  ],
};
