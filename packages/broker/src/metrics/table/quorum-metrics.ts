import type { PeerTraffic, QuorumStatus } from '@millrace/replication';
import { METADATA_TOPIC } from '../../metadata/metadata-topic.ts';
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

/** Of the quorum itself. */
function status(attribute: string, help: string, read: (status: QuorumStatus) => number): MetricDefinition {
  return raft(attribute, help, ({ quorumStatus }) => (quorumStatus === undefined ? 0 : read(quorumStatus)));
}

function channel(attribute: string, help: string, read: (traffic: PeerTraffic) => number): MetricDefinition {
  const lower = attribute.replaceAll('-', '_');
  return {
    name: `kafka_server_raftchannelmetrics_${lower}`,
    confluentName: `kafka_server_raft_channel_metrics_${lower}`,
    type: 'counter',
    mbean: `kafka.server:type=raft-channel-metrics ${attribute}`,
    help,
    read: ({ quorum }) => (quorum === undefined ? 0 : read(quorum.traffic)),
  };
}

function metadataLog({ logs }: MetricSnapshot) {
  return logs.get(METADATA_TOPIC, 0);
}

const lately = 'over the last half to whole minute';

export const quorumMetrics: MetricGroup = {
  title: 'Quorum of the metadata log',
  metrics: [
    {
      ...raft('current-state', '1 for what this node is in the quorum of the metadata log', (snapshot) => [
        { labels: { current_state: snapshot.quorumStatus?.standing ?? 'unattached' }, value: 1 },
      ]),
      labels: ['current_state'],
    },
    raft(
      'current-vote',
      'Node that this one voted for, as long as nobody else leads; -1 for none',
      ({ quorumStatus }) => quorumStatus?.votedFor ?? -1,
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
    status('log-end-epoch', 'Epoch of the last record of the metadata log', ({ logEndEpoch }) => logEndEpoch),
    raft('number-of-voters', 'Nodes that vote in the quorum', ({ quorum }) => quorum?.voters.size ?? 0),
    status(
      'number-of-observers',
      'Nodes without a vote that follow this one, which leads; 0 on any other node',
      ({ observers }) => observers,
    ),
    status('uncommitted-voter-change', '1 where voters have changed and it is not committed', (quorum) =>
      Number(quorum.isVoterChangeOpen),
    ),
    status(
      'number-unknown-voter-connections',
      'Other voters whose address this node does not know',
      ({ unknownVoters }) => unknownVoters,
    ),
    status(
      'commit-latency-avg',
      `Milliseconds from the append of a batch until a majority has it, on the leader: average ${lately}`,
      ({ commitAverageMs }) => commitAverageMs,
    ),
    status('commit-latency-max', `The same: the longest ${lately}`, ({ commitMaxMs }) => commitMaxMs),
    status(
      'election-latency-avg',
      `Milliseconds until there was a leader, on nodes that stood for election: average ${lately}`,
      ({ electionAverageMs }) => electionAverageMs,
    ),
    status('election-latency-max', `The same: the longest ${lately}`, ({ electionMaxMs }) => electionMaxMs),
    status(
      'fetch-records-rate',
      `Records per second that this node had from the leader, ${lately}`,
      ({ fetchedPerSec }) => fetchedPerSec,
    ),
    status(
      'append-records-rate',
      `Records per second that this node has written as the leader, ${lately}`,
      ({ appendedPerSec }) => appendedPerSec,
    ),
    raft(
      'poll-idle-ratio-avg',
      'Share of time in which the event loop had nothing to do, 0 to 1, since the last scrape',
      ({ idleShare }) => idleShare,
    ),
    channel('request-total', 'Requests of this node to others of the quorum', ({ requests }) => requests),
    channel('response-total', 'Answers that it had', ({ responses }) => responses),
    channel('outgoing-byte-total', 'Bytes of those requests', ({ bytesOut }) => bytesOut),
    channel('incoming-byte-total', 'Bytes of those answers', ({ bytesIn }) => bytesIn),
  ],
};
