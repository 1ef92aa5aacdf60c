import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import type { FetchCall, FetchedPartition, FetchedTopic, FetchReply, FetchTopic } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import type { CommittedOffset } from './committed-offset.ts';

/** OffsetFetch: what is committed and durable. Groups that do not exist have committed nothing. */
export function fetchOffsets(shard: GroupShard, call: FetchCall, replyId: number): void {
  shard.replyWhenDurable(replyId, () => readOffsets(shard, call));
}

function readOffsets(shard: GroupShard, { groupId, topics }: FetchCall): FetchReply {
  const committed = shard.offsets.ofGroup(groupId);
  if (topics === null) return { errorCode: ErrorCode.NONE, topics: [...committed].map(allOfTopic) };
  return {
    errorCode: ErrorCode.NONE,
    topics: topics.map((topic) => ({
      name: topic.name,
      topicId: topic.topicId,
      partitions: topic.partitionIndexes.map((partition) =>
        fetched(partition, sameTopic(topic, committed.get(topic.name)?.get(partition))),
      ),
    })),
  };
}

function allOfTopic([name, partitions]: readonly [
  string,
  ReadonlyMap<number, CommittedOffset>,
]): FetchedTopic {
  let topicId: string = ZERO_UUID;
  for (const offset of partitions.values()) if (offset.topicId !== ZERO_UUID) ({ topicId } = offset);
  return {
    name,
    topicId,
    partitions: [...partitions].map(([partition, offset]) => fetched(partition, offset)),
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

function fetched(partitionIndex: number, offset: CommittedOffset | undefined): FetchedPartition {
  return {
    partitionIndex,
    committedOffset: offset?.offset ?? -1,
    committedLeaderEpoch: offset?.leaderEpoch ?? -1,
    metadata: offset?.metadata ?? '',
    errorCode: ErrorCode.NONE,
  };
}
