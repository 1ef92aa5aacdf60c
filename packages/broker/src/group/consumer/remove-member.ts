import type { ConsumerGroup } from './consumer-group.ts';
import { beginEpoch } from './advance-member.ts';
import type { GroupChange } from './group-change.ts';
import { cancelMemberTimers } from './member-timers.ts';
import { topicsHash } from './topics-hash.ts';

/** Takes members out and begins the next epoch. */
export function removeMembers(
  change: GroupChange,
  group: ConsumerGroup,
  memberIds: ReadonlySet<string>,
): void {
  for (const memberId of memberIds) {
    buryMember(change, group, memberId);
    cancelMemberTimers(change.shard, group.groupId, memberId);
  }
  dropUnusedRegexes(change, group);
  beginEpoch(change, group, topicsHash(group.subscribedTopics, change.shard.image.topics));
}

/** The tombstones of one member. */
export function buryMember(change: GroupChange, { groupId }: ConsumerGroup, memberId: string): void {
  change.apply({ type: 'consumer-current', groupId, memberId, value: null });
  change.apply({ type: 'consumer-target', groupId, memberId, value: null });
  change.apply({ type: 'consumer-member', groupId, memberId, value: null });
}

/** The tombstones of a whole group. */
export function buryGroup(change: GroupChange, group: ConsumerGroup): void {
  const { groupId } = group;
  const memberIds = [...group.members.keys()];
  for (const memberId of memberIds)
    change.apply({ type: 'consumer-current', groupId, memberId, value: null });
  for (const memberId of new Set([...memberIds, ...group.targets.keys()]))
    change.apply({ type: 'consumer-target', groupId, memberId, value: null });
  change.apply({ type: 'consumer-target-epoch', groupId, value: null });
  for (const memberId of memberIds) change.apply({ type: 'consumer-member', groupId, memberId, value: null });
  for (const regex of group.regexes.keys())
    change.apply({ type: 'consumer-regex', groupId, regex, value: null });
  // Last: with its epoch the group is gone.
  change.apply({ type: 'consumer-epoch', groupId, value: null });
}

function dropUnusedRegexes(change: GroupChange, group: ConsumerGroup): void {
  const { groupId } = group;
  const used = new Set([...group.members.values()].map(({ metadata }) => metadata.topicRegex));
  for (const regex of group.regexes.keys())
    if (!used.has(regex)) change.apply({ type: 'consumer-regex', groupId, regex, value: null });
}
