import { ConsumerGroupHeartbeatResponse } from '@millrace/protocol/messages/consumer-group-heartbeat';
import type { ConsumerHeartbeatCall } from '../group-calls.ts';
import { STATIC_LEAVE_EPOCH } from './consumer-member.ts';
import { findGroup, identifyMember } from './find-member.ts';
import type { GroupChange } from './group-change.ts';
import { fenceMembers } from './fence-members.ts';
import { NOTHING_ASSIGNED } from './topic-partitions.ts';

/**
 * A member leaves: for good, or, if it is a static one that is coming back, for a while. Then it keeps its part until its
 * session ends.
 * @throws KafkaError GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID
 */
export function leaveConsumerGroup(change: GroupChange, call: ConsumerHeartbeatCall, replyId: number): void {
  const { groupId, memberId, memberEpoch, instanceId } = call.request;
  const group = findGroup(change.shard, groupId);
  const member = identifyMember(group, memberId, instanceId);
  const reply = ConsumerGroupHeartbeatResponse.create({ memberId, memberEpoch });
  if (memberEpoch === STATIC_LEAVE_EPOCH) {
    const value = { ...member.current, memberEpoch, pendingRevocation: NOTHING_ASSIGNED };
    change.apply({ type: 'consumer-current', groupId, memberId, value });
    change.commit(replyId, call, reply);
    return;
  }
  const finish = fenceMembers(change, group, new Set([memberId]));
  change.commit(replyId, call, reply);
  finish();
}
