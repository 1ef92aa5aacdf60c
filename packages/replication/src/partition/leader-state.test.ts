import { describe, expect, it } from 'vitest';
import { LeaderState, type ReplicaNodes, type ReplicatedPartition } from './leader-state.ts';

const MAX_LAG_MS = 30_000;

const partition: ReplicatedPartition = {
  replicas: [1, 2, 3],
  inSyncReplicas: [1, 2, 3],
  leaderEpoch: 5,
  partitionEpoch: 10,
};

interface NodeFlags {
  readonly epoch?: number;
  readonly isFenced?: boolean;
  readonly isShuttingDown?: boolean;
}

function nodesOf(flags: Record<number, NodeFlags> = {}): ReplicaNodes {
  return {
    isEligible: (id) => flags[id]?.isFenced !== true && flags[id]?.isShuttingDown !== true,
    isAlive: (id) => flags[id]?.isFenced !== true,
    epochOf: (id) => flags[id]?.epoch ?? 100 + id,
  };
}

function leaderOf(options: Partial<ConstructorParameters<typeof LeaderState>[0]> = {}): LeaderState {
  return new LeaderState({
    nodeId: 1,
    partition,
    nodes: nodesOf(),
    logEndOffset: 10,
    highWatermark: 4,
    minInSyncReplicas: 1,
    maxLagMs: MAX_LAG_MS,
    nowMs: 0,
    ...options,
  });
}

function fetchBy(
  leader: LeaderState,
  replicaId: number,
  fetchOffset: number,
  more: {
    readonly leaderEndOffset?: number;
    readonly brokerEpoch?: number;
    readonly nowMs?: number;
    readonly logStartOffset?: number;
  } = {},
) {
  return leader.onFetch({
    replicaId,
    fetchOffset,
    logStartOffset: 0,
    brokerEpoch: 100 + replicaId,
    leaderEndOffset: 10,
    nowMs: 0,
    ...more,
  });
}

describe('high watermark', () => {
  it('is the log end where there is one replica', () => {
    const alone = { ...partition, replicas: [1], inSyncReplicas: [1] };
    const leader = leaderOf({ partition: alone, highWatermark: 10, minInSyncReplicas: 2 });
    expect(leader.onAppended(11, 1)).toBe(true);
    expect(leader.highWatermark).toBe(11);
  });

  it('stands still until every member of the ISR has fetched from this leader', () => {
    const leader = leaderOf();
    fetchBy(leader, 2, 10);
    expect(leader.highWatermark).toBe(4);
    expect(fetchBy(leader, 3, 7)).toBe(true);
    expect(leader.highWatermark).toBe(7);
  });

  it('never falls, where a follower comes back with less', () => {
    const leader = leaderOf();
    fetchBy(leader, 2, 10);
    fetchBy(leader, 3, 10);
    fetchBy(leader, 3, 2, { nowMs: 1 });
    expect(leader.highWatermark).toBe(10);
  });

  it('stands still while the ISR is smaller than min.insync.replicas', () => {
    const leader = leaderOf({ partition: { ...partition, inSyncReplicas: [1] }, minInSyncReplicas: 2 });
    leader.onAppended(20, 1);
    expect(leader.highWatermark).toBe(4);
    expect(leader.isUnderMinInSyncReplicas).toBe(true);
  });

  it('waits for a caught-up follower that is about to join', () => {
    const leader = leaderOf({ partition: { ...partition, inSyncReplicas: [1, 2] } });
    fetchBy(leader, 3, 10, { nowMs: 100 });
    fetchBy(leader, 2, 10, { nowMs: 100 });
    leader.onAppended(15, 200);
    fetchBy(leader, 2, 15, { nowMs: 200, leaderEndOffset: 15 });
    expect(leader.highWatermark).toBe(10);
  });

  it('does not wait for a caught-up follower that is fenced', () => {
    const nodes = nodesOf({ 3: { isFenced: true } });
    const leader = leaderOf({ partition: { ...partition, inSyncReplicas: [1, 2] }, nodes });
    fetchBy(leader, 3, 10);
    leader.onAppended(15, 200);
    fetchBy(leader, 2, 15, { nowMs: 200, leaderEndOffset: 15 });
    expect(leader.highWatermark).toBe(15);
  });

  it('counts a member that was asked for before the controller has agreed', () => {
    const leader = leaderOf({ partition: { ...partition, inSyncReplicas: [1, 2] } });
    fetchBy(leader, 2, 10);
    fetchBy(leader, 3, 10);
    expect(leader.proposeExpand(3)).toMatchObject({ type: 'expand' });
    leader.onAppended(20, 1);
    fetchBy(leader, 2, 20, { leaderEndOffset: 20, nowMs: 2 * MAX_LAG_MS });
    expect(leader.highWatermark).toBe(10);
  });

  it('counts a member that is to leave until the controller has agreed', () => {
    const leader = leaderOf();
    fetchBy(leader, 2, 10, { nowMs: 40_000 });
    const change = leader.proposeShrink(40_000)!;
    expect(change.inSyncReplicas).toEqual([
      { brokerId: 1, brokerEpoch: 101 },
      { brokerId: 2, brokerEpoch: 102 },
    ]);
    expect(leader.highWatermark).toBe(4);
    const result = { leaderEpoch: 5, partitionEpoch: 11, inSyncReplicas: [1, 2] };
    expect(leader.onIsrChangeResult(change, result, 40_000)).toBe('committed');
    expect(leader.highWatermark).toBe(10);
  });
});

