import { ErrorCode } from '@millrace/protocol';
import type { ClassicGroup } from '../../classic/classic-group.ts';
import { disbandGroup } from '../../classic/disband.ts';
import { startSession, restartSession } from '../../classic/session.ts';
import { type GroupShard, joinTimer, syncTimer } from '../../group-shard.ts';

/** The upgrade of a classic group was lost: the group is back, with timers that see to it that it goes on. */
export function reviveClassicGroup(shard: GroupShard, group: ClassicGroup): void {
  const { groupId, generation, rebalanceTimeoutMs } = group;
  shard.groups.set(groupId, group);
  for (const member of group.members.values()) restartSession(shard, group, member);
  for (const memberId of group.pendingJoinMembers) startSession(shard, groupId, memberId, rebalanceTimeoutMs);
  if (group.state === 'PreparingRebalance')
    shard.setTimer(joinTimer(groupId), rebalanceTimeoutMs, { type: 'join', groupId });
  if (group.state === 'CompletingRebalance')
    shard.setTimer(syncTimer(groupId), rebalanceTimeoutMs, { type: 'sync', groupId, generation });
}

/** The downgrade to a classic group was lost: it has never been, and its members look for their coordinator again. */
export function dropClassicGroup(shard: GroupShard, group: ClassicGroup): void {
  disbandGroup(shard, group, ErrorCode.COORDINATOR_NOT_AVAILABLE);
}
