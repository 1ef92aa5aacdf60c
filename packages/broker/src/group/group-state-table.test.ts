import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { GroupCall, GroupReplies } from './group-calls.ts';
import { GroupDriver } from './testing/group-driver.ts';
import { commitCall, heartbeatCall, joinCall, leaveCall, syncCall } from './testing/group-test-calls.ts';

const states = ['unknown', 'Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'] as const;
type State = (typeof states)[number];

/** The leader, a dynamic member, and a static follower; both of generation 1. */
const leader = { memberId: 'client-a', generation: 1 };
const follower = { memberId: 'i-b', instanceId: 'i', generation: 1 };

/** A group in the given state, whose members (where it has any) are `leader` and `follower`. */
function groupIn(state: State): GroupDriver {
  const driver = new GroupDriver({ 'group.initial.rebalance.delay.ms': 0 });
  if (state === 'unknown') return driver;
  driver.start(joinCall({ version: 3, suffix: 'a', protocols: ['range', 'sticky'] }));
  driver.start(joinCall({ instanceId: 'i', suffix: 'b', protocols: ['range', 'sticky'] }));
  driver.advance(0);
  if (state === 'CompletingRebalance') return driver;
  driver.start(syncCall({ ...leader, assignments: { [leader.memberId]: 'A', [follower.memberId]: 'B' } }));
  driver.start(syncCall(follower));
  if (state === 'PreparingRebalance')
    driver.start(joinCall({ version: 3, suffix: 'late', protocols: ['range'] }));
  if (state === 'Empty' || state === 'Dead') driver.call(leaveCall(leader, follower));
  if (state === 'Dead') {
    driver.autoCommit = false;
    driver.start({ api: 'deleteGroups', groupIds: ['g'] });
  }
  return driver;
}

/** For example `NONE > Stable`: the answer (or `waits`) and the state of the group afterwards. */
function outcome(driver: GroupDriver, call: GroupCall): string {
  const reply = driver.reply(driver.start(call));
  const state = driver.machine.shard.groups.get('g')?.state ?? 'unknown';
  return `${reply === undefined ? 'waits' : errorOf(call, reply)} > ${state}`;
}

function errorOf({ api }: GroupCall, reply: unknown): string {
  if (api === 'commit') {
    return kafkaErrorName((reply as GroupReplies['commit']).topics[0]!.partitions[0]!.errorCode);
  }
  if (api === 'describe') {
    const [group] = reply as GroupReplies['describe'];
    return group!.errorCode === 0 ? `"${group!.groupState}"` : kafkaErrorName(group!.errorCode);
  }
  if (api === 'deleteGroups') return kafkaErrorName((reply as GroupReplies['deleteGroups'])[0]!.errorCode);
  if (api === 'leave') {
    const { errorCode, members } = reply as GroupReplies['leave'];
    return [errorCode, ...members.map((member) => member.errorCode)].map(kafkaErrorName).join('+');
  }
  if (api === 'deleteOffsets') {
    const { errorCode, topics } = reply as GroupReplies['deleteOffsets'];
    return kafkaErrorName(topics[0]?.partitions[0]?.errorCode ?? errorCode);
  }
  return kafkaErrorName((reply as GroupReplies['heartbeat']).errorCode);
}

const deleteOffsets = (topic: string): GroupCall => ({
  api: 'deleteOffsets',
  request: { groupId: 'g', topics: [{ name: topic, partitions: [{ partitionIndex: 0 }] }] },
});

const both = ['range', 'sticky'];
const sync5 = (protocolType: string, protocolName: string): GroupCall => {
  const call = syncCall(follower);
  return { ...call, request: { ...call.request, protocolType, protocolName } };
};

