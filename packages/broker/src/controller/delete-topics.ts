import { KafkaError, ZERO_UUID } from '@millrace/protocol';
import { RemoveTopicRecord } from '@millrace/protocol/messages/metadata-records';
import type { TopicImage } from '../metadata/cluster-image.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { freeOfCharge, type ChargePartitions } from '../quota/mutation-quota.ts';
import type { ControllerResult, ControllerState } from './controller-operation.ts';
import { refuse } from './topic-request-error.ts';

/** A topic to delete, by name or by id. */
export interface TopicReference {
  readonly name: string | null;
  readonly topicId: string;
}

export interface DeletedTopic {
  readonly name: string | null;
  readonly topicId: string;
  readonly error: KafkaError | undefined;
}

/** Deletes what exists of `references`; each is answered by itself. What is named twice is refused, once, and stays. */
export function deleteTopics(
  { image, config }: ControllerState,
  references: readonly TopicReference[],
  charge: ChargePartitions = freeOfCharge.charge,
): ControllerResult<DeletedTopic[]> {
  const records: MetadataRecord[] = [];
  const removed = new Set<string>();
  const named = Map.groupBy(references, ({ name, topicId }) => name ?? topicId);
  const resolve = ({ name, topicId }: TopicReference): TopicImage => {
    if (named.get(name ?? topicId)!.length > 1)
      throw refuse('INVALID_REQUEST', `Topic '${name ?? topicId}' is named twice.`);
    if (!config.values['delete.topic.enable'])
      throw refuse('TOPIC_DELETION_DISABLED', 'Topic deletion is disabled.');
    if (name !== null && topicId !== ZERO_UUID) {
      throw refuse('INVALID_REQUEST', 'You may not specify both topic name and topic id.');
    }
    if (name === null && topicId === ZERO_UUID) {
      throw refuse('INVALID_REQUEST', 'Neither topic name nor id were specified.');
    }
    const topic = name === null ? image.topics.byId.get(topicId) : image.topics.byName.get(name);
    if (topic !== undefined) return topic;
    throw name === null
      ? refuse('UNKNOWN_TOPIC_ID', `No topic has the id ${topicId}.`)
      : refuse('UNKNOWN_TOPIC_OR_PARTITION', `Topic '${name}' does not exist.`);
  };
  const response = [...named.values()]
    .map(([first]) => first!)
    .map((reference): DeletedTopic => {
      try {
        const topic = resolve(reference);
        if (removed.has(topic.id)) throw refuse('INVALID_REQUEST', `Duplicate topic ${topic.name}.`);
        charge(topic.partitions.length);
        removed.add(topic.id);
        records.push({ type: 'RemoveTopic', data: RemoveTopicRecord.create({ topicId: topic.id }) });
        return { name: topic.name, topicId: topic.id, error: undefined };
      } catch (error) {
        if (!(error instanceof KafkaError)) throw error;
        return { ...reference, error };
      }
    });
  return { records, response };
}
