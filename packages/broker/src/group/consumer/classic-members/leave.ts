import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  LeaveGroupResponse,
  type LeaveGroupRequestMemberIdentity,
} from '@millrace/protocol/messages/leave-group';
import type { LeaveCall } from '../../group-calls.ts';
import type { GroupShard } from '../../group-shard.ts';
import type { ConsumerGroup } from '../consumer-group.ts';
import { fenceMembers } from '../fence-members.ts';
import { identifyMember } from '../find-member.ts';
import { GroupChange } from '../group-change.ts';

/** LeaveGroup in a consumer group: classic members that go, or members of both kinds that an administrator removes. */
export function leaveByLeaveGroup(
  shard: GroupShard,
  group: ConsumerGroup,
  call: LeaveCall,
  replyId: number,
): void {
  const leavers = new Set<string>();
  const members = call.request.members.map((identity) => {
    const { memberId, groupInstanceId } = identity;
    const found = findLeaver(group, identity);
    if (typeof found === 'string') leavers.add(found);
    // Administrators know a static member again by what they have asked for.
    return { memberId, groupInstanceId, errorCode: typeof found === 'string' ? ErrorCode.NONE : found };
  });
  const change = new GroupChange(shard);
  const finish = leavers.size > 0 ? fenceMembers(change, group, leavers) : () => undefined;
  change.commit(replyId, call, LeaveGroupResponse.create({ members }));
  finish();
}

/** The id of the member that is meant, or an error code. */
function findLeaver(
  group: ConsumerGroup,
  { memberId, groupInstanceId }: LeaveGroupRequestMemberIdentity,
): string | number {
  try {
    const byInstance = groupInstanceId === null ? undefined : group.staticMembers.get(groupInstanceId);
    const meantId = memberId === '' ? (byInstance ?? '') : memberId;
    return identifyMember(group, meantId, groupInstanceId).memberId;
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return error.errorCode;
  }
}
