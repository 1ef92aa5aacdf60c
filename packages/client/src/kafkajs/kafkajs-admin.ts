import type { AdminContext } from '../admin/admin-context.ts';
import { describeCluster } from '../admin/describe-cluster.ts';
import { describeTopics, listTopics } from '../admin/describe-topics.ts';
import { deleteGroups } from '../admin/group-operations.ts';
import { ItemsFailedError } from '../admin/items-failed-error.ts';
import { listGroups } from '../admin/list-groups.ts';
import { deleteRecords } from '../admin/partition-operations.ts';
import { createPartitions, deleteTopics } from '../admin/topic-operations.ts';
import {
  createKafkaJsAcls,
  deleteKafkaJsAcls,
  describeKafkaJsAcls,
  type AclEntry,
  type AclFilter,
  type DeleteAclResponse,
  type DescribeAclResponse,
} from './admin-acls.ts';
import {
  alterKafkaJsConfigs,
  describeKafkaJsConfigs,
  type DescribeConfigResponse,
  type IResourceConfig,
  type ResourceConfigQuery,
} from './admin-configs.ts';
import {
  fetchGroupOffsets,
  fetchTopicOffsets,
  fetchTopicOffsetsByTimestamp,
  partitionsOf,
  setGroupOffsets,
  type FetchOffsetsPartition,
} from './admin-offsets.ts';
import { createKafkaJsTopics, type ITopicConfig } from './create-topics.ts';
import { describeRawGroups, type GroupDescription } from './describe-raw-groups.ts';
import {
  Instrumentation,
  type InstrumentationEvent,
  type RemoveInstrumentationEventListener,
} from './instrumentation.ts';
import type { RetryOptions } from './kafka-config.ts';
import {
  KafkaJSDeleteGroupsError,
  KafkaJSDeleteTopicRecordsError,
  KafkaJSError,
  KafkaJSNonRetriableError,
  KafkaJSProtocolError,
} from './kafkajs-errors.ts';
import type { Logger } from './kafkajs-logger.ts';
import type {
  NetworkEvents,
  NetworkPayloads,
  PartitionMetadata,
  PartitionOffset,
  TopicPartitions,
} from './kafkajs-types.ts';
import { connect, type ConnectedSettings, type LayerContext } from './layer-context.ts';
import { networkObserver } from './network-instrumentation.ts';
import {
  alterReassignments,
  listReassignments,
  type ListPartitionReassignmentsResult,
  type PartitionReassignment,
} from './partition-reassignments.ts';
import { toKafkaJsError, withKafkaJsErrors } from './to-kafkajs-error.ts';

export interface AdminConfig {
  retry?: RetryOptions;
}

export interface ITopicPartitionConfig {
  topic: string;
  /** How many the topic is to have in all. */
  count: number;
  assignments?: number[][];
}

export interface ITopicMetadata {
  name: string;
  partitions: PartitionMetadata[];
}

export interface DeleteGroupsResult {
  groupId: string;
  errorCode?: number;
  error?: KafkaJSProtocolError;
}

const events = {
  CONNECT: 'admin.connect',
  DISCONNECT: 'admin.disconnect',
  REQUEST: 'admin.network.request',
  REQUEST_TIMEOUT: 'admin.network.request_timeout',
  REQUEST_QUEUE_SIZE: 'admin.network.request_queue_size',
} as const satisfies NetworkEvents<'admin'> & Record<string, string>;

type Payloads = NetworkPayloads<'admin'>;

const DEFAULT_TIMEOUT_MS = 5000;

/**
 * kafkajs's admin on top of ours. Every call connects where that has not been done, and tries again what may pass for as
 * long as the tries of `retry` take, with one `requestTimeout` more; a `timeout` (milliseconds) of the call is in place of
 * that. Besides what is said of each, calls throw KafkaJSNumberOfRetriesExceeded when that time is up, with the last
 * failure as cause, and KafkaJSProtocolError for what a broker refuses; its `type` is Kafka's name of the error. Of
 * several refusals in one call the first is thrown, where nothing else is said.
 */
