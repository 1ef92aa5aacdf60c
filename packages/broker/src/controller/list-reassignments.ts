import type {
  ListPartitionReassignmentsRequestListPartitionReassignmentsTopics,
  ListPartitionReassignmentsResponseOngoingTopicReassignment,
} from '@millrace/protocol/messages/list-partition-reassignments';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { isReassigned } from './reassignment.ts';

type AskedTopic = Pick<
  ListPartitionReassignmentsRequestListPartitionReassignmentsTopics,
  'name' | 'partitionIndexes'
>;

/** What is on its way of the partitions that are asked for, or (`null`) of all. */
export function listReassignments(
  { image }: ControllerState,
  asked: readonly AskedTopic[] | null,
): ControllerResult<ListPartitionReassignmentsResponseOngoingTopicReassignment[]> {
  const { byName } = image.topics;
  const topics =
    asked === null
      ? [...byName.values()]
      : asked.flatMap(({ name, partitionIndexes }) => {
          const partitions = byName.get(name)?.partitions ?? [];
          return [{ name, partitions: partitionIndexes.flatMap((index) => partitions[index] ?? []) }];
        });
  const response = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.filter(isReassigned).map((partition) => ({
      partitionIndex: partition.index,
      replicas: [...partition.replicas],
      addingReplicas: [...partition.addingReplicas],
      removingReplicas: [...partition.removingReplicas],
    })),
  }));
  return { records: [], response: response.filter(({ partitions }) => partitions.length > 0) };
}
