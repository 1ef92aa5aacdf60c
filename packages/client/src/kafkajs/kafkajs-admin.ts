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

/** kafkajs's admin on top of ours. */
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

  async connect(): Promise<void> {
    const retry = { ...this.#context.config.retry, ...this.#config.retry };
    this.#settings ??= await connect(this.#context, retry, this.#observer());
    this.#instrumentation.emit('admin.connect', null);
  }

  async disconnect(): Promise<void> {
    const settings = this.#settings;
    this.#settings = undefined;
    await settings?.admin.cluster.close({ drain: false });
    this.#instrumentation.emit('admin.disconnect', null);
  }

  listTopics(): Promise<string[]> {
    return this.#call(async (admin) => {
      const topics = await listTopics(admin, { includeInternal: true });
      return topics.map(({ name }) => name);
    });
  }

  /** @returns false where all of them existed. @throws KafkaJSAggregateError for other failures */
  createTopics(options: {
    validateOnly?: boolean;
    waitForLeaders?: boolean;
    timeout?: number;
    topics: ITopicConfig[];
  }): Promise<boolean> {
    return this.#call((admin) => createKafkaJsTopics(admin, options));
  }

  deleteTopics({ topics, timeout }: { topics: string[]; timeout?: number }): Promise<void> {
    return this.#call(async (admin) => {
      if (!Array.isArray(topics))
        throw new KafkaJSNonRetriableError(`Invalid topics array ${String(topics)}`);
      await deleteTopics(admin, topics, timeoutOf(timeout));
    });
  }

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

  /** With `resolveOffsets` there is nothing to resolve: what was set to an end of a partition is a real offset here. */
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

  fetchTopicOffsets(topic: string): Promise<(PartitionOffset & { high: string; low: string })[]> {
    return this.#call((admin) => fetchTopicOffsets(admin, topic));
  }

  fetchTopicOffsetsByTimestamp(topic: string, timestamp?: number): Promise<PartitionOffset[]> {
    return this.#call((admin) => fetchTopicOffsetsByTimestamp(admin, topic, timestamp));
  }

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

  setOffsets(options: { groupId: string; topic: string; partitions: PartitionOffset[] }): Promise<void> {
    const { groupId, topic, partitions } = options;
    return this.#call((admin) => setGroupOffsets(admin, groupId, topic, partitions));
  }

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

  describeConfigs({
    resources,
    includeSynonyms,
  }: {
    resources: ResourceConfigQuery[];
    includeSynonyms: boolean;
  }): Promise<DescribeConfigResponse> {
    return this.#call((admin) => describeKafkaJsConfigs(admin, resources, includeSynonyms));
  }

  alterConfigs({
    resources,
    validateOnly,
  }: {
    validateOnly: boolean;
    resources: IResourceConfig[];
  }): ReturnType<typeof alterKafkaJsConfigs> {
    return this.#call((admin) => alterKafkaJsConfigs(admin, resources, validateOnly));
  }

  listGroups(): Promise<{ groups: { groupId: string; protocolType: string }[] }> {
    return this.#call(async (admin) => {
      const groups = await listGroups(admin, {});
      return { groups: groups.map(({ groupId, protocolType }) => ({ groupId, protocolType })) };
    });
  }

  /** @throws KafkaJSDeleteGroupsError */
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

  describeGroups(groupIds: string[]): Promise<{ groups: GroupDescription[] }> {
    return this.#call(async (admin) => ({ groups: await describeRawGroups(admin, groupIds) }));
  }

  describeAcls(filter: AclFilter): Promise<DescribeAclResponse> {
    return this.#call((admin) => describeKafkaJsAcls(admin, filter));
  }

  deleteAcls({ filters }: { filters: AclFilter[] }): Promise<DeleteAclResponse> {
    return this.#call((admin) => deleteKafkaJsAcls(admin, filters));
  }

  createAcls({ acl }: { acl: AclEntry[] }): Promise<boolean> {
    return this.#call((admin) => createKafkaJsAcls(admin, acl));
  }

  /** Offset '-1' means all there is. @throws KafkaJSDeleteTopicRecordsError */
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

  alterPartitionReassignments({
    topics,
    timeout = DEFAULT_TIMEOUT_MS,
  }: {
    topics: PartitionReassignment[];
    timeout?: number;
  }): Promise<void> {
    return this.#call((admin) => alterReassignments(admin, topics, timeout));
  }

  listPartitionReassignments({
    topics,
    timeout = DEFAULT_TIMEOUT_MS,
  }: {
    topics?: TopicPartitions[];
    timeout?: number;
  } = {}): Promise<ListPartitionReassignmentsResult> {
    return this.#call((admin) => listReassignments(admin, topics, timeout));
  }

  on<Name extends keyof Payloads>(
    eventName: Name,
    listener: (event: InstrumentationEvent<Payloads[Name]>) => void,
  ): RemoveInstrumentationEventListener<Name> {
    return this.#instrumentation.on(eventName, listener);
  }

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
