import { nodeHost, silentLogger } from '@millrace/host';
import { Cluster } from '../cluster/cluster.ts';
import { settingsFromProperties } from '../cluster/settings-from-properties.ts';
import type { ListedOffset } from '../consumer/offsets/list-offsets.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import type { Metric } from '../observability/metrics-registry.ts';
import { parseProperties } from '../parse-properties.ts';
import { createAcls, deleteAcls, describeAcls } from './acl-operations.ts';
import type { Acl, AclFilter } from './acl.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { adminProperties, type AdminProperties } from './admin-properties.ts';
import {
  alterConfigs,
  describeConfigs,
  incrementalAlterConfigs,
  type AlterConfigsOptions,
  type DescribeConfigsOptions,
} from './config-operations.ts';
import type {
  ConfigChange,
  ConfigEntry,
  ConfigReplacement,
  ConfigResource,
  ConfigResourceType,
} from './config-resource.ts';
import { describeConsumerGroups, type ConsumerGroupDescription } from './describe-consumer-groups.ts';
import { describeShareGroups, type ShareGroupDescription } from './describe-share-groups.ts';
import { describeCluster, type ClusterDescription } from './describe-cluster.ts';
import {
  describeTopics,
  listTopics,
  type ListTopicsOptions,
  type TopicDescription,
  type TopicListing,
} from './describe-topics.ts';
import {
  alterConsumerGroupOffsets,
  deleteConsumerGroupOffsets,
  listConsumerGroupOffsets,
  type CommittedOffset,
  type ListGroupOffsetsOptions,
  type OffsetToCommit,
} from './group-offset-operations.ts';
import {
  deleteGroups,
  describeGroups,
  removeMembersFromGroup,
  type GroupDescription,
  type MemberToRemove,
  type RemoveMembersOptions,
} from './group-operations.ts';
import { listGroups, type GroupListing, type ListGroupsOptions } from './list-groups.ts';
import {
  deleteRecords,
  listOffsets,
  offsetsForLeaderEpochs,
  type EpochEndOffset,
  type LeaderEpochOfPartition,
  type ListOffsetsOptions,
  type OffsetSpecOfPartition,
  type RecordsToDelete,
} from './partition-operations.ts';
import {
  alterUserScramCredentials,
  describeUserScramCredentials,
  type ScramCredentialChange,
  type ScramCredentialInfo,
} from './scram-operations.ts';
import {
  alterShareGroupOffsets,
  deleteShareGroupOffsets,
  listShareGroupOffsets,
  type ListShareGroupOffsetsOptions,
  type ShareGroupOffset,
  type ShareGroupOffsetToSet,
} from './share-group-offset-operations.ts';
import {
  createDelegationToken,
  describeDelegationTokens,
  expireDelegationToken,
  renewDelegationToken,
  type CreateDelegationTokenOptions,
  type DelegationToken,
  type PrincipalName,
} from './delegation-token-operations.ts';
import { electLeaders, type ElectionType } from './election-operations.ts';
import {
  describeFeatures,
  updateFeatures,
  type FeatureDescription,
  type FeatureUpdate,
  type UpdateFeaturesOptions,
} from './feature-operations.ts';
import { listConfigResources } from './list-config-resources.ts';
import {
  alterReplicaLogDirs,
  describeLogDirs,
  type LogDirDescription,
  type ReplicaMove,
} from './log-dir-operations.ts';
import {
  abortTransaction,
  describeProducers,
  type HangingTransaction,
  type ProducerState,
} from './producer-operations.ts';
import {
  addRaftVoter,
  describeMetadataQuorum,
  removeRaftVoter,
  unregisterBroker,
  type NewVoter,
  type QuorumDescription,
  type Voter,
} from './quorum-operations.ts';
import {
  alterClientQuotas,
  describeClientQuotas,
  type AlterClientQuotasOptions,
  type ClientQuota,
  type QuotaChange,
  type QuotaFilter,
} from './quota-operations.ts';
import {
  alterPartitionReassignments,
  listPartitionReassignments,
  type AlterPartitionReassignmentsOptions,
  type OngoingReassignment,
  type PartitionReassignment,
} from './reassignment-operations.ts';
import {
  describeTransactions,
  fenceProducers,
  listTransactions,
  type FencedProducer,
  type ListTransactionsOptions,
  type TransactionDescription,
  type TransactionListing,
} from './transaction-operations.ts';
import {
  createPartitions,
  createTopics,
  deleteTopics,
  type CreatedTopic,
  type CreatePartitionsOptions,
  type CreateTopicsOptions,
  type NewPartitions,
  type NewTopic,
} from './topic-operations.ts';
import { clientOptionNames, type ClientOptions } from '../client-options.ts';
import { checkOptionNames } from '../option-checks.ts';