export class Admin {
  readonly events: typeof events = events;
  readonly #context: LayerContext;
  readonly #config: AdminConfig;
  readonly #logger: Logger;
  readonly #instrumentation: Instrumentation<Payloads>;
  #settings: ConnectedSettings | undefined;

  constructor(context: LayerContext, config: AdminConfig) {
    this.#context = context;
    this.#config = config;
    this.#logger = context.logger.namespace('Admin');
    const nowMs = () => context.host.clock.nowMs();
    this.#instrumentation = new Instrumentation('admin', events, { logger: this.#logger, nowMs });
  }

  /**
   * Reaches the cluster, unless that is done already.
   * @throws KafkaJSConnectionError, KafkaJSSASLAuthenticationError, KafkaJSNumberOfRetriesExceeded
   */
  async connect(): Promise<void> {
    const retry = { ...this.#context.config.retry, ...this.#config.retry };
    this.#settings ??= await connect(this.#context, retry, this.#observer());
    this.#instrumentation.emit('admin.connect', null);
  }

  /** Closes the connections; calls that are under way fail. The next call connects again. */
  async disconnect(): Promise<void> {
    const settings = this.#settings;
    this.#settings = undefined;
    await settings?.admin.cluster.close({ drain: false });
    this.#instrumentation.emit('admin.disconnect', null);
  }

  /** Names of all topics, those that Kafka keeps for itself included. */
  listTopics(): Promise<string[]> {
    return this.#call(async (admin) => {
      const topics = await listTopics(admin, { includeInternal: true });
      return topics.map(({ name }) => name);
    });
  }

  /**
   * Creates topics. With `waitForLeaders`, the default, they can be used when it returns; with `validateOnly` it is only
   * checked whether they could be created. Those that can are created, also where others fail.
   * @returns false where some of them existed, although the others were created
   * @throws KafkaJSAggregateError with a KafkaJSCreateTopicError for each failure, unless all are that they exist
   * @throws KafkaJSNonRetriableError for a list with duplicates, or of what is no topic
   */
  createTopics(options: {
    validateOnly?: boolean;
    waitForLeaders?: boolean;
    timeout?: number;
    topics: ITopicConfig[];
  }): Promise<boolean> {
    return this.#call((admin) => createKafkaJsTopics(admin, options));
  }

  /**
   * Deletes topics with all that is in them; brokers delete the files a while later.
   * @throws KafkaJSProtocolError, mostly UNKNOWN_TOPIC_OR_PARTITION; the others are deleted
   * @throws KafkaJSNonRetriableError where `topics` is no array
   */
  deleteTopics({ topics, timeout }: { topics: string[]; timeout?: number }): Promise<void> {
    return this.#call(async (admin) => {
      if (!Array.isArray(topics))
        throw new KafkaJSNonRetriableError(`Invalid topics array ${String(topics)}`);
      await deleteTopics(admin, topics, timeoutOf(timeout));
    });
  }

  /**
   * Adds partitions to topics, up to `count` in all; there is no way to have fewer. Records with keys go to other
   * partitions from then on. With `validateOnly` it is only checked whether that is possible.
   * @returns true
   * @throws KafkaJSProtocolError, mostly INVALID_PARTITIONS; other topics get theirs
   */
  createPartitions(options: {
    validateOnly?: boolean;
    timeout?: number;
    topicPartitions: ITopicPartitionConfig[];
  }): Promise<boolean> {
    const { topicPartitions, validateOnly = false, timeout } = options;
    return this.#call(async (admin) => {
      const wanted = topicPartitions.map(({ topic, count, assignments }) => ({
        topic,
        totalCount: count,
        ...(assignments === undefined ? {} : { assignments }),
      }));
      await createPartitions(admin, wanted, { validateOnly, ...timeoutOf(timeout) });
      return true;
    });
  }

  /**
   * Partitions of topics, with leaders (-1 for none) and replicas by node id; of all topics where none is named.
   * @throws KafkaJSProtocolError for a topic that does not exist; it is not created
   */
  fetchTopicMetadata(
    { topics }: { topics: string[] } = { topics: [] },
  ): Promise<{ topics: ITopicMetadata[] }> {
    return this.#call(async (admin) => {
      const names =
        topics.length > 0
          ? topics
          : (await listTopics(admin, { includeInternal: true })).map(({ name }) => name);
      const described = await describeTopics(admin, names, {});
      return {
        topics: [...described.values()].map(({ name, partitions }) => ({
          name,
          partitions: partitions.map(
            ({ partition, leaderId, replicas, inSyncReplicas, offlineReplicas }) => ({
              partitionErrorCode: 0,
              partitionId: partition,
              leader: leaderId,
              replicas: [...replicas],
              isr: [...inSyncReplicas],
              offlineReplicas: [...offlineReplicas],
            }),
          ),
        })),
      };
    });
  }

  /**
   * Committed offsets of a group: of the topics that are named, '-1' where there is none, or of all that it has some of.
   * With `resolveOffsets` there is nothing to resolve: what was set to an end of a partition is a real offset here.
   * @throws KafkaJSNonRetriableError without a `groupId`
   */
  fetchOffsets({
    groupId,
    topics = [],
  }: {
    groupId: string;
    topics?: string[];
    resolveOffsets?: boolean;
  }): Promise<{ topic: string; partitions: FetchOffsetsPartition[] }[]> {
    return this.#call(async (admin) => {
      if (!groupId) throw new KafkaJSNonRetriableError(`Invalid groupId ${groupId}`);
      return fetchGroupOffsets(admin, groupId, topics);
    });
  }

  /**
   * Where each partition begins (`low`) and ends (`high`, the offset of the next record, which `offset` is as well).
   * @throws KafkaJSNonRetriableError for what is no topic name
   */
  fetchTopicOffsets(topic: string): Promise<(PartitionOffset & { high: string; low: string })[]> {
    return this.#call((admin) => fetchTopicOffsets(admin, topic));
  }

  /**
   * The first offset of each partition at or after the time, its end where no record is that young.
   * @param timestamp milliseconds since 1970; left out: the ends
   * @throws KafkaJSNonRetriableError for what is no topic name
   */
  fetchTopicOffsetsByTimestamp(topic: string, timestamp?: number): Promise<PartitionOffset[]> {
    return this.#call((admin) => fetchTopicOffsetsByTimestamp(admin, topic, timestamp));
  }

  /** The brokers that are alive; `controller` is the node id of the one that stands for it, null while there is none. */
  describeCluster(): Promise<{
    brokers: { nodeId: number; host: string; port: number }[];
    controller: number | null;
    clusterId: string;
  }> {
    return this.#call(async (admin) => {
      const { brokers, controllerId, clusterId } = await describeCluster(admin, {});
      return {
        brokers: brokers.map(({ id, host, port }) => ({ nodeId: id, host, port })),
        controller: controllerId < 0 ? null : controllerId,
        clusterId: clusterId ?? '',
      };
    });
  }

  /**
   * Commits offsets for a group that has no members: '-1' is the end of the partition, '-2' its beginning, as they are now.
   * @throws KafkaJSNonRetriableError while the group has members, or where something is left out
   */
  setOffsets(options: { groupId: string; topic: string; partitions: PartitionOffset[] }): Promise<void> {
    const { groupId, topic, partitions } = options;
    return this.#call((admin) => setGroupOffsets(admin, groupId, topic, partitions));
  }

  /**
   * As {@link setOffsets} for all partitions of the topic: to their beginning, or to their end.
   * @throws KafkaJSNonRetriableError while the group has members
   */
  resetOffsets({
    groupId,
    topic,
    earliest,
  }: {
    groupId: string;
    topic: string;
    earliest: boolean;
  }): Promise<void> {
    return this.#call(async (admin) => {
      const partitions = await partitionsOf(admin, topic);
      const offset = earliest ? '-2' : '-1';
      await setGroupOffsets(
        admin,
        groupId,
        topic,
        partitions.map((partition) => ({ partition, offset })),
      );
    });
  }

  /**
   * Configuration of topics and brokers: all of it, or what `configNames` names. Values that are not set are null, those of
   * secrets too; `includeSynonyms` adds where else the value could come from.
   * @throws KafkaJSNonRetriableError for no resources, or one that is neither
   */
  describeConfigs({
    resources,
    includeSynonyms,
  }: {
    resources: ResourceConfigQuery[];
    includeSynonyms: boolean;
  }): Promise<DescribeConfigResponse> {
    return this.#call((admin) => describeKafkaJsConfigs(admin, resources, includeSynonyms));
  }

  /**
   * Replaces the configuration of each resource: what is not named goes back to its default. With `validateOnly` it is
   * only checked.
   * @throws KafkaJSProtocolError, mostly INVALID_CONFIG; KafkaJSNonRetriableError for no resources, or one that is neither
   */
  alterConfigs({
    resources,
    validateOnly,
  }: {
    validateOnly: boolean;
    resources: IResourceConfig[];
  }): ReturnType<typeof alterKafkaJsConfigs> {
    return this.#call((admin) => alterKafkaJsConfigs(admin, resources, validateOnly));
  }

  /** Groups of all brokers and of every kind; `protocolType` is `consumer` for groups of consumers. */
  listGroups(): Promise<{ groups: { groupId: string; protocolType: string }[] }> {
    return this.#call(async (admin) => {
      const groups = await listGroups(admin, {});
      return { groups: groups.map(({ groupId, protocolType }) => ({ groupId, protocolType })) };
    });
  }

  /**
   * Deletes groups without members, with their committed offsets.
   * @throws KafkaJSDeleteGroupsError, whose `groups` say why, mostly NON_EMPTY_GROUP; the others are deleted
   */
  deleteGroups(groupIds: string[]): Promise<DeleteGroupsResult[]> {
    return this.#call(async (admin) => {
      try {
        await deleteGroups(admin, groupIds, {});
      } catch (error) {
        if (!(error instanceof ItemsFailedError)) throw error;
        const failed = [...error.errors].map(([groupId, failure]) => deletion(groupId, failure));
        throw new KafkaJSDeleteGroupsError('Error in DeleteGroups', failed);
      }
      return groupIds.map((groupId) => ({ groupId, errorCode: 0 }));
    });
  }

  /** Groups with their members; subscription and assignment of each are bytes. One that does not exist is `Dead`. */
  describeGroups(groupIds: string[]): Promise<{ groups: GroupDescription[] }> {
    return this.#call(async (admin) => ({ groups: await describeRawGroups(admin, groupIds) }));
  }

  /**
   * ACLs that the filter matches, by resource; `ANY` and what is left out match everything.
   * @throws KafkaJSNonRetriableError for a number that is none of the enumeration
   */
  describeAcls(filter: AclFilter): Promise<DescribeAclResponse> {
    return this.#call((admin) => describeKafkaJsAcls(admin, filter));
  }

  /**
   * Deletes every ACL that one of the filters matches.
   * @returns what was deleted, filter by filter
   * @throws KafkaJSNonRetriableError for a number that is none of the enumeration
   */
  deleteAcls({ filters }: { filters: AclFilter[] }): Promise<DeleteAclResponse> {
    return this.#call((admin) => deleteKafkaJsAcls(admin, filters));
  }

  /**
   * Creates ACLs; those that exist already stay.
   * @returns true
   * @throws KafkaJSNonRetriableError for a number that is none of the enumeration
   */
  createAcls({ acl }: { acl: AclEntry[] }): Promise<boolean> {
    return this.#call((admin) => createKafkaJsAcls(admin, acl));
  }

  /**
   * Deletes the records before `offset` of each partition; '-1' means all there is.
   * @throws KafkaJSDeleteTopicRecordsError, whose `partitions` say why; those of the others are deleted
   */
  deleteTopicRecords({ topic, partitions }: { topic: string; partitions: PartitionOffset[] }): Promise<void> {
    return this.#call(async (admin) => {
      const records = partitions.map(({ partition, offset }) => ({
        topic,
        partition,
        beforeOffset: Number(offset),
      }));
      try {
        await deleteRecords(admin, records, {});
      } catch (error) {
        if (!(error instanceof ItemsFailedError)) throw error;
        throw recordsNotDeleted(topic, partitions, error.errors);
      }
    });
  }

  /**
   * Begins to move partitions to other replicas (node ids); {@link listPartitionReassignments} tells what still moves.
   * `timeout` is in milliseconds, 5000 by default, for one try.
   * @throws KafkaJSAggregateError with one error for each partition that was refused
   */
  alterPartitionReassignments({
    topics,
    timeout = DEFAULT_TIMEOUT_MS,
  }: {
    topics: PartitionReassignment[];
    timeout?: number;
  }): Promise<void> {
    return this.#call((admin) => alterReassignments(admin, topics, timeout));
  }

  /**
   * Partitions that are being moved: of `topics`, or of all. `timeout` is in milliseconds, 5000 by default, for one try.
   */
  listPartitionReassignments({
    topics,
    timeout = DEFAULT_TIMEOUT_MS,
  }: {
    topics?: TopicPartitions[];
    timeout?: number;
  } = {}): Promise<ListPartitionReassignmentsResult> {
    return this.#call((admin) => listReassignments(admin, topics, timeout));
  }

  /** Calls `listener` for each event of that name, until the function that is returned is called. */
  on<Name extends keyof Payloads>(
    eventName: Name,
    listener: (event: InstrumentationEvent<Payloads[Name]>) => void,
  ): RemoveInstrumentationEventListener<Name> {
    return this.#instrumentation.on(eventName, listener);
  }

  /** Where this admin writes to: the logger of its `Kafka`, in the namespace `Admin`. */
  logger(): Logger {
    return this.#logger;
  }

  async #call<Result>(run: (admin: AdminContext) => Promise<Result>): Promise<Result> {
    const settings = this.#settings;
    // kafkajs connects on the way; whoever relies on it would otherwise fail here for the first time.
    if (settings === undefined) await this.connect();
    return withKafkaJsErrors(() => run(this.#settings!.admin));
  }

  #observer() {
    return networkObserver(this.#context.host.clock, {
      request: (payload) => this.#instrumentation.emit('admin.network.request', payload),
      requestTimeout: (payload) => this.#instrumentation.emit('admin.network.request_timeout', payload),
      queueSize: (payload) => this.#instrumentation.emit('admin.network.request_queue_size', payload),
    });
  }
}

function timeoutOf(timeout: number | undefined): { readonly timeoutMs?: number } {
  return timeout === undefined ? {} : { timeoutMs: timeout };
}

function deletion(groupId: string, failure: Error): DeleteGroupsResult {
  const error = toKafkaJsError(failure);
  return error instanceof KafkaJSProtocolError
    ? { groupId, errorCode: error.code, error }
    : { groupId, errorCode: -1, error: new KafkaJSProtocolError(error) };
}

function recordsNotDeleted(
  topic: string,
  partitions: readonly PartitionOffset[],
  errors: ReadonlyMap<string, Error>,
): KafkaJSDeleteTopicRecordsError {
  const failed = partitions.flatMap(({ partition, offset }) => {
    const failure = errors.get(`${topic}-${partition}`);
    if (failure === undefined) return [];
    const error = toKafkaJsError(failure);
    return [{ partition, offset, error: error instanceof KafkaJSError ? error : new KafkaJSError(error) }];
  });
  return new KafkaJSDeleteTopicRecordsError({ partitions: failed });
}
