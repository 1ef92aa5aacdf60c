import { KafkaError } from '@millrace/protocol';
import type { GroupShard } from '../group-shard.ts';
import { ShareGroup } from './share-group.ts';
import { JOIN_EPOCH, type ShareMember } from './share-member.ts';

/** Is there a group of this id that is no share group? */
export function isOtherKind(shard: GroupShard, groupId: string): boolean {
  return !shard.shareGroups.has(groupId) && shard.hasGroup(groupId);
}

/** @throws KafkaError GROUP_ID_NOT_FOUND */
export function findShareGroup(shard: GroupShard, groupId: string, noun = 'Share group'): ShareGroup {
  const group = shard.shareGroups.get(groupId);
  if (group !== undefined) return group;
  const text = isOtherKind(shard, groupId)
    ? `Group ${groupId} is not a share group.`
    : `${noun} ${groupId} not found.`;
  throw new KafkaError('GROUP_ID_NOT_FOUND', text);
}

/**
 * The group for a member that joins; a new one comes into being with its first record.
 * @throws KafkaError GROUP_ID_NOT_FOUND when the id belongs to a group of another kind
 */
export function openShareGroup(shard: GroupShard, groupId: string): ShareGroup {
  if (isOtherKind(shard, groupId))
    throw new KafkaError('GROUP_ID_NOT_FOUND', `Group ${groupId} is not a share group.`);
  return shard.shareGroups.get(groupId) ?? new ShareGroup(groupId);
}

/** @throws KafkaError UNKNOWN_MEMBER_ID */
export function findShareMember(group: ShareGroup, memberId: string): ShareMember {
  const member = group.members.get(memberId);
  if (member !== undefined) return member;
  throw new KafkaError('UNKNOWN_MEMBER_ID', `Member ${memberId} is not a member of group ${group.groupId}.`);
}

/**
 * The member that a heartbeat comes from; `undefined` for one that joins.
 * @throws KafkaError GROUP_MAX_SIZE_REACHED, UNKNOWN_MEMBER_ID, FENCED_MEMBER_EPOCH
 */
export function admitShareMember(
  shard: GroupShard,
  group: ShareGroup,
  memberId: string,
  memberEpoch: number,
): ShareMember | undefined {
  const maxSize = shard.properties['group.share.max.size'];
  if (memberEpoch !== JOIN_EPOCH) {
    const member = findShareMember(group, memberId);
    checkEpoch(member, memberEpoch);
    return member;
  }
  if (group.members.size >= maxSize && !group.members.has(memberId)) {
    const text = `The share group has reached its maximum capacity of ${maxSize} members.`;
    throw new KafkaError('GROUP_MAX_SIZE_REACHED', text);
  }
  return group.members.get(memberId);
}

function checkEpoch({ current }: ShareMember, received: number): void {
  const { memberEpoch, previousMemberEpoch } = current;
  if (received === memberEpoch || (received < memberEpoch && received === previousMemberEpoch)) return;
  const text =
    received > memberEpoch
      ? `The share group member has a greater member epoch (${received}) than the one known by the group ` +
        `coordinator (${memberEpoch}). The member must abandon all its partitions and rejoin.`
      : `The share group member has a smaller member epoch (${received}) than the one known by the group ` +
        `coordinator (${memberEpoch}), and it does not match the previous member epoch (${previousMemberEpoch}). ` +
        `The member must abandon all its partitions and rejoin.`;
  throw new KafkaError('FENCED_MEMBER_EPOCH', text);
}
