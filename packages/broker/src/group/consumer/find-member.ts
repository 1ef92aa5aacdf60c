import { KafkaError } from '@millrace/protocol';
import type { GroupShard } from '../group-shard.ts';
import { upgradeGroup } from './classic-members/upgrade.ts';
import { ConsumerGroup } from './consumer-group.ts';
import { type ConsumerMember, JOIN_EPOCH, STATIC_LEAVE_EPOCH } from './consumer-member.ts';
import type { GroupChange } from './group-change.ts';
import { cancelMemberTimers } from './member-timers.ts';
import { buryMember } from './remove-member.ts';
import { containsAll, type TopicPartitionList } from './topic-partitions.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND */
export function findGroup(shard: GroupShard, groupId: string): ConsumerGroup {
  const group = shard.consumerGroups.get(groupId);
  if (group !== undefined) return group;
  const text = shard.hasGroup(groupId)
    ? `Group ${groupId} is not a consumer group.`
    : `Consumer group ${groupId} not found.`;
  throw new KafkaError('GROUP_ID_NOT_FOUND', text);
}

/**
 * The group for a member that joins: a new one where there is none, an upgraded one where there is a classic one.
 * A new group comes into being with its first record.
 * @throws KafkaError GROUP_ID_NOT_FOUND when the classic group cannot be upgraded
 */
export function openGroup(change: GroupChange, groupId: string): ConsumerGroup {
  const { shard } = change;
  if (shard.shareGroups.has(groupId) || shard.streamsGroups.has(groupId))
    throw new KafkaError('GROUP_ID_NOT_FOUND', `Group ${groupId} is not a consumer group.`);
  const classic = shard.groups.get(groupId);
  if (classic?.state === 'Dead')
    throw new KafkaError('COORDINATOR_NOT_AVAILABLE', `Group ${groupId} is being deleted.`);
  if (classic !== undefined) upgradeGroup(change, classic);
  return shard.consumerGroups.get(groupId) ?? new ConsumerGroup(groupId);
}

/**
 * Lets a member in.
 * @returns what is known of it; `undefined` for a new one.
 * @throws KafkaError GROUP_MAX_SIZE_REACHED, UNRELEASED_INSTANCE_ID
 */
export function admitMember(
  change: GroupChange,
  group: ConsumerGroup,
  memberId: string,
  instanceId: string | null,
): ConsumerMember | undefined {
  const maxSize = change.shard.properties['group.consumer.max.size'];
  if (group.members.size >= maxSize && !group.members.has(memberId)) {
    const text = `The consumer group has reached its maximum capacity of ${maxSize} members.`;
    throw new KafkaError('GROUP_MAX_SIZE_REACHED', text);
  }
  const ownerId = instanceId === null ? undefined : group.staticMembers.get(instanceId);
  if (ownerId === undefined || ownerId === memberId) return group.members.get(memberId);
  const owner = group.members.get(ownerId)!;
  if (owner.metadata.classic === null && owner.current.memberEpoch !== STATIC_LEAVE_EPOCH) {
    const text =
      `Static member ${memberId} with instance id ${instanceId} cannot join the group because the instance id is ` +
      `owned by ${ownerId} member.`;
    throw new KafkaError('UNRELEASED_INSTANCE_ID', text);
  }
  return replaceStaticMember(change, group, owner, memberId);
}

/** Puts a new member id in the place of a static member: what it had is the new one's, to be taken up from epoch 0. */
export function replaceStaticMember(
  change: GroupChange,
  group: ConsumerGroup,
  owner: ConsumerMember,
  memberId: string,
): ConsumerMember {
  const { groupId } = group;
  const target = group.targetOf(owner.memberId);
  buryMember(change, group, owner.memberId);
  cancelMemberTimers(change.shard, groupId, owner.memberId);
  const current = { ...owner.current, memberEpoch: JOIN_EPOCH, previousMemberEpoch: JOIN_EPOCH };
  change.apply({ type: 'consumer-member', groupId, memberId, value: owner.metadata });
  change.apply({ type: 'consumer-target', groupId, memberId, value: target });
  change.apply({ type: 'consumer-current', groupId, memberId, value: current });
  return group.members.get(memberId)!;
}

/**
 * The member that a heartbeat comes from.
 * @throws KafkaError UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, FENCED_MEMBER_EPOCH
 */
export function knownMember(
  group: ConsumerGroup,
  memberId: string,
  memberEpoch: number,
  request: {
    readonly instanceId: string | null;
    readonly topicPartitions: readonly TopicPartitionList[] | null;
  },
): ConsumerMember {
  const member = identifyMember(group, memberId, request.instanceId);
  checkEpoch(member, memberEpoch, request.topicPartitions);
  return member;
}

/** @throws KafkaError UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID */
export function identifyMember(
  group: ConsumerGroup,
  memberId: string,
  instanceId: string | null,
): ConsumerMember {
  if (instanceId !== null) {
    const ownerId = group.staticMembers.get(instanceId);
    if (ownerId === undefined)
      throw new KafkaError('UNKNOWN_MEMBER_ID', `Instance id ${instanceId} is unknown.`);
    if (ownerId !== memberId) {
      const text = `Static member ${memberId} with instance id ${instanceId} was fenced by member ${ownerId}.`;
      throw new KafkaError('FENCED_INSTANCE_ID', text);
    }
  }
  const member = group.members.get(memberId);
  if (member !== undefined) return member;
  throw new KafkaError('UNKNOWN_MEMBER_ID', `Member ${memberId} is not a member of group ${group.groupId}.`);
}

/**
 * An epoch behind is fine for a member whose last answer was lost: it says the epoch before, and holds nothing that it
 * has not been given.
 */
function checkEpoch(
  { current }: ConsumerMember,
  received: number,
  owned: readonly TopicPartitionList[] | null,
): void {
  const { memberEpoch, previousMemberEpoch, assigned } = current;
  if (received === memberEpoch) return;
  const hasLostAnswer =
    received < memberEpoch &&
    received === previousMemberEpoch &&
    owned !== null &&
    containsAll(assigned, owned);
  if (hasLostAnswer) return;
  const difference = received > memberEpoch ? 'greater' : 'smaller';
  const text =
    `The consumer group member has a ${difference} member epoch (${received}) than the one known by the group ` +
    `coordinator (${memberEpoch}). The member must abandon all its partitions and rejoin.`;
  throw new KafkaError('FENCED_MEMBER_EPOCH', text);
}
