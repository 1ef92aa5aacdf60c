import { ErrorCode } from '@millrace/protocol';
import type { JoinCall } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import { invariant } from '../../coordinator/invariant.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { ClassicMember } from './classic-member.ts';
import { addMember, updateMember } from './join-admission.ts';
import { joinError, joinWelcome } from './member-replies.ts';

/** JoinGroup with a member id. */
export function joinKnownMember(
  shard: GroupShard,
  group: ClassicGroup,
  call: JoinCall,
  replyId: number,
): void {
  const { memberId, groupInstanceId } = call.request;
  const isPending = group.pendingJoinMembers.has(memberId) && groupInstanceId === null;
  const errorCode = checkJoin(group, call, isPending);
  if (errorCode !== ErrorCode.NONE) {
    shard.reply(replyId, joinError(errorCode, memberId));
    return;
  }
  if (isPending) {
    addMember(shard, group, call, { memberId, replyId });
    return;
  }
  const member = group.members.get(memberId);
  invariant(member !== undefined, `${memberId} was found in ${group.groupId} and is not there`);
  if (mustRebalance(group, member, call)) updateMember(shard, group, call, { member, replyId });
  else shard.reply(replyId, joinWelcome(group, memberId));
}

function checkJoin(group: ClassicGroup, { request }: JoinCall, isPending: boolean): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  if (!group.supports(request.protocolType, request.protocols)) return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
  if (isPending) return ErrorCode.NONE;
  return group.checkMember(request.memberId, request.groupInstanceId);
}

/**
 * A member that joins again with what it said before has probably lost the answer, and gets it again. The leader of a
 * stable group is different: joining is how it asks for a rebalance, for example because a topic has more partitions.
 */
function mustRebalance(group: ClassicGroup, member: ClassicMember, { request }: JoinCall): boolean {
  invariant(group.state !== 'Empty', `${member.memberId} is a member of ${group.groupId}, which is empty`);
  if (group.state === 'PreparingRebalance') return true;
  if (group.state === 'Stable' && group.isLeader(member.memberId)) return true;
  return !member.offers(request.protocols);
}
