// Generated from definitions/apis/91-alter-share-group-offsets.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Changes the start offsets of a share group.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AlterShareGroupOffsets (API key 91), version 0.
 * Changes the start offsets of a share group.
 */
export interface AlterShareGroupOffsetsRequest {
  groupId: string;
  topics: AlterShareGroupOffsetsRequestTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsRequestInput {
  readonly groupId: string;
  readonly topics: readonly AlterShareGroupOffsetsRequestTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: AlterShareGroupOffsetsRequestPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsRequestTopicInput {
  readonly topicName: string;
  readonly partitions: readonly AlterShareGroupOffsetsRequestPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsRequestPartition {
  partitionIndex: number;
  startOffset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsRequestPartitionInput {
  readonly partitionIndex: number;
  readonly startOffset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AlterShareGroupOffsets (API key 91), version 0.
 * Changes the start offsets of a share group.
 */
export const AlterShareGroupOffsetsRequest: MessageCodec<AlterShareGroupOffsetsRequest, AlterShareGroupOffsetsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterShareGroupOffsetsRequest',
  apiKey: 91,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAlterShareGroupOffsetsRequest,
  write: writeAlterShareGroupOffsetsRequest,
  create: (partial) => ({ ...createAlterShareGroupOffsetsRequest(), ...partial }),
});

function readAlterShareGroupOffsetsRequestPartition(
  reader: WireReader,
  _version: number,
): AlterShareGroupOffsetsRequestPartition {
  const partitionIndex = reader.int32();
  const startOffset = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    startOffset,
    unknownTaggedFields,
  };
}

function writeAlterShareGroupOffsetsRequestPartition(
  writer: WireWriter,
  message: AlterShareGroupOffsetsRequestPartitionInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'topics.partitions.startOffset');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterShareGroupOffsetsRequestTopic(
  reader: WireReader,
  version: number,
): AlterShareGroupOffsetsRequestTopic {
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 13);
  const partitions = new Array<AlterShareGroupOffsetsRequestPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAlterShareGroupOffsetsRequestPartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeAlterShareGroupOffsetsRequestTopic(
  writer: WireWriter,
  message: AlterShareGroupOffsetsRequestTopicInput,
  version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAlterShareGroupOffsetsRequestPartition(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterShareGroupOffsetsRequest(
  reader: WireReader,
  version: number,
): AlterShareGroupOffsetsRequest {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<AlterShareGroupOffsetsRequestTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAlterShareGroupOffsetsRequestTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeAlterShareGroupOffsetsRequest(
  writer: WireWriter,
  message: AlterShareGroupOffsetsRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAlterShareGroupOffsetsRequestTopic(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterShareGroupOffsetsRequest(): AlterShareGroupOffsetsRequest {
  return {
    groupId: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AlterShareGroupOffsets (API key 91), version 0.
 * Changes the start offsets of a share group.
 */
export interface AlterShareGroupOffsetsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  responses: AlterShareGroupOffsetsResponseTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly responses: readonly AlterShareGroupOffsetsResponseTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  partitions: AlterShareGroupOffsetsResponsePartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsResponseTopicInput {
  readonly topicName: string;
  readonly topicId: string;
  readonly partitions: readonly AlterShareGroupOffsetsResponsePartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterShareGroupOffsetsResponsePartitionInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AlterShareGroupOffsets (API key 91), version 0.
 * Changes the start offsets of a share group.
 */
export const AlterShareGroupOffsetsResponse: MessageCodec<AlterShareGroupOffsetsResponse, AlterShareGroupOffsetsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterShareGroupOffsetsResponse',
  apiKey: 91,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAlterShareGroupOffsetsResponse,
  write: writeAlterShareGroupOffsetsResponse,
  create: (partial) => ({ ...createAlterShareGroupOffsetsResponse(), ...partial }),
});

function readAlterShareGroupOffsetsResponsePartition(
  reader: WireReader,
  _version: number,
): AlterShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeAlterShareGroupOffsetsResponsePartition(
  writer: WireWriter,
  message: AlterShareGroupOffsetsResponsePartitionInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'responses.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.partitions.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'responses.partitions.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterShareGroupOffsetsResponseTopic(
  reader: WireReader,
  version: number,
): AlterShareGroupOffsetsResponseTopic {
  const topicName = reader.string(true);
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 8);
  const partitions = new Array<AlterShareGroupOffsetsResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAlterShareGroupOffsetsResponsePartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeAlterShareGroupOffsetsResponseTopic(
  writer: WireWriter,
  message: AlterShareGroupOffsetsResponseTopicInput,
  version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'responses.topicName');
  const topicId = message.topicId;
  writer.uuid(topicId, 'responses.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'responses.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAlterShareGroupOffsetsResponsePartition(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterShareGroupOffsetsResponse(
  reader: WireReader,
  version: number,
): AlterShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const responsesCount = reader.arrayLength(true, 19);
  const responses = new Array<AlterShareGroupOffsetsResponseTopic>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readAlterShareGroupOffsetsResponseTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    responses,
    unknownTaggedFields,
  };
}

function writeAlterShareGroupOffsetsResponse(
  writer: WireWriter,
  message: AlterShareGroupOffsetsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, true, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeAlterShareGroupOffsetsResponseTopic(writer, responses[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterShareGroupOffsetsResponse(): AlterShareGroupOffsetsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    responses: [],
    unknownTaggedFields: undefined,
  };
}
