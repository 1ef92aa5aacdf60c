import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  DescribeTopicPartitionsRequest,
  DescribeTopicPartitionsResponse,
  type DescribeTopicPartitionsResponseTopicInput as TopicResponse,
} from '@millrace/protocol/messages/describe-topic-partitions';
import type { PartitionImage, TopicImage } from '../metadata/cluster-image.ts';
import { isInternalTopic, topicNameProblem } from '../metadata/topic-names.ts';
import { isAllowed } from './access.ts';
import { authorizedOperations } from './authorized-operations.ts';
import { offlineReplicas, reachableLeader } from './reachable-brokers.ts';
import { defineHandler, type RequestContext } from './handler.ts';

interface Cursor {
  readonly topicName: string;
  readonly partitionIndex: number;
}

export const describeTopicPartitions = defineHandler({
  key: ApiKey.DESCRIBE_TOPIC_PARTITIONS,
  minVersion: 0,
  maxVersion: 0,
  request: DescribeTopicPartitionsRequest,
  response: DescribeTopicPartitionsResponse,

  validate({ cursor, topics }) {
    if (cursor === null) return;
    if (cursor.partitionIndex < 0) {
      throw new KafkaError('INVALID_REQUEST', `The cursor has partition ${cursor.partitionIndex}`);
    }
    if (topics.length > 0 && !topics.some(({ name }) => name === cursor.topicName)) {
      throw new KafkaError(
        'INVALID_REQUEST',
        `The topic of the cursor, '${cursor.topicName}', is not in the list`,
      );
    }
  },

  handle(request, context) {
    const { broker } = context;
    const limit = Math.min(request.responsePartitionLimit, broker.config['max.request.partition.size.limit']);
    const isVisible = (name: string) => isAllowed(context, 'DESCRIBE', 'TOPIC', name);
    const isAll = request.topics.length === 0;
    const all = isAll ? [...broker.image.topics.byName.keys()] : request.topics.map(({ name }) => name);
    const answer = page(all.filter(isVisible), request.cursor, Math.max(1, limit), context);
    // All topics are all that the peer may see; who asks for one by name is told that he may not.
    const hidden = isAll ? [] : all.filter((name) => !isVisible(name)).map(refusedTopic);
    return { throttleTimeMs: 0, ...answer, topics: [...hidden, ...answer.topics] };
  },

  fail: (error, request) => ({
    throttleTimeMs: 0,
    topics: request.topics.map(({ name }) => ({ errorCode: error.errorCode, name, partitions: [] })),
  }),
});

/** Topics in order of name from the cursor on, until `limit` partitions are listed. */
function page(names: readonly string[], cursor: Cursor | null, limit: number, context: RequestContext) {
  const { image } = context.broker;
  const topics: TopicResponse[] = [];
  let left = limit;
  for (const name of [...new Set(names)].toSorted()) {
    if (cursor !== null && name < cursor.topicName) continue;
    const topic = image.topics.byName.get(name);
    if (topic === undefined) {
      topics.push({
        ...unknownTopic(name),
        topicAuthorizedOperations: authorizedOperations(context, 'TOPIC', name),
      });
      continue;
    }
    const first = cursor?.topicName === name ? cursor.partitionIndex : 0;
    if (left === 0) return { topics, nextCursor: { topicName: name, partitionIndex: first } };
    const partitions = topic.partitions.slice(first, first + left);
    topics.push({
      ...describeTopic(topic, partitions, context),
      topicAuthorizedOperations: authorizedOperations(context, 'TOPIC', name),
    });
    left -= partitions.length;
    const next = first + partitions.length;
    if (next < topic.partitions.length)
      return { topics, nextCursor: { topicName: name, partitionIndex: next } };
  }
  return { topics, nextCursor: null };
}

function describeTopic(
  topic: TopicImage,
  partitions: readonly PartitionImage[],
  { broker: { image }, connection: { listenerName } }: RequestContext,
): TopicResponse {
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: isInternalTopic(topic.name),
    partitions: partitions.map((partition) => ({
      ...reachableLeader(partition, image, listenerName),
      partitionIndex: partition.index,
      leaderEpoch: partition.leaderEpoch,
      replicaNodes: partition.replicas,
      isrNodes: partition.inSyncReplicas,
      eligibleLeaderReplicas: partition.eligibleLeaderReplicas,
      lastKnownElr: partition.lastKnownElr,
      offlineReplicas: offlineReplicas(partition, image, listenerName),
    })),
  };
}

function refusedTopic(name: string): TopicResponse {
  const errorCode = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
  return { errorCode, name, isInternal: isInternalTopic(name), partitions: [] };
}

function unknownTopic(name: string): TopicResponse {
  const isLegal = topicNameProblem(name) === undefined;
  return {
    errorCode: isLegal ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.INVALID_TOPIC_EXCEPTION,
    name,
    isInternal: isInternalTopic(name),
    partitions: [],
  };
}
