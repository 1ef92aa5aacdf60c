import type { GroupShard } from '../group-shard.ts';
import type { ClassicGroup } from './classic-group.ts';
import { dismissMember } from './member-replies.ts';
import { completeJoin, rebalanceOrCompleteJoin } from './rebalance.ts';

/** A session has run out: of a member, or of an id that was handed out and never came back. */
export function onSessionTimer(shard: GroupShard, group: ClassicGroup, memberId: string): void {
  if (group.members.get(memberId)?.hasSatisfiedHeartbeat === true) return;
  const wasMember = group.members.has(memberId);
  if (!wasMember && !group.pendingJoinMembers.has(memberId)) return;
  shard.log('Member removed, its session has ended', group, { memberId });
  dismissMember(shard, group, memberId);
  if (group.state === 'PreparingRebalance') {
    if (group.hasAllMembersJoined) completeJoin(shard, group);
  } else if (wasMember) {
    rebalanceOrCompleteJoin(shard, group, `the session of a member ended: ${memberId}`);
  }
}
