import { KafkaError } from '@millrace/protocol';
import type { ElectLeadersRequestTopicPartitions } from '@millrace/protocol/messages/elect-leaders';
import { NO_LEADER, type PartitionImage, type TopicImage } from '../metadata/cluster-image.ts';
import { MAX_RECORDS_PER_BATCH } from '../metadata/metadata-batch.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { PartitionRules } from './partition-rules.ts';
import { refuse } from './topic-request-error.ts';

/** Kafka's numbers of kinds of elections. */
export const ElectionType = { PREFERRED: 0, UNCLEAN: 1 } as const;

/** How the election of one topic's partitions went. */
export interface ElectedTopic {
  readonly topic: string;
  readonly partitions: readonly { readonly index: number; readonly error: KafkaError | undefined }[];
}

/**
 * Elects leaders because somebody asked for it, for some partitions or (`null`) for all. Asked for all, the answer leaves
 * out those that have the right leader.
 * @throws KafkaError INVALID_REQUEST, POLICY_VIOLATION
 */
export function electLeaders(
  state: ControllerState,
  electionType: number,
  asked: readonly Pick<ElectLeadersRequestTopicPartitions, 'topic' | 'partitions'>[] | null,
): ControllerResult<ElectedTopic[]> {
  if (electionType !== ElectionType.PREFERRED && electionType !== ElectionType.UNCLEAN) {
    throw refuse('INVALID_REQUEST', `Unknown election type ${electionType}`);
  }
  const { topics } = state.image;
  const rules = new PartitionRules(state);
  const records: MetadataRecord[] = [];
  const elect = (name: string, index: number) => {
    try {
      records.push(...election(rules, topics.byName.get(name), { name, index, electionType }));
      return { index, error: undefined };
    } catch (error) {
      if (error instanceof KafkaError) return { index, error };
      throw error;
    }
  };
  const response =
    asked === null
      ? [...topics.byName.values()].map(({ name: topic, partitions }) => ({
          topic,
          partitions: partitions
            .map(({ index }) => elect(topic, index))
            .filter(({ error }) => error?.code !== 'ELECTION_NOT_NEEDED'),
        }))
      : asked.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map((index) => elect(topic, index)),
        }));
  if (records.length > MAX_RECORDS_PER_BATCH) {
    throw refuse('POLICY_VIOLATION', 'Excessively large number of partitions per request.');
  }
  return { records, response };
}

/** @throws KafkaError */
function election(
  rules: PartitionRules,
  topic: TopicImage | undefined,
  asked: { readonly name: string; readonly index: number; readonly electionType: number },
): MetadataRecord[] {
  const { name, index, electionType } = asked;
  if (topic === undefined) throw refuse('UNKNOWN_TOPIC_OR_PARTITION', `No such topic as ${name}`);
  const partition = topic.partitions[index];
  if (partition === undefined) {
    throw refuse('UNKNOWN_TOPIC_OR_PARTITION', `No such partition as ${name}-${index}`);
  }
  const isPreferred = electionType === ElectionType.PREFERRED;
  if (isPreferred ? hasPreferredLeader(partition) : partition.leader !== NO_LEADER) {
    throw refuse('ELECTION_NOT_NEEDED', 'Leader election not needed for topic partition.');
  }
  const records = rules.change(topic, partition, {}, isPreferred ? 'PREFERRED' : 'UNCLEAN');
  if (records.length > 0) return records;
  throw isPreferred
    ? refuse('PREFERRED_LEADER_NOT_AVAILABLE', 'The preferred leader was not available.')
    : refuse('ELIGIBLE_LEADERS_NOT_AVAILABLE', 'Eligible topic partition leaders are not available.');
}

export function hasPreferredLeader({ leader, replicas }: PartitionImage): boolean {
  return leader === replicas[0];
}
