import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ConsumerGroupHeartbeatResponse,
  type ConsumerGroupHeartbeatRequest,
} from '@millrace/protocol/messages/consumer-group-heartbeat';
import type { ConsumerHeartbeatCall } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import { advanceMember } from './advance-member.ts';
import { checkHeartbeat } from './check-heartbeat.ts';
import {
  type ConsumerMember,
  JOIN_EPOCH,
  LEAVE_EPOCH,
  type MemberMetadata,
  NEW_MEMBER_METADATA,
  STATIC_LEAVE_EPOCH,
} from './consumer-member.ts';
import { admitMember, findGroup, knownMember, openGroup } from './find-member.ts';
import { GroupChange } from './group-change.ts';
import { heartbeatError } from './heartbeat-error.ts';
import { leaveConsumerGroup } from './leave.ts';
import { cancelMemberTimers, restartMemberSession } from './member-timers.ts';
import { sameMetadata, subscribesDifferently } from './same-metadata.ts';
import { assignedToList, sameAssigned } from './topic-partitions.ts';
import { supportedAssignors } from './update-target.ts';

/** ConsumerGroupHeartbeat: joins, says what the member holds, is told what it is to hold, leaves. */
export function consumerHeartbeat(shard: GroupShard, call: ConsumerHeartbeatCall, replyId: number): void {
  const change = new GroupChange(shard);
  try {
    const { request, version } = call;
    checkHeartbeat(request, version, supportedAssignors(shard.properties));
    const isLeave = request.memberEpoch === LEAVE_EPOCH || request.memberEpoch === STATIC_LEAVE_EPOCH;
    if (isLeave) leaveConsumerGroup(change, call, replyId);
    else change.commit(replyId, call, beat(change, call));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    change.abandon();
    shard.reply(replyId, heartbeatError(error.errorCode, error.message));
  }
}

function beat(change: GroupChange, call: ConsumerHeartbeatCall): ConsumerGroupHeartbeatResponse {
  const { shard } = change;
  const { request } = call;
  const { groupId } = request;
  const memberId = request.memberId === '' ? call.newMemberId : request.memberId;
  const isJoin = request.memberEpoch === JOIN_EPOCH;
  const group = isJoin ? openGroup(change, groupId) : findGroup(shard, groupId);
  const before = isJoin
    ? admitMember(change, group, memberId, request.instanceId)
    : knownMember(group, memberId, request.memberEpoch, request);
  const metadata = updatedMetadata(before?.metadata, call);
  const hasChanged = subscribesDifferently(before?.metadata, metadata);
  if (before === undefined || !sameMetadata(before.metadata, metadata))
    change.apply({ type: 'consumer-member', groupId, memberId, value: metadata });
  const joined = shard.consumerGroups.get(groupId)!;
  if (before?.metadata.classic != null) cancelMemberTimers(shard, groupId, memberId);
  const { mayDescribe } = call;
  advanceMember(change, joined, memberId, { hasChanged, owned: request.topicPartitions, mayDescribe });
  const member = joined.members.get(memberId)!;
  restartMemberSession(shard, joined, member);
  return welcome(shard, request, before, member);
}

/** What is null in a request has not changed. */
function updatedMetadata(
  before: MemberMetadata = NEW_MEMBER_METADATA,
  { request, clientId, clientHost }: ConsumerHeartbeatCall,
): MemberMetadata {
  const { subscribedTopicNames: names } = request;
  return {
    instanceId: request.instanceId ?? before.instanceId,
    rackId: request.rackId ?? before.rackId,
    clientId,
    clientHost,
    topicNames: names === null ? before.topicNames : [...new Set(names)].toSorted(),
    topicRegex: request.subscribedTopicRegex ?? before.topicRegex,
    rebalanceTimeoutMs:
      request.rebalanceTimeoutMs === -1 ? before.rebalanceTimeoutMs : request.rebalanceTimeoutMs,
    serverAssignor: request.serverAssignor ?? before.serverAssignor,
    classic: null,
  };
}

/** The assignment is told when it has changed, and to whoever starts afresh or has lost an answer. */
function welcome(
  shard: GroupShard,
  request: ConsumerGroupHeartbeatRequest,
  before: ConsumerMember | undefined,
  { memberId, current }: ConsumerMember,
): ConsumerGroupHeartbeatResponse {
  const tellsAll =
    request.rebalanceTimeoutMs !== -1 &&
    (request.subscribedTopicNames !== null || request.subscribedTopicRegex !== null) &&
    request.topicPartitions !== null;
  const isTold =
    request.memberEpoch === JOIN_EPOCH ||
    tellsAll ||
    before === undefined ||
    !sameAssigned(before.current.assigned, current.assigned);
  return ConsumerGroupHeartbeatResponse.create({
    errorCode: ErrorCode.NONE,
    memberId,
    memberEpoch: current.memberEpoch,
    heartbeatIntervalMs: shard.configOf(request.groupId)['consumer.heartbeat.interval.ms'],
    assignment: isTold ? { topicPartitions: assignedToList(current.assigned) } : null,
  });
}