/** Rows: a call; columns: the states above. `same` stands for the state it was. */
const table: readonly (readonly [name: string, call: GroupCall, expected: readonly string[]])[] = [
  [
    'JoinGroup v3 of a new dynamic member',
    joinCall({ version: 3, suffix: 'new' }),
    [
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'waits > same',
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup v4 of a new dynamic member',
    joinCall({ version: 4, suffix: 'new' }),
    [
      'MEMBER_ID_REQUIRED > Empty',
      'MEMBER_ID_REQUIRED > same',
      'MEMBER_ID_REQUIRED > same',
      'MEMBER_ID_REQUIRED > same',
      'MEMBER_ID_REQUIRED > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup v5 of a new static member',
    joinCall({ version: 5, suffix: 'new', instanceId: 'new' }),
    [
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'waits > same',
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup v8 of a static member without its id, same protocols',
    joinCall({ version: 8, suffix: 'again', instanceId: 'i', protocols: both }),
    [
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'waits > same',
      'waits > PreparingRebalance',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup v9 of a static member without its id, same protocols',
    joinCall({ version: 9, suffix: 'again', instanceId: 'i', protocols: both }),
    [
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'waits > same',
      'waits > PreparingRebalance',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup of a static member without its id, other choice of protocol',
    joinCall({ suffix: 'again', instanceId: 'i', protocols: ['sticky'] }),
    // While the third member gathers, which offers range alone, sticky is not common to all.
    [
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup of the leader, unchanged',
    joinCall({ memberId: leader.memberId, protocols: both }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'waits > same',
      'NONE > same',
      'waits > PreparingRebalance',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup of a follower, unchanged',
    joinCall({ memberId: follower.memberId, instanceId: 'i', protocols: both }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'waits > same',
      'NONE > same',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup of a follower, changed',
    joinCall({ memberId: follower.memberId, instanceId: 'i', protocols: ['range'] }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'waits > same',
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup of a stranger with a member id',
    joinCall({ memberId: 'stranger', protocols: both }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup with the instance id of another member',
    joinCall({ memberId: leader.memberId, instanceId: 'i', protocols: both }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup with another protocol type',
    joinCall({ protocolType: 'connect', instanceId: 'new' }),
    [
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup without a common protocol',
    joinCall({ protocols: ['roundrobin'], instanceId: 'new' }),
    [
      'waits > PreparingRebalance',
      'waits > PreparingRebalance',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup without any protocol',
    joinCall({ protocols: [] }),
    [
      'INCONSISTENT_GROUP_PROTOCOL > Empty',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup without a protocol type',
    joinCall({ protocolType: '' }),
    [
      'INCONSISTENT_GROUP_PROTOCOL > Empty',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'JoinGroup with a session timeout that is too short',
    joinCall({ sessionTimeoutMs: 5999 }),
    Array<string>(6).fill('INVALID_SESSION_TIMEOUT > same'),
  ],
  [
    'JoinGroup with a session timeout that is too long',
    joinCall({ sessionTimeoutMs: 1_800_001 }),
    Array<string>(6).fill('INVALID_SESSION_TIMEOUT > same'),
  ],
  [
    'JoinGroup without a group id',
    joinCall({ groupId: '' }),
    Array<string>(6).fill('INVALID_GROUP_ID > same'),
  ],
  [
    'SyncGroup of the leader',
    syncCall(leader),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'REBALANCE_IN_PROGRESS > same',
      'NONE > Stable',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'SyncGroup of a follower',
    syncCall(follower),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'REBALANCE_IN_PROGRESS > same',
      'waits > same',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'SyncGroup of another generation',
    syncCall({ ...follower, generation: 2 }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'ILLEGAL_GENERATION > same',
      'ILLEGAL_GENERATION > same',
      'ILLEGAL_GENERATION > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'SyncGroup v5 with another protocol type',
    sync5('connect', 'range'),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'SyncGroup v5 with another protocol',
    sync5('consumer', 'sticky'),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'INCONSISTENT_GROUP_PROTOCOL > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'SyncGroup of a fenced instance',
    syncCall({ ...follower, memberId: 'old' }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'SyncGroup without a group id',
    syncCall({ ...leader, groupId: '' }),
    Array<string>(6).fill('INVALID_GROUP_ID > same'),
  ],
  [
    'Heartbeat of a member',
    heartbeatCall(follower),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'REBALANCE_IN_PROGRESS > same',
      'NONE > same',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'Heartbeat of another generation',
    heartbeatCall({ ...leader, generation: 0 }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'ILLEGAL_GENERATION > same',
      'ILLEGAL_GENERATION > same',
      'ILLEGAL_GENERATION > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'Heartbeat of a fenced instance',
    heartbeatCall({ ...follower, memberId: 'old' }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'Heartbeat of a stranger',
    heartbeatCall({ memberId: 'stranger', generation: 1 }),
    [
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'Heartbeat without a group id',
    heartbeatCall({ ...leader, groupId: '' }),
    Array<string>(6).fill('INVALID_GROUP_ID > same'),
  ],
  [
    'LeaveGroup of a member',
    leaveCall(leader),
    [
      'NONE+UNKNOWN_MEMBER_ID > same',
      'NONE+UNKNOWN_MEMBER_ID > same',
      'NONE+NONE > same',
      'NONE+NONE > PreparingRebalance',
      'NONE+NONE > PreparingRebalance',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'LeaveGroup of all members',
    leaveCall(leader, follower),
    [
      'NONE+UNKNOWN_MEMBER_ID+UNKNOWN_MEMBER_ID > same',
      'NONE+UNKNOWN_MEMBER_ID+UNKNOWN_MEMBER_ID > same',
      'NONE+NONE+NONE > CompletingRebalance',
      'NONE+NONE+NONE > Empty',
      'NONE+NONE+NONE > Empty',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'LeaveGroup by instance id',
    leaveCall({ memberId: '', instanceId: 'i' }),
    [
      'NONE+UNKNOWN_MEMBER_ID > same',
      'NONE+UNKNOWN_MEMBER_ID > same',
      'NONE+NONE > same',
      'NONE+NONE > PreparingRebalance',
      'NONE+NONE > PreparingRebalance',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'LeaveGroup of a fenced instance',
    leaveCall({ memberId: 'old', instanceId: 'i' }),
    [
      'NONE+UNKNOWN_MEMBER_ID > same',
      'NONE+UNKNOWN_MEMBER_ID > same',
      'NONE+FENCED_INSTANCE_ID > same',
      'NONE+FENCED_INSTANCE_ID > same',
      'NONE+FENCED_INSTANCE_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'LeaveGroup of nobody',
    leaveCall(),
    [
      'NONE > same',
      'NONE > same',
      'NONE > same',
      'NONE > same',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'OffsetCommit v8 of a member',
    commitCall({ ...follower, version: 8 }),
    [
      'ILLEGAL_GENERATION > same',
      'UNKNOWN_MEMBER_ID > same',
      'NONE > same',
      'REBALANCE_IN_PROGRESS > same',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'OffsetCommit v9 of a member',
    commitCall({ ...follower, version: 9 }),
    [
      'GROUP_ID_NOT_FOUND > same',
      'UNKNOWN_MEMBER_ID > same',
      'NONE > same',
      'REBALANCE_IN_PROGRESS > same',
      'NONE > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'OffsetCommit of another generation',
    commitCall({ ...leader, generation: 7 }),
    [
      'GROUP_ID_NOT_FOUND > same',
      'UNKNOWN_MEMBER_ID > same',
      'ILLEGAL_GENERATION > same',
      'ILLEGAL_GENERATION > same',
      'ILLEGAL_GENERATION > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'OffsetCommit of a fenced instance',
    commitCall({ ...follower, memberId: 'old' }),
    [
      'GROUP_ID_NOT_FOUND > same',
      'UNKNOWN_MEMBER_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'FENCED_INSTANCE_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'OffsetCommit without a member',
    commitCall(),
    [
      'NONE > Empty',
      'NONE > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'OffsetCommit with metadata that is too long',
    commitCall({ metadata: 'm'.repeat(4097) }),
    [
      'OFFSET_METADATA_TOO_LARGE > same',
      'OFFSET_METADATA_TOO_LARGE > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'UNKNOWN_MEMBER_ID > same',
      'COORDINATOR_NOT_AVAILABLE > same',
    ],
  ],
  [
    'OffsetFetch',
    { api: 'fetch', groupId: 'g', topics: null },
    ['NONE > same', 'NONE > same', 'NONE > same', 'NONE > same', 'NONE > same', 'waits > same'],
  ],
  [
    'DescribeGroups v5',
    { api: 'describe', version: 5, groupIds: ['g'] },
    [
      '"Dead" > same',
      '"Empty" > same',
      '"PreparingRebalance" > same',
      '"CompletingRebalance" > same',
      '"Stable" > same',
      '"Dead" > same',
    ],
  ],
  [
    'DescribeGroups v6',
    { api: 'describe', version: 6, groupIds: ['g'] },
    [
      'GROUP_ID_NOT_FOUND > same',
      '"Empty" > same',
      '"PreparingRebalance" > same',
      '"CompletingRebalance" > same',
      '"Stable" > same',
      'GROUP_ID_NOT_FOUND > same',
    ],
  ],
  [
    'DeleteGroups',
    { api: 'deleteGroups', groupIds: ['g'] },
    [
      'GROUP_ID_NOT_FOUND > same',
      'NONE > unknown',
      'NON_EMPTY_GROUP > same',
      'NON_EMPTY_GROUP > same',
      'NON_EMPTY_GROUP > same',
      'GROUP_ID_NOT_FOUND > same',
    ],
  ],
  [
    'OffsetDelete of a subscribed topic',
    deleteOffsets('t'),
    [
      'GROUP_ID_NOT_FOUND > same',
      'NONE > same',
      'GROUP_SUBSCRIBED_TO_TOPIC > same',
      'GROUP_SUBSCRIBED_TO_TOPIC > same',
      'GROUP_SUBSCRIBED_TO_TOPIC > same',
      'GROUP_ID_NOT_FOUND > same',
    ],
  ],
  [
    'OffsetDelete of another topic',
    deleteOffsets('other'),
    [
      'GROUP_ID_NOT_FOUND > same',
      'NONE > same',
      'NONE > same',
      'NONE > same',
      'NONE > same',
      'GROUP_ID_NOT_FOUND > same',
    ],
  ],
];

describe('a classic group', () => {
  for (const [name, call, expected] of table) {
    it.each(states.map((state, index) => [state, expected[index]!] as const))(
      `${name}, group %s: %s`,
      (state, text) => {
        expect(outcome(groupIn(state), call)).toBe(text.replace('same', state));
      },
    );
  }

  it('refuses to delete offsets of a group with members that are not consumers', () => {
    const driver = new GroupDriver({ 'group.initial.rebalance.delay.ms': 0 });
    driver.start(joinCall({ version: 3, protocolType: 'connect' }));
    expect(driver.call(deleteOffsets('t'))).toMatchObject({ errorCode: ErrorCode.NON_EMPTY_GROUP });
  });
});
