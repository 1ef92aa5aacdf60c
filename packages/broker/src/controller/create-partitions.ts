import { KafkaError } from '@millrace/protocol';
import type { CreatePartitionsRequestCreatePartitionsTopic } from '@millrace/protocol/messages/create-partitions';
import { MAX_RECORDS_PER_BATCH } from '../metadata/metadata-batch.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { freeOfCharge, type ChargePartitions } from '../quota/mutation-quota.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { partitionRecords } from './partition-records.ts';
import { assignReplicas, checkManualReplicas, type ReplicaAssignment } from './replica-assignment.ts';
import { duplicates, refuse } from './topic-request-error.ts';

export type PartitionIncrease = Pick<
  CreatePartitionsRequestCreatePartitionsTopic,
  'name' | 'count' | 'assignments'
>;

export interface IncreasedTopic {
  readonly name: string;
  readonly error: KafkaError | undefined;
}

/** Adds partitions up to the wanted counts. */
export function createPartitions(
  state: ControllerState,
  topics: readonly PartitionIncrease[],
  validateOnly: boolean,
  charge: ChargePartitions = freeOfCharge.charge,
): ControllerResult<IncreasedTopic[]> {
  const records: MetadataRecord[] = [];
  const names = topics.map(({ name }) => name);
  const twice = duplicates(names);
  const response = [...new Set(names)].map((name): IncreasedTopic => {
    try {
      if (twice.has(name)) throw refuse('INVALID_REQUEST', `Duplicate topic name "${name}".`);
      const added = increase(
        state,
        topics.find((topic) => topic.name === name)!,
      );
      if (records.length + added.length > MAX_RECORDS_PER_BATCH) {
        throw refuse('POLICY_VIOLATION', 'Excessively large number of partitions per request.');
      }
      charge(added.length);
      records.push(...added);
      return { name, error: undefined };
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      return { name, error };
    }
  });
  return { records: validateOnly ? [] : records, response };
}

function increase(state: ControllerState, { name, count, assignments }: PartitionIncrease): MetadataRecord[] {
  const { image } = state;
  const topic = image.topics.byName.get(name);
  if (topic === undefined) throw refuse('UNKNOWN_TOPIC_OR_PARTITION', `Topic '${name}' does not exist.`);
  const current = topic.partitions.length;
  if (count === current) throw refuse('INVALID_PARTITIONS', `Topic already has ${current} partition(s).`);
  if (count < current) {
    throw refuse(
      'INVALID_PARTITIONS',
      `The topic ${name} currently has ${current} partition(s); ${count} would not be an increase.`,
    );
  }
  const added = count - current;
  if (added > MAX_RECORDS_PER_BATCH) {
    throw refuse('POLICY_VIOLATION', 'Excessively large number of partitions per request.');
  }
  const replicationFactor = topic.partitions[0]!.replicas.length;
  const assignment: ReplicaAssignment =
    assignments === null
      ? assignReplicas(state, { count: added, replicationFactor })
      : assignments.map(({ brokerIds }) => brokerIds);
  if (assignment.length !== added) {
    throw refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `Attempted to add ${added} additional partition(s), but only ${assignment.length} assignment(s) were specified.`,
    );
  }
  if (assignments !== null) {
    for (const [position, replicas] of assignment.entries()) {
      checkManualReplicas(image, current + position, replicas, replicationFactor);
    }
  }
  return partitionRecords(image, topic.id, current, assignment);
}
