import { ErrorCode, KafkaError } from '@millrace/protocol';
import { JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import { CONSUMER_PROTOCOL_TYPE } from '../../classic/classic-group.ts';
import { joinError } from '../../classic/member-replies.ts';
import type { JoinCall } from '../../group-calls.ts';
import { type GroupShard, memberJoinTimer, memberSyncTimer } from '../../group-shard.ts';
import { advanceMember } from '../advance-member.ts';
import type { ConsumerGroup } from '../consumer-group.ts';
import type { ClassicMetadata, ConsumerMember, MemberMetadata } from '../consumer-member.ts';
import { sameMetadata, subscribesDifferently } from '../same-metadata.ts';
import { admitMember, identifyMember, replaceStaticMember } from '../find-member.ts';
import { GroupChange } from '../group-change.ts';
import { restartMemberSession } from '../member-timers.ts';
import { buryGroup } from '../remove-member.ts';
import { toList } from '../topic-partitions.ts';
import { canDowngrade, downgradeGroup } from './downgrade.ts';
import { type EmbeddedSubscription, readSubscription } from './embedded-protocol.ts';

/** From this version on a member must be known before it may join (KIP-394). */
const MEMBER_ID_REQUIRED_VERSION = 4;

/** An empty consumer group makes room for a classic one of the same id. */
export function removeEmptyConsumerGroup(shard: GroupShard, group: ConsumerGroup): void {
  const change = new GroupChange(shard);
  buryGroup(change, group);
  change.commitSilently();
}

/**
 * JoinGroup by a member of a consumer group: it is answered at once, with the member epoch for a generation, and its
 * assignment comes from the broker. Nobody leads.
 */
export function joinConsumerGroup(
  shard: GroupShard,
  group: ConsumerGroup,
  call: JoinCall,
  replyId: number,
): void {
  const change = new GroupChange(shard);
  try {
    const { request, version } = call;
    const isUnknown = request.memberId === '';
    const memberId = isUnknown ? newMemberId(call) : request.memberId;
    checkJoin(shard, group, call, memberId);
    if (isUnknown && request.groupInstanceId === null && version >= MEMBER_ID_REQUIRED_VERSION) {
      shard.reply(replyId, joinError(ErrorCode.MEMBER_ID_REQUIRED, memberId));
      return;
    }
    join(change, group, { call, memberId, replyId });
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    change.abandon();
    shard.reply(replyId, joinError(error.errorCode, call.request.memberId));
  }
}

/** The same random part as of classic groups, as Kafka writes a Uuid. */
function newMemberId({ memberIdSuffix }: JoinCall): string {
  return Buffer.from(memberIdSuffix.replaceAll('-', ''), 'hex').toString('base64url') || memberIdSuffix;
}

function checkJoin(
  { properties }: GroupShard,
  group: ConsumerGroup,
  { request }: JoinCall,
  memberId: string,
): void {
  const { sessionTimeoutMs, protocolType, protocols } = request;
  if (
    sessionTimeoutMs < properties['group.min.session.timeout.ms'] ||
    sessionTimeoutMs > properties['group.max.session.timeout.ms']
  ) {
    throw new KafkaError('INVALID_SESSION_TIMEOUT', `Session timeout ${sessionTimeoutMs} is out of range.`);
  }
  const others = [...group.members.values()].flatMap(({ metadata }) => metadata.classic ?? []);
  const isCommon = (name: string) =>
    others.every((other) => other.protocols.some((one) => one.name === name));
  if (protocolType !== CONSUMER_PROTOCOL_TYPE || !protocols.some(({ name }) => isCommon(name)))
    throw new KafkaError('INCONSISTENT_GROUP_PROTOCOL', `Member ${memberId}'s protocols are not supported.`);
}

function join(
  change: GroupChange,
  group: ConsumerGroup,
  {
    call,
    memberId,
    replyId,
  }: { readonly call: JoinCall; readonly memberId: string; readonly replyId: number },
): void {
  const { shard } = change;
  const { groupId, rebalanceTimeoutMs, sessionTimeoutMs, protocols } = call.request;
  const subscription = readSubscription(protocols[0]!.metadata, shard.image.topics);
  const ownerId = group.staticMembers.get(call.request.groupInstanceId ?? '');
  const goesClassic =
    ownerId !== undefined && ownerId !== memberId && canDowngrade(shard, group, new Set([ownerId]));
  const before = findBefore(change, group, call, memberId);
  const metadata = joinMetadata(before?.metadata, call, subscription);
  if (before === undefined || !sameMetadata(before.metadata, metadata))
    change.apply({ type: 'consumer-member', groupId, memberId, value: metadata });
  advanceMember(change, group, memberId, {
    hasChanged: subscribesDifferently(before?.metadata, metadata),
    owned: toList(subscription.owned),
  });
  const member = group.members.get(memberId)!;
  const reply = JoinGroupResponse.create({
    memberId,
    generationId: member.current.memberEpoch,
    protocolType: CONSUMER_PROTOCOL_TYPE,
    protocolName: protocols[0]!.name,
  });
  const finish = goesClassic ? downgradeGroup(change, group, new Set()) : () => undefined;
  change.commit(replyId, call, reply);
  finish();
  if (goesClassic) return;
  shard.cancelTimer(memberJoinTimer(groupId, memberId));
  restartMemberSession(shard, group, member);
  const timeoutMs = rebalanceTimeoutMs === -1 ? sessionTimeoutMs : rebalanceTimeoutMs;
  shard.setTimer(memberSyncTimer(groupId, memberId), timeoutMs, { type: 'member-sync', groupId, memberId });
}

/** A static member that comes back takes the place of its predecessor, whichever protocol that spoke. */
function findBefore(
  change: GroupChange,
  group: ConsumerGroup,
  { request }: JoinCall,
  memberId: string,
): ConsumerMember | undefined {
  const { groupInstanceId } = request;
  if (groupInstanceId === null) return admitMember(change, group, memberId, null);
  if (request.memberId !== '') return identifyMember(group, memberId, groupInstanceId);
  const ownerId = group.staticMembers.get(groupInstanceId);
  if (ownerId === undefined) return admitMember(change, group, memberId, groupInstanceId);
  return replaceStaticMember(change, group, group.members.get(ownerId)!, memberId);
}

function joinMetadata(
  before: MemberMetadata | undefined,
  { request, clientId, clientHost }: JoinCall,
  { topics, rackId }: EmbeddedSubscription,
): MemberMetadata {
  const { sessionTimeoutMs, rebalanceTimeoutMs, groupInstanceId } = request;
  const metadata: MemberMetadata = {
    instanceId: groupInstanceId,
    rackId,
    clientId,
    clientHost,
    topicNames: topics,
    topicRegex: '',
    rebalanceTimeoutMs: rebalanceTimeoutMs === -1 ? sessionTimeoutMs : rebalanceTimeoutMs,
    serverAssignor: null,
    classic: classicMetadata(request),
  };
  return before === undefined ? metadata : { ...metadata, instanceId: before.instanceId };
}

/** Copied: as slices they would keep the whole received frame alive for as long as the member is in the group. */
function classicMetadata({ sessionTimeoutMs, protocols }: JoinCall['request']): ClassicMetadata {
  return {
    sessionTimeoutMs,
    protocols: protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
  };
}
