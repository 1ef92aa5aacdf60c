import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ShareGroupHeartbeatResponse,
  type ShareGroupHeartbeatRequest,
} from '@millrace/protocol/messages/share-group-heartbeat';
import { samePartitions, toList } from '../consumer/topic-partitions.ts';
import { GroupChange } from '../consumer/group-change.ts';
import type { GroupShard } from '../group-shard.ts';
import { advanceShareMember } from './advance-share-member.ts';
import { admitShareMember, findShareGroup, openShareGroup } from './find-share-group.ts';
import { startInitialization } from './initialize.ts';
import { leaveShareGroup } from './leave.ts';
import type { ShareHeartbeatCall, ShareHeartbeatReply } from './share-calls.ts';
import {
  JOIN_EPOCH,
  LEAVE_EPOCH,
  NEW_SHARE_MEMBER,
  type ShareMember,
  type ShareMemberMetadata,
} from './share-member.ts';
import { restartShareSession } from './member-session.ts';
import { refuseShareCall } from './share-refusal.ts';

/** ShareGroupHeartbeat: joins, stays, is told what to read, leaves. */
export function shareHeartbeat(shard: GroupShard, call: ShareHeartbeatCall, replyId: number): void {
  const change = new GroupChange(shard);
  try {
    checkShareHeartbeat(call.request);
    if (call.request.memberEpoch === LEAVE_EPOCH) leaveShareGroup(change, call, replyId);
    else change.commit(replyId, call, beat(change, call));
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    change.abandon();
    shard.reply(replyId, refuseShareCall(call, error.errorCode, error.message || null));
  }
}

/**
 * What can be said about a heartbeat without looking at its group. Texts are those of Apache Kafka.
 * @throws KafkaError INVALID_REQUEST
 */
function checkShareHeartbeat(request: ShareGroupHeartbeatRequest): void {
  const { groupId, memberId, memberEpoch, rackId, subscribedTopicNames: names } = request;
  if (groupId.trim() === '') throw invalid("GroupId can't be empty.");
  // Without a text, as in Apache Kafka.
  if (memberId.trim() === '') throw invalid('');
  if (rackId?.trim() === '') throw invalid("RackId can't be empty.");
  if (memberEpoch < LEAVE_EPOCH) throw invalid('MemberEpoch is invalid.');
  if (memberEpoch === JOIN_EPOCH && (names === null || names.length === 0))
    throw invalid('SubscribedTopicNames must be set in first request.');
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_REQUEST', text);
}

function beat(change: GroupChange, call: ShareHeartbeatCall): ShareHeartbeatReply {
  const { shard } = change;
  const { groupId, memberId, memberEpoch } = call.request;
  const group = memberEpoch === JOIN_EPOCH ? openShareGroup(shard, groupId) : findShareGroup(shard, groupId);
  const before = admitShareMember(shard, group, memberId, memberEpoch);
  const metadata = updatedMetadata(before?.metadata, call);
  const hasOtherTopics = !sameTopics(before?.metadata.topicNames ?? [], metadata.topicNames);
  if (before === undefined || hasOtherTopics || !sameClient(before.metadata, metadata))
    change.apply({ type: 'share-member', groupId, memberId, value: metadata });
  const joined = shard.shareGroups.get(groupId)!;
  advanceShareMember(change, joined, memberId, hasOtherTopics);
  const initialize = call.isRepeated ? undefined : startInitialization(change, joined);
  restartShareSession(shard, joined, memberId);
  const response = welcome(shard, call.request, before, joined.members.get(memberId)!);
  return { response, initialize };
}

/** What is null in a request has not changed. */
function updatedMetadata(
  before: ShareMemberMetadata = NEW_SHARE_MEMBER,
  { request, clientId, clientHost }: ShareHeartbeatCall,
): ShareMemberMetadata {
  const { rackId, subscribedTopicNames: names } = request;
  return {
    rackId: rackId ?? before.rackId,
    clientId,
    clientHost,
    topicNames: names === null ? before.topicNames : [...new Set(names)].toSorted(),
  };
}

function sameTopics(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at]);
}

function sameClient(a: ShareMemberMetadata, b: ShareMemberMetadata): boolean {
  return a.rackId === b.rackId && a.clientId === b.clientId && a.clientHost === b.clientHost;
}

/** The assignment is told when it has changed, and to whoever starts afresh or has lost an answer. */
function welcome(
  shard: GroupShard,
  request: ShareGroupHeartbeatRequest,
  before: ShareMember | undefined,
  { memberId, current }: ShareMember,
): ShareGroupHeartbeatResponse {
  const isTold =
    request.memberEpoch === JOIN_EPOCH ||
    request.subscribedTopicNames !== null ||
    before === undefined ||
    !samePartitions(before.current.partitions, current.partitions);
  return ShareGroupHeartbeatResponse.create({
    errorCode: ErrorCode.NONE,
    memberId,
    memberEpoch: current.memberEpoch,
    heartbeatIntervalMs: shard.configOf(request.groupId)['share.heartbeat.interval.ms'],
    assignment: isTold ? { topicPartitions: toList(current.partitions) } : null,
  });
}
