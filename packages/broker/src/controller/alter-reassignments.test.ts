import { describe, expect, it } from 'vitest';
import { alterReassignments } from './alter-reassignments.ts';
import { Cluster } from './testing/cluster.ts';

function clusterWithTopic(): Cluster {
  const cluster = Cluster.of([1, 2, 3, 4, 5]);
  cluster.topic('orders', [[1, 2, 3]]);
  return cluster;
}

/** `undefined` when it was accepted. */
function move(
  cluster: Cluster,
  replicas: number[] | null,
  { name = 'orders', partitionIndex = 0, allowReplicationFactorChange = true } = {},
) {
  const [topic] = cluster.run((state) =>
    alterReassignments(state, {
      topics: [{ name, partitions: [{ partitionIndex, replicas }] }],
      allowReplicationFactorChange,
    }),
  );
  const { error } = topic!.partitions[0]!;
  return error === undefined ? undefined : [error.code, error.message];
}

const replicasOf = (cluster: Cluster) => cluster.partition('orders').replicas;

describe('a reassignment', () => {
  it('adds first, and removes when what was added is in sync', () => {
    const cluster = clusterWithTopic();
    expect(move(cluster, [3, 4])).toBeUndefined();
    expect(replicasOf(cluster)).toEqual([3, 4, 1, 2]);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 0/1 isr 1,2,3 adding 4 removing 1,2');
    cluster.join(cluster.topicOf('orders').id, 0, [1, 2, 3, 4], 1);
    expect(cluster.sketch('orders')).toBe('leader 3 epochs 1/2 isr 3,4');
    expect(replicasOf(cluster)).toEqual([3, 4]);
  });

  it('is through at once when nothing has to be copied', () => {
    const cluster = clusterWithTopic();
    move(cluster, [3, 2, 1]);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 0/1 isr 1,2,3');
    expect(replicasOf(cluster)).toEqual([3, 2, 1]);
    move(cluster, [2]);
    expect(cluster.sketch('orders')).toBe('leader 2 epochs 1/2 isr 2');
    expect(replicasOf(cluster)).toEqual([2]);
  });

  it('that asks for what there is changes nothing', () => {
    const cluster = clusterWithTopic();
    const { length } = cluster.records;
    expect(move(cluster, [1, 2, 3])).toBeUndefined();
    expect(cluster.records).toHaveLength(length);
  });

  it('replaces one that is under way', () => {
    const cluster = clusterWithTopic();
    move(cluster, [1, 2, 4]);
    move(cluster, [1, 2, 5]);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 0/2 isr 1,2,3 adding 5 removing 3,4');
    cluster.join(cluster.topicOf('orders').id, 0, [1, 2, 3, 5], 1);
    expect(replicasOf(cluster)).toEqual([1, 2, 5]);
  });

  it('back to where everything was is through at once', () => {
    const cluster = clusterWithTopic();
    move(cluster, [4, 5, 3]);
    move(cluster, [1, 2, 3]);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 1/2 isr 1,2,3');
    expect(replicasOf(cluster)).toEqual([1, 2, 3]);
  });

  it('is taken back: new replicas go, old ones stay, in a new epoch', () => {
    const cluster = clusterWithTopic();
    move(cluster, [4, 5, 3]);
    expect(move(cluster, null)).toBeUndefined();
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 1/2 isr 1,2,3');
    expect(replicasOf(cluster)).toEqual([3, 1, 2]);
  });

  it('is taken back without clean replicas only where the topic allows it', () => {
    const cluster = clusterWithTopic();
    move(cluster, [4, 5]);
    cluster.write(...cluster.changeIsr('orders', 0, [4], 4));
    expect(move(cluster, null)).toEqual([
      'INVALID_REPLICA_ASSIGNMENT',
      'Unable to revert partition assignment for orders:0 because it would require an unclean leader election.',
    ]);
    cluster.setTopicConfig('orders', 'unclean.leader.election.enable', 'true');
    expect(move(cluster, null)).toBeUndefined();
    expect(cluster.partition('orders')).toMatchObject({
      replicas: [1, 2, 3],
      leader: 1,
      inSyncReplicas: [1],
    });
  });

  it.each([
    [
      'a topic that is not there',
      { name: 'none' },
      [1],
      'UNKNOWN_TOPIC_OR_PARTITION',
      'Unable to find a topic named none.',
    ],
    [
      'a partition that is not there',
      { partitionIndex: 7 },
      [1],
      'UNKNOWN_TOPIC_OR_PARTITION',
      'Unable to find partition orders:7.',
    ],
    [
      'nothing to take back',
      {},
      null,
      'NO_REASSIGNMENT_IN_PROGRESS',
      'No partition reassignment is in progress.',
    ],
    [
      'no replicas at all',
      {},
      [],
      'INVALID_REPLICA_ASSIGNMENT',
      'The manual partition assignment includes an empty replica list.',
    ],
    [
      'a broker twice',
      {},
      [2, 1, 2],
      'INVALID_REPLICA_ASSIGNMENT',
      'The manual partition assignment includes the broker 2 more than once.',
    ],
    [
      'a broker that is not there',
      {},
      [1, 9],
      'INVALID_REPLICA_ASSIGNMENT',
      'The manual partition assignment includes broker 9, but no such broker is registered.',
    ],
    [
      'more replicas, where their number is to stay',
      { allowReplicationFactorChange: false },
      [1, 2],
      'INVALID_REPLICATION_FACTOR',
      'The replication factor is changed from 3 to 2',
    ],
  ])('is refused for %s', (_what, options, replicas, code, message) => {
    expect(move(clusterWithTopic(), replicas, options)).toEqual([code, message]);
  });
});
