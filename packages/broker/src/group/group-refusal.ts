import { ErrorCode } from '@millrace/protocol';
import { HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { LeaveGroupResponse } from '@millrace/protocol/messages/leave-group';
import { OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete';
import { describeError } from './classic/describe.ts';
import { joinError, syncError } from './classic/member-replies.ts';
import { describeConsumerError } from './consumer/describe.ts';
import { heartbeatError } from './consumer/heartbeat-error.ts';
import { deleteGroupResult } from './delete-group-result.ts';
import type { GroupCall, GroupReply } from './group-calls.ts';
import { commitError } from './offsets/commit.ts';
import { isShareCall } from './share/share-calls.ts';
import { refuseShareCall } from './share/share-refusal.ts';
import { refuseStreamsCall } from './streams/streams-refusal.ts';
import { transactionalCommitError } from './offsets/transactional-commit.ts';

/** The reply that carries `errorCode` for a call that was not, or could not be, carried out. */
export function refuse(call: GroupCall, errorCode: number): GroupReply {
  if (isShareCall(call)) return refuseShareCall(call, errorCode);
  switch (call.api) {
    case 'streamsHeartbeat':
    case 'streamsDescribe':
      return refuseStreamsCall(call, errorCode);
    case 'join':
      return joinError(errorCode, call.request.memberId);
    case 'consumerHeartbeat':
      return heartbeatError(errorCode);
    case 'consumerDescribe':
      return call.groupIds.map((groupId) => describeConsumerError(groupId, errorCode));
    case 'sync':
      return syncError(errorCode);
    case 'heartbeat':
      return HeartbeatResponse.create({ errorCode: classicHeartbeatError(errorCode) });
    case 'leave':
      return LeaveGroupResponse.create({ errorCode });
    case 'commit':
      return commitError(call.request, errorCode);
    case 'commitInTransaction':
      return transactionalCommitError(call.request, errorCode);
    case 'endTransaction':
      return { errorCode };
    case 'fetch':
      return { errorCode, topics: [] };
    case 'describe':
      return call.groupIds.map((groupId) => describeError(groupId, errorCode));
    case 'list':
      return { errorCode, groups: [] };
    case 'deleteGroups':
      return call.groupIds.map((groupId) => deleteGroupResult(groupId, errorCode));
    case 'deleteOffsets':
      return OffsetDeleteResponse.create({ errorCode });
    case 'forgetTopics':
      return null;
  }
}

/**
 * While the group is being loaded nobody can be told apart from a member: every one gets a fresh session afterwards, so
 * a heartbeat is simply fine.
 */
function classicHeartbeatError(errorCode: number): number {
  return errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS ? ErrorCode.NONE : errorCode;
}
