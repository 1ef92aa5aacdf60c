import { StreamsGroupHeartbeatResponse } from '@millrace/protocol/messages/streams-group-heartbeat';
import { GroupChange } from '../consumer/group-change.ts';
import {
  type GroupShard,
  type GroupTimer,
  memberRebalanceTimer,
  sessionTimer,
  streamsDelayTimer,
} from '../group-shard.ts';
import { beginStreamsEpoch } from './advance-streams-member.ts';
import { findStreamsMember } from './find-streams-group.ts';
import type { StreamsHeartbeatCall, StreamsHeartbeatReply } from './streams-calls.ts';
import type { StreamsGroup } from './streams-group.ts';

/**
 * A member leaves.
 * @throws KafkaError UNKNOWN_MEMBER_ID
 */
export function leaveStreamsGroup(
  change: GroupChange,
  group: StreamsGroup,
  { request }: StreamsHeartbeatCall,
): StreamsHeartbeatReply {
  const { memberId, memberEpoch, shutdownApplication } = request;
  findStreamsMember(group, memberId);
  if (shutdownApplication) group.requestShutdown(memberId);
  removeStreamsMember(change, group, memberId);
  const response = StreamsGroupHeartbeatResponse.create({ memberId, memberEpoch });
  return { response, missingTopics: [] };
}

const reasons = {
  session: 'its session has ended',
  'member-rebalance': 'it did not give up its tasks in time',
} as const;

/** The time of a member is over. */
export function onStreamsMemberTimer(shard: GroupShard, group: StreamsGroup, timer: GroupTimer): void {
  if (timer.type !== 'session' && timer.type !== 'member-rebalance') return;
  const { memberId } = timer;
  const member = group.members.get(memberId);
  if (member === undefined) return;
  if (timer.type === 'member-rebalance' && member.current.memberEpoch !== timer.memberEpoch) return;
  const { groupId, epoch: generation, state } = group;
  shard.log('Member removed', { groupId, generation, state }, { memberId, reason: reasons[timer.type] });
  const change = new GroupChange(shard);
  removeStreamsMember(change, group, memberId);
  change.commitSilently();
}

function removeStreamsMember(change: GroupChange, group: StreamsGroup, memberId: string): void {
  const { groupId } = group;
  change.apply({ type: 'streams-current', groupId, memberId, value: null });
  change.apply({ type: 'streams-target', groupId, memberId, value: null });
  change.apply({ type: 'streams-member', groupId, memberId, value: null });
  beginStreamsEpoch(change, group, group.recordedEpoch);
  for (const timer of [sessionTimer, memberRebalanceTimer])
    change.shard.cancelTimer(timer(groupId, memberId));
}

/** An empty streams group makes room for a classic one of the same id. */
export function removeEmptyStreamsGroup(shard: GroupShard, groupId: string): void {
  const group = shard.streamsGroups.get(groupId);
  if (group === undefined || group.members.size > 0) return;
  const change = new GroupChange(shard);
  buryStreamsGroup(change, group);
  change.commitSilently();
}

/** The tombstones of a group without members; with its epoch, which is the last of them, it is gone. */
export function buryStreamsGroup(change: GroupChange, { groupId }: StreamsGroup): void {
  change.apply({ type: 'streams-target-epoch', groupId, value: null });
  change.apply({ type: 'streams-topology', groupId, value: null });
  change.apply({ type: 'streams-epoch', groupId, value: null });
  change.shard.cancelTimer(streamsDelayTimer(groupId));
}
