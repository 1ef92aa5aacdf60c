import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  LeaveGroupRequest,
  LeaveGroupResponse,
  type LeaveGroupResponseInput,
} from '@millrace/protocol/messages/leave-group';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

const FIRST_WITH_MEMBER_LIST = 3;

export const leaveGroup = defineHandler({
  key: ApiKey.LEAVE_GROUP,
  minVersion: 0,
  maxVersion: 5,
  request: LeaveGroupRequest,
  response: LeaveGroupResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId),

  async handle(request, { version, broker }) {
    const isList = version >= FIRST_WITH_MEMBER_LIST;
    const members = isList
      ? request.members
      : [{ memberId: request.memberId, groupInstanceId: null, reason: null }];
    const reply = await broker.groups.call(request.groupId, {
      api: 'leave',
      request: { ...request, members },
    });
    return isList ? reply : singleMemberResponse(reply);
  },

  fail: ({ errorCode }) => ({ throttleTimeMs: 0, errorCode, members: [] }),
});

/** The one member's error is that of the whole response. */
function singleMemberResponse({ errorCode, members }: LeaveGroupResponse): LeaveGroupResponseInput {
  const failed = members.find((member) => member.errorCode !== ErrorCode.NONE);
  const ownError = errorCode === ErrorCode.NONE ? failed?.errorCode : errorCode;
  return { throttleTimeMs: 0, errorCode: ownError ?? ErrorCode.NONE, members: [] };
}
