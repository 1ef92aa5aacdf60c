import { ErrorCode } from '@millrace/protocol';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import type { AdminContext } from '../admin/admin-context.ts';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { KafkaJSAggregateError } from './kafkajs-errors.ts';
import type { TopicPartitions } from './kafkajs-types.ts';
import { toKafkaJsError } from './to-kafkajs-error.ts';

const ALTER = defineApi(AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsResponse);
const LIST = defineApi(ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse);

export interface PartitionReassignment {
  topic: string;
  partitionAssignment: { partition: number; replicas: number[] }[];
}

export interface ListPartitionReassignmentsResult {
  topics: {
    topic: string;
    partitions: {
      partitionIndex: number;
      replicas: number[];
      addingReplicas?: number[];
      removingReplicas?: number[];
    }[];
  }[];
}

/** @throws KafkaJSAggregateError with one error per partition that was refused */
export async function alterReassignments(
  { cluster }: AdminContext,
  topics: readonly PartitionReassignment[],
  timeoutMs: number,
): Promise<void> {
  const message = {
    timeoutMs,
    topics: topics.map(({ topic, partitionAssignment }) => ({
      name: topic,
      partitions: partitionAssignment.map(({ partition, replicas }) => ({
        partitionIndex: partition,
        replicas,
      })),
    })),
  };
  const { response } = await cluster.send({ to: 'controller', api: ALTER, message, timeoutMs });
  const { errorCode, errorMessage, responses } = response;
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, 'Reassigning partitions', errorMessage);
  const failures = responses.flatMap(({ name, partitions }) =>
    partitions
      .filter((partition) => partition.errorCode !== ErrorCode.NONE)
      .map((partition) => {
        const subject = `Reassigning ${name}-${partition.partitionIndex}`;
        return toKafkaJsError(kafkaFailure(partition.errorCode, subject, partition.errorMessage));
      }),
  );
  if (failures.length > 0) {
    throw new KafkaJSAggregateError('Errors altering partition reassignments', failures);
  }
}

/** @param topics all where left out */
export async function listReassignments(
  { cluster }: AdminContext,
  topics: readonly TopicPartitions[] | undefined,
  timeoutMs: number,
): Promise<ListPartitionReassignmentsResult> {
  const asked = topics?.map(({ topic, partitions }) => ({ name: topic, partitionIndexes: partitions }));
  const message = { timeoutMs, topics: asked ?? null };
  const { response } = await cluster.send({ to: 'controller', api: LIST, message, timeoutMs });
  const { errorCode, errorMessage } = response;
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, 'Listing reassignments', errorMessage);
  return {
    topics: response.topics.map(({ name, partitions }) => ({
      topic: name,
      partitions: partitions.map(({ partitionIndex, replicas, addingReplicas, removingReplicas }) => ({
        partitionIndex,
        replicas,
        addingReplicas,
        removingReplicas,
      })),
    })),
  };
}
