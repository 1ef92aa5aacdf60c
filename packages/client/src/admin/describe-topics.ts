import { ErrorCode } from '@millrace/protocol';
import type { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { METADATA } from '../cluster/metadata-refresher.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';
import { runItems } from './run-items.ts';

/** A topic in a list. */
export interface TopicListing {
  readonly name: string;
  readonly topicId: string;
  readonly isInternal: boolean;
}

/** A partition: who leads it, and where it is. Brokers by their ids. */
export interface PartitionDescription {
  readonly partition: number;
  /** -1 while there is none. */
  readonly leaderId: number;
  /** -1 from brokers that do not tell. */
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly inSyncReplicas: readonly number[];
  readonly offlineReplicas: readonly number[];
}

/** A topic with its partitions. */
export interface TopicDescription extends TopicListing {
  /** In order of partition numbers. */
  readonly partitions: readonly PartitionDescription[];
}

/** For `listTopics()`. */
export interface ListTopicsOptions extends AdminCallOptions {
  /** Also `__consumer_offsets` and the like. Default false. */
  readonly includeInternal?: boolean;
}

export async function listTopics(context: AdminContext, options: ListTopicsOptions): Promise<TopicListing[]> {
  const { response } = await retryCall(context, 'listTopics', options, () =>
    context.cluster.send({
      to: 'any',
      api: METADATA,
      message: { topics: null, allowAutoTopicCreation: false },
    }),
  );
  return response.topics
    .flatMap(({ name, topicId, isInternal, errorCode }) =>
      name === null || errorCode !== ErrorCode.NONE ? [] : [{ name, topicId, isInternal }],
    )
    .filter(({ isInternal }) => !isInternal || options.includeInternal === true)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

export function describeTopics(
  context: AdminContext,
  topics: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, TopicDescription>> {
  return runItems<string, TopicDescription>(
    context,
    {
      operation: 'describeTopics',
      items: topics,
      keyOf: (name) => name,
      route: (items) => [{ to: 'any', items }],
      ask: async ({ to, items }) => {
        const message = { topics: items.map((name) => ({ name })), allowAutoTopicCreation: false };
        const { response } = await context.cluster.send({ to, api: METADATA, message });
        return new Map(
          response.topics.flatMap((topic) => (topic.name === null ? [] : [outcome(topic, topic.name)])),
        );
      },
    },
    options,
  );
}

type TopicAnswer = MetadataResponse['topics'][number];

function outcome(topic: TopicAnswer, name: string): [string, TopicDescription | Error] {
  if (topic.errorCode !== ErrorCode.NONE) {
    return [name, kafkaFailure(topic.errorCode, `Describing topic "${name}"`)];
  }
  const partitions = topic.partitions
    .map((partition) => ({
      partition: partition.partitionIndex,
      leaderId: partition.leaderId,
      leaderEpoch: partition.leaderEpoch,
      replicas: partition.replicaNodes,
      inSyncReplicas: partition.isrNodes,
      offlineReplicas: partition.offlineReplicas,
    }))
    .toSorted((a, b) => a.partition - b.partition);
  return [name, { name, topicId: topic.topicId, isInternal: topic.isInternal, partitions }];
}
