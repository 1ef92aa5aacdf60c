import { ErrorCode } from '@millrace/protocol';
import { GroupChange } from '../consumer/group-change.ts';
import type { GroupShard } from '../group-shard.ts';
import type { ShareInitialization, ShareInitializedCall } from './share-calls.ts';
import type { ShareGroup } from './share-group.ts';
import { withoutPartitions, withPartitions, type StateTopic } from './state-partitions.ts';

/** Notes which partitions of subscribed topics have yet to be set up. @returns what to ask the share coordinator for */
export function startInitialization(change: GroupChange, group: ShareGroup): ShareInitialization | undefined {
  const topics = uninitialized(change.shard, group);
  if (topics.length === 0) return undefined;
  const { groupId, statePartitions } = group;
  const initializing = withPartitions(statePartitions.initializing, topics);
  group.initializingSinceMs = change.shard.now.monotonicMs;
  if (!isNoted(group, topics))
    change.apply({ type: 'share-state', groupId, value: { ...statePartitions, initializing } });
  return { stateEpoch: group.epoch, topics };
}

function isNoted({ statePartitions }: ShareGroup, topics: readonly StateTopic[]): boolean {
  return topics.every(({ topicId, partitions }) => {
    const known = statePartitions.initializing.get(topicId)?.partitions ?? [];
    return partitions.every((partition) => known.includes(partition));
  });
}

function uninitialized(shard: GroupShard, group: ShareGroup): StateTopic[] {
  const { initializing, initialized, deleting } = group.statePartitions;
  const retryMs = shard.properties['group.share.initialize.retry.interval.ms'];
  const { initializingSinceMs: sinceMs } = group;
  const isUnderWay = sinceMs !== undefined && shard.now.monotonicMs - sinceMs < retryMs;
  return [...group.subscribedTopics].toSorted().flatMap((topicName) => {
    const topic = shard.image.topics.byName.get(topicName);
    if (topic === undefined || deleting.has(topic.id)) return [];
    const known = new Set(initialized.get(topic.id)?.partitions);
    for (const partition of (isUnderWay && initializing.get(topic.id)?.partitions) || [])
      known.add(partition);
    const partitions = topic.partitions.map(({ index }) => index).filter((index) => !known.has(index));
    return partitions.length === 0 ? [] : [{ topicId: topic.id, topicName, partitions }];
  });
}

/** The share coordinator has answered: partitions may be given to members, or are to be asked for again. */
export function finishInitialization(shard: GroupShard, call: ShareInitializedCall, replyId: number): void {
  const { groupId, topics } = call;
  const group = shard.shareGroups.get(groupId);
  const change = new GroupChange(shard);
  if (group !== undefined) {
    const { initializing, initialized, deleting } = group.statePartitions;
    const done = topics.flatMap(({ topicId, partitions }): StateTopic[] => {
      const topicName = initializing.get(topicId)?.topicName;
      return topicName === undefined ? [] : [{ topicId, topicName, partitions }];
    });
    group.initializingSinceMs = undefined;
    const value = {
      initializing: withoutPartitions(initializing, done),
      initialized: call.api === 'shareInitialized' ? withPartitions(initialized, done) : initialized,
      deleting,
    };
    if (done.length > 0) change.apply({ type: 'share-state', groupId, value });
  }
  change.commit(replyId, call, { errorCode: ErrorCode.NONE, errorMessage: null });
}
