import { ErrorCode } from '@millrace/protocol';
import { DeleteRecordsRequest, DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records';
import { ListOffsetsRequest, ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from '@millrace/protocol/messages/offset-for-leader-epoch';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { structsByTopic } from '../consumer/offsets/by-leader.ts';
import type { ListedOffset } from '../consumer/offsets/list-offsets.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import { attemptTimeoutMs, type AdminCallOptions, type AdminContext } from './admin-context.ts';
import { leaderlessOutcomes, NO_LEADER, toLeaders } from './routes.ts';
import { runItems, type Outcomes, type Route } from './run-items.ts';

const LIST_OFFSETS = defineApi(ListOffsetsRequest, ListOffsetsResponse);
const DELETE_RECORDS = defineApi(DeleteRecordsRequest, DeleteRecordsResponse);
const OFFSET_FOR_LEADER_EPOCH = defineApi(OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse);

const NOT_A_REPLICA = -1;

/** A place in a log: an end, the youngest timestamp, or the first record at or after a time. */
export type OffsetSpec = 'earliest' | 'latest' | 'max-timestamp' | { readonly timestampMs: number };

/** A partition, and which of its offsets is wanted. */
export interface OffsetSpecOfPartition extends TopicPartition {
  readonly at: OffsetSpec;
}

/** For `listOffsets()`. */
export interface ListOffsetsOptions extends AdminCallOptions {
  /** With `read_committed`, `latest` is the last stable offset. Default `read_uncommitted`. */
  readonly isolationLevel?: 'read_uncommitted' | 'read_committed';
}

/** A partition, and how much of it goes. */
export interface RecordsToDelete extends TopicPartition {
  /** Records before this offset go; -1 for all there are. */
  readonly beforeOffset: number;
}

/** A partition, and the leader epoch whose end is wanted. */
export interface LeaderEpochOfPartition extends TopicPartition {
  readonly leaderEpoch: number;
}

/** Where a leader epoch ended in the log of the leader. */
export interface EpochEndOffset {
  /** The largest epoch up to the one asked for; -1 where there is none. */
  readonly leaderEpoch: number;
  /** First offset after it; -1 where there is none. */
  readonly endOffset: number;
}

const specTimestamp = { latest: -1, earliest: -2, 'max-timestamp': -3 } as const;

/** `max-timestamp` came with this version; older brokers would take it for a time. */
const FIRST_VERSION_WITH_MAX_TIMESTAMP = 7;

export function listOffsets(
  context: AdminContext,
  specs: readonly OffsetSpecOfPartition[],
  options: ListOffsetsOptions,
): Promise<Map<string, ListedOffset>> {
  const { cluster } = context;
  const isolationLevel = options.isolationLevel === 'read_committed' ? 1 : 0;
  return runPartitions(context, 'listOffsets', specs, options, async ({ to, items }) => {
    const usesMaxTimestamp = items.some(({ at }) => at === 'max-timestamp');
    const { response } = await cluster.send({
      to,
      api: LIST_OFFSETS,
      versions: usesMaxTimestamp ? { minVersion: FIRST_VERSION_WITH_MAX_TIMESTAMP } : {},
      message: {
        replicaId: NOT_A_REPLICA,
        isolationLevel,
        topics: structsByTopic(items, ({ topic, partition, at }) => ({
          partitionIndex: partition,
          currentLeaderEpoch: cluster.leaderOf(topic, partition)?.epoch ?? -1,
          timestamp: typeof at === 'string' ? specTimestamp[at] : at.timestampMs,
        })).map(({ topic, partitions }) => ({ name: topic, partitions })),
      },
    });
    const answers = response.topics.flatMap(({ name, partitions }) =>
      partitions.map((answer) => ({ ...answer, topic: name, partition: answer.partitionIndex })),
    );
    return partitionOutcomes(answers, 'Listing offsets', ({ offset, timestamp, leaderEpoch }) => ({
      offset,
      timestampMs: timestamp,
      leaderEpoch,
    }));
  });
}

/** @returns the new log start offset by `topic-partition` */
export function deleteRecords(
  context: AdminContext,
  records: readonly RecordsToDelete[],
  options: AdminCallOptions,
): Promise<Map<string, number>> {
  const timeoutMs = attemptTimeoutMs(context, options);
  return runPartitions(context, 'deleteRecords', records, options, async ({ to, items }) => {
    const topics = structsByTopic(items, ({ partition, beforeOffset }) => ({
      partitionIndex: partition,
      offset: beforeOffset,
    })).map(({ topic, partitions }) => ({ name: topic, partitions }));
    const message = { topics, timeoutMs };
    const { response } = await context.cluster.send({ to, api: DELETE_RECORDS, message, timeoutMs });
    const answers = response.topics.flatMap(({ name, partitions }) =>
      partitions.map((answer) => ({ ...answer, topic: name, partition: answer.partitionIndex })),
    );
    return partitionOutcomes(answers, 'Deleting records', ({ lowWatermark }) => lowWatermark);
  });
}

export function offsetsForLeaderEpochs(
  context: AdminContext,
  epochs: readonly LeaderEpochOfPartition[],
  options: AdminCallOptions,
): Promise<Map<string, EpochEndOffset>> {
  const { cluster } = context;
  return runPartitions(context, 'offsetsForLeaderEpochs', epochs, options, async ({ to, items }) => {
    const topics = structsByTopic(items, ({ topic, partition, leaderEpoch }) => ({
      partition,
      currentLeaderEpoch: cluster.leaderOf(topic, partition)?.epoch ?? -1,
      leaderEpoch,
    }));
    const message = { replicaId: NOT_A_REPLICA, topics };
    const { response } = await cluster.send({ to, api: OFFSET_FOR_LEADER_EPOCH, message });
    const answers = response.topics.flatMap(({ topic, partitions }) =>
      partitions.map((answer) => ({ ...answer, topic })),
    );
    return partitionOutcomes(answers, 'Looking up a leader epoch', ({ leaderEpoch, endOffset }) => ({
      leaderEpoch,
      endOffset,
    }));
  });
}

export function runPartitions<Item extends TopicPartition, Value>(
  context: AdminContext,
  operation: string,
  items: readonly Item[],
  options: AdminCallOptions,
  ask: (route: Route<Item>) => Promise<Outcomes<Value>>,
): Promise<Map<string, Value>> {
  const { cluster } = context;
  const plan = {
    operation,
    items,
    keyOf: ({ topic, partition }: Item) => partitionKey(topic, partition),
    route: (open: readonly Item[], round: number) => toLeaders(cluster, open, round),
    ask: async (route: Route<Item>): Promise<Outcomes<Value>> => {
      const { to } = route;
      const isLeaderless = typeof to === 'object' && 'nodeId' in to && to.nodeId === NO_LEADER;
      return isLeaderless ? leaderlessOutcomes(cluster, route.items) : ask(route);
    },
  };
  return runItems(context, plan, options);
}

interface PartitionAnswer extends TopicPartition {
  readonly errorCode: number;
  readonly errorMessage?: string | null;
}

export function partitionOutcomes<Answer extends PartitionAnswer, Value>(
  answers: readonly Answer[],
  doing: string,
  valueOf: (answer: Answer) => Value,
): Outcomes<Value> {
  return new Map<string, Value | Error>(
    answers.map((answer) => {
      const { topic, partition, errorCode, errorMessage } = answer;
      const key = partitionKey(topic, partition);
      if (errorCode === ErrorCode.NONE) return [key, valueOf(answer)];
      return [key, kafkaFailure(errorCode, `${doing} of ${key}`, errorMessage)];
    }),
  );
}
