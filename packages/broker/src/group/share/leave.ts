import { ShareGroupHeartbeatResponse } from '@millrace/protocol/messages/share-group-heartbeat';
import { GroupChange } from '../consumer/group-change.ts';
import { topicsHash } from '../consumer/topics-hash.ts';
import { type GroupShard, sessionTimer } from '../group-shard.ts';
import { beginShareEpoch } from './advance-share-member.ts';
import { findShareGroup, findShareMember } from './find-share-group.ts';
import type { ShareHeartbeatCall } from './share-calls.ts';
import type { ShareGroup } from './share-group.ts';

/**
 * A member leaves.
 * @throws KafkaError GROUP_ID_NOT_FOUND, UNKNOWN_MEMBER_ID
 */
export function leaveShareGroup(change: GroupChange, call: ShareHeartbeatCall, replyId: number): void {
  const { groupId, memberId, memberEpoch } = call.request;
  const group = findShareGroup(change.shard, groupId, 'Group');
  findShareMember(group, memberId);
  removeShareMember(change, group, memberId);
  const response = ShareGroupHeartbeatResponse.create({ memberId, memberEpoch });
  change.commit(replyId, call, { response, initialize: undefined });
}

/** The session of a member has ended. */
export function onShareSessionTimer(shard: GroupShard, group: ShareGroup, memberId: string): void {
  if (!group.members.has(memberId)) return;
  const { groupId, epoch: generation, state } = group;
  const reason = 'its session has ended';
  shard.log('Member removed', { groupId, generation, state }, { memberId, reason });
  const change = new GroupChange(shard);
  removeShareMember(change, group, memberId);
  change.commitSilently();
}

function removeShareMember(change: GroupChange, group: ShareGroup, memberId: string): void {
  const { shard } = change;
  const { groupId } = group;
  change.apply({ type: 'share-current', groupId, memberId, value: null });
  change.apply({ type: 'share-target', groupId, memberId, value: null });
  change.apply({ type: 'share-member', groupId, memberId, value: null });
  beginShareEpoch(change, group, topicsHash(group.subscribedTopics, shard.image.topics));
  shard.cancelTimer(sessionTimer(groupId, memberId));
  const isEmpty = group.members.size === 0;
  shard.request({ type: 'share-member-gone', groupId, memberId, isEmpty });
}