describe('progress of a follower', () => {
  it('is not believed of an incarnation that is no more', () => {
    const leader = leaderOf();
    expect(fetchBy(leader, 2, 10, { brokerEpoch: 7 })).toBeUndefined();
    expect(leader.progressOf(2)!.logEndOffset).toBe(-1);
  });

  it('is not known of a node that has no replica', () => {
    expect(fetchBy(leaderOf(), 9, 10)).toBeUndefined();
  });

  it('is caught up as of the fetch before, while it never holds the newest', () => {
    const leader = leaderOf();
    fetchBy(leader, 3, 10, { nowMs: 50_000 });
    leader.onAppended(20, 50_000);
    for (let round = 0; round < 5; round++) {
      const fetchOffset = 10 + round;
      fetchBy(leader, 2, fetchOffset, { leaderEndOffset: fetchOffset + 1, nowMs: 10_000 * round });
    }
    expect(leader.progressOf(2)!.lastCaughtUpMs).toBe(30_000);
    expect(leader.proposeShrink(60_000)).toBeUndefined();
    expect(leader.proposeShrink(60_001)!.inSyncReplicas.map(({ brokerId }) => brokerId)).toEqual([1, 3]);
  });
});

describe('shrink of the ISR', () => {
  it('comes a whole lag period after the election at the earliest', () => {
    expect(leaderOf().proposeShrink(MAX_LAG_MS)).toBeUndefined();
    expect(leaderOf().proposeShrink(MAX_LAG_MS + 1)).toBeDefined();
  });

  it('leaves out everybody who is out of sync at once', () => {
    const { inSyncReplicas } = leaderOf().proposeShrink(MAX_LAG_MS + 1)!;
    expect(inSyncReplicas).toEqual([{ brokerId: 1, brokerEpoch: 101 }]);
  });

  it('keeps a follower that has everything, however long it is silent', () => {
    const leader = leaderOf();
    fetchBy(leader, 2, 10);
    fetchBy(leader, 3, 10);
    expect(leader.proposeShrink(1_000_000)).toBeUndefined();
  });

  it('is asked for once', () => {
    const leader = leaderOf();
    leader.proposeShrink(MAX_LAG_MS + 1);
    expect(leader.proposeShrink(MAX_LAG_MS + 2)).toBeUndefined();
  });
});

describe('expansion of the ISR', () => {
  const shrunk = { ...partition, inSyncReplicas: [1, 2] };

  it.each([
    ['is behind the high watermark', 3, {}, {}],
    ['is behind the start of the epoch', 9, {}, {}],
    ['is fenced', 10, { isFenced: true }, {}],
    ['is shutting down', 10, { isShuttingDown: true }, {}],
    ['has fetched in another incarnation than metadata knows', 10, { epoch: 1 }, {}],
    ['has one asked for already', 10, {}, { isAskedFor: true }],
  ])(
    'is not asked for when the follower %s',
    (_reason, offset, flags: NodeFlags, { isAskedFor = false }: { isAskedFor?: boolean }) => {
      const leader = leaderOf({ partition: shrunk, nodes: nodesOf({ 3: flags }) });
      fetchBy(leader, 3, offset);
      if (isAskedFor) leader.proposeExpand(3);
      expect(leader.proposeExpand(3)).toBeUndefined();
    },
  );

  it('does not compare the incarnation where requests do not carry it', () => {
    const leader = leaderOf({ partition: shrunk });
    fetchBy(leader, 3, 10, { brokerEpoch: -1 });
    expect(leader.proposeExpand(3)!.inSyncReplicas).toContainEqual({ brokerId: 3, brokerEpoch: 103 });
    expect(leader.maximalInSyncReplicas).toEqual([1, 2, 3]);
    expect(leader.inSyncReplicas).toEqual([1, 2]);
  });
});

