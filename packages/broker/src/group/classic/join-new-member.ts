import { ErrorCode } from '@millrace/protocol';
import type { JoinCall } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import type { ClassicGroup } from './classic-group.ts';
import { addMember } from './join-admission.ts';
import { joinError } from './member-replies.ts';
import { replaceStaticMember } from './replace-static-member.ts';
import { startSession } from './session.ts';

/** From this version on a member must be known before it may join (KIP-394). */
const MEMBER_ID_REQUIRED_VERSION = 4;

/** JoinGroup without a member id. */
export function joinNewMember(shard: GroupShard, group: ClassicGroup, call: JoinCall, replyId: number): void {
  const { groupInstanceId, protocolType, protocols } = call.request;
  if (group.state === 'Dead') {
    shard.reply(replyId, joinError(ErrorCode.COORDINATOR_NOT_AVAILABLE, ''));
    return;
  }
  if (!group.supports(protocolType, protocols)) {
    shard.reply(replyId, joinError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, ''));
    return;
  }
  const memberId = `${groupInstanceId ?? call.clientId}-${call.memberIdSuffix}`;
  if (groupInstanceId === null) {
    joinNewDynamicMember(shard, group, call, { memberId, replyId });
    return;
  }
  const oldMemberId = group.staticMembers.get(groupInstanceId);
  if (oldMemberId === undefined) addMember(shard, group, call, { memberId, replyId });
  else replaceStaticMember(shard, group, call, { oldMemberId, newMemberId: memberId, replyId });
}

function joinNewDynamicMember(
  shard: GroupShard,
  group: ClassicGroup,
  call: JoinCall,
  { memberId, replyId }: { readonly memberId: string; readonly replyId: number },
): void {
  if (call.version < MEMBER_ID_REQUIRED_VERSION) {
    addMember(shard, group, call, { memberId, replyId });
    return;
  }
  // A client that gives up waiting and joins again would leave a member behind each time, and the group would wait for
  // all of them. So it gets its id first, and joins with it.
  group.pendingJoinMembers.add(memberId);
  startSession(shard, group.groupId, memberId, call.request.sessionTimeoutMs);
  shard.reply(replyId, joinError(ErrorCode.MEMBER_ID_REQUIRED, memberId));
}
