import { PartitionRecord, type PartitionChangeRecord } from '@millrace/protocol/messages/metadata-records';
import { describe, expect, it } from 'vitest';
import { LeaderRecoveryState, type PartitionImage } from '../metadata/cluster-image.ts';
import { partitionImage } from '../metadata/partition-image.ts';
import { UNASSIGNED_DIRECTORY } from '../metadata/reserved-ids.ts';
import type { ElectionRules } from './elect-leader.ts';
import { partitionChange, type PartitionTarget } from './partition-change.ts';

const TOPIC = 'AAAAAAAAAAAAAAAAAAAAZA';

function partition(fields: Partial<PartitionRecord> = {}): PartitionImage {
  const { replicas = [1, 2, 3] } = fields;
  return partitionImage(
    PartitionRecord.create({
      topicId: TOPIC,
      partitionId: 7,
      isr: replicas,
      leader: replicas[0]!,
      leaderEpoch: 5,
      partitionEpoch: 9,
      directories: replicas.map(() => UNASSIGNED_DIRECTORY),
      ...fields,
      replicas,
    }),
  );
}

interface Case {
  readonly old?: PartitionImage;
  readonly target?: PartitionTarget;
  /** Brokers that may lead. */
  readonly alive?: readonly number[];
  readonly rules?: Partial<ElectionRules>;
}

/** The fields that the record sets. */
function change({ old = partition(), target = {}, alive = [1, 2, 3, 4, 5], rules = {} }: Case) {
  const record = partitionChange(TOPIC, old, target, {
    election: 'ONLINE',
    isAcceptableLeader: (id) => alive.includes(id),
    minInSyncReplicas: 2,
    isElrEnabled: false,
    defaultDirectory: () => UNASSIGNED_DIRECTORY,
    isShrinkInNewEpoch: false,
    ...rules,
  });
  if (record === undefined) return undefined;
  const { topicId, partitionId, ...data } = record.data as PartitionChangeRecord;
  expect([topicId, partitionId]).toEqual([TOPIC, 7]);
  return Object.fromEntries(
    Object.entries(data).filter(([name, value]) => {
      if (name === 'leader') return value !== -2;
      return name === 'leaderRecoveryState' ? value !== -1 : value !== null && value !== undefined;
    }),
  );
}

const withElr = { isElrEnabled: true };
const unclean = { election: 'UNCLEAN' } as const;
const preferred = { election: 'PREFERRED' } as const;
const { RECOVERED, RECOVERING } = LeaderRecoveryState;

describe('a change of a partition', () => {
  it.each<[string, Case, ReturnType<typeof change>]>([
    ['nothing where nothing changes', {}, undefined],
    ['nothing for the ISR that there is', { target: { inSyncReplicas: [1, 2, 3] } }, undefined],
    ['a smaller ISR under the same leader', { target: { inSyncReplicas: [1, 3] } }, { isr: [1, 3] }],
    [
      'a new epoch for a smaller ISR, before metadata.version 12',
      { target: { inSyncReplicas: [1, 3] }, rules: { isShrinkInNewEpoch: true } },
      { isr: [1, 3], leader: 1 },
    ],
    [
      'no new epoch for a larger ISR, at any time',
      {
        old: partition({ isr: [1, 3] }),
        target: { inSyncReplicas: [1, 3, 2] },
        rules: { isShrinkInNewEpoch: true },
      },
      { isr: [1, 3, 2] },
    ],
  ])('is %s', (_what, given, expected) => expect(change(given)).toEqual(expected));
});

