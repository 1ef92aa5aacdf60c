import { ErrorCode } from '@millrace/protocol';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { structsByTopic } from '../consumer/offsets/by-leader.ts';
import { partitionKey, type TopicPartition } from '../consumer/topic-partition.ts';
import { attemptTimeoutMs, type AdminCallOptions, type AdminContext } from './admin-context.ts';
import { retryCall } from './retry-call.ts';
import { toController } from './routes.ts';
import { runItems } from './run-items.ts';

const ALTER = defineApi(AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse);
const LIST = defineApi(ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse);

/** A partition, and where it is to be. */
export interface PartitionReassignment extends TopicPartition {
  /** Ids of the brokers that are to hold the partition, the preferred leader first; `null` calls off what is going on. */
  readonly replicas: readonly number[] | null;
}

/** For `alterPartitionReassignments()`. */
export interface AlterPartitionReassignmentsOptions extends AdminCallOptions {
  /** Whether a partition may come to have more or fewer replicas (KIP-860). Default true. */
  readonly allowReplicationFactorChange?: boolean;
}

/** A partition on its way to other brokers. */
export interface OngoingReassignment extends TopicPartition {
  /** All that hold it now, or will. */
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

export async function alterPartitionReassignments(
  context: AdminContext,
  reassignments: readonly PartitionReassignment[],
  options: AlterPartitionReassignmentsOptions,
): Promise<void> {
  const { allowReplicationFactorChange = true } = options;
  const timeoutMs = attemptTimeoutMs(context, options);
  await runItems<PartitionReassignment, true>(
    context,
    {
      operation: 'alterPartitionReassignments',
      items: reassignments,
      keyOf: ({ topic, partition }) => partitionKey(topic, partition),
      route: toController,
      ask: async ({ to, items }) => {
        const topics = structsByTopic(items, ({ partition, replicas }) => ({
          partitionIndex: partition,
          replicas: replicas === null ? null : [...replicas],
        })).map(({ topic, partitions }) => ({ name: topic, partitions }));
        const message = { timeoutMs, allowReplicationFactorChange, topics };
        const { response } = await context.cluster.send({ to, api: ALTER, message, timeoutMs });
        const { errorCode, errorMessage } = response;
        if (errorCode !== ErrorCode.NONE) {
          throw kafkaFailure(errorCode, 'AlterPartitionReassignments', errorMessage);
        }
        return reassignmentOutcomes(response);
      },
    },
    options,
  );
}

function reassignmentOutcomes({ responses }: AlterPartitionReassignmentsResponse): Map<string, true | Error> {
  return new Map(
    responses.flatMap(({ name, partitions }) =>
      partitions.map(({ partitionIndex, errorCode, errorMessage }): [string, true | Error] => {
        const key = partitionKey(name, partitionIndex);
        if (errorCode === ErrorCode.NONE) return [key, true];
        return [key, kafkaFailure(errorCode, `Reassignment of ${key}`, errorMessage)];
      }),
    ),
  );
}

/** @param partitions Default: all */
export function listPartitionReassignments(
  context: AdminContext,
  partitions: readonly TopicPartition[] | undefined,
  options: AdminCallOptions,
): Promise<OngoingReassignment[]> {
  const timeoutMs = attemptTimeoutMs(context, options);
  const topics =
    partitions === undefined
      ? null
      : structsByTopic(partitions, ({ partition }) => partition).map((each) => ({
          name: each.topic,
          partitionIndexes: each.partitions,
        }));
  return retryCall(context, 'listPartitionReassignments', options, async () => {
    const message = { timeoutMs, topics };
    const { response } = await context.cluster.send({ to: 'controller', api: LIST, message, timeoutMs });
    const { errorCode, errorMessage } = response;
    if (errorCode !== ErrorCode.NONE) {
      throw kafkaFailure(errorCode, 'ListPartitionReassignments', errorMessage);
    }
    return response.topics.flatMap((topic) =>
      topic.partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
        topic: topic.name,
        partition: partitionIndex,
        replicas,
        addingReplicas,
        removingReplicas,
      })),
    );
  });
}
