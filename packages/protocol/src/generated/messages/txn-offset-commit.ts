// Generated from definitions/apis/28-txn-offset-commit.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Stores the positions of a group as part of a transaction.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of TxnOffsetCommit (API key 28), versions 0 to 6.
 * Stores the positions of a group as part of a transaction.
 */
export interface TxnOffsetCommitRequest {
  transactionalId: string;
  groupId: string;
  producerId: number;
  producerEpoch: number;
  generationIdOrMemberEpoch: number;
  memberId: string;
  groupInstanceId: string | null;
  topics: TxnOffsetCommitRequestTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitRequestInput {
  readonly transactionalId: string;
  readonly groupId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly generationIdOrMemberEpoch?: number | undefined;
  readonly memberId?: string | undefined;
  readonly groupInstanceId?: string | null | undefined;
  readonly topics: readonly TxnOffsetCommitRequestTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitRequestTopic {
  name: string;
  topicId: string;
  partitions: TxnOffsetCommitRequestPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitRequestTopicInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly TxnOffsetCommitRequestPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  committedMetadata: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitRequestPartitionInput {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch?: number | undefined;
  readonly committedMetadata: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of TxnOffsetCommit (API key 28), versions 0 to 6.
 * Stores the positions of a group as part of a transaction.
 */
export const TxnOffsetCommitRequest: MessageCodec<TxnOffsetCommitRequest, TxnOffsetCommitRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'TxnOffsetCommitRequest',
  apiKey: 28,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readTxnOffsetCommitRequest,
  write: writeTxnOffsetCommitRequest,
  create: (partial) => ({ ...createTxnOffsetCommitRequest(), ...partial }),
});

function readTxnOffsetCommitRequestPartition(
  reader: WireReader,
  version: number,
): TxnOffsetCommitRequestPartition {
  const flexible = version >= 3;
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = version >= 2 ? reader.int32() : -1;
  const committedMetadata = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    committedOffset,
    committedLeaderEpoch,
    committedMetadata,
    unknownTaggedFields,
  };
}

function writeTxnOffsetCommitRequestPartition(
  writer: WireWriter,
  message: TxnOffsetCommitRequestPartitionInput,
  version: number,
): void {
  const flexible = version >= 3;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const committedOffset = message.committedOffset;
  writer.int64(committedOffset, 'topics.partitions.committedOffset');
  if (version >= 2) {
    const committedLeaderEpoch =
      message.committedLeaderEpoch === undefined ? -1 : message.committedLeaderEpoch;
    writer.int32(committedLeaderEpoch, 'topics.partitions.committedLeaderEpoch');
  }
  const committedMetadata = message.committedMetadata;
  writer.nullableString(committedMetadata, flexible, 'topics.partitions.committedMetadata');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readTxnOffsetCommitRequestTopic(reader: WireReader, version: number): TxnOffsetCommitRequestTopic {
  const flexible = version >= 3;
  const name = version <= 5 ? reader.string(flexible) : '';
  const topicId = version >= 6 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(flexible, 14);
  const partitions = new Array<TxnOffsetCommitRequestPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readTxnOffsetCommitRequestPartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeTxnOffsetCommitRequestTopic(
  writer: WireWriter,
  message: TxnOffsetCommitRequestTopicInput,
  version: number,
): void {
  const flexible = version >= 3;
  if (version <= 5) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, flexible, 'topics.name');
  }
  if (version >= 6) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeTxnOffsetCommitRequestPartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readTxnOffsetCommitRequest(reader: WireReader, version: number): TxnOffsetCommitRequest {
  const flexible = version >= 3;
  const transactionalId = reader.string(flexible);
  const groupId = reader.string(flexible);
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const generationIdOrMemberEpoch = version >= 3 ? reader.int32() : -1;
  const memberId = version >= 3 ? reader.string(flexible) : '';
  const groupInstanceId = version >= 3 ? reader.nullableString(flexible) : null;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<TxnOffsetCommitRequestTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readTxnOffsetCommitRequestTopic(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    transactionalId,
    groupId,
    producerId,
    producerEpoch,
    generationIdOrMemberEpoch,
    memberId,
    groupInstanceId,
    topics,
    unknownTaggedFields,
  };
}

function writeTxnOffsetCommitRequest(
  writer: WireWriter,
  message: TxnOffsetCommitRequestInput,
  version: number,
): void {
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, flexible, 'transactionalId');
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groupId');
  const producerId = message.producerId;
  writer.int64(producerId, 'producerId');
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'producerEpoch');
  const generationIdOrMemberEpoch =
    message.generationIdOrMemberEpoch === undefined ? -1 : message.generationIdOrMemberEpoch;
  if (version >= 3) {
    writer.int32(generationIdOrMemberEpoch, 'generationIdOrMemberEpoch');
  } else if (generationIdOrMemberEpoch !== -1) {
    throw writer.notInVersion('generationIdOrMemberEpoch');
  }
  const memberId = message.memberId === undefined ? '' : message.memberId;
  if (version >= 3) {
    writer.string(memberId, flexible, 'memberId');
  } else if (memberId !== '') {
    throw writer.notInVersion('memberId');
  }
  const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
  if (version >= 3) {
    writer.nullableString(groupInstanceId, flexible, 'groupInstanceId');
  } else if (groupInstanceId !== null) {
    throw writer.notInVersion('groupInstanceId');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeTxnOffsetCommitRequestTopic(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createTxnOffsetCommitRequest(): TxnOffsetCommitRequest {
  return {
    transactionalId: '',
    groupId: '',
    producerId: 0,
    producerEpoch: 0,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    groupInstanceId: null,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of TxnOffsetCommit (API key 28), versions 0 to 6.
 * Stores the positions of a group as part of a transaction.
 */
export interface TxnOffsetCommitResponse {
  throttleTimeMs: number;
  topics: TxnOffsetCommitResponseTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitResponseInput {
  readonly throttleTimeMs: number;
  readonly topics: readonly TxnOffsetCommitResponseTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitResponseTopic {
  name: string;
  topicId: string;
  partitions: TxnOffsetCommitResponsePartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitResponseTopicInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly TxnOffsetCommitResponsePartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface TxnOffsetCommitResponsePartitionInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of TxnOffsetCommit (API key 28), versions 0 to 6.
 * Stores the positions of a group as part of a transaction.
 */
export const TxnOffsetCommitResponse: MessageCodec<TxnOffsetCommitResponse, TxnOffsetCommitResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'TxnOffsetCommitResponse',
  apiKey: 28,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readTxnOffsetCommitResponse,
  write: writeTxnOffsetCommitResponse,
  create: (partial) => ({ ...createTxnOffsetCommitResponse(), ...partial }),
});

function readTxnOffsetCommitResponsePartition(
  reader: WireReader,
  version: number,
): TxnOffsetCommitResponsePartition {
  const flexible = version >= 3;
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    errorCode,
    unknownTaggedFields,
  };
}

function writeTxnOffsetCommitResponsePartition(
  writer: WireWriter,
  message: TxnOffsetCommitResponsePartitionInput,
  version: number,
): void {
  const flexible = version >= 3;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readTxnOffsetCommitResponseTopic(reader: WireReader, version: number): TxnOffsetCommitResponseTopic {
  const flexible = version >= 3;
  const name = version <= 5 ? reader.string(flexible) : '';
  const topicId = version >= 6 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(flexible, 6);
  const partitions = new Array<TxnOffsetCommitResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readTxnOffsetCommitResponsePartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeTxnOffsetCommitResponseTopic(
  writer: WireWriter,
  message: TxnOffsetCommitResponseTopicInput,
  version: number,
): void {
  const flexible = version >= 3;
  if (version <= 5) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, flexible, 'topics.name');
  }
  if (version >= 6) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeTxnOffsetCommitResponsePartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readTxnOffsetCommitResponse(reader: WireReader, version: number): TxnOffsetCommitResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.int32();
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<TxnOffsetCommitResponseTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readTxnOffsetCommitResponseTopic(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeTxnOffsetCommitResponse(
  writer: WireWriter,
  message: TxnOffsetCommitResponseInput,
  version: number,
): void {
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeTxnOffsetCommitResponseTopic(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createTxnOffsetCommitResponse(): TxnOffsetCommitResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
