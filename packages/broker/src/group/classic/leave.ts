import { ErrorCode } from '@millrace/protocol';
import {
  LeaveGroupResponse,
  type LeaveGroupRequestMemberIdentity,
  type LeaveGroupResponseMemberResponse,
} from '@millrace/protocol/messages/leave-group';
import type { LeaveCall } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import type { ClassicGroup } from './classic-group.ts';
import { dismissMember } from './member-replies.ts';
import { rebalanceOrCompleteJoin } from './rebalance.ts';

/** LeaveGroup: members that go, or that an administrator removes by their instance id. Each has its own error. */
export function leaveGroup(shard: GroupShard, { request }: LeaveCall, replyId: number): void {
  const group = shard.groups.get(request.groupId);
  if (request.groupId === '' || group?.state === 'Dead') {
    const errorCode =
      request.groupId === '' ? ErrorCode.INVALID_GROUP_ID : ErrorCode.COORDINATOR_NOT_AVAILABLE;
    shard.reply(replyId, LeaveGroupResponse.create({ errorCode }));
    return;
  }
  const members = request.members.map((identity) => memberResponse(identity, leave(shard, group, identity)));
  shard.reply(replyId, LeaveGroupResponse.create({ members }));
  if (group === undefined || group.state === 'Empty') return;
  if (members.some(({ errorCode }) => errorCode === ErrorCode.NONE))
    rebalanceOrCompleteJoin(shard, group, leaveReason(request.members));
}

function leaveReason(members: readonly LeaveGroupRequestMemberIdentity[]): string {
  const leavers = members.map(({ memberId, groupInstanceId }) => memberId || (groupInstanceId ?? ''));
  return `members leave: ${leavers.join(', ')}`;
}

/** Takes one member out. @returns its error code. */
function leave(
  shard: GroupShard,
  group: ClassicGroup | undefined,
  { memberId, groupInstanceId }: LeaveGroupRequestMemberIdentity,
): number {
  const leaver = group === undefined ? undefined : findLeaver(group, memberId, groupInstanceId);
  if (typeof leaver !== 'string') return leaver ?? ErrorCode.UNKNOWN_MEMBER_ID;
  dismissMember(shard, group!, leaver);
  return ErrorCode.NONE;
}

/** The id of the member that is meant, or an error code. */
function findLeaver(group: ClassicGroup, memberId: string, instanceId: string | null): string | number {
  if (memberId === '') {
    const byInstance = instanceId === null ? undefined : group.staticMembers.get(instanceId);
    return byInstance ?? ErrorCode.UNKNOWN_MEMBER_ID;
  }
  if (group.pendingJoinMembers.has(memberId)) return memberId;
  const errorCode = group.checkMember(memberId, instanceId);
  return errorCode === ErrorCode.NONE ? memberId : errorCode;
}

function memberResponse(
  { memberId, groupInstanceId }: LeaveGroupRequestMemberIdentity,
  errorCode: number,
): LeaveGroupResponseMemberResponse {
  return { memberId, groupInstanceId, errorCode };
}