describe('an election', () => {
  it.each<[string, Case, ReturnType<typeof change>]>([
    ['the leader, as long as it may lead', { old: partition({ leader: 2 }) }, undefined],
    [
      'the first replica in sync that is up, in the order of the assignment',
      { target: { inSyncReplicas: [3, 2] }, alive: [2, 3] },
      { isr: [3, 2], leader: 2 },
    ],
    ['nobody outside of the ISR', { old: partition({ isr: [1] }), alive: [2, 3] }, { leader: -1 }],
    [
      'nobody when the last member of the ISR goes, which stays in it',
      { old: partition({ isr: [1] }), target: { inSyncReplicas: [] }, alive: [2, 3] },
      { leader: -1 },
    ],
    [
      'the last member of the ISR when it is back',
      { old: partition({ isr: [1], leader: -1 }), alive: [1, 2] },
      { leader: 1 },
    ],
    [
      'anybody alive where that was asked for, alone and with something to recover',
      { old: partition({ isr: [1] }), target: { inSyncReplicas: [] }, alive: [3], rules: unclean },
      { leader: 3, isr: [3], leaderRecoveryState: RECOVERING },
    ],
    [
      'anybody alive instead of a member of the ISR that is down',
      { old: partition({ isr: [1], leader: -1 }), alive: [3, 2], rules: unclean },
      { leader: 2, isr: [2], leaderRecoveryState: RECOVERING },
    ],
    [
      'no unclean leader where a clean one is there',
      { target: { inSyncReplicas: [3] }, alive: [2, 3], rules: unclean },
      { isr: [3], leader: 3 },
    ],
    [
      'the preferred leader, if it is in sync',
      { old: partition({ leader: 2 }), rules: preferred },
      { leader: 1 },
    ],
    [
      'the leader that there is, if the preferred one is not in sync',
      { old: partition({ leader: 3, isr: [2, 3] }), rules: preferred },
      undefined,
    ],
    [
      'another one in sync, if neither may lead',
      { old: partition({ leader: 3, isr: [2, 3] }), alive: [1, 2], rules: preferred },
      { leader: 2 },
    ],
    [
      'nobody uncleanly, when the preferred one is asked for',
      { old: partition({ leader: -1, isr: [2] }), alive: [1], rules: preferred },
      undefined,
    ],
  ])('takes %s', (_what, given, expected) => expect(change(given)).toEqual(expected));

  it('keeps a recovery going when the leader changes in between, and ends it when the leader says so', () => {
    const old = partition({ isr: [1, 2], leaderRecoveryState: RECOVERING });
    expect(change({ old, alive: [2] })).toEqual({ leader: 2 });
    expect(change({ old, target: { leaderRecoveryState: RECOVERED } })).toEqual({
      leaderRecoveryState: RECOVERED,
    });
  });
});

describe('eligible replicas (KIP-966)', () => {
  it.each<[string, Case, ReturnType<typeof change>]>([
    [
      'are none while enough are in sync',
      { target: { inSyncReplicas: [1, 2] }, rules: withElr },
      { isr: [1, 2] },
    ],
    [
      'are those that left an ISR too small',
      { target: { inSyncReplicas: [1] }, rules: withElr },
      { isr: [1], eligibleLeaderReplicas: [2, 3] },
    ],
    [
      'are those from before as well',
      {
        old: partition({ isr: [1], eligibleLeaderReplicas: [3] }),
        target: { inSyncReplicas: [] },
        alive: [],
        rules: withElr,
      },
      { isr: [], leader: -1, eligibleLeaderReplicas: [1, 3], lastKnownElr: [1] },
    ],
    [
      'are no more when enough are in sync again',
      {
        old: partition({ isr: [1], eligibleLeaderReplicas: [2, 3] }),
        target: { inSyncReplicas: [1, 2] },
        rules: withElr,
      },
      { isr: [1, 2], eligibleLeaderReplicas: [] },
    ],
    [
      'are not those who are back in sync',
      {
        old: partition({ isr: [1], eligibleLeaderReplicas: [2, 3] }),
        target: { inSyncReplicas: [1, 2] },
        rules: { ...withElr, minInSyncReplicas: 3 },
      },
      { isr: [1, 2], eligibleLeaderReplicas: [3] },
    ],
    [
      'are not those that may have lost something',
      {
        old: partition({ isr: [1], eligibleLeaderReplicas: [2, 3] }),
        target: { uncleanReplica: 2 },
        rules: withElr,
      },
      { eligibleLeaderReplicas: [3] },
    ],
    [
      'are forgotten without the feature',
      { old: partition({ isr: [1], eligibleLeaderReplicas: [2] }) },
      { eligibleLeaderReplicas: [] },
    ],
    [
      'lead when nobody is in sync, alone',
      {
        old: partition({ isr: [], leader: -1, eligibleLeaderReplicas: [2, 3], lastKnownElr: [1] }),
        rules: withElr,
      },
      { leader: 2, isr: [2], eligibleLeaderReplicas: [3], lastKnownElr: [] },
    ],
    [
      'do not lead while somebody is in sync, though it is down',
      { old: partition({ isr: [1], eligibleLeaderReplicas: [2] }), alive: [2], rules: withElr },
      { leader: -1 },
    ],
    [
      'lead when nobody is in sync, though the feature was turned off meanwhile',
      { old: partition({ isr: [], leader: -1, eligibleLeaderReplicas: [2, 3], lastKnownElr: [1] }) },
      { leader: 2, isr: [2], eligibleLeaderReplicas: [], lastKnownElr: [] },
    ],
    [
      'are waited for without the feature, too',
      { old: partition({ isr: [], leader: -1, eligibleLeaderReplicas: [2, 3] }), alive: [1] },
      undefined,
    ],
    [
      'are none without the feature while somebody is in sync',
      { old: partition({ isr: [1], eligibleLeaderReplicas: [2, 3] }) },
      { eligibleLeaderReplicas: [] },
    ],
    [
      'are none once one leads that is enough by itself',
      {
        old: partition({ isr: [], leader: -1, eligibleLeaderReplicas: [2, 3] }),
        rules: { ...withElr, minInSyncReplicas: 1 },
      },
      { leader: 2, isr: [2], eligibleLeaderReplicas: [] },
    ],
  ])('%s', (_what, given, expected) => expect(change(given)).toEqual(expected));

  const nobody = partition({ isr: [], leader: -1, lastKnownElr: [3] });
  it.each<[string, Case, ReturnType<typeof change>]>([
    [
      'leads when nobody else can be known to be complete',
      { old: nobody, rules: withElr },
      { leader: 3, isr: [3], leaderRecoveryState: RECOVERING, lastKnownElr: [] },
    ],
    [
      'leads though the feature was turned off meanwhile',
      { old: nobody },
      { leader: 3, isr: [3], leaderRecoveryState: RECOVERING, lastKnownElr: [] },
    ],
    ['is waited for while it is down', { old: nobody, alive: [1, 2], rules: withElr }, undefined],
    [
      'is not waited for by an unclean election',
      { old: nobody, alive: [2], rules: { ...withElr, ...unclean } },
      { leader: 2, isr: [2], leaderRecoveryState: RECOVERING, lastKnownElr: [] },
    ],
    [
      'is noted when the last one in sync may have lost something',
      {
        old: partition({ isr: [2], leader: 2 }),
        target: { inSyncReplicas: [], uncleanReplica: 2 },
        alive: [],
        rules: withElr,
      },
      { isr: [], leader: -1, lastKnownElr: [2] },
    ],
    [
      'is who was in sync last, if nobody led',
      {
        old: partition({ isr: [2], leader: -1 }),
        target: { inSyncReplicas: [], uncleanReplica: 2 },
        alive: [],
        rules: withElr,
      },
      { isr: [], lastKnownElr: [2] },
    ],
  ])('the last known leader %s', (_what, given, expected) => expect(change(given)).toEqual(expected));
});

