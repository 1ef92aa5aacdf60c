import { describe, expect, it } from 'vitest';
import { balanceLeaders, electUncleanLeaders, MAX_ELECTIONS_PER_RUN } from './balance-leaders.ts';
import { ElectionType, electLeaders } from './elect-leaders.ts';
import { Cluster } from './testing/cluster.ts';

const { PREFERRED, UNCLEAN } = ElectionType;

/** Brokers 1 and 2 were away and came back; 2 leads what 1 should. */
function afterAbsenceOf1(): Cluster {
  const cluster = Cluster.of([1, 2, 3]);
  cluster.topic('orders', [
    [1, 2],
    [2, 3],
  ]);
  cluster.heartbeat(1, { wantFence: true });
  cluster.heartbeat(1);
  return cluster;
}

function elect(cluster: Cluster, type: number, partitions: number[] | null) {
  const asked = partitions === null ? null : [{ topic: 'orders', partitions }];
  return cluster
    .run((state) => electLeaders(state, type, asked))
    .flatMap((topic) => topic.partitions.map(({ index, error }) => [index, error?.code, error?.message]));
}

/** All replicas are in sync again. */
function catchUp(cluster: Cluster): void {
  const { id } = cluster.topicOf('orders');
  cluster.join(id, 0, [2, 1]);
}

describe('an election that is asked for', () => {
  it('moves the leadership to the preferred replica, when it is in sync', () => {
    const cluster = afterAbsenceOf1();
    const unavailable = [0, 'PREFERRED_LEADER_NOT_AVAILABLE', 'The preferred leader was not available.'];
    expect(elect(cluster, PREFERRED, [0])).toEqual([unavailable]);
    catchUp(cluster);
    expect(elect(cluster, PREFERRED, [0])).toEqual([[0, undefined, undefined]]);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 2/3 isr 2,1');
  });

  it.each([
    ['is not needed where the preferred replica leads', PREFERRED, 1, 'ELECTION_NOT_NEEDED'],
    ['is not needed uncleanly where anybody leads', UNCLEAN, 0, 'ELECTION_NOT_NEEDED'],
    ['is not possible for a partition that is not there', PREFERRED, 9, 'UNKNOWN_TOPIC_OR_PARTITION'],
  ])('%s', (_what, type, index, code) => {
    expect(elect(afterAbsenceOf1(), type, [index])[0]!.slice(0, 2)).toEqual([index, code]);
  });

  it('takes anybody alive uncleanly, if there is somebody', () => {
    const cluster = afterAbsenceOf1();
    for (const id of [2, 1]) cluster.heartbeat(id, { wantFence: true });
    expect(elect(cluster, UNCLEAN, [0])[0]).toEqual([
      0,
      'ELIGIBLE_LEADERS_NOT_AVAILABLE',
      'Eligible topic partition leaders are not available.',
    ]);
    cluster.heartbeat(1);
    expect(elect(cluster, UNCLEAN, [0])[0]).toEqual([0, undefined, undefined]);
    expect(cluster.sketch('orders')).toBe('leader 1 epochs 3/3 isr 1 recovering');
  });

  it('of everything leaves out what is as it should be', () => {
    const cluster = afterAbsenceOf1();
    catchUp(cluster);
    expect(elect(cluster, PREFERRED, null)).toEqual([[0, undefined, undefined]]);
    expect(elect(cluster, PREFERRED, null)).toEqual([]);
  });

  it('of a kind that does not exist is refused as a whole', () => {
    expect(() => elect(afterAbsenceOf1(), 7, null)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', message: 'Unknown election type 7' }),
    );
  });
});

describe('the controller by itself', () => {
  it('moves leaderships back, a thousand at a time', () => {
    const cluster = Cluster.of([1, 2]);
    const partitions = Array.from({ length: MAX_ELECTIONS_PER_RUN + 5 }, () => [1, 2]);
    cluster.topic('orders', partitions);
    cluster.heartbeat(1, { wantFence: true });
    cluster.heartbeat(1);
    expect(cluster.decide(balanceLeaders)).toMatchObject({ records: [], response: false });
    for (const index of partitions.keys()) cluster.join(cluster.topicOf('orders').id, index, [2, 1]);
    expect([balanceLeaders, balanceLeaders, balanceLeaders].map((run) => cluster.run(run))).toEqual([
      true,
      false,
      false,
    ]);
    expect(cluster.topicOf('orders').partitions.every(({ leader }) => leader === 1)).toBe(true);
  });

  it('elects uncleanly where the topic says so, and nowhere else', () => {
    const cluster = Cluster.of([1, 2]);
    cluster.topic('orders', [[1, 2]]);
    cluster.topic('careful', [[1, 2]]);
    for (const id of [2, 1]) cluster.heartbeat(id, { wantFence: true });
    cluster.heartbeat(2);
    cluster.setTopicConfig('orders', 'unclean.leader.election.enable', 'true');
    expect(cluster.run(electUncleanLeaders)).toBe(false);
    expect(cluster.sketch('orders')).toBe('leader 2 epochs 2/3 isr 2 recovering');
    expect(cluster.sketch('careful')).toBe('leader -1 epochs 1/2 isr 1');
  });
});
