import { ErrorCode } from '@millrace/protocol';
import type { TopicImage, TopicsImage } from '../../metadata/cluster-image.ts';

interface RequestedTopic {
  readonly name: string;
  readonly partitions: readonly { readonly partitionIndex: number }[];
}

/** A topic of a response: what was refused, with its error, or what the coordinator said. */
export interface AnsweredTopic {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
}

export interface ExistingPartitions<Topic> {
  /** What is left of the request, with names and ids of the topics. */
  readonly existing: readonly (Topic & { readonly name: string; readonly topicId: string })[];
  readonly missing: readonly AnsweredTopic[];
}

/** How topics of a request are found, and whether the peer may see them. */
export interface TopicAccess<Topic> {
  readonly find?: (topic: Topic) => TopicImage | undefined;
  readonly isAllowed?: (topicName: string) => boolean;
}

/** Parts a request of the group coordinator into partitions that exist for the peer and partitions that do not. */
export function existingPartitions<Topic extends RequestedTopic>(
  topics: readonly Topic[],
  image: TopicsImage,
  { find = ({ name }: Topic) => image.byName.get(name), isAllowed = () => true }: TopicAccess<Topic> = {},
): ExistingPartitions<Topic> {
  const existing: (Topic & { name: string; topicId: string })[] = [];
  const missing: AnsweredTopic[] = [];
  for (const topic of topics) {
    const found = find(topic);
    const count = found?.partitions.length ?? 0;
    const names = { name: found?.name ?? topic.name, topicId: found?.id ?? requestedId(topic) };
    if (names.name !== '' && !isAllowed(names.name)) {
      missing.push(refusedTopic(names, topic));
      continue;
    }
    const present = topic.partitions.filter(({ partitionIndex }) => isWithin(partitionIndex, count));
    if (present.length > 0) existing.push({ ...topic, ...names, partitions: present });
    if (present.length === topic.partitions.length && found !== undefined) continue;
    const errorCode = found === undefined ? unknownTopicError(topic) : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    missing.push({
      ...names,
      partitions: topic.partitions
        .filter(({ partitionIndex }) => !isWithin(partitionIndex, count))
        .map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    });
  }
  return { existing, missing };
}

/**
 * Puts the answers of one topic together, what is missing first. Where nothing is, topics stay as they were asked for,
 * twice if need be: so does Apache Kafka.
 */
export function mergeTopics(
  missing: readonly AnsweredTopic[],
  answered: readonly AnsweredTopic[],
): readonly AnsweredTopic[] {
  if (missing.length === 0) return answered;
  const byTopic = Map.groupBy([...missing, ...answered], ({ name, topicId }) => name || topicId);
  return [...byTopic.values()].map((topics) => ({
    ...topics[0]!,
    partitions: topics.flatMap(({ partitions }) => partitions),
  }));
}

function refusedTopic(
  names: { readonly name: string; readonly topicId: string },
  { partitions }: RequestedTopic,
): AnsweredTopic {
  const errorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
  return { ...names, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })) };
}

function isWithin(index: number, count: number): boolean {
  return index >= 0 && index < count;
}

function requestedId(topic: RequestedTopic): string {
  return 'topicId' in topic ? String(topic.topicId) : '';
}

/** Whoever asks by id is told that the id is unknown. */
function unknownTopicError({ name }: RequestedTopic): number {
  return name === '' ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
}