/** What is not a Kafka property. */
export type AdminOptions = ClientOptions;

/**
 * Looks at and changes a cluster: topics, configuration, offsets, groups.
 *
 * Calls about several things retry each of them until it succeeds, fails for good, or `default.api.timeout.ms` is
 * over. They resolve only if all succeeded; otherwise they reject with an `ItemsFailedError`, which holds the results
 * and the errors by item, and whose `code` is that of the failures if they are all alike.
 */
export class Admin {
  readonly #cluster: Cluster;
  readonly #context: AdminContext;

  /**
   * Connects when it first has something to do.
   * @throws InvalidPropertyError, InvalidConfigError, InvalidOptionError
   */
  constructor(properties: AdminProperties, options: AdminOptions = {}) {
    const logger = options.logger ?? silentLogger;
    checkOptionNames('Admin', options, Object.keys(clientOptionNames));
    const { values } = parseProperties('Admin', adminProperties, properties, options);
    const host = options.host ?? nodeHost();
    const settings = {
      host,
      logger,
      clientName: 'Admin',
      connection: options,
      allowAutoTopicCreation: false,
    };
    this.#cluster = new Cluster(settingsFromProperties(values, settings));
    this.#context = { cluster: this.#cluster, defaultTimeoutMs: values['default.api.timeout.ms'] };
  }

