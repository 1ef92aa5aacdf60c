import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';
import type { ShareError } from '../group/share/share-calls.ts';
import type { StateTopic } from '../group/share/state-partitions.ts';
import type { TopicImage } from '../metadata/cluster-image.ts';
import { callForStates, hasSucceeded, topicsOf, type StateResult } from './share-group-states.ts';
import { NOT_HOSTED_TEXT } from './share-acknowledge.ts';

type Broker = Pick<BrokerServices, 'groups' | 'ensureInternalTopic' | 'logger' | 'image' | 'shares'>;

/** Where a group is to begin. */
export interface NewShareOffsets {
  readonly topicName: string;
  readonly partitions: readonly { readonly partitionIndex: number; readonly startOffset: number }[];
}

export interface TopicResult {
  readonly topicName: string;
  readonly topicId: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly errorCode: number;
    readonly errorMessage: string | null;
  }[];
}

const SUCCESS = { errorCode: ErrorCode.NONE, errorMessage: null };
const NOT_HOSTED = { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: NOT_HOSTED_TEXT };
const NOTHING_TO_FORGET = {
  errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorMessage: 'There is no offset information to delete.',
};
const INVALID_GROUP = { errorCode: ErrorCode.INVALID_GROUP_ID, errorMessage: 'The group id is invalid.' };

/** AlterShareGroupOffsets: a group without members, or a new one, begins elsewhere. */
export async function alterShareOffsets(
  broker: Broker,
  groupId: string,
  topics: readonly NewShareOffsets[],
): Promise<ShareError & { readonly topics: readonly TopicResult[] }> {
  if (groupId === '') return { ...INVALID_GROUP, topics: [] };
  const found = topics.map((topic) => ({ ...topic, image: broker.image.topics.byName.get(topic.topicName) }));
  const known = found.flatMap(({ image, partitions }) => stateTopic(image, partitions));
  const begun = await broker.groups.call(groupId, { api: 'shareAlterOffsets', groupId, topics: known });
  const { stateEpoch, errorCode, errorMessage } = begun;
  if (errorCode !== ErrorCode.NONE) return { errorCode, errorMessage, topics: [] };
  const offsets = new Map(
    found.flatMap(({ image, partitions }) =>
      partitions.map(({ partitionIndex, startOffset }) => [`${image?.id}:${partitionIndex}`, startOffset]),
    ),
  );
  const results = await callForStates(broker, groupId, known, (key) => ({
    api: 'initialize',
    key,
    stateEpoch,
    startOffset: offsets.get(`${key.topicId}:${key.partition}`)!,
  }));
  broker.shares.forget(groupId);
  await finishInitialization(broker, groupId, results);
  return { ...SUCCESS, topics: ordered(found.map((topic) => resultOf(topic, results))) };
}

async function finishInitialization(
  broker: Broker,
  groupId: string,
  results: readonly StateResult[],
): Promise<void> {
  const done = results.filter(hasSucceeded);
  const failed = results.filter((result) => !hasSucceeded(result));
  if (done.length > 0)
    await broker.groups.call(groupId, { api: 'shareInitialized', groupId, topics: topicsOf(done) });
  if (failed.length > 0)
    await broker.groups.call(groupId, { api: 'shareNotInitialized', groupId, topics: topicsOf(failed) });
}

function stateTopic(
  image: TopicImage | undefined,
  partitions: readonly { readonly partitionIndex: number }[],
): StateTopic[] {
  if (image === undefined) return [];
  const indexes = partitions
    .map(({ partitionIndex }) => partitionIndex)
    .filter((index) => image.partitions[index] !== undefined);
  return indexes.length === 0 ? [] : [{ topicId: image.id, topicName: image.name, partitions: indexes }];
}

function resultOf(
  { topicName, partitions, image }: NewShareOffsets & { readonly image: TopicImage | undefined },
  results: readonly StateResult[],
): TopicResult {
  return {
    topicName,
    topicId: image?.id ?? ZERO_UUID,
    partitions: partitions.map(({ partitionIndex }) => {
      const result = results.find(
        ({ topicId, partition }) => topicId === image?.id && partition === partitionIndex,
      );
      const { errorCode, errorMessage } = result ?? NOT_HOSTED;
      return { partitionIndex, errorCode, errorMessage };
    }),
  };
}

/** As Apache Kafka lists them: topics that do not exist come first. */
function ordered(topics: readonly TopicResult[]): TopicResult[] {
  return topics.toSorted((a, b) => Number(a.topicId !== ZERO_UUID) - Number(b.topicId !== ZERO_UUID));
}

export interface DeletedTopic extends ShareError {
  readonly topicName: string;
  readonly topicId: string;
}

/** DeleteShareGroupOffsets: a group without members forgets what it knew of these topics. */
export async function deleteShareOffsets(
  broker: Broker,
  groupId: string,
  topicNames: readonly string[],
): Promise<ShareError & { readonly topics: readonly DeletedTopic[] }> {
  if (groupId === '') return { ...INVALID_GROUP, topics: [] };
  const found = topicNames.map((topicName) => ({
    topicName,
    topicId: broker.image.topics.byName.get(topicName)?.id ?? ZERO_UUID,
  }));
  const topicIds = found.map(({ topicId }) => topicId).filter((topicId) => topicId !== ZERO_UUID);
  const forgotten = await forgetShareTopics(broker, groupId, topicIds);
  if (forgotten.errorCode !== ErrorCode.NONE) return { ...forgotten, topics: [] };
  const topics = found.map(({ topicName, topicId }): DeletedTopic => {
    if (topicId === ZERO_UUID) return { topicName, topicId, ...NOT_HOSTED };
    const result = forgotten.results.get(topicId);
    return result === undefined
      ? { topicName, topicId: ZERO_UUID, ...NOTHING_TO_FORGET }
      : { topicName, topicId, ...result };
  });
  return { ...SUCCESS, topics };
}

/**
 * Deletes what the share coordinator has of a group without members.
 * @param topicIds null for all
 * @returns results by topic id; topics that the group knows nothing of have none
 */
export async function forgetShareTopics(
  broker: Broker,
  groupId: string,
  topicIds: readonly string[] | null,
): Promise<ShareError & { readonly results: ReadonlyMap<string, ShareError> }> {
  const begun = await broker.groups.call(groupId, { api: 'shareForget', groupId, topicIds });
  const { errorCode, errorMessage } = begun;
  const results = new Map<string, ShareError>(begun.topics.map(({ topicId }) => [topicId, SUCCESS]));
  if (results.size === 0) return { errorCode, errorMessage, results };
  const topics = begun.topics.map((topic) => withAllPartitions(topic, broker));
  const deleted = await callForStates(broker, groupId, topics, (key) => ({ api: 'delete', key }));
  for (const result of deleted) if (!hasSucceeded(result)) results.set(result.topicId, result);
  const done = topics.map(({ topicId }) => topicId).filter((topicId) => results.get(topicId) === SUCCESS);
  broker.shares.forget(groupId);
  await broker.groups.call(groupId, { api: 'shareForgotten', groupId, topicIds: done });
  return { errorCode, errorMessage, results };
}

/** The log does not tell the partitions of a topic whose deletion a broker before this one had begun. */
function withAllPartitions(topic: StateTopic, { image }: Broker): StateTopic {
  if (topic.partitions.length > 0) return topic;
  const partitions = image.topics.byId.get(topic.topicId)?.partitions.map(({ index }) => index) ?? [];
  return { ...topic, partitions };
}
