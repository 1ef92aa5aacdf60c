import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  LeaveGroupResponse,
  type LeaveGroupRequestMemberIdentity,
} from '@millrace/protocol/messages/leave-group';
import type { LeaveCall } from '../../group-calls.ts';
import type { GroupShard } from '../../group-shard.ts';
import type { ConsumerGroup } from '../consumer-group.ts';
import { identifyMember } from '../find-member.ts';
import { GroupChange } from '../group-change.ts';
import { removeMembers } from '../remove-member.ts';

/** LeaveGroup in a consumer group: classic members that go, or are removed by their instance id. */
export function leaveAsClassicMember(
  shard: GroupShard,
  group: ConsumerGroup,
  call: LeaveCall,
  replyId: number,
): void {
  const leavers = new Set<string>();
  const members = call.request.members.map((identity) => {
    const { memberId, groupInstanceId } = identity;
    const found = findLeaver(group, identity, leavers);
    if (typeof found === 'string') leavers.add(found);
    const errorCode = typeof found === 'string' ? ErrorCode.NONE : found;
    return { memberId: typeof found === 'string' ? found : memberId, groupInstanceId, errorCode };
  });
  const change = new GroupChange(shard);
  if (leavers.size > 0) removeMembers(change, group, [...leavers]);
  change.commit(replyId, call, LeaveGroupResponse.create({ members }));
}

/** The id of the member that is meant, or an error code. */
function findLeaver(
  group: ConsumerGroup,
  { memberId, groupInstanceId }: LeaveGroupRequestMemberIdentity,
  leavers: ReadonlySet<string>,
): string | number {
  try {
    const byInstance = groupInstanceId === null ? undefined : group.staticMembers.get(groupInstanceId);
    const meantId = memberId === '' ? (byInstance ?? '') : memberId;
    const member = identifyMember(group, meantId, groupInstanceId);
    const mayLeave = member.metadata.classic !== null && !leavers.has(member.memberId);
    return mayLeave ? member.memberId : ErrorCode.UNKNOWN_MEMBER_ID;
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return error.errorCode;
  }
}
