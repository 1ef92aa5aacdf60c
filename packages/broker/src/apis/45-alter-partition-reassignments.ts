import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
  type AlterPartitionReassignmentsRequestReassignablePartition,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import { checkReplicas } from '../controller/replica-assignment.ts';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

const FIRST_WITH_FACTOR_CHANGE = 1;

/** On a node alone the one legal assignment is the one there is: it is accepted, everything else is refused by name. */
export const alterPartitionReassignments = defineHandler({
  key: ApiKey.ALTER_PARTITION_REASSIGNMENTS,
  minVersion: 0,
  maxVersion: 1,
  isForwarded: always,
  request: AlterPartitionReassignmentsRequest,
  response: AlterPartitionReassignmentsResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  handle({ topics, allowReplicationFactorChange }, { broker, version }) {
    const responses = topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((partition) => {
        const error = refusal(broker.image, name, partition);
        return {
          partitionIndex: partition.partitionIndex,
          errorCode: error?.errorCode ?? ErrorCode.NONE,
          errorMessage: error?.message ?? null,
        };
      }),
    }));
    return {
      throttleTimeMs: 0,
      ...(version >= FIRST_WITH_FACTOR_CHANGE ? { allowReplicationFactorChange } : {}),
      errorCode: ErrorCode.NONE,
      errorMessage: null,
      responses,
    };
  },

  fail: (error) => ({
    throttleTimeMs: 0,
    errorCode: error.errorCode,
    errorMessage: error.message,
    responses: [],
  }),
});

function refusal(
  image: ClusterImage,
  topic: string,
  { partitionIndex, replicas }: AlterPartitionReassignmentsRequestReassignablePartition,
): KafkaError | undefined {
  const partition = image.topics.byName.get(topic)?.partitions[partitionIndex];
  if (partition === undefined) {
    return new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no partition ${topic}-${partitionIndex}`);
  }
  if (replicas === null) {
    return new KafkaError('NO_REASSIGNMENT_IN_PROGRESS', `${topic}-${partitionIndex} is not being moved`);
  }
  try {
    checkReplicas(image, replicas, partition.replicas.length);
    return undefined;
  } catch (error) {
    if (error instanceof KafkaError) return error;
    throw error;
  }
}
