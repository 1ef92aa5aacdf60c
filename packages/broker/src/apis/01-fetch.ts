import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  FetchRequest,
  FetchResponse,
  type FetchResponseFetchableTopicResponseInput,
  type FetchResponseInput,
  type FetchResponsePartitionDataInput,
} from '@millrace/protocol/messages/fetch';
import type { FetchPartition } from '../fetch/fetch-partition.ts';
import { FetchScope, isById } from '../fetch/fetch-scope.ts';
import { fetchWhenReady, type ReservedRead } from '../fetch/fetch-wait.ts';
import { preferredReadReplica, RACK_AWARE_SELECTOR } from '../fetch/preferred-replica.ts';
import type { PartitionRead } from '../fetch/read-partition.ts';
import type { FetchRead } from '../fetch/read-partitions.ts';
import { fetchingReplica, ReplicaFetch } from '../fetch/replica-fetch.ts';
import type { HostedReplica } from '../partitions/hosted-replica.ts';
import { requireLeader, requireReplica } from '../partitions/require-leader.ts';
import { accessRefused, isAllowed, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { nodeEndpoints } from './leader-hint.ts';

const READ_COMMITTED = 1;
const FIRST_BY_ID = 13;
const FIRST_WITH_ZSTD = 10;
/** KAFKA_STORAGE_ERROR is newer than these versions; their clients know NOT_LEADER_OR_FOLLOWER. */
const LAST_WITHOUT_STORAGE_ERROR = 5;
const FIRST_FROM_FOLLOWERS = 11;
const FIRST_WITH_LEADER_HINT = 16;

export const fetch = defineHandler({
  key: ApiKey.FETCH,
  minVersion: 4,
  maxVersion: 18,
  request: FetchRequest,
  response: FetchResponse,

  authorize(request, context) {
    const isReplica = fetchingReplica(request) !== undefined;
    if (isReplica && !isAllowed(context, 'CLUSTER_ACTION', 'CLUSTER')) throw accessRefused('TOPIC');
  },

  handle(request, context) {
    if (fetchingReplica(request) !== undefined) {
      context.isOfNode = true;
      return new ReplicaFetch(request, context).answer();
    }
    const { broker, connection, version } = context;
    const { quotas, config } = broker;
    const maxBytes = Math.min(request.maxBytes, config['fetch.max.bytes'], quotas.maxFetchBytes(context));
    const scope = FetchScope.open(request, broker.fetchSessions, {
      usesTopicIds: version >= FIRST_BY_ID,
      slots: broker.config['max.incremental.fetch.session.cache.slots'],
      nowMs: broker.host.clock.monotonicMs(),
    });
    const plan = {
      partitions: scope.partitions,
      findReplica: (partition: FetchPartition) => findReplica(partition, context),
      preferredReplica: replicaSelector(request, context),
      minBytes: Math.min(request.minBytes, maxBytes),
      maxBytes,
      maxWaitMs: request.maxWaitMs,
      bound: request.isolationLevel === READ_COMMITTED ? 'lastStableOffset' : 'highWatermark',
    } as const;
    const { host, answerMemory: memory } = broker;
    const read = fetchWhenReady(plan, { host, closed: connection.closed, memory });
    return read instanceof Promise
      ? read.then((late) => respond(scope, late, context))
      : respond(scope, read, context);
  },

  fail(error, request) {
    const { errorCode } = error;
    return {
      throttleTimeMs: 0,
      errorCode,
      // Versions below 7 have no error of their own.
      responses: request.topics.map(({ topic, topicId, partitions }) => ({
        topic,
        topicId,
        partitions: partitions.map(({ partition }) => failedPartition(partition, errorCode)),
      })),
    };
  },
});

/** Consumers that say where they are may be sent to a follower nearby, where the broker is told to do that (KIP-392). */
function replicaSelector({ rackId }: FetchRequest, { broker, connection }: RequestContext) {
  if (rackId === '' || broker.config['replica.selector.class'] !== RACK_AWARE_SELECTOR) return undefined;
  const { image, host } = broker;
  const place = { rackId, listenerName: connection.listenerName, image, nowMs: host.clock.monotonicMs() };
  return (replica: HostedReplica, fetchOffset: number) => preferredReadReplica(replica, fetchOffset, place);
}

/** Consumers of version 11 and later may read from a follower, which they were sent to by the leader (KIP-392). */
function findReplica(partition: FetchPartition, context: RequestContext): HostedReplica {
  const { broker, version } = context;
  if (isById(partition)) {
    const topic = broker.image.topics.byId.get(partition.topicId);
    if (topic === undefined)
      throw new KafkaError('UNKNOWN_TOPIC_ID', `No topic has the id ${partition.topicId}`);
    partition.topic = topic.name;
  }
  requireAllowed(context, 'READ', 'TOPIC', partition.topic);
  const require = version < FIRST_FROM_FOLLOWERS ? requireLeader : requireReplica;
  const replica = require(broker, partition.topic, partition.index);
  if (version < FIRST_WITH_ZSTD && replica.log.config['compression.type'] === 'zstd') {
    throw new KafkaError('UNSUPPORTED_COMPRESSION_TYPE', `Topic ${partition.topic} is stored with zstd`);
  }
  return replica;
}

function respond(scope: FetchScope, read: ReservedRead, context: RequestContext): FetchResponseInput {
  const { version } = context;
  if (read.sizeBytes > 0) context.connection.holds(read.memory);
  const throttle = context.broker.quotas.chargeFetch(context, read.sizeBytes);
  if (throttle !== undefined) {
    context.throttleMs = throttle.throttleMs;
    if (throttle.isWithheld) return withhold(scope, read, context);
  }
  const responses: FetchResponseFetchableTopicResponseInput[] = [];
  let topicName: string | undefined;
  let topicId: string | undefined;
  let partitions: FetchResponsePartitionDataInput[] = [];
  let hasLeaderHint = false;
  for (const partitionRead of scope.select(read.reads)) {
    const { partition, replica, release, sizeBytes } = partitionRead;
    if (replica !== undefined) replica.traffic.bytesOut += sizeBytes;
    if (release !== undefined && sizeBytes > 0) context.connection.whenSent(release);
    if (topicName !== partition.topic || topicId !== partition.topicId) {
      topicName = partition.topic;
      topicId = partition.topicId;
      partitions = [];
      responses.push({ topic: topicName, topicId, partitions });
    }
    const data = inVersion(partitionRead, context);
    hasLeaderHint ||= data.currentLeader !== undefined;
    partitions.push(data);
  }
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    sessionId: scope.sessionId,
    responses,
    ...(hasLeaderHint && version >= FIRST_WITH_LEADER_HINT ? { nodeEndpoints: nodeEndpoints(context) } : {}),
  };
}

