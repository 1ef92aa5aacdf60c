import { ErrorCode } from '@millrace/protocol';
import {
  AlterShareGroupOffsetsRequest,
  AlterShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/alter-share-group-offsets';
import {
  DeleteShareGroupOffsetsRequest,
  DeleteShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/delete-share-group-offsets';
import {
  DescribeShareGroupOffsetsRequest,
  DescribeShareGroupOffsetsResponse,
} from '@millrace/protocol/messages/describe-share-group-offsets';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { structsByTopic } from '../consumer/offsets/by-leader.ts';
import { partitionKey, partitionsByTopic, type TopicPartition } from '../consumer/topic-partition.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { runGroupItems, runGroups } from './group-operations.ts';
import type { Outcomes } from './run-items.ts';

const DESCRIBE_OFFSETS = defineApi(DescribeShareGroupOffsetsRequest, DescribeShareGroupOffsetsResponse);
const ALTER_OFFSETS = defineApi(AlterShareGroupOffsetsRequest, AlterShareGroupOffsetsResponse);
const DELETE_OFFSETS = defineApi(DeleteShareGroupOffsetsRequest, DeleteShareGroupOffsetsResponse);

/** What an offset is that is not known. */
const UNKNOWN = -1;

/** Where a share group is with a partition. */
export interface ShareGroupOffset extends TopicPartition {
  /** All records before it are done with. */
  readonly startOffset: number;
  /** -1 if unknown. */
  readonly leaderEpoch: number;
  /** Records that are not done with yet; undefined from brokers before Kafka 4.2. */
  readonly lag: number | undefined;
}

/** For `listShareGroupOffsets()`. */
export interface ListShareGroupOffsetsOptions extends AdminCallOptions {
  /** Default: all partitions that the group has read. */
  readonly partitions?: readonly TopicPartition[];
}

/** Where a share group is to go on. */
export interface ShareGroupOffsetToSet extends TopicPartition {
  readonly startOffset: number;
}

/** Partitions that the group has not read yet are left out. */
export async function listShareGroupOffsets(
  context: AdminContext,
  groupId: string,
  options: ListShareGroupOffsetsOptions,
): Promise<ShareGroupOffset[]> {
  const { partitions } = options;
  const topics =
    partitions === undefined
      ? null
      : [...partitionsByTopic(partitions)].map(([topicName, list]) => ({ topicName, partitions: list }));
  const found = await runGroups(context, 'listShareGroupOffsets', [groupId], options, async ({ to }) => {
    const { response } = await context.cluster.send({
      to,
      api: DESCRIBE_OFFSETS,
      message: { groups: [{ groupId, topics }] },
    });
    return new Map([[groupId, shareGroupOffsets(groupId, response)]]);
  });
  return found.get(groupId) ?? [];
}

/** Sets where a group without members goes on. */
export async function alterShareGroupOffsets(
  context: AdminContext,
  groupId: string,
  offsets: readonly ShareGroupOffsetToSet[],
  options: AdminCallOptions,
): Promise<void> {
  const doing = `Setting offsets of share group "${groupId}"`;
  const ask = async (items: readonly ShareGroupOffsetToSet[]): Promise<Outcomes<true>> => {
    const topics = structsByTopic(items, ({ partition, startOffset }) => ({
      partitionIndex: partition,
      startOffset,
    }));
    const { response } = await context.cluster.send({
      to: { coordinatorOf: { type: 'group', key: groupId } },
      api: ALTER_OFFSETS,
      message: { groupId, topics: topics.map(({ topic, partitions }) => ({ topicName: topic, partitions })) },
    });
    const { errorCode, errorMessage, responses } = response;
    if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, doing, errorMessage);
    return new Map(
      responses.flatMap(({ topicName, partitions }) =>
        partitions.map((answer) => {
          const key = partitionKey(topicName, answer.partitionIndex);
          return [key, outcomeOf(`${doing} for ${key}`, answer)] as const;
        }),
      ),
    );
  };
  const plan = { operation: 'alterShareGroupOffsets', groupId, items: offsets, keyOf, ask };
  await runGroupItems(context, plan, options);
}

/** Makes a group without members forget topics. */
export async function deleteShareGroupOffsets(
  context: AdminContext,
  groupId: string,
  topicNames: readonly string[],
  options: AdminCallOptions,
): Promise<void> {
  const doing = `Deleting offsets of share group "${groupId}"`;
  const ask = async (items: readonly string[]): Promise<Outcomes<true>> => {
    const { response } = await context.cluster.send({
      to: { coordinatorOf: { type: 'group', key: groupId } },
      api: DELETE_OFFSETS,
      message: { groupId, topics: items.map((topicName) => ({ topicName })) },
    });
    const { errorCode, errorMessage, responses } = response;
    if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, doing, errorMessage);
    return new Map(
      responses.map((answer) => [
        answer.topicName,
        outcomeOf(`${doing} for topic "${answer.topicName}"`, answer),
      ]),
    );
  };
  const operation = 'deleteShareGroupOffsets';
  const plan = { operation, groupId, items: topicNames, keyOf: nameOf, ask };
  await runGroupItems(context, plan, options);
}

function keyOf({ topic, partition }: TopicPartition): string {
  return partitionKey(topic, partition);
}

function nameOf(topicName: string): string {
  return topicName;
}

interface Answer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

function outcomeOf(doing: string, { errorCode, errorMessage }: Answer): true | Error {
  return errorCode === ErrorCode.NONE || kafkaFailure(errorCode, doing, errorMessage);
}

function shareGroupOffsets(
  groupId: string,
  { groups }: DescribeShareGroupOffsetsResponse,
): ShareGroupOffset[] | Error {
  const doing = `Listing offsets of share group "${groupId}"`;
  const group = groups.find((answer) => answer.groupId === groupId);
  if (group === undefined) return [];
  if (group.errorCode !== ErrorCode.NONE) return kafkaFailure(group.errorCode, doing, group.errorMessage);
  const offsets: ShareGroupOffset[] = [];
  for (const { topicName: topic, partitions } of group.topics) {
    for (const { partitionIndex: partition, startOffset, leaderEpoch, lag, ...answer } of partitions) {
      const { errorCode, errorMessage } = answer;
      if (errorCode !== ErrorCode.NONE)
        return kafkaFailure(errorCode, `${doing} for ${partitionKey(topic, partition)}`, errorMessage);
      if (startOffset === UNKNOWN) continue;
      offsets.push({ topic, partition, startOffset, leaderEpoch, lag: lag === UNKNOWN ? undefined : lag });
    }
  }
  return offsets;
}
