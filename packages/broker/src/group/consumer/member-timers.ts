import {
  type GroupShard,
  memberJoinTimer,
  memberRebalanceTimer,
  memberSyncTimer,
  sessionTimer,
} from '../group-shard.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { type ConsumerMember, MemberState } from './consumer-member.ts';

/** Gives a member its full session from now on. */
export function restartMemberSession(
  shard: GroupShard,
  { groupId }: ConsumerGroup,
  { memberId, metadata }: ConsumerMember,
): void {
  const timeoutMs =
    metadata.classic?.sessionTimeoutMs ?? shard.configOf(groupId)['consumer.session.timeout.ms'];
  shard.setTimer(sessionTimer(groupId, memberId), timeoutMs, { type: 'session', groupId, memberId });
}

/** Starts or stops the clock for what the member has to give up. Classic members have clocks of their own. */
export function watchRevocation(
  shard: GroupShard,
  { groupId }: ConsumerGroup,
  { memberId, metadata, current }: ConsumerMember,
): void {
  const key = memberRebalanceTimer(groupId, memberId);
  shard.cancelTimer(key);
  if (metadata.classic !== null || current.state !== MemberState.unrevoked) return;
  const { memberEpoch } = current;
  shard.setTimer(key, metadata.rebalanceTimeoutMs, {
    type: 'member-rebalance',
    groupId,
    memberId,
    memberEpoch,
  });
}

/** Starts the clocks of a member that a replay, or a change taken back, has brought here. */
export function watchMember(shard: GroupShard, group: ConsumerGroup, memberId: string): void {
  const member = group.members.get(memberId);
  if (member === undefined) return;
  restartMemberSession(shard, group, member);
  watchRevocation(shard, group, member);
}

export function cancelMemberTimers(shard: GroupShard, groupId: string, memberId: string): void {
  for (const key of [sessionTimer, memberRebalanceTimer, memberJoinTimer, memberSyncTimer])
    shard.cancelTimer(key(groupId, memberId));
}
