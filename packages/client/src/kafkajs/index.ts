/**
 * kafkajs's API on top of this package: change the import, keep the program.
 *
 * ```ts
 * import { Kafka, logLevel } from '@millrace/client/kafkajs';
 *
 * const kafka = new Kafka({ clientId: 'shop', brokers: ['127.0.0.1:9092'], logLevel: logLevel.ERROR });
 * const producer = kafka.producer();
 * await producer.connect();
 * const [sent] = await producer.send({ topic: 'orders', messages: [{ key: 'order-1', value: 'created' }] });
 * console.log(`the first offset is ${sent?.baseOffset}`);
 * await producer.disconnect();
 * ```
 *
 * @packageDocumentation
 */

export { Kafka } from './kafka.ts';
export type { ISocketFactory, KafkaConfig, RetryOptions, SASLOptions, SslOptions } from './kafka-config.ts';

// Clients.
export type { Producer, ProducerConfig } from './kafkajs-producer.ts';
export type { Transaction } from './transaction.ts';
export type { Consumer, ConsumerSubscribeTopic, ConsumerSubscribeTopics } from './kafkajs-consumer.ts';
export type { ConsumerConfig } from './consumer-options.ts';
export type {
  Admin,
  AdminConfig,
  DeleteGroupsResult,
  ITopicMetadata,
  ITopicPartitionConfig,
} from './kafkajs-admin.ts';
export type { ITopicConfig } from './create-topics.ts';

// Constants.
export {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  CompressionTypes,
  ConfigResourceTypes,
  ConfigSource,
  logLevel,
  ResourcePatternTypes,
} from './constants.ts';
export { CompressionCodecs } from './compression-codecs.ts';
export { Partitioners, type ICustomPartitioner, type PartitionerArgs } from './partitioners.ts';
export {
  PartitionAssigners,
  type Assigner,
  type AssignerCluster,
  type GroupMember,
  type GroupMemberAssignment,
  type PartitionAssigner,
} from './partition-assigners.ts';
export { AssignerProtocol, type MemberAssignment, type MemberMetadata } from './assigner-protocol.ts';

// Shapes.
export type {
  Batch,
  ConsumerRunConfig,
  EachBatchHandler,
  EachBatchPayload,
  EachMessageHandler,
  EachMessagePayload,
  IHeaders,
  KafkaMessage,
  Message,
  Offsets,
  PartitionMetadata,
  PartitionOffset,
  ProducerBatch,
  ProducerRecord,
  RecordMetadata,
  TopicMessages,
  TopicOffsets,
  TopicPartitionOffset,
  TopicPartitionOffsetAndMetadata,
  TopicPartitions,
} from './kafkajs-types.ts';
export type {
  Acl,
  AclEntry,
  AclFilter,
  AclResource,
  DeleteAclResponse,
  DescribeAclResponse,
} from './admin-acls.ts';
export type {
  ConfigEntries,
  DescribeConfigResponse,
  IResourceConfig,
  IResourceConfigEntry,
  ResourceConfigQuery,
} from './admin-configs.ts';
export type { FetchOffsetsPartition } from './admin-offsets.ts';
export type { ConsumerGroupState, GroupDescription, MemberDescription } from './describe-raw-groups.ts';
export type { ListPartitionReassignmentsResult, PartitionReassignment } from './partition-reassignments.ts';
export type { BatchProcessPayload, ConsumerPayloads } from './consumer-events.ts';
export type { InstrumentationEvent, RemoveInstrumentationEventListener } from './instrumentation.ts';
export type { LogEntry, logCreator, Logger, LoggerEntryContent } from './kafkajs-logger.ts';

// Errors.
export {
  KafkaJSAggregateError,
  KafkaJSAlterPartitionReassignmentsError,
  KafkaJSBrokerNotFound,
  KafkaJSConnectionClosedError,
  KafkaJSConnectionError,
  KafkaJSCreateTopicError,
  KafkaJSDeleteGroupsError,
  KafkaJSDeleteTopicRecordsError,
  KafkaJSError,
  KafkaJSGroupCoordinatorNotFound,
  KafkaJSLockTimeout,
  KafkaJSMetadataNotLoaded,
  KafkaJSNonRetriableError,
  KafkaJSNotImplemented,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSOffsetOutOfRange,
  KafkaJSPartialMessageError,
  KafkaJSProtocolError,
  KafkaJSRequestTimeoutError,
  KafkaJSSASLAuthenticationError,
  KafkaJSServerDoesNotSupportApiKey,
  KafkaJSStaleTopicMetadataAssignment,
  KafkaJSTimeout,
  KafkaJSTopicMetadataNotLoaded,
  KafkaJSUnsupportedMagicByteInMessageSet,
} from './kafkajs-errors.ts';
