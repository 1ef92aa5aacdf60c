import { KafkaError } from '@millrace/protocol';
import type { GroupChange } from '../consumer/group-change.ts';
import type { GroupShard } from '../group-shard.ts';
import { StreamsGroup } from './streams-group.ts';
import { JOIN_EPOCH, type StreamsMember } from './streams-member.ts';
import { covers, type Tasks } from './tasks.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND */
export function findStreamsGroup(shard: GroupShard, groupId: string): StreamsGroup {
  const group = shard.streamsGroups.get(groupId);
  if (group !== undefined) return group;
  const text = shard.hasGroup(groupId)
    ? `Group ${groupId} is not a streams group.`
    : `Streams group ${groupId} not found.`;
  throw new KafkaError('GROUP_ID_NOT_FOUND', text);
}

/**
 * The group for a member that joins. A new one comes into being with its first record; a classic group without members
 * makes room for it.
 * @throws KafkaError GROUP_ID_NOT_FOUND when the id belongs to a group of another kind
 */
export function openStreamsGroup(change: GroupChange, groupId: string): StreamsGroup {
  const { shard } = change;
  const classic = shard.groups.get(groupId);
  if (classic?.state === 'Dead')
    throw new KafkaError('COORDINATOR_NOT_AVAILABLE', `Group ${groupId} is being deleted.`);
  if (classic?.state === 'Empty') change.replaceClassic(classic);
  else if (shard.hasGroup(groupId)) return findStreamsGroup(shard, groupId);
  return new StreamsGroup(groupId);
}

/** @throws KafkaError UNKNOWN_MEMBER_ID */
export function findStreamsMember(group: StreamsGroup, memberId: string): StreamsMember {
  const member = group.members.get(memberId);
  if (member !== undefined) return member;
  throw new KafkaError('UNKNOWN_MEMBER_ID', `Member ${memberId} is not a member of group ${group.groupId}.`);
}

/**
 * The member that a heartbeat comes from; `undefined` for one that joins.
 * @throws KafkaError GROUP_MAX_SIZE_REACHED, UNKNOWN_MEMBER_ID, FENCED_MEMBER_EPOCH
 */
export function admitStreamsMember(
  shard: GroupShard,
  group: StreamsGroup,
  { memberId, memberEpoch }: { readonly memberId: string; readonly memberEpoch: number },
  owned: Tasks | undefined,
): StreamsMember | undefined {
  if (memberEpoch !== JOIN_EPOCH) {
    const member = findStreamsMember(group, memberId);
    checkEpoch(member, memberEpoch, owned);
    return member;
  }
  const maxSize = shard.properties['group.streams.max.size'];
  if (group.members.size >= maxSize) {
    const text = `The streams group has reached its maximum capacity of ${maxSize} members.`;
    throw new KafkaError('GROUP_MAX_SIZE_REACHED', text);
  }
  return group.members.get(memberId);
}

/**
 * An epoch behind is fine for a member whose last answer was lost: it says the epoch before, and has nothing that it
 * was not given.
 */
function checkEpoch({ current }: StreamsMember, received: number, owned: Tasks | undefined): void {
  const { memberEpoch, previousMemberEpoch, assigned } = current;
  if (received === memberEpoch) return;
  const hasLostAnswer =
    received < memberEpoch &&
    received === previousMemberEpoch &&
    owned !== undefined &&
    covers(assigned, owned);
  if (hasLostAnswer) return;
  const difference = received > memberEpoch ? 'greater' : 'smaller';
  const text =
    `The streams group member has a ${difference} member epoch (${received}) than the one known by the group ` +
    `coordinator (${memberEpoch}). The member must abandon all its partitions and rejoin.`;
  throw new KafkaError('FENCED_MEMBER_EPOCH', text);
}
