import type { AdminContext } from '../admin/admin-context.ts';
import { describeTopics } from '../admin/describe-topics.ts';
import { alterConsumerGroupOffsets, listConsumerGroupOffsets } from '../admin/group-offset-operations.ts';
import { listOffsets, type OffsetSpec } from '../admin/partition-operations.ts';
import { partitionKey } from '../consumer/topic-partition.ts';
import { describeRawGroups } from './describe-raw-groups.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';
import type { PartitionOffset } from './kafkajs-types.ts';

export type FetchOffsetsPartition = PartitionOffset & { metadata: string | null };

/** What kafkajs commits in place of an offset for the ends of a partition. */
const EARLIEST = -2;
const LATEST = -1;

export async function partitionsOf(context: AdminContext, topic: string): Promise<number[]> {
  if (!topic || typeof topic !== 'string') throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`);
  const described = await describeTopics(context, [topic], {});
  return described.get(topic)!.partitions.map(({ partition }) => partition);
}

/** Offsets of all partitions of a topic; -1 where there is none. */
export async function topicOffsets(
  context: AdminContext,
  topic: string,
  at: OffsetSpec,
): Promise<{ partition: number; offset: number }[]> {
  const partitions = await partitionsOf(context, topic);
  const found = await listOffsets(
    context,
    partitions.map((partition) => ({ topic, partition, at })),
    {},
  );
  return partitions.map((partition) => ({
    partition,
    offset: found.get(partitionKey(topic, partition))!.offset,
  }));
}

export async function fetchTopicOffsets(
  context: AdminContext,
  topic: string,
): Promise<(PartitionOffset & { high: string; low: string })[]> {
  const high = await topicOffsets(context, topic, 'latest');
  const low = await topicOffsets(context, topic, 'earliest');
  return high.map(({ partition, offset }, index) => ({
    partition,
    offset: String(offset),
    high: String(offset),
    low: String(low[index]!.offset),
  }));
}

/** The first offset at or after the time; the end of the partition where no message is that young. */
export async function fetchTopicOffsetsByTimestamp(
  context: AdminContext,
  topic: string,
  timestamp: number | undefined,
): Promise<PartitionOffset[]> {
  const end = await topicOffsets(context, topic, 'latest');
  const at = timestamp === undefined ? 'latest' : { timestampMs: timestamp };
  const found = await topicOffsets(context, topic, at);
  return found.map(({ partition, offset }, index) => ({
    partition,
    offset: String(offset < 0 ? end[index]!.offset : offset),
  }));
}

/** Committed offsets of a group; '-1' for partitions of the named topics without one. */
export async function fetchGroupOffsets(
  context: AdminContext,
  groupId: string,
  topics: readonly string[],
): Promise<{ topic: string; partitions: FetchOffsetsPartition[] }[]> {
  const committed = await listConsumerGroupOffsets(context, groupId, {});
  const byTopic = Map.groupBy(committed, ({ topic }) => topic);
  const names = topics.length > 0 ? topics : [...byTopic.keys()];
  return Promise.all(
    names.map(async (topic) => {
      const known = byTopic.get(topic) ?? [];
      const partitions =
        topics.length > 0
          ? await partitionsOf(context, topic)
          : known.map(({ partition }) => partition).toSorted((a, b) => a - b);
      return {
        topic,
        partitions: partitions.map((partition) => {
          const found = known.find((one) => one.partition === partition);
          return { partition, offset: String(found?.offset ?? -1), metadata: found?.metadata || null };
        }),
      };
    }),
  );
}

/** -1 and -2 mean the end and the beginning, and are replaced by the offsets these have now. */
export async function setGroupOffsets(
  context: AdminContext,
  groupId: string,
  topic: string,
  partitions: readonly PartitionOffset[],
): Promise<void> {
  if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`);
  if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`);
  if (!partitions || partitions.length === 0) throw new KafkaJSNonRetriableError('Invalid partitions');
  await assertNoMembers(context, groupId);
  const ends = await fetchTopicOffsets(context, topic);
  const offsets = partitions.map(({ partition, offset }) => {
    const end = ends.find((one) => one.partition === partition);
    const number = Number(offset);
    const resolved = number === LATEST ? end?.high : number === EARLIEST ? end?.low : offset;
    return { topic, partition, offset: Number(resolved) };
  });
  await alterConsumerGroupOffsets(context, groupId, offsets, {});
}

async function assertNoMembers(context: AdminContext, groupId: string): Promise<void> {
  const [group] = await describeRawGroups(context, [groupId]);
  const { state } = group!;
  if (state === 'Empty' || state === 'Dead') return;
  throw new KafkaJSNonRetriableError(
    `The consumer group must have no running instances, current state: ${state}`,
  );
}
