import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { checkConsumerFetch } from '../consumer/check-commit.ts';
import type { FetchCall, FetchedPartition, FetchedTopic, FetchReply, FetchTopic } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import { checkStreamsFetch } from '../streams/check-streams-commit.ts';
import type { CommittedOffset } from './committed-offset.ts';

/** OffsetFetch: what is committed and durable. Groups that do not exist have committed nothing. */
export function fetchOffsets(shard: GroupShard, call: FetchCall, replyId: number): void {
  shard.replyWhenDurable(replyId, () => readOffsets(shard, call));
}

function readOffsets(shard: GroupShard, call: FetchCall): FetchReply {
  const { groupId, topics, requireStable = false } = call;
  const errorCode = checkMember(shard, call);
  if (errorCode !== ErrorCode.NONE) return { errorCode, topics: [] };
  const committed = shard.offsets.ofGroup(groupId);
  const isUnstable = (topic: string, partition: number): boolean =>
    requireStable && shard.pendingOffsets.has({ groupId, topic, partition });
  if (topics === null) {
    return {
      errorCode: ErrorCode.NONE,
      topics: [...committed].map((topic) => allOfTopic(topic, isUnstable)),
    };
  }
  return {
    errorCode: ErrorCode.NONE,
    topics: topics.map((topic) => ({
      name: topic.name,
      topicId: topic.topicId,
      partitions: topic.partitionIndexes.map((partition) =>
        isUnstable(topic.name, partition)
          ? unstable(partition)
          : fetched(partition, sameTopic(topic, committed.get(topic.name)?.get(partition))),
      ),
    })),
  };
}

function checkMember(shard: GroupShard, call: FetchCall): number {
  const { groupId, memberId = null, memberEpoch = -1 } = call;
  const consumerGroup = shard.consumerGroups.get(groupId);
  if (consumerGroup !== undefined) return checkConsumerFetch(consumerGroup, memberId, memberEpoch);
  const streamsGroup = shard.streamsGroups.get(groupId);
  return streamsGroup === undefined ? ErrorCode.NONE : checkStreamsFetch(streamsGroup, memberId, memberEpoch);
}

function allOfTopic(
  [name, partitions]: readonly [string, ReadonlyMap<number, CommittedOffset>],
  isUnstable: (topic: string, partition: number) => boolean,
): FetchedTopic {
  let topicId: string = ZERO_UUID;
  for (const offset of partitions.values()) if (offset.topicId !== ZERO_UUID) ({ topicId } = offset);
  return {
    name,
    topicId,
    partitions: [...partitions].map(([partition, offset]) =>
      isUnstable(name, partition) ? unstable(partition) : fetched(partition, offset),
    ),
  };
}

/** An offset that was committed for a topic of this name which was deleted since says nothing about the new one. */
function sameTopic(
  { topicId }: FetchTopic,
  offset: CommittedOffset | undefined,
): CommittedOffset | undefined {
  if (offset === undefined || offset.topicId === ZERO_UUID || topicId === ZERO_UUID) return offset;
  return offset.topicId === topicId ? offset : undefined;
}

/** A transaction will soon say which offset it is; a consumer that began at the old one would process twice. */
function unstable(partitionIndex: number): FetchedPartition {
  return { ...fetched(partitionIndex, undefined), errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT };
}

function fetched(partitionIndex: number, offset: CommittedOffset | undefined): FetchedPartition {
  return {
    partitionIndex,
    committedOffset: offset?.offset ?? -1,
    committedLeaderEpoch: offset?.leaderEpoch ?? -1,
    metadata: offset?.metadata ?? '',
    errorCode: ErrorCode.NONE,
  };
}
