import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import type { AlterPartitionRequestPartitionData } from '@millrace/protocol/messages/alter-partition';
import { describe, expect, it } from 'vitest';
import { alterPartition } from './alter-partition.ts';
import { alterReassignments } from './alter-reassignments.ts';
import { Cluster } from './testing/cluster.ts';

const LEADER = 1;
const SECOND = 2;

function clusterWithTopic(options: Parameters<typeof Cluster.of>[1] = {}): Cluster {
  const cluster = Cluster.of([1, 2, 3, 4], options);
  cluster.topic('orders', [[1, 2, 3]], { 'min.insync.replicas': '2' });
  return cluster;
}

interface Proposal extends Partial<AlterPartitionRequestPartitionData> {
  readonly from?: number;
  readonly isr: readonly number[];
}

/** The leader proposes an ISR, and knows everything, unless told otherwise. */
function propose(cluster: Cluster, { from = LEADER, isr, ...change }: Proposal) {
  const { leaderEpoch, partitionEpoch } = cluster.partition('orders');
  const [topic] = cluster.run((state) =>
    alterPartition(state, {
      brokerId: from,
      brokerEpoch: cluster.broker(from).epoch,
      topics: [
        {
          topicId: cluster.topicOf('orders').id,
          partitions: [
            {
              partitionIndex: 0,
              leaderEpoch,
              partitionEpoch,
              newIsr: [],
              newIsrWithEpochs: isr.map((brokerId) => ({
                brokerId,
                brokerEpoch: cluster.image.brokers.get(brokerId)?.epoch ?? -1,
              })),
              leaderRecoveryState: 0,
              ...change,
            },
          ],
        },
      ],
    }),
  );
  return topic!.partitions[0]!;
}

