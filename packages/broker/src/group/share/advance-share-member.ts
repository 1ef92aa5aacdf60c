import type { GroupChange } from '../consumer/group-change.ts';
import { samePartitions, type TopicPartitions } from '../consumer/topic-partitions.ts';
import { topicsHash } from '../consumer/topics-hash.ts';
import type { ShareGroup } from './share-group.ts';
import { assignSimply, type SharingMember } from './simple-assignor.ts';

/**
 * Brings a member up to date after what it said was applied: next epoch of the group if topics or subscriptions changed,
 * next target assignment, and the member moves to it at once. Nobody has to give up anything first.
 */
export function advanceShareMember(
  change: GroupChange,
  group: ShareGroup,
  memberId: string,
  hasOtherTopics: boolean,
): void {
  refreshEpoch(change, group, hasOtherTopics);
  updateTarget(change, group);
  const { groupId, assignmentEpoch } = group;
  const { current } = group.members.get(memberId)!;
  if (current.memberEpoch === assignmentEpoch) return;
  const value = {
    memberEpoch: assignmentEpoch,
    previousMemberEpoch: current.memberEpoch,
    partitions: group.targetOf(memberId),
  };
  change.apply({ type: 'share-current', groupId, memberId, value });
}

function refreshEpoch(change: GroupChange, group: ShareGroup, hasOtherTopics: boolean): void {
  const metadataHash = topicsHash(group.subscribedTopics, change.shard.image.topics);
  const isDue =
    hasOtherTopics ||
    !group.isRecorded ||
    metadataHash !== group.metadataHash ||
    (group.epoch <= group.assignmentEpoch && hasUnassigned(change, group));
  if (isDue) beginShareEpoch(change, group, metadataHash);
}

/** The next epoch: everybody will be moved to it. */
export function beginShareEpoch(change: GroupChange, group: ShareGroup, metadataHash: string): void {
  const { groupId, state } = group;
  const epoch = group.epoch + 1;
  change.apply({ type: 'share-epoch', groupId, value: { epoch, metadataHash } });
  change.shard.log('Group has a new epoch', { groupId, generation: epoch, state });
}

/** Have partitions been set up since the last assignment? */
function hasUnassigned(change: GroupChange, group: ShareGroup): boolean {
  for (const [topicId, partitions] of assignablePartitions(change, group)) {
    const assigned = new Set<number>();
    for (const target of group.targets.values())
      for (const partition of target.get(topicId) ?? []) assigned.add(partition);
    if (partitions.some((partition) => !assigned.has(partition))) return true;
  }
  return false;
}

/** Partitions of subscribed topics whose state the share coordinator has set up. */
function assignablePartitions({ shard }: GroupChange, group: ShareGroup): TopicPartitions {
  const { byName } = shard.image.topics;
  const partitions = new Map<string, readonly number[]>();
  for (const name of [...group.subscribedTopics].toSorted()) {
    const topic = byName.get(name);
    const initialized = topic && group.statePartitions.initialized.get(topic.id);
    if (initialized !== undefined) partitions.set(topic!.id, initialized.partitions);
  }
  return partitions;
}

/** Computes the target assignment of the group's epoch, unless the last one is too recent. */
function updateTarget(change: GroupChange, group: ShareGroup): void {
  const { shard } = change;
  const { groupId, epoch } = group;
  if (epoch <= group.assignmentEpoch || isTooEarly(change, group)) return;
  const targets = assignSimply(sharingMembers(change, group), assignablePartitions(change, group));
  for (const [memberId, target] of targets) {
    const known = group.targets.get(memberId);
    if (known !== undefined && samePartitions(known, target)) continue;
    change.apply({ type: 'share-target', groupId, memberId, value: target });
  }
  change.apply({ type: 'share-target-epoch', groupId, value: { epoch, timestampMs: shard.now.wallMs } });
}

/** Many members that come at once should cost few assignments. A clock that was set back delays nothing. */
function isTooEarly({ shard }: GroupChange, group: ShareGroup): boolean {
  const sinceMs = shard.now.wallMs - group.assignedAtMs;
  return sinceMs >= 0 && sinceMs < shard.configOf(group.groupId)['share.assignment.interval.ms'];
}

function sharingMembers({ shard }: GroupChange, group: ShareGroup): SharingMember[] {
  const { byName } = shard.image.topics;
  return (
    [...group.members.values()]
      .map(({ memberId, metadata }): SharingMember => {
        const topicIds = metadata.topicNames.flatMap((name) => byName.get(name)?.id ?? []);
        return { memberId, topicIds: new Set(topicIds), previous: group.targetOf(memberId) };
      })
      // By UTF-16 units: no locale may decide who reads what.
      .toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1))
  );
}