describe('a reassignment', () => {
  const moving = partition({
    replicas: [4, 5, 1, 2],
    isr: [1, 2],
    leader: 1,
    addingReplicas: [4, 5],
    removingReplicas: [1, 2],
  });

  it('is under way until all that is new is in sync', () => {
    expect(change({ old: moving, target: { inSyncReplicas: [1, 2, 4] } })).toEqual({ isr: [1, 2, 4] });
  });

  it('is completed with the ISR that completes it: a new leader, in a new epoch, and the old ones are out', () => {
    expect(change({ old: moving, target: { inSyncReplicas: [1, 2, 4, 5] } })).toEqual({
      isr: [4, 5],
      leader: 4,
      replicas: [4, 5],
      addingReplicas: [],
      removingReplicas: [],
      directories: [UNASSIGNED_DIRECTORY, UNASSIGNED_DIRECTORY],
    });
  });

  it('begins a new epoch even if the leader stays, so that it notices who is gone', () => {
    const old = partition({
      replicas: [1, 4, 2],
      isr: [1, 2],
      leader: 1,
      addingReplicas: [4],
      removingReplicas: [2],
    });
    expect(change({ old, target: { inSyncReplicas: [1, 2, 4] } })).toMatchObject({
      leader: 1,
      isr: [1, 4],
      replicas: [1, 4],
    });
  });

  it('is completed with fewer replicas only when all that remain are in sync', () => {
    const old = partition({ replicas: [1, 2, 3], isr: [1, 3], leader: 1, removingReplicas: [3] });
    expect(change({ old })).toBeUndefined();
    expect(change({ old, target: { inSyncReplicas: [1, 3, 2] } })).toMatchObject({
      replicas: [1, 2],
      isr: [1, 2],
    });
  });

  it('that only changes the order is completed at once, without a new epoch', () => {
    const target = { replicas: [3, 1, 2], addingReplicas: [], removingReplicas: [] };
    expect(change({ target })).toEqual({ replicas: [3, 1, 2] });
  });

  it('takes those away from eligible replicas who have no replica any more', () => {
    const old = partition({
      replicas: [1, 2, 3],
      isr: [1],
      eligibleLeaderReplicas: [2, 3],
      removingReplicas: [3],
    });
    const rules = { ...withElr, minInSyncReplicas: 3 };
    const target = { inSyncReplicas: [1, 2] };
    expect(change({ old, target, rules })).toMatchObject({ replicas: [1, 2], eligibleLeaderReplicas: [] });
  });

  it('keeps known directories, and does not know those of new replicas', () => {
    const directories = ['A', 'B', 'C'].map((letter) => Buffer.alloc(16, letter).toString('base64url'));
    const old = partition({ directories });
    const target = { replicas: [4, 3, 1, 2], addingReplicas: [4], removingReplicas: [1, 2] };
    const [a, b, c] = directories;
    expect(change({ old, target })).toMatchObject({ directories: [UNASSIGNED_DIRECTORY, c, a, b] });
    expect(change({ old, target: { directories: new Map([[2, a!]]) } })).toEqual({ directories: [a, a, c] });
  });
});
