import { KafkaError } from '@millrace/protocol';
import type { AlterPartitionReassignmentsRequest } from '@millrace/protocol/messages/alter-partition-reassignments';
import type { ClusterImage, PartitionImage, TopicImage } from '../metadata/cluster-image.ts';
import { MAX_RECORDS_PER_BATCH } from '../metadata/metadata-batch.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { PartitionRules } from './partition-rules.ts';
import { checkReplicas } from './replica-assignment.ts';
import { isReassigned, reassignmentTo, revertedReassignment } from './reassignment.ts';
import { refuse } from './topic-request-error.ts';

/** How the change of one topic's partitions went. */
export interface ReassignedTopic {
  readonly name: string;
  readonly partitions: readonly { readonly index: number; readonly error: KafkaError | undefined }[];
}

/**
 * Moves partitions to other brokers, or (`replicas` is `null`) back to where they were (KIP-455). A move is through when
 * what is new is in sync; a further request replaces one that is under way.
 * @throws KafkaError POLICY_VIOLATION
 */
export function alterReassignments(
  state: ControllerState,
  {
    topics,
    allowReplicationFactorChange,
  }: Pick<AlterPartitionReassignmentsRequest, 'topics' | 'allowReplicationFactorChange'>,
): ControllerResult<ReassignedTopic[]> {
  const { image } = state;
  const rules = new PartitionRules(state);
  const records: MetadataRecord[] = [];
  const response = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((wanted) => {
      const index = wanted.partitionIndex;
      try {
        const { topic, partition } = find(image, name, index);
        if (wanted.replicas === null) records.push(...cancel(rules, topic, partition));
        else {
          checkReplicas(image, wanted.replicas);
          if (!allowReplicationFactorChange) checkFactor(partition, wanted.replicas);
          const target = reassignmentTo(partition.replicas, wanted.replicas);
          records.push(...rules.change(topic, partition, target, 'ONLINE'));
        }
        return { index, error: undefined };
      } catch (error) {
        if (error instanceof KafkaError) return { index, error };
        throw error;
      }
    }),
  }));
  if (records.length > MAX_RECORDS_PER_BATCH) {
    throw refuse('POLICY_VIOLATION', 'Excessively large number of partitions per request.');
  }
  return { records, response };
}

function find(image: ClusterImage, name: string, index: number) {
  const topic = image.topics.byName.get(name);
  if (topic === undefined) {
    throw refuse('UNKNOWN_TOPIC_OR_PARTITION', `Unable to find a topic named ${name}.`);
  }
  const partition = topic.partitions[index];
  if (partition === undefined) {
    throw refuse('UNKNOWN_TOPIC_OR_PARTITION', `Unable to find partition ${name}:${index}.`);
  }
  return { topic, partition };
}

function cancel(rules: PartitionRules, topic: TopicImage, partition: PartitionImage): MetadataRecord[] {
  if (!isReassigned(partition)) {
    throw refuse('NO_REASSIGNMENT_IN_PROGRESS', 'No partition reassignment is in progress.');
  }
  const { replicas, inSyncReplicas, isUnclean } = revertedReassignment(partition);
  if (isUnclean && !rules.ofTopic(topic).allowsUncleanElection) {
    throw refuse(
      'INVALID_REPLICA_ASSIGNMENT',
      `Unable to revert partition assignment for ${topic.name}:${partition.index} because it would require an ` +
        'unclean leader election.',
    );
  }
  return rules.change(topic, partition, {
    replicas,
    inSyncReplicas,
    addingReplicas: [],
    removingReplicas: [],
  });
}

/** KIP-860: whoever means to move replicas must not change their number by accident. */
function checkFactor({ replicas: all, removingReplicas }: PartitionImage, replicas: readonly number[]): void {
  const factor = all.length - removingReplicas.length;
  if (replicas.length === factor) return;
  throw refuse(
    'INVALID_REPLICATION_FACTOR',
    `The replication factor is changed from ${factor} to ${replicas.length}`,
  );
}
