/**
 * Producer, Consumer and Admin for Apache Kafka and everything that speaks its protocol.
 *
 * ```ts
 * import { Producer } from '@millrace/client';
 *
 * await using producer = new Producer({ 'bootstrap.servers': '127.0.0.1:9092' });
 * const { partition, offset } = await producer.send({ topic: 'orders', key: 'order-1', value: 'created' });
 * console.log(`order-1 is at offset ${offset} of partition ${partition}`);
 * ```
 *
 * @packageDocumentation
 */

// Producer.
export { Producer } from './producer/producer.ts';
export type { CloseOptions, ProducerOptions, SendOptions } from './producer/producer-options.ts';
export { producerProperties, type ProducerProperties } from './producer/producer-properties.ts';
export type { ProducerBytes, ProducerRecord, RecordMetadata } from './producer/producer-record.ts';
export type { TransactionScope } from './producer/transaction/transaction-scope.ts';
export type { PartitionAvailability, Partitioner } from './producer/partitioner.ts';
export type { ProducerInterceptor } from './producer/producer-interceptors.ts';
export { keyPartition } from './producer/key-partition.ts';
export { murmur2 } from './producer/murmur2.ts';

// Admin.
export { Admin, type AdminOptions } from './admin/admin.ts';
export { adminProperties, type AdminProperties } from './admin/admin-properties.ts';
export type { AdminCallOptions } from './admin/admin-context.ts';
export {
  aclOperations,
  aclText,
  type Acl,
  type AclFilter,
  type AclOperation,
  type AclResourceType,
} from './admin/acl.ts';
export type { ScramCredentialChange, ScramCredentialInfo } from './admin/scram-operations.ts';
export { ItemsFailedError } from './admin/items-failed-error.ts';
export type {
  CreatedTopic,
  CreatePartitionsOptions,
  CreateTopicsOptions,
  NewPartitions,
  NewTopic,
} from './admin/topic-operations.ts';
export type {
  ListTopicsOptions,
  PartitionDescription,
  TopicDescription,
  TopicListing,
} from './admin/describe-topics.ts';
export type { BrokerDescription, ClusterDescription } from './admin/describe-cluster.ts';
export type { AlterConfigsOptions, DescribeConfigsOptions } from './admin/config-operations.ts';
export {
  resourceKey,
  type ConfigChange,
  type ConfigEntry,
  type ConfigOperation,
  type ConfigReplacement,
  type ConfigResource,
  type ConfigResourceType,
  type ConfigSource,
  type ConfigSynonym,
  type ConfigValueType,
} from './admin/config-resource.ts';
export type {
  EpochEndOffset,
  LeaderEpochOfPartition,
  ListOffsetsOptions,
  OffsetSpec,
  OffsetSpecOfPartition,
  RecordsToDelete,
} from './admin/partition-operations.ts';
export type {
  ConsumerGroupDescription,
  ConsumerGroupMemberDescription,
} from './admin/describe-consumer-groups.ts';
export type { GroupListing, ListGroupsOptions } from './admin/list-groups.ts';
export type {
  GroupDescription,
  GroupMemberDescription,
  MemberToRemove,
  RemoveMembersOptions,
} from './admin/group-operations.ts';
export type {
  CommittedOffset,
  ListGroupOffsetsOptions,
  OffsetToCommit,
} from './admin/group-offset-operations.ts';
export type { ShareGroupDescription, ShareGroupMemberDescription } from './admin/describe-share-groups.ts';
export type {
  ListShareGroupOffsetsOptions,
  ShareGroupOffset,
  ShareGroupOffsetToSet,
} from './admin/share-group-offset-operations.ts';
export type {
  CreateDelegationTokenOptions,
  DelegationToken,
  PrincipalName,
} from './admin/delegation-token-operations.ts';
export type { ElectionType } from './admin/election-operations.ts';
export type {
  FeatureDescription,
  FeatureUpdate,
  LevelRange,
  UpdateFeaturesOptions,
} from './admin/feature-operations.ts';
export type { LogDirDescription, LogDirReplica, ReplicaMove } from './admin/log-dir-operations.ts';
export type { HangingTransaction, ProducerState } from './admin/producer-operations.ts';
export type {
  NewVoter,
  QuorumDescription,
  QuorumEndpoint,
  QuorumReplica,
  Voter,
} from './admin/quorum-operations.ts';
export type {
  AlterClientQuotasOptions,
  ClientQuota,
  QuotaChange,
  QuotaEntity,
  QuotaEntityType,
  QuotaFilter,
  QuotaName,
} from './admin/quota-operations.ts';
export type {
  AlterPartitionReassignmentsOptions,
  OngoingReassignment,
  PartitionReassignment,
} from './admin/reassignment-operations.ts';
export type {
  FencedProducer,
  ListTransactionsOptions,
  TransactionDescription,
  TransactionListing,
} from './admin/transaction-operations.ts';
export { partitionKey } from './consumer/topic-partition.ts';

