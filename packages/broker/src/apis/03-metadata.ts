import { ApiKey, ErrorCode, KafkaError, ZERO_UUID } from '@millrace/protocol';
import {
  MetadataRequest,
  MetadataResponse,
  type MetadataRequestTopic,
  type MetadataResponseInput,
  type MetadataResponsePartitionInput,
  type MetadataResponseTopicInput,
} from '@millrace/protocol/messages/metadata';
import type { RequestedTopic } from '../cluster/controller-requests.ts';
import { createForClient } from '../cluster/implicit-topics.ts';
import type { ClusterImage, PartitionImage, TopicImage } from '../metadata/cluster-image.ts';
import { isInternalTopic, topicNameProblem } from '../metadata/topic-names.ts';
import { isAllowed } from './access.ts';
import { authorizedClusterOperations, authorizedOperations, NOT_ASKED } from './authorized-operations.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { nodeEndpoints } from './leader-hint.ts';
import { offlineReplicas, reachableLeader, someBroker } from './reachable-brokers.ts';

const FIRST_WITH_NULL_AS_ALL = 1;
const FIRST_BY_ID = 12;

export const metadata = defineHandler({
  key: ApiKey.METADATA,
  minVersion: 0,
  maxVersion: 13,
  request: MetadataRequest,
  response: MetadataResponse,

  validate(request, { version }) {
    if (version >= FIRST_BY_ID) return;
    for (const { name, topicId } of request.topics ?? []) {
      if (name === null)
        throw new KafkaError('INVALID_REQUEST', `Topic name can not be null for version ${version}`);
      if (topicId !== ZERO_UUID) {
        throw new KafkaError(
          'INVALID_REQUEST',
          `Topic IDs are not supported in requests for version ${version}`,
        );
      }
    }
  },

  handle(request, context) {
    const { version } = context;
    const isAll =
      request.topics === null || (version < FIRST_WITH_NULL_AS_ALL && request.topics.length === 0);
    const missing = isAll ? nothingMissing : missingTopics(request, context);
    const { creatable, refused } = missing;
    if (creatable.length === 0) return respond(request, isAll, context, { created: [], refused });
    return createForClient(creatable, context).then((created) =>
      respond(request, isAll, context, { created, refused }),
    );
  },

  fail({ errorCode }, request, { version }) {
    const topics = (request.topics ?? []).map((topic) => {
      const failed = failedTopic(topic, errorCode);
      // Names may be null from the version on that asks by id.
      return failed.name === null && version < FIRST_BY_ID ? { ...failed, name: '' } : failed;
    });
    return { throttleTimeMs: 0, brokers: [], clusterId: null, controllerId: -1, topics, errorCode };
  },
});

interface MissingTopics {
  readonly creatable: readonly string[];
  /** Nobody is to learn more of them than that, not even whether such a name is legal. */
  readonly refused: ReadonlySet<string>;
}

const nothingMissing: MissingTopics = { creatable: [], refused: new Set() };

/** Unknown topics that client and configuration want created, by what the ACLs say. */
function missingTopics(request: MetadataRequest, context: RequestContext): MissingTopics {
  const { broker } = context;
  if (!request.allowAutoTopicCreation || !broker.config['auto.create.topics.enable']) return nothingMissing;
  const { byName } = broker.image.topics;
  const creatable = new Set<string>();
  const refused = new Set<string>();
  for (const { name } of request.topics ?? []) {
    if (name === null || byName.has(name) || !isAllowed(context, 'DESCRIBE', 'TOPIC', name)) continue;
    if (!mayCreate(context, name)) refused.add(name);
    else if (topicNameProblem(name) === undefined) creatable.add(name);
  }
  return { creatable: [...creatable], refused };
}

function mayCreate(context: RequestContext, name: string): boolean {
  return isAllowed(context, 'CREATE', 'CLUSTER') || isAllowed(context, 'CREATE', 'TOPIC', name);
}

interface CreationOutcome extends Pick<MissingTopics, 'refused'> {
  readonly created: readonly RequestedTopic[];
}

