import { ErrorCode } from '@millrace/protocol';
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

const letters = {
  unknown: '-',
  Empty: 'E',
  PreparingRebalance: 'P',
  CompletingRebalance: 'C',
  Stable: 'S',
  Dead: 'D',
} as const;

/** A cell of the table: what a call comes to in a group that is in the given state. */
function outcome(state: State, call: GroupCall): string {
  const driver = groupIn(state);
  const reply = driver.reply(driver.start(call));
  const after = driver.machine.shard.groups.get('g')?.state ?? 'unknown';
  return `${reply === undefined ? 'waits' : answerOf(call, reply)}${after === state ? '' : `>${letters[after]}`}`;
}

function answerOf({ api }: GroupCall, reply: unknown): string | number {
  if (api === 'commit') return (reply as GroupReplies['commit']).topics[0]!.partitions[0]!.errorCode;
  if (api === 'describe') {
    const [group] = reply as GroupReplies['describe'];
    return group!.errorCode === 0 ? group!.groupState : group!.errorCode;
  }
  if (api === 'deleteGroups') return (reply as GroupReplies['deleteGroups'])[0]!.errorCode;
  if (api === 'leave') {
    const { errorCode, members } = reply as GroupReplies['leave'];
    return [errorCode, ...members.map((member) => member.errorCode)].join('+');
  }
  if (api === 'deleteOffsets') {
    const { errorCode, topics } = reply as GroupReplies['deleteOffsets'];
    return topics[0]?.partitions[0]?.errorCode ?? errorCode;
  }
  return (reply as GroupReplies['heartbeat']).errorCode;
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

/** The calls of the table, by the name of their row. */
const calls: Readonly<Record<string, GroupCall>> = {
  'JoinGroup v3 of a new dynamic member': joinCall({ version: 3, suffix: 'new' }),
  'JoinGroup v4 of a new dynamic member': joinCall({ version: 4, suffix: 'new' }),
  'JoinGroup v5 of a new static member': joinCall({ version: 5, suffix: 'new', instanceId: 'new' }),
  'JoinGroup v8 of a static member without its id, same protocols': joinCall({
    version: 8,
    suffix: 'again',
    instanceId: 'i',
    protocols: both,
  }),
  'JoinGroup v9 of a static member without its id, same protocols': joinCall({
    version: 9,
    suffix: 'again',
    instanceId: 'i',
    protocols: both,
  }),
  'JoinGroup of a static member without its id, other choice of protocol': joinCall({
    suffix: 'again',
    instanceId: 'i',
    protocols: ['sticky'],
  }),
  'JoinGroup of the leader, unchanged': joinCall({ memberId: leader.memberId, protocols: both }),
  'JoinGroup of a follower, unchanged': joinCall({
    memberId: follower.memberId,
    instanceId: 'i',
    protocols: both,
  }),
  'JoinGroup of a follower, changed': joinCall({
    memberId: follower.memberId,
    instanceId: 'i',
    protocols: ['range'],
  }),
  'JoinGroup of a stranger with a member id': joinCall({ memberId: 'stranger', protocols: both }),
  'JoinGroup with the instance id of another member': joinCall({
    memberId: leader.memberId,
    instanceId: 'i',
    protocols: both,
  }),
  'JoinGroup with another protocol type': joinCall({ protocolType: 'connect', instanceId: 'new' }),
  'JoinGroup without a common protocol': joinCall({ protocols: ['roundrobin'], instanceId: 'new' }),
  'JoinGroup without any protocol': joinCall({ protocols: [] }),
  'JoinGroup without a protocol type': joinCall({ protocolType: '' }),
  'JoinGroup with a session timeout that is too short': joinCall({ sessionTimeoutMs: 5999 }),
  'JoinGroup with a session timeout that is too long': joinCall({ sessionTimeoutMs: 1_800_001 }),
  'JoinGroup without a group id': joinCall({ groupId: '' }),
  'SyncGroup of the leader': syncCall(leader),
  'SyncGroup of a follower': syncCall(follower),
  'SyncGroup of another generation': syncCall({ ...follower, generation: 2 }),
  'SyncGroup v5 with another protocol type': sync5('connect', 'range'),
  'SyncGroup v5 with another protocol': sync5('consumer', 'sticky'),
  'SyncGroup of a fenced instance': syncCall({ ...follower, memberId: 'old' }),
  'SyncGroup without a group id': syncCall({ ...leader, groupId: '' }),
  'Heartbeat of a member': heartbeatCall(follower),
  'Heartbeat of another generation': heartbeatCall({ ...leader, generation: 0 }),
  'Heartbeat of a fenced instance': heartbeatCall({ ...follower, memberId: 'old' }),
  'Heartbeat of a stranger': heartbeatCall({ memberId: 'stranger', generation: 1 }),
  'Heartbeat without a group id': heartbeatCall({ ...leader, groupId: '' }),
  'LeaveGroup of a member': leaveCall(leader),
  'LeaveGroup of all members': leaveCall(leader, follower),
  'LeaveGroup by instance id': leaveCall({ memberId: '', instanceId: 'i' }),
  'LeaveGroup of a fenced instance': leaveCall({ memberId: 'old', instanceId: 'i' }),
  'LeaveGroup of nobody': leaveCall(),
  'OffsetCommit v8 of a member': commitCall({ ...follower, version: 8 }),
  'OffsetCommit v9 of a member': commitCall({ ...follower, version: 9 }),
  'OffsetCommit of another generation': commitCall({ ...leader, generation: 7 }),
  'OffsetCommit of a fenced instance': commitCall({ ...follower, memberId: 'old' }),
  'OffsetCommit without a member': commitCall(),
  'OffsetCommit with metadata that is too long': commitCall({ metadata: 'm'.repeat(4097) }),
  OffsetFetch: { api: 'fetch', groupId: 'g', topics: null },
  'DescribeGroups v5': { api: 'describe', version: 5, groupIds: ['g'] },
  'DescribeGroups v6': { api: 'describe', version: 6, groupIds: ['g'] },
  DeleteGroups: { api: 'deleteGroups', groupIds: ['g'] },
  'OffsetDelete of a subscribed topic': deleteOffsets('t'),
  'OffsetDelete of another topic': deleteOffsets('other'),
};

/**
 * Rows are calls, columns the states of the group. A cell holds the error code of the answer (of all the answers it
 * has), `waits`, or a state in words; after `>` stands the state that follows, where it is another one: P preparing,
 * C completing, S stable, E empty, - none.
 */
const table = `
                                                                      | unknown    | Empty      | Preparing  | Completing | Stable     | Dead
JoinGroup v3 of a new dynamic member                                  | waits>P    | waits>P    | waits      | waits>P    | waits>P    | 15
JoinGroup v4 of a new dynamic member                                  | 79>E       | 79         | 79         | 79         | 79         | 15
JoinGroup v5 of a new static member                                   | waits>P    | waits>P    | waits      | waits>P    | waits>P    | 15
JoinGroup v8 of a static member without its id, same protocols        | waits>P    | waits>P    | waits      | waits>P    | 0          | 15
JoinGroup v9 of a static member without its id, same protocols        | waits>P    | waits>P    | waits      | waits>P    | 0          | 15
JoinGroup of a static member without its id, other choice of protocol | waits>P    | waits>P    | 23         | waits>P    | waits>P    | 15
JoinGroup of the leader, unchanged                                    | 25         | 25         | waits      | 0          | waits>P    | 15
JoinGroup of a follower, unchanged                                    | 25         | 25         | waits      | 0          | 0          | 15
JoinGroup of a follower, changed                                      | 25         | 25         | waits      | waits>P    | waits>P    | 15
JoinGroup of a stranger with a member id                              | 25         | 25         | 25         | 25         | 25         | 15
JoinGroup with the instance id of another member                      | 25         | 25         | 82         | 82         | 82         | 15
JoinGroup with another protocol type                                  | waits>P    | waits>P    | 23         | 23         | 23         | 15
JoinGroup without a common protocol                                   | waits>P    | waits>P    | 23         | 23         | 23         | 15
JoinGroup without any protocol                                        | 23>E       | 23         | 23         | 23         | 23         | 15
JoinGroup without a protocol type                                     | 23>E       | 23         | 23         | 23         | 23         | 15
JoinGroup with a session timeout that is too short                    | 26         | 26         | 26         | 26         | 26         | 26
JoinGroup with a session timeout that is too long                     | 26         | 26         | 26         | 26         | 26         | 26
JoinGroup without a group id                                          | 24         | 24         | 24         | 24         | 24         | 24
SyncGroup of the leader                                               | 25         | 25         | 27         | 0>S        | 0          | 15
SyncGroup of a follower                                               | 25         | 25         | 27         | waits      | 0          | 15
SyncGroup of another generation                                       | 25         | 25         | 22         | 22         | 22         | 15
SyncGroup v5 with another protocol type                               | 25         | 25         | 23         | 23         | 23         | 15
SyncGroup v5 with another protocol                                    | 25         | 25         | 23         | 23         | 23         | 15
SyncGroup of a fenced instance                                        | 25         | 25         | 82         | 82         | 82         | 15
SyncGroup without a group id                                          | 24         | 24         | 24         | 24         | 24         | 24
Heartbeat of a member                                                 | 25         | 25         | 27         | 0          | 0          | 15
Heartbeat of another generation                                       | 25         | 25         | 22         | 22         | 22         | 15
Heartbeat of a fenced instance                                        | 25         | 25         | 82         | 82         | 82         | 15
Heartbeat of a stranger                                               | 25         | 25         | 25         | 25         | 25         | 15
Heartbeat without a group id                                          | 24         | 24         | 24         | 24         | 24         | 24
LeaveGroup of a member                                                | 0+25       | 0+25       | 0+0        | 0+0>P      | 0+0>P      | 15
LeaveGroup of all members                                             | 0+25+25    | 0+25+25    | 0+0+0>C    | 0+0+0>E    | 0+0+0>E    | 15
LeaveGroup by instance id                                             | 0+25       | 0+25       | 0+0        | 0+0>P      | 0+0>P      | 15
LeaveGroup of a fenced instance                                       | 0+25       | 0+25       | 0+82       | 0+82       | 0+82       | 15
LeaveGroup of nobody                                                  | 0          | 0          | 0          | 0          | 0          | 15
OffsetCommit v8 of a member                                           | 22         | 25         | 0          | 27         | 0          | 15
OffsetCommit v9 of a member                                           | 69         | 25         | 0          | 27         | 0          | 15
OffsetCommit of another generation                                    | 69         | 25         | 22         | 22         | 22         | 15
OffsetCommit of a fenced instance                                     | 69         | 25         | 82         | 82         | 82         | 15
OffsetCommit without a member                                         | 0>E        | 0          | 25         | 25         | 25         | 15
OffsetCommit with metadata that is too long                           | 12         | 12         | 25         | 25         | 25         | 15
OffsetFetch                                                           | 0          | 0          | 0          | 0          | 0          | waits
DescribeGroups v5                                                     | Dead       | Empty      | PreparingRebalance | CompletingRebalance | Stable     | Dead
DescribeGroups v6                                                     | 69         | Empty      | PreparingRebalance | CompletingRebalance | Stable     | 69
DeleteGroups                                                          | 69         | 0>-        | 68         | 68         | 68         | 69
OffsetDelete of a subscribed topic                                    | 69         | 0          | 86         | 86         | 86         | 69
OffsetDelete of another topic                                         | 69         | 0          | 0          | 0          | 0          | 69
`;

const rows = table
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('a classic group', () => {
  for (const [name, ...expected] of rows) {
    it.each(states.map((state, index) => [state, expected[index]!] as const))(
      `${name}, group %s: %s`,
      (state, cell) => {
        expect(outcome(state, calls[name!]!)).toBe(cell);
      },
    );
  }

  it('has a row for every call', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(calls));
  });

  it('refuses to delete offsets of a group with members that are not consumers', () => {
    const driver = new GroupDriver({ 'group.initial.rebalance.delay.ms': 0 });
    driver.start(joinCall({ version: 3, protocolType: 'connect' }));
    expect(driver.call(deleteOffsets('t'))).toMatchObject({ errorCode: ErrorCode.NON_EMPTY_GROUP });
  });
});