  /** @returns the created topics by name, with the partition counts that brokers chose */
  createTopics(
    topics: readonly NewTopic[],
    options: CreateTopicsOptions = {},
  ): Promise<Map<string, CreatedTopic>> {
    return createTopics(this.#context, topics, options);
  }

  deleteTopics(topics: readonly string[], options: AdminCallOptions = {}): Promise<void> {
    return deleteTopics(this.#context, topics, options);
  }

  /** Records with a key may land elsewhere than before: keys are placed by the number of partitions. */
  createPartitions(topics: readonly NewPartitions[], options: CreatePartitionsOptions = {}): Promise<void> {
    return createPartitions(this.#context, topics, options);
  }

  /** @returns all topics, by name in order */
  listTopics(options: ListTopicsOptions = {}): Promise<TopicListing[]> {
    return listTopics(this.#context, options);
  }

  describeTopics(
    topics: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, TopicDescription>> {
    return describeTopics(this.#context, topics, options);
  }

  describeCluster(options: AdminCallOptions = {}): Promise<ClusterDescription> {
    return describeCluster(this.#context, options);
  }

  /** @returns properties by name, by resource (`topic:orders`); `names` limits them */
  describeConfigs(
    resources: readonly (ConfigResource & { readonly names?: readonly string[] })[],
    options: DescribeConfigsOptions = {},
  ): Promise<Map<string, Map<string, ConfigEntry>>> {
    return describeConfigs(this.#context, resources, options);
  }

  /** Changes the named properties only. */
  incrementalAlterConfigs(
    changes: readonly ConfigChange[],
    options: AlterConfigsOptions = {},
  ): Promise<void> {
    return incrementalAlterConfigs(this.#context, changes, options);
  }

  /** Replaces all of a resource's values: those not named go back to their defaults. */
  alterConfigs(replacements: readonly ConfigReplacement[], options: AlterConfigsOptions = {}): Promise<void> {
    return alterConfigs(this.#context, replacements, options);
  }

  /** @returns by `topic-partition`; offset -1 where no record is that young */
  listOffsets(
    specs: readonly OffsetSpecOfPartition[],
    options: ListOffsetsOptions = {},
  ): Promise<Map<string, ListedOffset>> {
    return listOffsets(this.#context, specs, options);
  }

  /** @returns the new log start offsets by `topic-partition` */
  deleteRecords(
    records: readonly RecordsToDelete[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, number>> {
    return deleteRecords(this.#context, records, options);
  }

  /** Where leader epochs end, by `topic-partition` (KIP-101). */
  offsetsForLeaderEpochs(
    epochs: readonly LeaderEpochOfPartition[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, EpochEndOffset>> {
    return offsetsForLeaderEpochs(this.#context, epochs, options);
  }

  /** @returns the groups of all brokers, by id in order */
  listGroups(options: ListGroupsOptions = {}): Promise<GroupListing[]> {
    return listGroups(this.#context, options);
  }

  /** A group that does not exist fails with GROUP_ID_NOT_FOUND. */
  describeGroups(
    groupIds: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, GroupDescription>> {
    return describeGroups(this.#context, groupIds, options);
  }

  /**
   * Groups of consumers with epochs and targets, whichever protocol they speak. One that does not exist fails with
   * GROUP_ID_NOT_FOUND.
   */
  describeConsumerGroups(
    groupIds: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, ConsumerGroupDescription>> {
    return describeConsumerGroups(this.#context, groupIds, options);
  }

  /** Only groups without members can be deleted. */
  deleteGroups(groupIds: readonly string[], options: AdminCallOptions = {}): Promise<void> {
    return deleteGroups(this.#context, groupIds, options);
  }

  /** Makes members leave their group. */
  removeMembersFromGroup(
    groupId: string,
    members: readonly MemberToRemove[],
    options: RemoveMembersOptions = {},
  ): Promise<void> {
    return removeMembersFromGroup(this.#context, groupId, members, options);
  }

  /** What a group has committed; partitions without a committed offset are left out. */
  listConsumerGroupOffsets(
    groupId: string,
    options: ListGroupOffsetsOptions = {},
  ): Promise<CommittedOffset[]> {
    return listConsumerGroupOffsets(this.#context, groupId, options);
  }

  /** Sets where a group without members continues. */
  alterConsumerGroupOffsets(
    groupId: string,
    offsets: readonly OffsetToCommit[],
    options: AdminCallOptions = {},
  ): Promise<void> {
    return alterConsumerGroupOffsets(this.#context, groupId, offsets, options);
  }

  /** Forgets committed offsets of topics that the group is not subscribed to. */
  deleteConsumerGroupOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options: AdminCallOptions = {},
  ): Promise<void> {
    return deleteConsumerGroupOffsets(this.#context, groupId, partitions, options);
  }

  /** @returns the share groups of all brokers, by id in order */
  listShareGroups(options: Omit<ListGroupsOptions, 'types'> = {}): Promise<GroupListing[]> {
    return listGroups(this.#context, { ...options, types: ['share'] });
  }

  /** One that does not exist, or is of another kind, fails with GROUP_ID_NOT_FOUND. */
  describeShareGroups(
    groupIds: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, ShareGroupDescription>> {
    return describeShareGroups(this.#context, groupIds, options);
  }

  /** Where a share group is; partitions that it has not read yet are left out. */
  listShareGroupOffsets(
    groupId: string,
    options: ListShareGroupOffsetsOptions = {},
  ): Promise<ShareGroupOffset[]> {
    return listShareGroupOffsets(this.#context, groupId, options);
  }

  /** Sets where a share group without members goes on. */
  alterShareGroupOffsets(
    groupId: string,
    offsets: readonly ShareGroupOffsetToSet[],
    options: AdminCallOptions = {},
  ): Promise<void> {
    return alterShareGroupOffsets(this.#context, groupId, offsets, options);
  }

  /** Makes a share group without members forget where it was in these topics. */
  deleteShareGroupOffsets(
    groupId: string,
    topics: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<void> {
    return deleteShareGroupOffsets(this.#context, groupId, topics, options);
  }

  /** @returns the ACLs that match; all without a filter */
  describeAcls(filter: AclFilter = {}, options: AdminCallOptions = {}): Promise<Required<Acl>[]> {
    return describeAcls(this.#context, filter, options);
  }

  /** One that exists already is fine. */
  createAcls(acls: readonly Acl[], options: AdminCallOptions = {}): Promise<void> {
    return createAcls(this.#context, acls, options);
  }

  /** @returns what was deleted, by filter in the order given */
  deleteAcls(filters: readonly AclFilter[], options: AdminCallOptions = {}): Promise<Required<Acl>[][]> {
    return deleteAcls(this.#context, filters, options);
  }

  /** What users can authenticate by, by user; all users without a list. */
  describeUserScramCredentials(
    users?: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, ScramCredentialInfo[]>> {
    return describeUserScramCredentials(this.#context, users, options);
  }

  /** Sets passwords, which are salted and hashed here and do not leave this process; or removes credentials. */
  alterUserScramCredentials(
    changes: readonly ScramCredentialChange[],
    options: AdminCallOptions = {},
  ): Promise<void> {
    return alterUserScramCredentials(this.#context, changes, options);
  }

  /** What has configuration of its own, of these kinds; of all kinds without a list. */
  listConfigResources(
    types: readonly ConfigResourceType[] = [],
    options: AdminCallOptions = {},
  ): Promise<ConfigResource[]> {
    return listConfigResources(this.#context, types, options);
  }

  /** The quotas of all entities that match; of all there are without a filter. */
  describeClientQuotas(
    filter: QuotaFilter = { components: [] },
    options: AdminCallOptions = {},
  ): Promise<ClientQuota[]> {
    return describeClientQuotas(this.#context, filter, options);
  }

  /** Sets and removes quotas of users, client ids and addresses. */
  alterClientQuotas(changes: readonly QuotaChange[], options: AlterClientQuotasOptions = {}): Promise<void> {
    return alterClientQuotas(this.#context, changes, options);
  }

  /** @returns by `topic-partition`, whether the leader changed. Without partitions: wherever it is needed. */
  electLeaders(
    type: ElectionType,
    partitions?: readonly TopicPartition[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, boolean>> {
    return electLeaders(this.#context, type, partitions, options);
  }

  /** Begins to move partitions to other brokers; `listPartitionReassignments` tells when that is done (KIP-455). */
  alterPartitionReassignments(
    reassignments: readonly PartitionReassignment[],
    options: AlterPartitionReassignmentsOptions = {},
  ): Promise<void> {
    return alterPartitionReassignments(this.#context, reassignments, options);
  }

  /** The partitions that are on their way, of those given, or of all. */
  listPartitionReassignments(
    partitions?: readonly TopicPartition[],
    options: AdminCallOptions = {},
  ): Promise<OngoingReassignment[]> {
    return listPartitionReassignments(this.#context, partitions, options);
  }

  /** @returns the log directories by broker id, with what is in them */
  describeLogDirs(
    brokerIds: readonly number[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, LogDirDescription[]>> {
    return describeLogDirs(this.#context, brokerIds, options);
  }

  /** Begins to move replicas to other directories of their brokers; `describeLogDirs` shows how far they are. */
  alterReplicaLogDirs(moves: readonly ReplicaMove[], options: AdminCallOptions = {}): Promise<void> {
    return alterReplicaLogDirs(this.#context, moves, options);
  }

  /** The transactions of all coordinators, by broker id. */
  listTransactions(options: ListTransactionsOptions = {}): Promise<Map<number, TransactionListing[]>> {
    return listTransactions(this.#context, options);
  }

  /** @returns by transactional id */
  describeTransactions(
    transactionalIds: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, TransactionDescription>> {
    return describeTransactions(this.#context, transactionalIds, options);
  }

  /** Ends producers that use these transactional ids, and aborts what they have begun. */
  fenceProducers(
    transactionalIds: readonly string[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, FencedProducer>> {
    return fenceProducers(this.#context, transactionalIds, options);
  }

  /** @returns by `topic-partition`, the idempotent and transactional producers it remembers */
  describeProducers(
    partitions: readonly TopicPartition[],
    options: AdminCallOptions = {},
  ): Promise<Map<string, ProducerState[]>> {
    return describeProducers(this.#context, partitions, options);
  }

  /** Aborts a transaction that hangs in one partition, since its coordinator does not know of it (KIP-664). */
  abortTransaction(transaction: HangingTransaction, options: AdminCallOptions = {}): Promise<void> {
    return abortTransaction(this.#context, transaction, options);
  }

  /** Feature levels that the cluster runs, and those the asked broker could. */
  describeFeatures(options: AdminCallOptions = {}): Promise<FeatureDescription> {
    return describeFeatures(this.#context, options);
  }

  updateFeatures(updates: readonly FeatureUpdate[], options: UpdateFeaturesOptions = {}): Promise<void> {
    return updateFeatures(this.#context, updates, options);
  }

  /** The controllers and brokers as the leader of the metadata log sees them. */
  describeMetadataQuorum(options: AdminCallOptions = {}): Promise<QuorumDescription> {
    return describeMetadataQuorum(this.#context, options);
  }

  /** Makes a controller that follows the metadata log one that votes (KIP-853). */
  addRaftVoter(voter: NewVoter, options: AdminCallOptions = {}): Promise<void> {
    return addRaftVoter(this.#context, voter, options);
  }

  removeRaftVoter(voter: Voter, options: AdminCallOptions = {}): Promise<void> {
    return removeRaftVoter(this.#context, voter, options);
  }

  /** Forgets a broker that will not come back. */
  unregisterBroker(brokerId: number, options: AdminCallOptions = {}): Promise<void> {
    return unregisterBroker(this.#context, brokerId, options);
  }

  /** A token that stands for a user who is authenticated already (KIP-48). */
  createDelegationToken(options: CreateDelegationTokenOptions = {}): Promise<DelegationToken> {
    return createDelegationToken(this.#context, options);
  }

  /** @returns when it expires now, in milliseconds since 1970 */
  renewDelegationToken(
    hmac: Buffer,
    options: AdminCallOptions & { readonly renewPeriodMs?: number } = {},
  ): Promise<number> {
    return renewDelegationToken(this.#context, hmac, options);
  }

  /** At once without `expiryPeriodMs`. @returns when it expires, in milliseconds since 1970 */
  expireDelegationToken(
    hmac: Buffer,
    options: AdminCallOptions & { readonly expiryPeriodMs?: number } = {},
  ): Promise<number> {
    return expireDelegationToken(this.#context, hmac, options);
  }

  describeDelegationTokens(
    owners?: readonly PrincipalName[],
    options: AdminCallOptions = {},
  ): Promise<DelegationToken[]> {
    return describeDelegationTokens(this.#context, owners, options);
  }

  /** What Kafka's admin client measures, by Kafka's names; see the reference page of client metrics. */
  metrics(): Metric[] {
    return this.#cluster.settings.instruments?.registry.snapshot() ?? [];
  }

  /** Ends the client; calls under way are rejected. A second call joins the first. */
  close(): Promise<void> {
    return this.#cluster.close({ drain: false });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
