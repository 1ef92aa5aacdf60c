import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ShareFetchRequest,
  ShareFetchResponse,
  type ShareFetchRequestFetchTopic,
  type ShareFetchResponseInput,
  type ShareFetchResponsePartitionDataInput,
} from '@millrace/protocol/messages/share-fetch';
import { SHARE_VERSION, SHARE_VERSION_FEATURE } from '../metadata/features.ts';
import { requireFeature } from '../metadata/require-feature.ts';
import type { SessionPartition, ShareSession } from '../share/session/share-session.ts';
import { FINAL_SHARE_EPOCH, INITIAL_SHARE_EPOCH } from '../share/session/share-session-cache.ts';
import {
  acknowledgeAll,
  type Acknowledged,
  type PartitionAcknowledgement,
} from '../share/share-acknowledge.ts';
import { shareFetch as fetchShared, type ShareFetched } from '../share/share-fetch.ts';
import { requireMemberId } from '../share/require-member-id.ts';
import { requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';
import { shareEndpoints, shareLeaderHint } from './leader-hint.ts';

/** `ShareAcquireMode` of Kafka: as many records as the client says, and not one more. */
const RECORD_LIMIT_MODE = 1;

export const shareFetch = defineHandler({
  key: ApiKey.SHARE_FETCH,
  minVersion: 1,
  maxVersion: 2,
  request: ShareFetchRequest,
  response: ShareFetchResponse,

  authorize: ({ groupId }, context) => requireAllowed(context, 'READ', 'GROUP', groupId ?? ''),

  validate(request, { broker }) {
    requireFeature(broker.image, SHARE_VERSION_FEATURE, SHARE_VERSION);
    const { groupId, memberId, shareSessionEpoch } = request;
    if (groupId === null) throw invalidRequest();
    requireMemberId(memberId);
    if (shareSessionEpoch === INITIAL_SHARE_EPOCH && acknowledgementsOf(request.topics).length > 0)
      throw invalidRequest();
    if (request.isRenewAck && asksForRecords(request)) throw invalidRequest();
  },

  async handle(request, context) {
    const { broker } = context;
    const { shares } = broker;
    const { shareSessionEpoch: epoch } = request;
    const [groupId, memberId] = [request.groupId!, request.memberId!];
    const config = shares.configOf(groupId);
    const session = await openWhenThereIsRoom(request, context);
    const member = { groupId, memberId, isRenewAck: request.isRenewAck };
    const acknowledging = acknowledgeAll(member, acknowledgementsOf(request.topics), context);
    if (epoch === FINAL_SHARE_EPOCH) {
      const acknowledged = await acknowledging;
      shares.sessions.remove(groupId, memberId);
      await shares.release(session);
      const lockMs = config['share.record.lock.duration.ms'];
      return respond([], acknowledged, { isFull: false, lockMs }, context);
    }
    const fetched = request.isRenewAck ? [] : await fetchFor(session, request, context);
    context.throttleMs = broker.quotas.chargeSent(context, recordBytes(fetched));
    const parts = {
      isFull: epoch === INITIAL_SHARE_EPOCH,
      lockMs: config['share.record.lock.duration.ms'],
    };
    return respond(fetched, await acknowledging, parts, context);
  },

  fail: ({ errorCode, message }) => ({
    throttleTimeMs: 0,
    errorCode,
    errorMessage: message === '' ? null : message,
    acquisitionLockTimeoutMs: 0,
    responses: [],
    nodeEndpoints: [],
  }),
});

function invalidRequest(): KafkaError {
  return new KafkaError('INVALID_REQUEST', '');
}

/** Whoever renews does nothing else: by the time records came, the renewed locks might be over. */
function asksForRecords({ maxWaitMs, minBytes, maxBytes, maxRecords }: ShareFetchRequest): boolean {
  return [maxWaitMs, minBytes, maxBytes, maxRecords].some((limit) => limit !== 0);
}

function partitionsOf(topics: readonly ShareFetchRequestFetchTopic[]): SessionPartition[] {
  return topics.flatMap(({ topicId, partitions }) =>
    partitions.map(({ partitionIndex }) => ({ topicId, index: partitionIndex })),
  );
}

function acknowledgementsOf(topics: readonly ShareFetchRequestFetchTopic[]): PartitionAcknowledgement[] {
  return topics.flatMap(({ topicId, partitions }) =>
    partitions
      .filter(({ acknowledgementBatches }) => acknowledgementBatches.length > 0)
      .map(({ partitionIndex: index, acknowledgementBatches: batches }) => ({ topicId, index, batches })),
  );
}

/**
 * Members for whom there is no room come back as soon as they have heard so: they hear it when a fetch that finds nothing
 * would be answered, as in Apache Kafka.
 */
async function openWhenThereIsRoom(
  request: ShareFetchRequest,
  context: RequestContext,
): Promise<ShareSession> {
  try {
    return openSession(request, context);
  } catch (error) {
    if (error instanceof KafkaError && error.code === 'SHARE_SESSION_LIMIT_REACHED')
      await idle(request.maxWaitMs, context);
    throw error;
  }
}

function idle(durationMs: number, { broker, connection }: RequestContext): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      timer.cancel();
      connection.closed.removeEventListener('abort', settle);
      resolve();
    };
    const timer = broker.host.timers.schedule(durationMs, settle, { background: true });
    connection.closed.addEventListener('abort', settle, { once: true });
  });
}

