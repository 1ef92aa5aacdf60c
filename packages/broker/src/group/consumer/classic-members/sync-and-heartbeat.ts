import { ErrorCode, KafkaError } from '@millrace/protocol';
import { SyncGroupResponse } from '@millrace/protocol/messages/sync-group';
import { HeartbeatResponse } from '@millrace/protocol/messages/heartbeat';
import { CONSUMER_PROTOCOL_TYPE } from '../../classic/classic-group.ts';
import { syncError } from '../../classic/member-replies.ts';
import type { HeartbeatCall, SyncCall } from '../../group-calls.ts';
import { refuse } from '../../group-refusal.ts';
import { type GroupShard, memberJoinTimer, memberSyncTimer } from '../../group-shard.ts';
import { refreshEpoch } from '../advance-member.ts';
import type { ConsumerGroup } from '../consumer-group.ts';
import { type ConsumerMember, MemberState } from '../consumer-member.ts';
import { identifyMember } from '../find-member.ts';
import { GroupChange } from '../group-change.ts';
import { restartMemberSession } from '../member-timers.ts';
import { updateTarget } from '../update-target.ts';
import { writeAssignment } from './embedded-protocol.ts';

/** SyncGroup by a classic member of a consumer group: it gets what the broker has assigned to it so far. */
export function syncConsumerGroup(
  shard: GroupShard,
  group: ConsumerGroup,
  call: SyncCall,
  replyId: number,
): void {
  const { request } = call;
  answer(shard, replyId, call, () => {
    const member = classicMember(group, request);
    checkProtocol(member, request.protocolType, request.protocolName);
    if (
      group.assignmentEpoch > member.current.memberEpoch &&
      member.current.state !== MemberState.unrevoked
    ) {
      awaitJoin(shard, group, member);
      throw new KafkaError('REBALANCE_IN_PROGRESS', 'The group has a newer assignment.');
    }
    shard.cancelTimer(memberSyncTimer(group.groupId, member.memberId));
    restartMemberSession(shard, group, member);
    const subscription = member.metadata.classic!.protocols[0]!.metadata;
    return SyncGroupResponse.create({
      protocolType: request.protocolType,
      protocolName: request.protocolName,
      assignment: writeAssignment(member.current.assigned, subscription, shard.image.topics),
    });
  });
}

/** Heartbeat by a classic member of a consumer group: says when it is to join again. */
export function heartbeatConsumerGroup(
  shard: GroupShard,
  group: ConsumerGroup,
  call: HeartbeatCall,
  replyId: number,
): void {
  answer(shard, replyId, call, () => {
    const member = classicMember(group, call.request);
    restartMemberSession(shard, group, member);
    catchUp(shard, group);
    if (!mustJoin(group, member)) return HeartbeatResponse.create({ errorCode: ErrorCode.NONE });
    awaitJoin(shard, group, member);
    return HeartbeatResponse.create({ errorCode: ErrorCode.REBALANCE_IN_PROGRESS });
  });
}

function answer(
  shard: GroupShard,
  replyId: number,
  call: SyncCall | HeartbeatCall,
  make: () => SyncGroupResponse | HeartbeatResponse,
): void {
  try {
    const reply = make();
    shard.replyWhenDurable(
      replyId,
      () => reply,
      () => refuse(call, ErrorCode.COORDINATOR_NOT_AVAILABLE),
    );
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    const { errorCode } = error;
    shard.reply(
      replyId,
      call.api === 'sync' ? syncError(errorCode) : HeartbeatResponse.create({ errorCode }),
    );
  }
}

/** Should all members be classic ones, nobody else would notice that topics have changed or members are gone. */
function catchUp(shard: GroupShard, group: ConsumerGroup): void {
  const change = new GroupChange(shard);
  refreshEpoch(change, group, false);
  updateTarget(change, group);
  change.commitSilently();
}

/** There is another assignment, or partitions to give up, or partitions to get that others have given up. */
function mustJoin(group: ConsumerGroup, member: ConsumerMember): boolean {
  const { state, memberEpoch } = member.current;
  if (memberEpoch < group.assignmentEpoch || state === MemberState.unrevoked) return true;
  return state === MemberState.unreleased && !group.isWaitingForOthers(member);
}

/** From now on it has its rebalance timeout to join; heartbeats do not prolong that. */
function awaitJoin(
  shard: GroupShard,
  { groupId }: ConsumerGroup,
  { memberId, metadata }: ConsumerMember,
): void {
  const key = memberJoinTimer(groupId, memberId);
  if (shard.deadlines.dueMs(key) !== undefined) return;
  shard.setTimer(key, metadata.rebalanceTimeoutMs, { type: 'member-join', groupId, memberId });
}

interface ClassicRequest {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generationId: number;
}

function classicMember(
  group: ConsumerGroup,
  { memberId, groupInstanceId, generationId }: ClassicRequest,
): ConsumerMember {
  const member = identifyMember(group, memberId, groupInstanceId);
  if (member.metadata.classic === null)
    throw new KafkaError('UNKNOWN_MEMBER_ID', `Member ${memberId} does not use the classic protocol.`);
  if (member.current.memberEpoch === generationId) return member;
  const text = `The generation of member ${memberId} is ${member.current.memberEpoch}, not ${generationId}.`;
  throw new KafkaError('ILLEGAL_GENERATION', text);
}

function checkProtocol({ metadata }: ConsumerMember, type: string | null, name: string | null): void {
  const isSupported =
    (type ?? CONSUMER_PROTOCOL_TYPE) === CONSUMER_PROTOCOL_TYPE &&
    (name === null || metadata.classic!.protocols[0]!.name === name);
  if (isSupported) return;
  throw new KafkaError('INCONSISTENT_GROUP_PROTOCOL', `Protocol ${type} ${name} is not that of the member.`);
}
