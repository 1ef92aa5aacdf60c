import { ClassicGroup, CONSUMER_PROTOCOL_TYPE } from '../../classic/classic-group.ts';
import { ClassicMember } from '../../classic/classic-member.ts';
import { currentAssignments, groupMetadataRecord } from '../../classic/group-metadata.ts';
import { prepareRebalance } from '../../classic/rebalance.ts';
import { restartSession } from '../../classic/session.ts';
import type { GroupShard } from '../../group-shard.ts';
import type { ConsumerGroup } from '../consumer-group.ts';
import type { ConsumerMember } from '../consumer-member.ts';
import type { GroupChange } from '../group-change.ts';
import { cancelMemberTimers } from '../member-timers.ts';
import { buryGroup } from '../remove-member.ts';
import { writeAssignment } from './embedded-protocol.ts';

/** Does the group become a classic one when these members go? If one of them is none, and all that stay are classic. */
export function canDowngrade(
  { properties }: GroupShard,
  group: ConsumerGroup,
  leaverIds: ReadonlySet<string>,
): boolean {
  const policy = properties['group.consumer.migration.policy'].toLowerCase();
  if (policy !== 'bidirectional' && policy !== 'downgrade') return false;
  const isClassic = (memberId: string): boolean => group.members.get(memberId)?.metadata.classic !== null;
  if ([...leaverIds].every(isClassic)) return false;
  const staying = stayingMembers(group, leaverIds);
  return (
    staying.length > 0 &&
    staying.length <= properties['group.max.size'] &&
    staying.every(({ metadata }) => metadata.classic !== null)
  );
}

/**
 * Makes a classic group of a consumer group that loses its last consumer members: the epoch is its generation.
 * @returns what is to be done once the change is written: the members are to join, so that one of them can lead.
 */
export function downgradeGroup(
  change: GroupChange,
  group: ConsumerGroup,
  leaverIds: ReadonlySet<string>,
): () => void {
  const { shard } = change;
  const classic = classicGroupOf(shard, group, leaverIds);
  for (const memberId of group.members.keys()) cancelMemberTimers(shard, group.groupId, memberId);
  buryGroup(change, group);
  change.createClassic(classic, groupMetadataRecord(classic, currentAssignments(classic)));
  for (const member of classic.members.values()) restartSession(shard, classic, member);
  return () => prepareRebalance(shard, classic, 'downgraded from a consumer group');
}

function stayingMembers(group: ConsumerGroup, leaverIds: ReadonlySet<string>): ConsumerMember[] {
  return [...group.members.values()].filter(({ memberId }) => !leaverIds.has(memberId));
}

function classicGroupOf(
  shard: GroupShard,
  group: ConsumerGroup,
  leaverIds: ReadonlySet<string>,
): ClassicGroup {
  const classic = new ClassicGroup(group.groupId, 'Stable');
  classic.generation = group.epoch;
  classic.stateTimestampMs = shard.now.wallMs;
  for (const member of stayingMembers(group, leaverIds)) classic.add(classicMemberOf(shard, group, member));
  classic.protocolName = classic.selectProtocol();
  classic.refreshSubscribedTopics();
  return classic;
}

function classicMemberOf(
  shard: GroupShard,
  group: ConsumerGroup,
  { memberId, metadata }: ConsumerMember,
): ClassicMember {
  const { instanceId, clientId, clientHost, rebalanceTimeoutMs } = metadata;
  const { sessionTimeoutMs, protocols } = metadata.classic!;
  const target = group.targetOf(memberId);
  return new ClassicMember({
    memberId,
    instanceId,
    clientId,
    clientHost,
    rebalanceTimeoutMs,
    sessionTimeoutMs,
    protocolType: CONSUMER_PROTOCOL_TYPE,
    protocols,
    assignment: writeAssignment(target, protocols[0]!.metadata, shard.image.topics),
  });
}