describe('AlterPartition', () => {
  it('makes the ISR what the leader says, and answers with the new state', () => {
    const cluster = clusterWithTopic();
    expect(propose(cluster, { isr: [1, 3] })).toEqual({
      partitionIndex: 0,
      errorCode: ErrorCode.NONE,
      leaderId: 1,
      leaderEpoch: 0,
      isr: [1, 3],
      leaderRecoveryState: 0,
      partitionEpoch: 1,
    });
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 0/1 isr 1,3');
  });

  it('says how it is to a leader that asks for what there is', () => {
    const cluster = clusterWithTopic();
    const { length } = cluster.records;
    expect(propose(cluster, { isr: [1, 2, 3] })).toMatchObject({
      errorCode: ErrorCode.NONE,
      partitionEpoch: 0,
    });
    expect(cluster.records).toHaveLength(length);
  });

  it('does not know brokers of before version 3 by their epochs', () => {
    const cluster = clusterWithTopic();
    const newIsrWithEpochs = [1, 2].map((brokerId) => ({ brokerId, brokerEpoch: -1 }));
    expect(propose(cluster, { isr: [], newIsrWithEpochs })).toMatchObject({ isr: [1, 2] });
  });

  const fence = (id: number) => (cluster: Cluster) => void cluster.heartbeat(id, { wantFence: true });
  it.each<[string, keyof typeof ErrorCode, Proposal, ((cluster: Cluster) => void)?]>([
    ['a partition that is not there', 'UNKNOWN_TOPIC_OR_PARTITION', { isr: [1], partitionIndex: 7 }],
    ['a leader epoch of the future', 'NOT_CONTROLLER', { isr: [1], leaderEpoch: 1 }],
    ['a partition epoch of the future', 'NOT_CONTROLLER', { isr: [1], partitionEpoch: 1 }],
    ['a leader of before', 'FENCED_LEADER_EPOCH', { isr: [2, 3], leaderEpoch: 0, from: SECOND }, fence(1)],
    ['somebody who does not lead', 'INVALID_REQUEST', { isr: [1], from: SECOND }],
    [
      'a state that is not the last one',
      'INVALID_UPDATE_VERSION',
      { isr: [1], partitionEpoch: 0 },
      (cluster) => void propose(cluster, { isr: [1, 2] }),
    ],
    ['a broker without a replica', 'INVALID_REQUEST', { isr: [1, 4] }],
    ['a broker twice', 'INVALID_REQUEST', { isr: [1, 2, 2] }],
    ['an ISR without its leader', 'INVALID_REQUEST', { isr: [2] }],
    ['an empty ISR', 'INVALID_REQUEST', { isr: [] }],
    ['a recovery that is with others', 'INVALID_REQUEST', { isr: [1, 2], leaderRecoveryState: 1 }],
    ['a recovery that begins', 'INVALID_REQUEST', { isr: [1], leaderRecoveryState: 1 }],
    ['a recovery that Kafka does not know', 'INVALID_REQUEST', { isr: [1], leaderRecoveryState: 5 }],
    ['a fenced broker', 'INELIGIBLE_REPLICA', { isr: [1, 2] }, fence(2)],
    [
      'a broker on its way out',
      'INELIGIBLE_REPLICA',
      { isr: [1, 2] },
      (cluster) => {
        cluster.topic('other', [[2, 3]]);
        cluster.heartbeat(2, { wantShutDown: true });
      },
    ],
    [
      'a former incarnation of a broker',
      'INELIGIBLE_REPLICA',
      {
        isr: [],
        newIsrWithEpochs: [
          { brokerId: 1, brokerEpoch: -1 },
          { brokerId: 2, brokerEpoch: 0 },
        ],
      },
    ],
  ])('refuses %s', (_what, error, proposal, before) => {
    const cluster = clusterWithTopic();
    before?.(cluster);
    const { length } = cluster.records;
    expect(kafkaErrorName(propose(cluster, proposal).errorCode)).toBe(error);
    expect(cluster.records).toHaveLength(length);
  });

  it('does not know topics by other ids', () => {
    const cluster = clusterWithTopic();
    const partition = {
      partitionIndex: 3,
      leaderEpoch: 0,
      partitionEpoch: 0,
      newIsr: [],
      newIsrWithEpochs: [],
      leaderRecoveryState: 0,
    };
    const topicId = cluster.newUuid();
    const { epoch: brokerEpoch } = cluster.broker(1);
    const [topic] = cluster.run((state) =>
      alterPartition(state, { brokerId: 1, brokerEpoch, topics: [{ topicId, partitions: [partition] }] }),
    );
    expect(topic).toMatchObject({
      topicId,
      partitions: [{ partitionIndex: 3, errorCode: ErrorCode.UNKNOWN_TOPIC_ID }],
    });
  });

  it('is refused as a whole to a former incarnation of the leader', () => {
    const cluster = clusterWithTopic();
    expect(() =>
      cluster.run((state) => alterPartition(state, { brokerId: 1, brokerEpoch: 0, topics: [] })),
    ).toThrow(expect.objectContaining({ code: 'STALE_BROKER_EPOCH' }));
  });

  it('keeps up who is eligible', () => {
    const cluster = clusterWithTopic({ hasElr: true });
    propose(cluster, { isr: [1] });
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 0/1 isr 1 elr 2,3');
    propose(cluster, { isr: [1, 3] });
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 0/2 isr 1,3');
  });

  it('ends the recovery after an unclean election', () => {
    const cluster = clusterWithTopic();
    cluster.setTopicConfig('orders', 'unclean.leader.election.enable', 'true');
    for (const id of [2, 3, 1]) cluster.heartbeat(id, { wantFence: true });
    cluster.heartbeat(2);
    expect(cluster.sketch('orders')).toBe('leader 2 epochs 2/4 isr 2 recovering');
    expect(propose(cluster, { from: SECOND, isr: [2], leaderRecoveryState: 1 })).toMatchObject({
      partitionEpoch: 4,
    });
    expect(propose(cluster, { from: SECOND, isr: [2] })).toMatchObject({
      leaderRecoveryState: 0,
      partitionEpoch: 5,
    });
  });

  it('completes a reassignment; a leader that is out of it hears that another one leads', () => {
    const cluster = clusterWithTopic();
    const partitions = [{ partitionIndex: 0, replicas: [4, 2] }];
    cluster.run((state) =>
      alterReassignments(state, {
        topics: [{ name: 'orders', partitions }],
        allowReplicationFactorChange: true,
      }),
    );
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 0/1 isr 1,2,3 adding 4 removing 1,3');
    expect(kafkaErrorName(propose(cluster, { isr: [1, 2, 3, 4] }).errorCode)).toBe('NEW_LEADER_ELECTED');
    expect(cluster.sketch('orders')).toBe('leader 4 epochs 1/2 isr 2,4');
    expect(cluster.partition('orders').replicas).toEqual([4, 2]);
  });
});
