import { ErrorCode } from '@millrace/protocol';
import type { JoinCall } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import type { ClassicGroup } from './classic-group.ts';
import { newGroupRecord } from './group-metadata.ts';
import { joinKnownMember } from './join-known-member.ts';
import { joinNewMember } from './join-new-member.ts';
import { dismissMember, joinError } from './member-replies.ts';

/** JoinGroup. The group comes into being with its first member, never with one that claims to be known. */
export function joinGroup(shard: GroupShard, call: JoinCall, replyId: number): void {
  const { groupId, memberId, sessionTimeoutMs } = call.request;
  const properties = shard.properties;
  if (groupId === '') {
    shard.reply(replyId, joinError(ErrorCode.INVALID_GROUP_ID, memberId));
  } else if (
    sessionTimeoutMs < properties['group.min.session.timeout.ms'] ||
    sessionTimeoutMs > properties['group.max.session.timeout.ms']
  ) {
    shard.reply(replyId, joinError(ErrorCode.INVALID_SESSION_TIMEOUT, memberId));
  } else {
    joinValidGroup(shard, call, replyId);
  }
}

function joinValidGroup(shard: GroupShard, call: JoinCall, replyId: number): void {
  const { groupId, memberId } = call.request;
  if (shard.shareGroups.has(groupId) || shard.streamsGroups.has(groupId)) {
    shard.reply(replyId, joinError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId));
    return;
  }
  const known = shard.groups.get(groupId);
  if (known === undefined && memberId !== '') {
    shard.reply(replyId, joinError(ErrorCode.UNKNOWN_MEMBER_ID, memberId));
    return;
  }
  const group = known ?? shard.createGroup(groupId);
  if (!acceptsJoin(group, memberId, shard.properties['group.max.size'])) {
    dismissMember(shard, group, memberId);
    shard.reply(replyId, joinError(ErrorCode.GROUP_MAX_SIZE_REACHED, ''));
  } else if (memberId === '') {
    joinNewMember(shard, group, call, replyId);
  } else {
    joinKnownMember(shard, group, call, replyId);
  }
  if (known === undefined) {
    const undo = [{ type: 'group-created', group }] as const;
    shard.append([newGroupRecord(group)], { type: 'group-reserved', group }, undo);
  }
}

/**
 * Is there room? While members gather, those who are already back count rather than the members of the generation
 * before: that holds when `group.max.size` was lowered, and the last ones to come back are the ones turned away.
 */
function acceptsJoin(group: ClassicGroup, memberId: string, maxSize: number): boolean {
  if (group.state === 'Empty' || group.state === 'Dead') return true;
  if (group.state === 'PreparingRebalance') {
    return group.members.get(memberId)?.isAwaitingJoin === true || group.awaitingJoin < maxSize;
  }
  return group.members.has(memberId) || group.members.size < maxSize;
}
