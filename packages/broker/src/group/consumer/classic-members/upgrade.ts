import { KafkaError } from '@millrace/protocol';
import type { ClassicGroup } from '../../classic/classic-group.ts';
import type { ClassicMember } from '../../classic/classic-member.ts';
import type { GroupShard } from '../../group-shard.ts';
import { type CurrentAssignment, type MemberMetadata, MemberState } from '../consumer-member.ts';
import type { GroupChange } from '../group-change.ts';
import { watchMember } from '../member-timers.ts';
import { assignAll, NOTHING_ASSIGNED, type TopicPartitions } from '../topic-partitions.ts';
import { topicsHash } from '../topics-hash.ts';
import { readAssignment, readSubscription } from './embedded-protocol.ts';

interface UpgradedMember {
  readonly memberId: string;
  readonly metadata: MemberMetadata;
  readonly assigned: TopicPartitions;
}

/**
 * Makes a consumer group of a classic one: its generation is the epoch, its members stay, with what their leader has
 * assigned to them. One without members just makes room.
 * @throws KafkaError GROUP_ID_NOT_FOUND when the group cannot, or must not, be upgraded
 */
export function upgradeGroup(change: GroupChange, group: ClassicGroup): void {
  const { groupId, generation: epoch } = group;
  // Between two rebalances a group may have lost its last member and not be Empty yet.
  if (group.members.size === 0) {
    change.replaceClassic(group);
    return;
  }
  checkUpgrade(change.shard, group);
  const members = upgradedMembers(change.shard, group);
  change.replaceClassic(group);
  for (const { memberId, metadata } of members)
    change.apply({ type: 'consumer-member', groupId, memberId, value: metadata });
  const upgraded = change.shard.consumerGroups.get(groupId)!;
  const metadataHash = topicsHash(upgraded.subscribedTopics, change.shard.image.topics);
  change.apply({ type: 'consumer-epoch', groupId, value: { epoch, metadataHash } });
  for (const { memberId, assigned } of members)
    change.apply({ type: 'consumer-target', groupId, memberId, value: assigned });
  change.apply({ type: 'consumer-target-epoch', groupId, value: { epoch, timestampMs: 0 } });
  for (const { memberId, assigned } of members) {
    change.apply({ type: 'consumer-current', groupId, memberId, value: currentOf(assigned, epoch) });
    watchMember(change.shard, upgraded, memberId);
  }
  change.shard.log('Classic group upgraded to a consumer group', {
    groupId,
    generation: epoch,
    state: upgraded.state,
  });
}

function checkUpgrade({ properties }: GroupShard, group: ClassicGroup): void {
  const policy = properties['group.consumer.migration.policy'].toLowerCase();
  const isAllowed =
    (policy === 'bidirectional' || policy === 'upgrade') &&
    group.usesConsumerProtocol &&
    group.members.size <= properties['group.consumer.max.size'];
  if (!isAllowed) throw cannotUpgrade(group);
}

function cannotUpgrade({ groupId }: ClassicGroup, cause?: unknown): KafkaError {
  return new KafkaError('GROUP_ID_NOT_FOUND', `Group ${groupId} is not a consumer group.`, { cause });
}

/** Each partition goes to one member only, whatever the leader has assigned. */
function upgradedMembers(shard: GroupShard, group: ClassicGroup): UpgradedMember[] {
  const owned = new Set<string>();
  try {
    return [...group.members.values()].map((member) => {
      const metadata = upgradedMetadata(shard, group, member);
      const assigned = readAssignment(member.assignment, shard.image.topics);
      return { memberId: member.memberId, metadata, assigned: withoutOwned(assigned, owned) };
    });
  } catch (error) {
    if (error instanceof KafkaError) throw cannotUpgrade(group, error);
    throw error;
  }
}

function withoutOwned(assigned: TopicPartitions, owned: Set<string>): TopicPartitions {
  const rest = new Map<string, number[]>();
  for (const [topicId, partitions] of assigned) {
    const free = partitions.filter((partition) => !owned.has(`${topicId}-${partition}`));
    for (const partition of free) owned.add(`${topicId}-${partition}`);
    if (free.length > 0) rest.set(topicId, free);
  }
  return rest;
}

function upgradedMetadata(shard: GroupShard, group: ClassicGroup, member: ClassicMember): MemberMetadata {
  const bytes = member.metadataOf(group.protocolName ?? '') ?? member.protocols[0]!.metadata;
  const { topics, rackId } = readSubscription(bytes, shard.image.topics);
  const { instanceId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs, protocols } = member;
  return {
    instanceId,
    rackId,
    clientId,
    clientHost,
    topicNames: topics,
    topicRegex: '',
    rebalanceTimeoutMs,
    serverAssignor: null,
    classic: { sessionTimeoutMs, protocols },
  };
}

function currentOf(assigned: TopicPartitions, epoch: number): CurrentAssignment {
  return {
    state: MemberState.stable,
    memberEpoch: epoch,
    previousMemberEpoch: epoch,
    assigned: assignAll(assigned, epoch),
    pendingRevocation: NOTHING_ASSIGNED,
  };
}
