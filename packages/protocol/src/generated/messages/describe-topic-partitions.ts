// Generated from definitions/apis/75-describe-topic-partitions.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes topics page by page.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeTopicPartitions (API key 75), version 0.
 * Describes topics page by page.
 */
export interface DescribeTopicPartitionsRequest {
  topics: DescribeTopicPartitionsRequestTopicRequest[];
  responsePartitionLimit: number;
  cursor: DescribeTopicPartitionsRequestCursor | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsRequestInput {
  readonly topics: readonly DescribeTopicPartitionsRequestTopicRequestInput[];
  readonly responsePartitionLimit?: number | undefined;
  readonly cursor?: DescribeTopicPartitionsRequestCursorInput | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsRequestCursor {
  topicName: string;
  partitionIndex: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsRequestCursorInput {
  readonly topicName: string;
  readonly partitionIndex: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsRequestTopicRequest {
  name: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsRequestTopicRequestInput {
  readonly name: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeTopicPartitions (API key 75), version 0.
 * Describes topics page by page.
 */
export const DescribeTopicPartitionsRequest: MessageCodec<DescribeTopicPartitionsRequest, DescribeTopicPartitionsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeTopicPartitionsRequest',
  apiKey: 75,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeTopicPartitionsRequest,
  write: writeDescribeTopicPartitionsRequest,
  create: (partial) => ({ ...createDescribeTopicPartitionsRequest(), ...partial }),
});

function readDescribeTopicPartitionsRequestTopicRequest(
  reader: WireReader,
  _version: number,
): DescribeTopicPartitionsRequestTopicRequest {
  const name = reader.string(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    unknownTaggedFields,
  };
}

function writeDescribeTopicPartitionsRequestTopicRequest(
  writer: WireWriter,
  message: DescribeTopicPartitionsRequestTopicRequestInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeTopicPartitionsRequestCursor(
  reader: WireReader,
  _version: number,
): DescribeTopicPartitionsRequestCursor {
  const topicName = reader.string(true);
  const partitionIndex = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitionIndex,
    unknownTaggedFields,
  };
}

function writeDescribeTopicPartitionsRequestCursor(
  writer: WireWriter,
  message: DescribeTopicPartitionsRequestCursorInput,
  _version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'cursor.topicName');
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'cursor.partitionIndex');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeTopicPartitionsRequest(
  reader: WireReader,
  version: number,
): DescribeTopicPartitionsRequest {
  const topicsCount = reader.arrayLength(true, 2);
  const topics = new Array<DescribeTopicPartitionsRequestTopicRequest>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeTopicPartitionsRequestTopicRequest(reader, version);
  }
  const responsePartitionLimit = reader.int32();
  const cursor = (reader.int8() < 0 ? null : readDescribeTopicPartitionsRequestCursor(reader, version));
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topics,
    responsePartitionLimit,
    cursor,
    unknownTaggedFields,
  };
}

function writeDescribeTopicPartitionsRequest(
  writer: WireWriter,
  message: DescribeTopicPartitionsRequestInput,
  version: number,
): void {
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeTopicPartitionsRequestTopicRequest(writer, topics[i]!, version);
  }
  const responsePartitionLimit =
    message.responsePartitionLimit === undefined ? 2000 : message.responsePartitionLimit;
  writer.int32(responsePartitionLimit, 'responsePartitionLimit');
  const cursor = message.cursor === undefined ? null : message.cursor;
  if (cursor === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeDescribeTopicPartitionsRequestCursor(writer, cursor, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeTopicPartitionsRequest(): DescribeTopicPartitionsRequest {
  return {
    topics: [],
    responsePartitionLimit: 2000,
    cursor: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeTopicPartitions (API key 75), version 0.
 * Describes topics page by page.
 */
export interface DescribeTopicPartitionsResponse {
  throttleTimeMs: number;
  topics: DescribeTopicPartitionsResponseTopic[];
  nextCursor: DescribeTopicPartitionsResponseCursor | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly topics: readonly DescribeTopicPartitionsResponseTopicInput[];
  readonly nextCursor?: DescribeTopicPartitionsResponseCursorInput | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsResponseCursor {
  topicName: string;
  partitionIndex: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsResponseCursorInput {
  readonly topicName: string;
  readonly partitionIndex: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsResponseTopic {
  errorCode: number;
  name: string | null;
  topicId: string;
  isInternal: boolean;
  partitions: DescribeTopicPartitionsResponsePartition[];
  topicAuthorizedOperations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsResponseTopicInput {
  readonly errorCode: number;
  readonly name: string | null;
  readonly topicId?: string | undefined;
  readonly isInternal?: boolean | undefined;
  readonly partitions: readonly DescribeTopicPartitionsResponsePartitionInput[];
  readonly topicAuthorizedOperations?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsResponsePartition {
  errorCode: number;
  partitionIndex: number;
  leaderId: number;
  leaderEpoch: number;
  replicaNodes: number[];
  isrNodes: number[];
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  offlineReplicas: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeTopicPartitionsResponsePartitionInput {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch?: number | undefined;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly eligibleLeaderReplicas?: readonly number[] | null | undefined;
  readonly lastKnownElr?: readonly number[] | null | undefined;
  readonly offlineReplicas?: readonly number[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeTopicPartitions (API key 75), version 0.
 * Describes topics page by page.
 */
export const DescribeTopicPartitionsResponse: MessageCodec<DescribeTopicPartitionsResponse, DescribeTopicPartitionsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeTopicPartitionsResponse',
  apiKey: 75,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeTopicPartitionsResponse,
  write: writeDescribeTopicPartitionsResponse,
  create: (partial) => ({ ...createDescribeTopicPartitionsResponse(), ...partial }),
});

function readDescribeTopicPartitionsResponsePartition(
  reader: WireReader,
  _version: number,
): DescribeTopicPartitionsResponsePartition {
  const errorCode = reader.int16();
  const partitionIndex = reader.int32();
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const replicaNodesCount = reader.arrayLength(true, 4);
  const replicaNodes = reader.int32Elements(replicaNodesCount);
  const isrNodesCount = reader.arrayLength(true, 4);
  const isrNodes = reader.int32Elements(isrNodesCount);
  const eligibleLeaderReplicasCount = reader.nullableArrayLength(true, 4);
  let eligibleLeaderReplicas: number[] | null = null;
  if (eligibleLeaderReplicasCount >= 0) {
    eligibleLeaderReplicas = reader.int32Elements(eligibleLeaderReplicasCount);
  }
  const lastKnownElrCount = reader.nullableArrayLength(true, 4);
  let lastKnownElr: number[] | null = null;
  if (lastKnownElrCount >= 0) {
    lastKnownElr = reader.int32Elements(lastKnownElrCount);
  }
  const offlineReplicasCount = reader.arrayLength(true, 4);
  const offlineReplicas = reader.int32Elements(offlineReplicasCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    errorCode,
    partitionIndex,
    leaderId,
    leaderEpoch,
    replicaNodes,
    isrNodes,
    eligibleLeaderReplicas,
    lastKnownElr,
    offlineReplicas,
    unknownTaggedFields,
  };
}

function writeDescribeTopicPartitionsResponsePartition(
  writer: WireWriter,
  message: DescribeTopicPartitionsResponsePartitionInput,
  _version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'topics.partitions.leaderId');
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  const replicaNodes = message.replicaNodes;
  const replicaNodesCount = writer.arrayLength(replicaNodes, true, 'topics.partitions.replicaNodes');
  for (let i = 0; i < replicaNodesCount; i++) {
    writer.int32(replicaNodes[i]!, 'topics.partitions.replicaNodes');
  }
  const isrNodes = message.isrNodes;
  const isrNodesCount = writer.arrayLength(isrNodes, true, 'topics.partitions.isrNodes');
  for (let i = 0; i < isrNodesCount; i++) {
    writer.int32(isrNodes[i]!, 'topics.partitions.isrNodes');
  }
  const eligibleLeaderReplicas =
    message.eligibleLeaderReplicas === undefined ? null : message.eligibleLeaderReplicas;
  if (eligibleLeaderReplicas === null) {
    writer.nullArray(true);
  } else {
    const eligibleLeaderReplicasCount =
      writer.arrayLength(eligibleLeaderReplicas, true, 'topics.partitions.eligibleLeaderReplicas');
    for (let i = 0; i < eligibleLeaderReplicasCount; i++) {
      writer.int32(eligibleLeaderReplicas[i]!, 'topics.partitions.eligibleLeaderReplicas');
    }
  }
  const lastKnownElr = message.lastKnownElr === undefined ? null : message.lastKnownElr;
  if (lastKnownElr === null) {
    writer.nullArray(true);
  } else {
    const lastKnownElrCount = writer.arrayLength(lastKnownElr, true, 'topics.partitions.lastKnownElr');
    for (let i = 0; i < lastKnownElrCount; i++) {
      writer.int32(lastKnownElr[i]!, 'topics.partitions.lastKnownElr');
    }
  }
  const offlineReplicas = message.offlineReplicas === undefined ? [] : message.offlineReplicas;
  const offlineReplicasCount = writer.arrayLength(offlineReplicas, true, 'topics.partitions.offlineReplicas');
  for (let i = 0; i < offlineReplicasCount; i++) {
    writer.int32(offlineReplicas[i]!, 'topics.partitions.offlineReplicas');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeTopicPartitionsResponseTopic(
  reader: WireReader,
  version: number,
): DescribeTopicPartitionsResponseTopic {
  const errorCode = reader.int16();
  const name = reader.nullableString(true);
  const topicId = reader.uuid();
  const isInternal = reader.boolean();
  const partitionsCount = reader.arrayLength(true, 20);
  const partitions = new Array<DescribeTopicPartitionsResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDescribeTopicPartitionsResponsePartition(reader, version);
  }
  const topicAuthorizedOperations = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    errorCode,
    name,
    topicId,
    isInternal,
    partitions,
    topicAuthorizedOperations,
    unknownTaggedFields,
  };
}

function writeDescribeTopicPartitionsResponseTopic(
  writer: WireWriter,
  message: DescribeTopicPartitionsResponseTopicInput,
  version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.errorCode');
  const name = message.name;
  writer.nullableString(name, true, 'topics.name');
  const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const isInternal = message.isInternal === undefined ? false : message.isInternal;
  writer.boolean(isInternal, 'topics.isInternal');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDescribeTopicPartitionsResponsePartition(writer, partitions[i]!, version);
  }
  const topicAuthorizedOperations =
    message.topicAuthorizedOperations === undefined ? -2147483648 : message.topicAuthorizedOperations;
  writer.int32(topicAuthorizedOperations, 'topics.topicAuthorizedOperations');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeTopicPartitionsResponseCursor(
  reader: WireReader,
  _version: number,
): DescribeTopicPartitionsResponseCursor {
  const topicName = reader.string(true);
  const partitionIndex = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitionIndex,
    unknownTaggedFields,
  };
}

function writeDescribeTopicPartitionsResponseCursor(
  writer: WireWriter,
  message: DescribeTopicPartitionsResponseCursorInput,
  _version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'nextCursor.topicName');
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'nextCursor.partitionIndex');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeTopicPartitionsResponse(
  reader: WireReader,
  version: number,
): DescribeTopicPartitionsResponse {
  const throttleTimeMs = reader.int32();
  const topicsCount = reader.arrayLength(true, 26);
  const topics = new Array<DescribeTopicPartitionsResponseTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeTopicPartitionsResponseTopic(reader, version);
  }
  const nextCursor = (reader.int8() < 0 ? null : readDescribeTopicPartitionsResponseCursor(reader, version));
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    topics,
    nextCursor,
    unknownTaggedFields,
  };
}

function writeDescribeTopicPartitionsResponse(
  writer: WireWriter,
  message: DescribeTopicPartitionsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeTopicPartitionsResponseTopic(writer, topics[i]!, version);
  }
  const nextCursor = message.nextCursor === undefined ? null : message.nextCursor;
  if (nextCursor === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeDescribeTopicPartitionsResponseCursor(writer, nextCursor, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeTopicPartitionsResponse(): DescribeTopicPartitionsResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    nextCursor: null,
    unknownTaggedFields: undefined,
  };
}
