import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupChange } from './group-change.ts';
import { watchRevocation } from './member-timers.ts';
import { reconcileMember } from './reconcile-member.ts';
import { resolveTopicRegex } from './topic-regex.ts';
import type { TopicPartitionList } from './topic-partitions.ts';
import { topicsHash } from './topics-hash.ts';
import { updateTarget } from './update-target.ts';

/**
 * Brings a member up to date after what it said was applied: next epoch of the group if topics or subscriptions changed,
 * next target assignment, next step of the member towards it.
 */
export function advanceMember(
  change: GroupChange,
  group: ConsumerGroup,
  memberId: string,
  request: {
    /** Has it changed what it subscribes? */
    readonly hasChanged: boolean;
    readonly owned: readonly TopicPartitionList[] | null;
    /** Which topics it may know of; absent for members of the classic protocol, whose expressions are their own affair. */
    readonly mayDescribe?: (topic: string) => boolean;
  },
): void {
  refreshEpoch(change, group, request.hasChanged, request.mayDescribe);
  updateTarget(change, group);
  const { groupId, assignmentEpoch } = group;
  const { current } = group.members.get(memberId)!;
  const next = reconcileMember(current, {
    assignmentEpoch,
    partitions: group.targetOf(memberId),
    isFree: (topicId, partition) => group.isFree(topicId, partition),
    owned: request.owned,
  });
  if (next === current) return;
  change.apply({ type: 'consumer-current', groupId, memberId, value: next });
  watchRevocation(change.shard, group, group.members.get(memberId)!);
}

/**
 * Begins the next epoch of the group where its topics, or what is subscribed of them, have changed. Regular expressions
 * are resolved with the eyes of whoever asks; where nobody in particular does, they stand for what they stood for.
 */
export function refreshEpoch(
  change: GroupChange,
  group: ConsumerGroup,
  hasChanged: boolean,
  mayDescribe?: (topic: string) => boolean,
): void {
  const { topics } = change.shard.image;
  const isSeen = group.seenTopics === topics;
  if (isSeen && !hasChanged && group.isRecorded) return;
  const hasOtherTopics = mayDescribe !== undefined && refreshRegexes(change, group, mayDescribe);
  const metadataHash = topicsHash(group.subscribedTopics, topics);
  if (hasChanged || hasOtherTopics || !group.isRecorded || metadataHash !== group.metadataHash) {
    beginEpoch(change, group, metadataHash);
  }
  if (mayDescribe !== undefined || group.regexes.size === 0) group.seenTopics = topics;
}

/** The next epoch: everybody will be moved to it. */
export function beginEpoch(change: GroupChange, group: ConsumerGroup, metadataHash: string): void {
  const epoch = group.epoch + 1;
  change.apply({ type: 'consumer-epoch', groupId: group.groupId, value: { epoch, metadataHash } });
  const { groupId, state } = group;
  change.shard.log('Group has a new epoch', { groupId, generation: epoch, state });
}

/** Resolves the expressions of the members anew. @returns whether one of them stands for other topics than before. */
function refreshRegexes(
  change: GroupChange,
  group: ConsumerGroup,
  mayDescribe: (topic: string) => boolean,
): boolean {
  const { groupId } = group;
  const { image, now } = change.shard;
  const used = new Set([...group.members.values()].map(({ metadata }) => metadata.topicRegex));
  used.delete('');
  let hasOtherTopics = false;
  for (const regex of used) {
    const known = group.regexes.get(regex);
    const topics = resolveTopicRegex(regex, image.topics).filter(mayDescribe);
    if (known?.topics.length === topics.length && topics.every((name, at) => known.topics[at] === name))
      continue;
    hasOtherTopics ||= known !== undefined || topics.length > 0;
    const value = { topics, version: image.offset, timestampMs: now.wallMs };
    change.apply({ type: 'consumer-regex', groupId, regex, value });
  }
  for (const regex of group.regexes.keys())
    if (!used.has(regex)) change.apply({ type: 'consumer-regex', groupId, regex, value: null });
  return hasOtherTopics;
}
