import type { GroupShard, GroupTimer } from '../group-shard.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { GroupChange } from './group-change.ts';
import { fenceMembers } from './fence-members.ts';

const reasons = {
  session: 'its session has ended',
  'member-rebalance': 'it did not give up its partitions in time',
  'member-join': 'it did not join again in time',
  'member-sync': 'it did not ask for its assignment in time',
} as const;

/** The time of a member is over. */
export function onMemberTimer(shard: GroupShard, group: ConsumerGroup, timer: GroupTimer): void {
  if (!isMemberTimer(timer)) return;
  const { memberId } = timer;
  const member = group.members.get(memberId);
  if (member === undefined) return;
  if (timer.type === 'member-rebalance' && member.current.memberEpoch !== timer.memberEpoch) return;
  const { groupId, epoch: generation, state } = group;
  shard.log('Member removed', { groupId, generation, state }, { memberId, reason: reasons[timer.type] });
  const change = new GroupChange(shard);
  const finish = fenceMembers(change, group, new Set([memberId]));
  change.commitSilently();
  finish();
}

function isMemberTimer(timer: GroupTimer): timer is Extract<GroupTimer, { type: keyof typeof reasons }> {
  return timer.type in reasons;
}