/** @throws KafkaError for a session that is not as the member believes */
function openSession(request: ShareFetchRequest, { broker, connection }: RequestContext): ShareSession {
  const { sessions } = broker.shares;
  const { shareSessionEpoch: epoch } = request;
  const [groupId, memberId] = [request.groupId!, request.memberId!];
  if (epoch === INITIAL_SHARE_EPOCH) {
    broker.shares.watch(connection);
    const member = { groupId, memberId, connectionId: connection.id };
    return sessions.create(
      member,
      partitionsOf(request.topics),
      broker.config['group.share.max.share.sessions'],
    );
  }
  const session = sessions.find(groupId, memberId, epoch);
  if (epoch === FINAL_SHARE_EPOCH) return session;
  session.advance();
  session.add(partitionsOf(request.topics));
  session.forget(
    request.forgottenTopicsData.flatMap(({ topicId, partitions }) =>
      partitions.map((index) => ({ topicId, index })),
    ),
  );
  return session;
}

function fetchFor(
  session: ShareSession,
  request: ShareFetchRequest,
  context: RequestContext,
): Promise<readonly ShareFetched[]> {
  const { broker, connection } = context;
  const { groupId, memberId } = session;
  const { config, quotas } = broker;
  const maxBytes = Math.min(request.maxBytes, config['fetch.max.bytes'], quotas.maxFetchBytes(context));
  const plan = {
    memberId,
    partitions: rotated(session.partitions, session.nextEpoch),
    open: ({ topicId, index }: SessionPartition) => {
      const name = broker.image.topics.byId.get(topicId)?.name;
      if (name !== undefined) requireAllowed(context, 'READ', 'TOPIC', name);
      return broker.shares.open({ groupId, topicId, partition: index });
    },
    minBytes: Math.min(request.minBytes, maxBytes),
    maxBytes,
    maxWaitMs: request.maxWaitMs,
    maxRecords: request.maxRecords,
    batchSize: request.batchSize,
    isRecordLimit: request.shareAcquireMode === RECORD_LIMIT_MODE,
    readsCommitted: broker.shares.configOf(groupId)['share.isolation.level'] === 'read_committed',
  };
  return fetchShared(plan, { host: broker.host, closed: connection.closed });
}

function recordBytes(fetched: readonly ShareFetched[]): number {
  return fetched.reduce((sum, { records }) => records.reduce((bytes, { length }) => bytes + length, sum), 0);
}

/** Each request begins with another partition, so that none starves. */
function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** Partitions with nothing to tell are left out, unless the member does not know yet that they are fetched. */
function respond(
  fetched: readonly ShareFetched[],
  acknowledged: readonly Acknowledged[],
  { isFull, lockMs }: { readonly isFull: boolean; readonly lockMs: number },
  context: RequestContext,
): ShareFetchResponseInput {
  const byPartition = new Map<string, { topicId: string; data: PartitionData }>();
  for (const one of fetched) {
    if (!isFull && one.error === undefined && one.acquired.length === 0) continue;
    const { topicId, index } = one.partition;
    byPartition.set(`${topicId}:${index}`, { topicId, data: fetchedData(one, context) });
  }
  for (const { topicId, index, errorCode, errorMessage } of acknowledged) {
    const key = `${topicId}:${index}`;
    const data = byPartition.get(key)?.data ?? noData({ topicId, index }, ErrorCode.NONE, context);
    const acknowledgement = { acknowledgeErrorCode: errorCode, acknowledgeErrorMessage: errorMessage };
    byPartition.set(key, { topicId, data: { ...data, ...acknowledgement } });
  }
  const byTopic = Map.groupBy(byPartition.values(), ({ topicId }) => topicId);
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    acquisitionLockTimeoutMs: lockMs,
    responses: [...byTopic].map(([topicId, all]) => ({ topicId, partitions: all.map(({ data }) => data) })),
    nodeEndpoints: shareEndpoints(
      Array.from(byPartition.values(), ({ data }) => data),
      context,
    ),
  };
}

type PartitionData = ShareFetchResponsePartitionDataInput & {
  readonly currentLeader: ReturnType<typeof shareLeaderHint>;
};

function noData(partition: SessionPartition, errorCode: number, context: RequestContext): PartitionData {
  return {
    partitionIndex: partition.index,
    errorCode,
    errorMessage: null,
    acknowledgeErrorCode: ErrorCode.NONE,
    acknowledgeErrorMessage: null,
    currentLeader: shareLeaderHint(errorCode, partition, context),
    records: [],
    acquiredRecords: [],
  };
}

function fetchedData({ partition, error, records, acquired }: ShareFetched, context: RequestContext) {
  if (error !== undefined) return noData(partition, error.errorCode, context);
  return { ...noData(partition, ErrorCode.NONE, context), records, acquiredRecords: acquired };
}
