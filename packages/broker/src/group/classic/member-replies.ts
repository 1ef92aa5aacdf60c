import { ErrorCode } from '@millrace/protocol';
import { JoinGroupResponse, type JoinGroupResponseMember } from '@millrace/protocol/messages/join-group';
import { SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import { type GroupShard, sessionTimer } from '../group-shard.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { ClassicMember } from './classic-member.ts';

export function joinError(errorCode: number, memberId: string): JoinGroupResponse {
  return JoinGroupResponse.create({ errorCode, memberId, generationId: -1, protocolName: null });
}

export function syncError(errorCode: number): SyncGroupResponse {
  return SyncGroupResponse.create({ errorCode });
}

/** Welcomes a member to the present generation; the leader hears of everybody, so that it can assign. */
export function joinWelcome(group: ClassicGroup, memberId: string): JoinGroupResponse {
  return JoinGroupResponse.create({
    generationId: group.generation,
    protocolType: group.protocolType ?? null,
    protocolName: group.protocolName ?? null,
    leader: group.leaderId ?? '',
    memberId,
    members: group.isLeader(memberId) ? membersForLeader(group) : [],
  });
}

function membersForLeader(group: ClassicGroup): JoinGroupResponseMember[] {
  return [...group.members.values()].map((member) => ({
    memberId: member.memberId,
    groupInstanceId: member.instanceId,
    metadata: member.metadataOf(group.protocolName!)!,
  }));
}

/** The present assignment of a member. */
export function syncWelcome(group: ClassicGroup, member: ClassicMember): SyncGroupResponse {
  return SyncGroupResponse.create({
    protocolType: group.protocolType ?? null,
    protocolName: group.protocolName ?? null,
    assignment: member.assignment,
  });
}

/** Answers the JoinGroup call that waits for this member, if one does. */
export function answerJoin(
  shard: GroupShard,
  group: ClassicGroup,
  member: ClassicMember,
  reply: JoinGroupResponse,
): void {
  const { joinReplyId } = member;
  if (joinReplyId === undefined) return;
  group.setAwaitingJoin(member, undefined);
  shard.reply(joinReplyId, reply);
}

/** Answers the SyncGroup call that waits for this member, if one does. @returns whether one did. */
export function answerSync(shard: GroupShard, member: ClassicMember, reply: SyncGroupResponse): boolean {
  const { syncReplyId } = member;
  if (syncReplyId === undefined) return false;
  member.syncReplyId = undefined;
  shard.reply(syncReplyId, reply);
  return true;
}

/**
 * Lets a JoinGroup call wait for the end of the join phase. A call of the same member that already waits came over a
 * connection the client has given up; it is answered, so that nothing waits for ever.
 */
export function awaitJoin(
  shard: GroupShard,
  group: ClassicGroup,
  member: ClassicMember,
  replyId: number,
): void {
  answerJoin(shard, group, member, joinError(ErrorCode.REBALANCE_IN_PROGRESS, member.memberId));
  group.setAwaitingJoin(member, replyId);
}

/** The same for SyncGroup and the leader's assignment. */
export function awaitSync(shard: GroupShard, member: ClassicMember, replyId: number): void {
  answerSync(shard, member, syncError(ErrorCode.REBALANCE_IN_PROGRESS));
  member.syncReplyId = replyId;
}

/** Takes a member (or pending id) out of the group; whatever it waits for ends with UNKNOWN_MEMBER_ID. */
export function dismissMember(shard: GroupShard, group: ClassicGroup, memberId: string): void {
  const member = group.members.get(memberId);
  if (member !== undefined) {
    // The client may still be alive; without a member id it starts afresh.
    answerJoin(shard, group, member, joinError(ErrorCode.UNKNOWN_MEMBER_ID, ''));
    answerSync(shard, member, syncError(ErrorCode.UNKNOWN_MEMBER_ID));
  }
  group.remove(memberId);
  shard.cancelTimer(sessionTimer(group.groupId, memberId));
}
