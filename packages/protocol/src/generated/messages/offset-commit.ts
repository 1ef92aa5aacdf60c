// Generated from definitions/apis/08-offset-commit.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Stores the positions of a consumer group.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of OffsetCommit (API key 8), versions 2 to 10.
 * Stores the positions of a consumer group.
 */
export interface OffsetCommitRequest {
  groupId: string;
  generationIdOrMemberEpoch: number;
  memberId: string;
  groupInstanceId: string | null;
  retentionTimeMs: number;
  topics: OffsetCommitRequestTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetCommitRequestInput {
  readonly groupId: string;
  readonly generationIdOrMemberEpoch?: number | undefined;
  readonly memberId?: string | undefined;
  readonly groupInstanceId?: string | null | undefined;
  readonly retentionTimeMs?: number | undefined;
  readonly topics: readonly OffsetCommitRequestTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetCommitRequestTopic {
  name: string;
  topicId: string;
  partitions: OffsetCommitRequestPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetCommitRequestTopicInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly OffsetCommitRequestPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetCommitRequestPartition {
  partitionIndex: number;
  committedOffset: number;
  committedLeaderEpoch: number;
  committedMetadata: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetCommitRequestPartitionInput {
  readonly partitionIndex: number;
  readonly committedOffset: number;
  readonly committedLeaderEpoch?: number | undefined;
  readonly committedMetadata: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of OffsetCommit (API key 8), versions 2 to 10.
 * Stores the positions of a consumer group.
 */
export const OffsetCommitRequest: MessageCodec<OffsetCommitRequest, OffsetCommitRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetCommitRequest',
  apiKey: 8,
  minVersion: 2,
  maxVersion: 10,
  flexibleFrom: 8,
  latestVersionUnstable: false,
  read: readOffsetCommitRequest,
  write: writeOffsetCommitRequest,
  create: (partial) => ({ ...createOffsetCommitRequest(), ...partial }),
});

function readOffsetCommitRequestPartition(reader: WireReader, version: number): OffsetCommitRequestPartition {
  const flexible = version >= 8;
  const partitionIndex = reader.int32();
  const committedOffset = reader.int64();
  const committedLeaderEpoch = version >= 6 ? reader.int32() : -1;
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

function writeOffsetCommitRequestPartition(
  writer: WireWriter,
  message: OffsetCommitRequestPartitionInput,
  version: number,
): void {
  const flexible = version >= 8;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const committedOffset = message.committedOffset;
  writer.int64(committedOffset, 'topics.partitions.committedOffset');
  if (version >= 6) {
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

function readOffsetCommitRequestTopic(reader: WireReader, version: number): OffsetCommitRequestTopic {
  const flexible = version >= 8;
  const name = version <= 9 ? reader.string(flexible) : '';
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(flexible, 14);
  const partitions = new Array<OffsetCommitRequestPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetCommitRequestPartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeOffsetCommitRequestTopic(
  writer: WireWriter,
  message: OffsetCommitRequestTopicInput,
  version: number,
): void {
  const flexible = version >= 8;
  if (version <= 9) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, flexible, 'topics.name');
  }
  if (version >= 10) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetCommitRequestPartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetCommitRequest(reader: WireReader, version: number): OffsetCommitRequest {
  const flexible = version >= 8;
  const groupId = reader.string(flexible);
  const generationIdOrMemberEpoch = reader.int32();
  const memberId = reader.string(flexible);
  const groupInstanceId = version >= 7 ? reader.nullableString(flexible) : null;
  const retentionTimeMs = version <= 4 ? reader.int64() : -1;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<OffsetCommitRequestTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readOffsetCommitRequestTopic(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    generationIdOrMemberEpoch,
    memberId,
    groupInstanceId,
    retentionTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeOffsetCommitRequest(
  writer: WireWriter,
  message: OffsetCommitRequestInput,
  version: number,
): void {
  const flexible = version >= 8;
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groupId');
  const generationIdOrMemberEpoch =
    message.generationIdOrMemberEpoch === undefined ? -1 : message.generationIdOrMemberEpoch;
  writer.int32(generationIdOrMemberEpoch, 'generationIdOrMemberEpoch');
  const memberId = message.memberId === undefined ? '' : message.memberId;
  writer.string(memberId, flexible, 'memberId');
  const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
  if (version >= 7) {
    writer.nullableString(groupInstanceId, flexible, 'groupInstanceId');
  } else if (groupInstanceId !== null) {
    throw writer.notInVersion('groupInstanceId');
  }
  if (version <= 4) {
    const retentionTimeMs = message.retentionTimeMs === undefined ? -1 : message.retentionTimeMs;
    writer.int64(retentionTimeMs, 'retentionTimeMs');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeOffsetCommitRequestTopic(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createOffsetCommitRequest(): OffsetCommitRequest {
  return {
    groupId: '',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of OffsetCommit (API key 8), versions 2 to 10.
 * Stores the positions of a consumer group.
 */
export interface OffsetCommitResponse {
  throttleTimeMs: number;
  topics: OffsetCommitResponseTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetCommitResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly topics: readonly OffsetCommitResponseTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetCommitResponseTopic {
  name: string;
  topicId: string;
  partitions: OffsetCommitResponsePartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetCommitResponseTopicInput {
  readonly name?: string | undefined;
  readonly topicId?: string | undefined;
  readonly partitions: readonly OffsetCommitResponsePartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetCommitResponsePartition {
  partitionIndex: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetCommitResponsePartitionInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of OffsetCommit (API key 8), versions 2 to 10.
 * Stores the positions of a consumer group.
 */
export const OffsetCommitResponse: MessageCodec<OffsetCommitResponse, OffsetCommitResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetCommitResponse',
  apiKey: 8,
  minVersion: 2,
  maxVersion: 10,
  flexibleFrom: 8,
  latestVersionUnstable: false,
  read: readOffsetCommitResponse,
  write: writeOffsetCommitResponse,
  create: (partial) => ({ ...createOffsetCommitResponse(), ...partial }),
});

function readOffsetCommitResponsePartition(
  reader: WireReader,
  version: number,
): OffsetCommitResponsePartition {
  const flexible = version >= 8;
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    errorCode,
    unknownTaggedFields,
  };
}

function writeOffsetCommitResponsePartition(
  writer: WireWriter,
  message: OffsetCommitResponsePartitionInput,
  version: number,
): void {
  const flexible = version >= 8;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetCommitResponseTopic(reader: WireReader, version: number): OffsetCommitResponseTopic {
  const flexible = version >= 8;
  const name = version <= 9 ? reader.string(flexible) : '';
  const topicId = version >= 10 ? reader.uuid() : ZERO_UUID;
  const partitionsCount = reader.arrayLength(flexible, 6);
  const partitions = new Array<OffsetCommitResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetCommitResponsePartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeOffsetCommitResponseTopic(
  writer: WireWriter,
  message: OffsetCommitResponseTopicInput,
  version: number,
): void {
  const flexible = version >= 8;
  if (version <= 9) {
    const name = message.name === undefined ? '' : message.name;
    writer.string(name, flexible, 'topics.name');
  }
  if (version >= 10) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetCommitResponsePartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetCommitResponse(reader: WireReader, version: number): OffsetCommitResponse {
  const flexible = version >= 8;
  const throttleTimeMs = version >= 3 ? reader.int32() : 0;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<OffsetCommitResponseTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readOffsetCommitResponseTopic(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeOffsetCommitResponse(
  writer: WireWriter,
  message: OffsetCommitResponseInput,
  version: number,
): void {
  const flexible = version >= 8;
  if (version >= 3) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeOffsetCommitResponseTopic(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createOffsetCommitResponse(): OffsetCommitResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