// Serdes and typed topics.
export type { Deserializer, Serde, SerdeContext, SerdeHeader, Serializer } from './serde/serde.ts';
export { serdes, type BytesSerde } from './serde/built-in-serdes.ts';
export { nullable } from './serde/nullable.ts';
export {
  standardSchema,
  type SchemaInput,
  type SchemaOutput,
  type StandardIssue,
  type StandardResult,
  type StandardSchema,
} from './serde/standard-schema.ts';
export {
  DeserializationError,
  SerializationError,
  serdeErrors,
  ValidationError,
  type RecordPart,
  type ValidationIssue,
} from './serde/serde-errors.ts';
export {
  Topic,
  topic,
  type AnyTopic,
  type RecordOf,
  type TopicOptions,
  type TopicRecord,
  type TopicRecordInput,
  type TypedRecord,
} from './topic/topic.ts';
export type { TopicProducer, TopicSendOptions } from './topic/topic-producer.ts';
export type { InvalidRecordPolicy, TopicConsumer } from './topic/topic-consumer.ts';
export type {
  InvalidSharedRecordPolicy,
  ShareRecordOf,
  ShareTopicConsumer,
} from './topic/share-topic-consumer.ts';

// All clients.
export type { ClientOptions } from './client-options.ts';

// Connections.
export type { ConnectionOptions, OauthToken, SaslOptions, SocketFactory } from './security/sasl-options.ts';

// Observability.
export { channelDefinitions } from './observability/channels.ts';
export type { Metric } from './observability/metrics-registry.ts';
export type { JourneyStep, RecordTrace } from './observability/record-journey.ts';
export type {
  AnsweredRequestEvent,
  ClientObserver,
  LostRequestEvent,
  RequestEvent,
} from './observability/client-observer.ts';

// Errors of all clients, and what a broker answers with.
export { KafkaError, MillraceError } from '@millrace/protocol';
export {
  AuthenticationError,
  BadResponseError,
  BufferExhaustedError,
  ClientClosedError,
  clientErrors,
  ConnectionError,
  DeliveryTimeoutError,
  DisconnectedError,
  InvalidConfigError,
  InvalidOptionError,
  InvalidRecordError,
  PartialSendError,
  RecordTooLargeError,
  RequestTimeoutError,
  TimeoutError,
  TlsError,
  TransactionAbortableError,
  TransactionFatalError,
  TransactionStateError,
  UnknownTopicError,
  UnsupportedVersionError,
} from './errors.ts';
export type { PartitionMetadata } from './cluster/metadata-cache.ts';

// Consumer.
export { Consumer, type TopicSubscribeOptions } from './consumer/consumer.ts';
export type { OffsetOfPartition } from './consumer/offset-of-partition.ts';
export type { WaitOptions } from './consumer/wait-options.ts';
export type { ConsumerInterceptor } from './consumer/consumer-interceptors.ts';
export type { ErrorDecision, ErrorPolicy, RecordContext, RunOptions } from './consumer/run/run-options.ts';
export { RecordFailedError, runErrors, type RecordLocation } from './consumer/run/run-errors.ts';
export type { RetryOptions, RetryTopicCreation } from './retry/retry-options.ts';
export {
  failureHeaders,
  readOrigin,
  withoutFailureHeaders,
  type FailedRecordOrigin,
} from './retry/failure-headers.ts';
export { consumerProperties, type ConsumerProperties } from './consumer/consumer-properties.ts';
export type { ConsumerOptions } from './consumer/consumer-settings.ts';
export { SubscriptionPattern } from './consumer/subscription/subscription-pattern.ts';
export type { ConsumerGroupMetadata } from './consumer/consumer-group-metadata.ts';
export type { ConsumerRecord } from './consumer/consumer-record.ts';
export type { RebalanceListener } from './consumer/group/rebalance-listener.ts';
export type { OffsetAndMetadata } from './consumer/offsets/offset-and-metadata.ts';
export type { ListedOffset, OffsetQuery } from './consumer/offsets/list-offsets.ts';
export type { TopicPartition } from './consumer/topic-partition.ts';
export type {
  Assignor,
  GroupAssignment,
  MemberSubscription,
  PreviousAssignment,
  RebalanceProtocol,
} from './consumer/assignors/assignor.ts';
export {
  CommitFailedError,
  consumerErrors,
  ConsumerStateError,
  CorruptRecordsError,
  GroupRefusedError,
  LogTruncatedError,
  NoOffsetError,
  NotAssignedError,
  OffsetOutOfRangeError,
  WakeupError,
} from './consumer/consumer-errors.ts';

// Share consumer.
export { ShareConsumer } from './share-consumer/share-consumer.ts';
export {
  shareConsumerProperties,
  type ShareConsumerProperties,
} from './share-consumer/share-consumer-properties.ts';
export type { ShareConsumerOptions } from './share-consumer/share-consumer-settings.ts';
export type { ShareRecord } from './share-consumer/share-record.ts';
export type {
  SharedRecordLocation,
  ShareErrorDecision,
  ShareErrorPolicy,
  ShareRecordContext,
  ShareRunOptions,
} from './share-consumer/share-run.ts';
export type { AcknowledgeType } from './share-consumer/acknowledge/acknowledge-type.ts';
export type { AcknowledgeResult } from './share-consumer/acknowledge/acknowledge-result.ts';

// Groups of other things than consumers.
export { GroupParticipant, type GroupParticipantOptions } from './group-member/group-participant.ts';
export {
  groupParticipantProperties,
  type GroupParticipantProperties,
} from './group-member/group-participant-properties.ts';
export type {
  GroupMembershipInfo,
  GroupProtocol,
  GroupProtocolOffer,
  GroupRound,
  GroupRoundMember,
} from './group-member/group-protocol.ts';
