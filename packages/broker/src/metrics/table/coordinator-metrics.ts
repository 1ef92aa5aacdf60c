import type { MetricDefinition, MetricGroup, MetricSample } from '../metric-definition.ts';
import type { MetricSnapshot } from '../metric-snapshot.ts';

/** States of classic groups that have a metric each in Kafka. */
const classicStates = ['PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead', 'Empty'];

function groupManager(
  name: string,
  help: string,
  read: (snapshot: MetricSnapshot) => number,
): MetricDefinition {
  return {
    name: `kafka_coordinator_group_groupmetadatamanager_${name.toLowerCase()}`,
    type: 'gauge',
    mbean: `kafka.coordinator.group:type=GroupMetadataManager,name=${name}`,
    help,
    read,
  };
}

function count(labels: Readonly<Record<string, string>>, value: number): MetricSample {
  return { labels, value };
}

function* byProtocol({ groupStates }: MetricSnapshot): Iterable<MetricSample> {
  for (const protocol of ['classic', 'consumer', 'share', 'streams'])
    yield count({ protocol }, groupStates.filter(({ type }) => type.toLowerCase() === protocol).length);
}

function byState(type: string, states: readonly string[]) {
  return ({ groupStates }: MetricSnapshot): MetricSample[] =>
    states.map((state) =>
      count(
        { state: state.toLowerCase() },
        groupStates.filter((group) => group.type.toLowerCase() === type && group.state === state).length,
      ),
    );
}

function* transactionsByState({ transactionStates }: MetricSnapshot): Iterable<MetricSample> {
  for (const [state, ids] of Map.groupBy(transactionStates, (state) => state))
    yield count({ state }, ids.length);
}

export const coordinatorMetrics: MetricGroup = {
  title: 'Groups, offsets, transactions',
  metrics: [
    groupManager('NumGroups', 'Groups of all kinds', ({ groupStates }) => groupStates.length),
    groupManager('NumOffsets', 'Committed offsets', ({ groups }) => groups.offsetCount),
    ...classicStates.map((name) =>
      groupManager(
        `NumGroups${name}`,
        `Classic groups in the state ${name}`,
        ({ groupStates }) =>
          groupStates.filter(({ type, state }) => type.toLowerCase() === 'classic' && state === name).length,
      ),
    ),
    {
      name: 'kafka_server_group_coordinator_metrics_group_count',
      type: 'gauge',
      labels: ['protocol'],
      mbean: 'kafka.server:type=group-coordinator-metrics,name=group-count,protocol=*',
      help: 'Groups by kind: classic, consumer (KIP-848), share (KIP-932), streams (KIP-1071)',
      read: byProtocol,
    },
    {
      name: 'kafka_server_group_coordinator_metrics_consumer_group_count',
      type: 'gauge',
      labels: ['state'],
      mbean: 'kafka.server:type=group-coordinator-metrics,name=consumer-group-count,state=*',
      help: 'Consumer groups (KIP-848) by state',
      read: byState('consumer', ['Empty', 'Assigning', 'Reconciling', 'Stable', 'Dead']),
    },
    {
      name: 'kafka_server_group_coordinator_metrics_share_group_count',
      type: 'gauge',
      labels: ['state'],
      mbean: 'kafka.server:type=group-coordinator-metrics,name=share-group-count,state=*',
      help: 'Share groups (KIP-932) by state',
      read: byState('share', ['Empty', 'Stable', 'Dead']),
    },
    {
      name: 'kafka_server_group_coordinator_metrics_streams_group_count',
      type: 'gauge',
      labels: ['state'],
      mbean: 'kafka.server:type=group-coordinator-metrics,name=streams-group-count,state=*',
      help: 'Streams groups (KIP-1071) by state',
      read: byState('streams', ['Empty', 'NotReady', 'Assigning', 'Reconciling', 'Stable', 'Dead']),
    },
    {
      name: 'millrace_transactional_ids',
      type: 'gauge',
      labels: ['state'],
      help: 'Transactional ids by the state of their transaction: Ongoing, PrepareCommit, CompleteCommit, ...',
      read: transactionsByState,
    },
  ],
};
