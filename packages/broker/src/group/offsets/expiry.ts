import type { ClassicGroup } from '../classic/classic-group.ts';
import { groupTombstone } from '../classic/group-metadata.ts';
import type { ConsumerGroup } from '../consumer/consumer-group.ts';
import { GroupChange } from '../consumer/group-change.ts';
import { buryGroup } from '../consumer/remove-member.ts';
import type { OffsetCommitRecord } from '../group-records.ts';
import { type GroupShard, OFFSET_EXPIRY_TIMER } from '../group-shard.ts';
import { buryStreamsGroup } from '../streams/leave.ts';
import type { StreamsGroup } from '../streams/streams-group.ts';
import type { UndoEntry } from '../undo-entry.ts';
import type { CommittedOffset } from './committed-offset.ts';
import { offsetTombstone, type SubscribingGroup } from './delete.ts';

const MS_PER_MINUTE = 60_000;

export function scheduleOffsetExpiry(shard: GroupShard): void {
  const intervalMs = shard.properties['offsets.retention.check.interval.ms'];
  shard.setTimer(OFFSET_EXPIRY_TIMER, intervalMs, { type: 'offset-expiry' });
}

/** Removes the offsets whose retention has passed, and the empty groups that are left without any. */
export function expireOffsets(shard: GroupShard): void {
  scheduleOffsetExpiry(shard);
  for (const group of shard.groups.values()) {
    const base = expiryBase(group);
    const records = base === undefined ? [] : expiredOffsets(shard, group, base);
    if (records.length > 0) shard.log('Offsets expired', group, { offsets: records.length });
    const remaining = countOffsets(shard, group) - records.length;
    const isIdle = remaining === 0 && !shard.pendingOffsets.hasGroup(group.groupId);
    if (isIdle && group.state === 'Empty') removeGroup(shard, group, records);
    else if (records.length > 0) shard.append(records, { type: 'nothing' }, shard.applyOffsets(records));
  }
  for (const group of shard.consumerGroups.values()) expireOfAssignedGroup(shard, group, buryGroup);
  for (const group of shard.streamsGroups.values()) expireOfAssignedGroup(shard, group, buryStreamsGroup);
}

/** Topics that a member subscribes keep their offsets; the others run from their commit. */
function expireOfAssignedGroup<Group extends ConsumerGroup | StreamsGroup>(
  shard: GroupShard,
  group: Group,
  bury: (change: GroupChange, group: Group) => void,
): void {
  const records = expiredOffsets(shard, group, commitTime);
  const remaining = countOffsets(shard, group) - records.length;
  const isIdle = remaining === 0 && !shard.pendingOffsets.hasGroup(group.groupId);
  const change = new GroupChange(shard);
  change.forgetOffsets(records);
  if (isIdle && group.members.size === 0) bury(change, group);
  change.commitSilently();
}

/** The group and what is left of its offsets go in one batch: a group must not come back by half of it. */
function removeGroup(shard: GroupShard, group: ClassicGroup, offsets: readonly OffsetCommitRecord[]): void {
  const undo = [...shard.applyOffsets(offsets), markDying(shard, group)];
  shard.append(
    [...offsets, groupTombstone(group.groupId)],
    { type: 'groups-removed', groups: [group] },
    undo,
  );
}

/** Nobody may join until the tombstone is written, or lost. */
export function markDying(shard: GroupShard, group: ClassicGroup): UndoEntry {
  const { stateTimestampMs } = group;
  group.transitionTo('Dead', shard.now.wallMs);
  return { type: 'group-dying', group, stateTimestampMs };
}

function expiredOffsets(
  shard: GroupShard,
  group: SubscribingGroup,
  baseTimestampMs: (offset: CommittedOffset) => number,
): OffsetCommitRecord[] {
  const retentionMs = shard.properties['offsets.retention.minutes'] * MS_PER_MINUTE;
  const records: OffsetCommitRecord[] = [];
  for (const [topic, partitions] of shard.offsets.ofGroup(group.groupId)) {
    if (group.isSubscribedTo(topic)) continue;
    for (const [partition, offset] of partitions) {
      if (shard.pendingOffsets.has({ groupId: group.groupId, topic, partition })) continue;
      const expiresMs =
        offset.expireTimestampMs === -1 ? baseTimestampMs(offset) + retentionMs : offset.expireTimestampMs;
      if (shard.now.wallMs >= expiresMs) records.push(offsetTombstone(group.groupId, topic, partition));
    }
  }
  return records;
}

/**
 * When the retention of an offset begins; `undefined` when the group keeps all of its offsets.
 *
 * - A simple group, which has no members to tell whether it is alive: with the commit.
 * - An empty group: when it became empty, or with the commit where an old record does not say.
 * - Consumers in a stable group: with the commit, for topics nobody subscribes any more.
 * - Other groups with members, and all while they rebalance: never.
 */
function expiryBase(group: ClassicGroup): ((offset: CommittedOffset) => number) | undefined {
  if (group.protocolType === undefined) return commitTime;
  if (group.state === 'Empty') {
    const { stateTimestampMs } = group;
    return stateTimestampMs === -1 ? commitTime : () => stateTimestampMs;
  }
  const knowsTopics = group.usesConsumerProtocol && group.subscribedTopics !== undefined;
  return group.state === 'Stable' && knowsTopics ? commitTime : undefined;
}

function commitTime({ commitTimestampMs }: CommittedOffset): number {
  return commitTimestampMs;
}

function countOffsets(shard: GroupShard, { groupId }: SubscribingGroup): number {
  let count = 0;
  for (const partitions of shard.offsets.ofGroup(groupId).values()) count += partitions.size;
  return count;
}