describe('answer to AlterPartition', () => {
  function expanding() {
    const leader = leaderOf({ partition: { ...partition, inSyncReplicas: [1, 2] } });
    fetchBy(leader, 3, 10);
    return { leader, change: leader.proposeExpand(3)! };
  }

  it.each([
    ['INELIGIBLE_REPLICA', 'takenBack', [1, 2]],
    ['OPERATION_NOT_ATTEMPTED', 'takenBack', [1, 2]],
    ['UNKNOWN_TOPIC_OR_PARTITION', 'waitsForMetadata', [1, 2, 3]],
    ['UNKNOWN_TOPIC_ID', 'waitsForMetadata', [1, 2, 3]],
    ['FENCED_LEADER_EPOCH', 'waitsForMetadata', [1, 2, 3]],
    ['INVALID_UPDATE_VERSION', 'waitsForMetadata', [1, 2, 3]],
    ['INVALID_REQUEST', 'waitsForMetadata', [1, 2, 3]],
    ['NEW_LEADER_ELECTED', 'waitsForMetadata', [1, 2, 3]],
    ['NOT_CONTROLLER', 'retry', [1, 2, 3]],
    ['REQUEST_TIMED_OUT', 'retry', [1, 2, 3]],
    ['UNKNOWN_SERVER_ERROR', 'retry', [1, 2, 3]],
  ])('%s: %s', (error, outcome, maximalIsr) => {
    const { leader, change } = expanding();
    expect(leader.onIsrChangeResult(change, { error }, 1)).toBe(outcome);
    expect(leader.maximalInSyncReplicas).toEqual(maximalIsr);
    expect(leader.pending !== undefined).toBe(outcome !== 'takenBack');
  });

  it('is ignored when metadata has overtaken it', () => {
    const { leader, change } = expanding();
    leader.onMetadata({ ...partition, inSyncReplicas: [1, 3], partitionEpoch: 12 }, 10, 1);
    const result = { leaderEpoch: 5, partitionEpoch: 11, inSyncReplicas: [1, 2, 3] };
    expect(leader.onIsrChangeResult(change, result, 1)).toBe('stale');
    expect(leader.inSyncReplicas).toEqual([1, 3]);
  });

  it('leaves the change pending where it is older than what is known', () => {
    const { leader, change } = expanding();
    const result = { leaderEpoch: 5, partitionEpoch: 9, inSyncReplicas: [1, 2, 3] };
    expect(leader.onIsrChangeResult(change, result, 1)).toBe('stale');
    expect(leader.pending).toBe(change);
  });
});

describe('metadata', () => {
  it('of the past changes nothing', () => {
    const leader = leaderOf();
    leader.onMetadata({ ...partition, partitionEpoch: 9, inSyncReplicas: [1] }, 10, 1);
    expect(leader.inSyncReplicas).toEqual([1, 2, 3]);
  });

  it('with a smaller ISR lets the high watermark go on', () => {
    const leader = leaderOf();
    fetchBy(leader, 2, 10);
    expect(leader.onMetadata({ ...partition, partitionEpoch: 11, inSyncReplicas: [1, 2] }, 10, 1)).toBe(true);
    expect(leader.highWatermark).toBe(10);
  });

  it('of a new epoch gives members of the ISR a new lag period, and others no way in by what they had', () => {
    const leader = leaderOf({ partition: { ...partition, inSyncReplicas: [1, 2] } });
    fetchBy(leader, 2, 10);
    fetchBy(leader, 3, 10);
    const next = { ...partition, leaderEpoch: 6, partitionEpoch: 11, inSyncReplicas: [1, 2] };
    leader.onMetadata(next, 12, 50_000);
    expect(leader.proposeShrink(50_000 + MAX_LAG_MS)).toBeUndefined();
    expect(leader.proposeExpand(3)).toBeUndefined();
  });

  it('with other replicas forgets those that are gone', () => {
    const leader = leaderOf();
    fetchBy(leader, 2, 10);
    const next = { ...partition, replicas: [1, 2, 4], inSyncReplicas: [1, 2], partitionEpoch: 11 };
    leader.onMetadata(next, 10, 1);
    expect(leader.followers.map(({ replicaId, logEndOffset }) => [replicaId, logEndOffset])).toEqual([
      [2, 10],
      [4, -1],
    ]);
  });
});

it('the low watermark is the smallest log start of replicas that live', () => {
  const leader = leaderOf({ nodes: nodesOf({ 3: { isFenced: true } }) });
  expect(leader.lowWatermark(5)).toBe(-1);
  fetchBy(leader, 2, 10, { logStartOffset: 3 });
  expect(leader.lowWatermark(5)).toBe(3);
  expect(leader.lowWatermark(2)).toBe(2);
});
