import { ErrorCode } from '@millrace/protocol';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { OffsetDeleteRequest, OffsetDeleteResponse } from '@millrace/protocol/messages/offset-delete';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { structsByTopic } from '../consumer/offsets/by-leader.ts';
import type { OffsetAndMetadata } from '../consumer/offsets/offset-and-metadata.ts';
import { partitionKey, partitionsByTopic, type TopicPartition } from '../consumer/topic-partition.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { runGroupItems, runGroups } from './group-operations.ts';
import type { Outcomes } from './run-items.ts';

const OFFSET_FETCH = defineApi(OffsetFetchRequest, OffsetFetchResponse);
const OFFSET_COMMIT = defineApi(OffsetCommitRequest, OffsetCommitResponse);
const OFFSET_DELETE = defineApi(OffsetDeleteRequest, OffsetDeleteResponse);

/** Several groups per request, and their answers in a list, from here on. */
const FIRST_FETCH_VERSION_WITH_GROUPS = 8;
/** Later versions name topics by id, which an administrator does not have. */
const LAST_VERSION_WITH_NAMES = 9;
/** What an offset is that was never committed. */
const NO_OFFSET = -1;

/** Where a group goes on in a partition. */
export interface CommittedOffset extends TopicPartition, OffsetAndMetadata {}

/** Where a group is to go on in a partition. */
export interface OffsetToCommit extends TopicPartition {
  /** The next offset the group is to read. */
  readonly offset: number;
  readonly leaderEpoch?: number;
  readonly metadata?: string;
}

/** For `listConsumerGroupOffsets()`. */
export interface ListGroupOffsetsOptions extends AdminCallOptions {
  /** Default: all partitions the group has committed. */
  readonly partitions?: readonly TopicPartition[];
  /** Wait out transactions that are about to commit offsets (KIP-447). Default false. */
  readonly requireStable?: boolean;
}

/** Committed offsets; partitions without one are left out. */
export async function listConsumerGroupOffsets(
  context: AdminContext,
  groupId: string,
  options: ListGroupOffsetsOptions,
): Promise<CommittedOffset[]> {
  const { requireStable = false, partitions } = options;
  const topics =
    partitions === undefined
      ? null
      : [...partitionsByTopic(partitions)].map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
  const found = await runGroups(context, 'listConsumerGroupOffsets', [groupId], options, async ({ to }) => {
    const { response } = await context.cluster.send({
      to,
      api: OFFSET_FETCH,
      versions: { maxVersion: LAST_VERSION_WITH_NAMES },
      message: (version) =>
        version >= FIRST_FETCH_VERSION_WITH_GROUPS
          ? { groups: [{ groupId, topics }], requireStable }
          : { groupId, topics, requireStable },
    });
    return new Map([[groupId, committedOffsets(groupId, response)]]);
  });
  return found.get(groupId) ?? [];
}

/** Sets what a group without members continues from. */
export async function alterConsumerGroupOffsets(
  context: AdminContext,
  groupId: string,
  offsets: readonly OffsetToCommit[],
  options: AdminCallOptions,
): Promise<void> {
  const ask = async (items: readonly OffsetToCommit[]): Promise<Outcomes<true>> => {
    const topics = structsByTopic(items, ({ partition, offset, leaderEpoch = -1, metadata = '' }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: leaderEpoch,
      committedMetadata: metadata,
    }));
    const { response } = await context.cluster.send({
      to: { coordinatorOf: { type: 'group', key: groupId } },
      api: OFFSET_COMMIT,
      versions: { maxVersion: LAST_VERSION_WITH_NAMES },
      message: {
        groupId,
        memberId: '',
        generationIdOrMemberEpoch: -1,
        topics: topics.map(({ topic, partitions }) => ({ name: topic, partitions })),
      },
    });
    return partitionOutcomes(`Setting offsets of group "${groupId}"`, response.topics);
  };
  await runGroupItems(
    context,
    { operation: 'alterConsumerGroupOffsets', groupId, items: offsets, keyOf, ask },
    options,
  );
}

/** Forgets committed offsets. The group must not be subscribed to the topics. */
export async function deleteConsumerGroupOffsets(
  context: AdminContext,
  groupId: string,
  partitions: readonly TopicPartition[],
  options: AdminCallOptions,
): Promise<void> {
  const doing = `Deleting offsets of group "${groupId}"`;
  const ask = async (items: readonly TopicPartition[]): Promise<Outcomes<true>> => {
    const topics = structsByTopic(items, ({ partition }) => ({ partitionIndex: partition }));
    const { response } = await context.cluster.send({
      to: { coordinatorOf: { type: 'group', key: groupId } },
      api: OFFSET_DELETE,
      message: {
        groupId,
        topics: topics.map(({ topic, partitions: list }) => ({ name: topic, partitions: list })),
      },
    });
    if (response.errorCode !== ErrorCode.NONE) throw kafkaFailure(response.errorCode, doing);
    return partitionOutcomes(doing, response.topics);
  };
  await runGroupItems(
    context,
    { operation: 'deleteConsumerGroupOffsets', groupId, items: partitions, keyOf, ask },
    options,
  );
}

function keyOf({ topic, partition }: TopicPartition): string {
  return partitionKey(topic, partition);
}

function partitionOutcomes(
  doing: string,
  topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[],
): Map<string, true | Error> {
  const outcomes = new Map<string, true | Error>();
  for (const { name, partitions } of topics) {
    for (const { partitionIndex, errorCode } of partitions) {
      const key = partitionKey(name, partitionIndex);
      outcomes.set(key, errorCode === ErrorCode.NONE || kafkaFailure(errorCode, `${doing} for ${key}`));
    }
  }
  return outcomes;
}

function committedOffsets(groupId: string, response: OffsetFetchResponse): CommittedOffset[] | Error {
  const group = response.groups.find((answer) => answer.groupId === groupId) ?? response;
  const doing = `Listing offsets of group "${groupId}"`;
  if (group.errorCode !== ErrorCode.NONE) return kafkaFailure(group.errorCode, doing);
  const offsets: CommittedOffset[] = [];
  for (const { name, partitions } of group.topics) {
    for (const answer of partitions) {
      const { partitionIndex, committedOffset, committedLeaderEpoch, metadata, errorCode } = answer;
      if (errorCode !== ErrorCode.NONE) {
        return kafkaFailure(errorCode, `${doing} for ${partitionKey(name, partitionIndex)}`);
      }
      if (committedOffset === NO_OFFSET) continue;
      offsets.push({
        topic: name,
        partition: partitionIndex,
        offset: committedOffset,
        leaderEpoch: committedLeaderEpoch,
        metadata: metadata ?? '',
      });
    }
  }
  return offsets;
}