function respond(
  request: MetadataRequest,
  isAll: boolean,
  context: RequestContext,
  outcome: CreationOutcome,
): MetadataResponseInput {
  const { image } = context.broker;
  const describe = (topic: TopicImage) =>
    describeTopic(
      topic,
      context,
      request.includeTopicAuthorizedOperations
        ? authorizedOperations(context, 'TOPIC', topic.name)
        : NOT_ASKED,
    );
  const isVisible = ({ name }: TopicImage) => isAllowed(context, 'DESCRIBE', 'TOPIC', name);
  const topics = isAll
    ? [...image.topics.byName.values()].filter(isVisible).map(describe)
    : withoutRepeats(request.topics!).map((wanted) => {
        const topic =
          wanted.name === null ? image.topics.byId.get(wanted.topicId) : image.topics.byName.get(wanted.name);
        if (topic === undefined || isNew(topic, outcome.created)) {
          return toldOf(unknownTopic(wanted, outcome, context), request, context);
        }
        return isVisible(topic) ? describe(topic) : failedTopic(wanted, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
      });
  const clusterAuthorizedOperations = request.includeClusterAuthorizedOperations
    ? authorizedClusterOperations(context)
    : NOT_ASKED;
  const hasClusterOperations = context.version >= 8 && context.version <= 10;
  return {
    ...clusterPart(context),
    topics,
    ...(hasClusterOperations ? { clusterAuthorizedOperations } : {}),
    errorCode: ErrorCode.NONE,
  };
}

/** With what the client may do, when it asks; not for a topic that it may neither see nor create. */
function toldOf(
  topic: MetadataResponseTopicInput,
  { includeTopicAuthorizedOperations }: MetadataRequest,
  context: RequestContext,
): MetadataResponseTopicInput {
  const { name, errorCode } = topic;
  if (!includeTopicAuthorizedOperations || name === null) return topic;
  if (errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED) return topic;
  return { ...topic, topicAuthorizedOperations: authorizedOperations(context, 'TOPIC', name) };
}

/** Made by this request. */
function isNew({ name }: TopicImage, created: readonly RequestedTopic[]): boolean {
  return created.some((topic) => topic.name === name && topic.error === undefined);
}

/** What is named twice is answered once. */
function withoutRepeats(topics: readonly MetadataRequestTopic[]): readonly MetadataRequestTopic[] {
  return [...new Map(topics.map((topic) => [topic.name ?? topic.topicId, topic])).values()];
}

function clusterPart(context: RequestContext) {
  const { broker } = context;
  return {
    throttleTimeMs: 0,
    brokers: nodeEndpoints(context),
    clusterId: broker.clusterId,
    controllerId: someBroker(context),
  };
}

function describeTopic(
  topic: TopicImage,
  { broker: { image }, connection: { listenerName } }: RequestContext,
  topicAuthorizedOperations: number,
): MetadataResponseTopicInput {
  return {
    errorCode: ErrorCode.NONE,
    name: topic.name,
    topicId: topic.id,
    isInternal: isInternalTopic(topic.name),
    partitions: topic.partitions.map((partition) => describePartition(partition, image, listenerName)),
    topicAuthorizedOperations,
  };
}

/** Where a partition is. Shared with nobody: the answers of DescribeTopicPartitions have another shape. */
function describePartition(
  partition: PartitionImage,
  image: ClusterImage,
  listenerName: string,
): MetadataResponsePartitionInput {
  return {
    ...reachableLeader(partition, image, listenerName),
    partitionIndex: partition.index,
    leaderEpoch: partition.leaderEpoch,
    replicaNodes: partition.replicas,
    isrNodes: partition.inSyncReplicas,
    offlineReplicas: offlineReplicas(partition, image, listenerName),
  };
}

function unknownTopic(
  wanted: MetadataRequestTopic,
  { created, refused }: CreationOutcome,
  context: RequestContext,
): MetadataResponseTopicInput {
  if (wanted.name === null) return failedTopic(wanted, ErrorCode.UNKNOWN_TOPIC_ID);
  if (refused.has(wanted.name) || !isAllowed(context, 'DESCRIBE', 'TOPIC', wanted.name)) {
    return failedTopic(wanted, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
  }
  if (topicNameProblem(wanted.name) !== undefined) {
    return failedTopic(wanted, ErrorCode.INVALID_TOPIC_EXCEPTION);
  }
  const made = created.find(({ name }) => name === wanted.name);
  // Clients expect to ask again, as brokers of a cluster hear of a topic later than its controller. Of the two errors
  // that Apache Kafka has used for it, this is the one that all of them take for passing.
  if (made !== undefined && made.error === undefined)
    return failedTopic(wanted, ErrorCode.LEADER_NOT_AVAILABLE);
  const attempt = made?.error;
  // Deleted again already, if it existed: the client asks once more.
  const isFinal = attempt !== undefined && attempt.code !== 'TOPIC_ALREADY_EXISTS';
  return failedTopic(wanted, isFinal ? attempt.errorCode : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
}

function failedTopic({ name, topicId }: MetadataRequestTopic, errorCode: number): MetadataResponseTopicInput {
  return { errorCode, name, topicId, isInternal: name !== null && isInternalTopic(name), partitions: [] };
}