/** Too much for the quota: the client comes back for it, and knows as much as before. */
function withhold(scope: FetchScope, read: FetchRead, { broker }: RequestContext): FetchResponseInput {
  for (const { release } of read.reads) release?.();
  const sessionId = scope.withhold(broker.fetchSessions);
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, sessionId, responses: [] };
}

function inVersion(
  { data, partition }: PartitionRead,
  context: RequestContext,
): FetchResponsePartitionDataInput {
  const { version, broker } = context;
  if (data.errorCode === ErrorCode.NONE) return data;
  if (data.errorCode === ErrorCode.KAFKA_STORAGE_ERROR && version <= LAST_WITHOUT_STORAGE_ERROR) {
    return { ...data, errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER };
  }
  const isLeaderError =
    data.errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER || data.errorCode === ErrorCode.FENCED_LEADER_EPOCH;
  if (!isLeaderError || version < FIRST_WITH_LEADER_HINT) return data;
  const leader = broker.image.topics.byName.get(partition.topic)?.partitions[partition.index];
  if (leader === undefined) return data;
  return { ...data, currentLeader: { leaderId: leader.leader, leaderEpoch: leader.leaderEpoch } };
}

function failedPartition(partitionIndex: number, errorCode: number): FetchResponsePartitionDataInput {
  return { partitionIndex, errorCode, highWatermark: -1, abortedTransactions: [], records: null };
}
