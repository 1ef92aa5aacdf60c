// Generated from definitions/apis/21-delete-records.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Deletes the records of partitions below an offset.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DeleteRecords (API key 21), versions 0 to 2.
 * Deletes the records of partitions below an offset.
 */
export interface DeleteRecordsRequest {
  topics: DeleteRecordsRequestDeleteRecordsTopic[];
  timeoutMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsRequestInput {
  readonly topics: readonly DeleteRecordsRequestDeleteRecordsTopicInput[];
  readonly timeoutMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsRequestDeleteRecordsTopic {
  name: string;
  partitions: DeleteRecordsRequestDeleteRecordsPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsRequestDeleteRecordsTopicInput {
  readonly name: string;
  readonly partitions: readonly DeleteRecordsRequestDeleteRecordsPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsRequestDeleteRecordsPartition {
  partitionIndex: number;
  offset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsRequestDeleteRecordsPartitionInput {
  readonly partitionIndex: number;
  readonly offset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DeleteRecords (API key 21), versions 0 to 2.
 * Deletes the records of partitions below an offset.
 */
export const DeleteRecordsRequest: MessageCodec<DeleteRecordsRequest, DeleteRecordsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteRecordsRequest',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDeleteRecordsRequest,
  write: writeDeleteRecordsRequest,
  create: (partial) => ({ ...createDeleteRecordsRequest(), ...partial }),
});

function readDeleteRecordsRequestDeleteRecordsPartition(
  reader: WireReader,
  version: number,
): DeleteRecordsRequestDeleteRecordsPartition {
  const flexible = version >= 2;
  const partitionIndex = reader.int32();
  const offset = reader.int64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    offset,
    unknownTaggedFields,
  };
}

function writeDeleteRecordsRequestDeleteRecordsPartition(
  writer: WireWriter,
  message: DeleteRecordsRequestDeleteRecordsPartitionInput,
  version: number,
): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const offset = message.offset;
  writer.int64(offset, 'topics.partitions.offset');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteRecordsRequestDeleteRecordsTopic(
  reader: WireReader,
  version: number,
): DeleteRecordsRequestDeleteRecordsTopic {
  const flexible = version >= 2;
  const name = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 12);
  const partitions = new Array<DeleteRecordsRequestDeleteRecordsPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDeleteRecordsRequestDeleteRecordsPartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeDeleteRecordsRequestDeleteRecordsTopic(
  writer: WireWriter,
  message: DeleteRecordsRequestDeleteRecordsTopicInput,
  version: number,
): void {
  const flexible = version >= 2;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDeleteRecordsRequestDeleteRecordsPartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteRecordsRequest(reader: WireReader, version: number): DeleteRecordsRequest {
  const flexible = version >= 2;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<DeleteRecordsRequestDeleteRecordsTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDeleteRecordsRequestDeleteRecordsTopic(reader, version);
  }
  const timeoutMs = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topics,
    timeoutMs,
    unknownTaggedFields,
  };
}

function writeDeleteRecordsRequest(
  writer: WireWriter,
  message: DeleteRecordsRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDeleteRecordsRequestDeleteRecordsTopic(writer, topics[i]!, version);
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteRecordsRequest(): DeleteRecordsRequest {
  return {
    topics: [],
    timeoutMs: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DeleteRecords (API key 21), versions 0 to 2.
 * Deletes the records of partitions below an offset.
 */
export interface DeleteRecordsResponse {
  throttleTimeMs: number;
  topics: DeleteRecordsResponseDeleteRecordsTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsResponseInput {
  readonly throttleTimeMs: number;
  readonly topics: readonly DeleteRecordsResponseDeleteRecordsTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsResponseDeleteRecordsTopicResult {
  name: string;
  partitions: DeleteRecordsResponseDeleteRecordsPartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsResponseDeleteRecordsTopicResultInput {
  readonly name: string;
  readonly partitions: readonly DeleteRecordsResponseDeleteRecordsPartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsResponseDeleteRecordsPartitionResult {
  partitionIndex: number;
  lowWatermark: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteRecordsResponseDeleteRecordsPartitionResultInput {
  readonly partitionIndex: number;
  readonly lowWatermark: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DeleteRecords (API key 21), versions 0 to 2.
 * Deletes the records of partitions below an offset.
 */
export const DeleteRecordsResponse: MessageCodec<DeleteRecordsResponse, DeleteRecordsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteRecordsResponse',
  apiKey: 21,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDeleteRecordsResponse,
  write: writeDeleteRecordsResponse,
  create: (partial) => ({ ...createDeleteRecordsResponse(), ...partial }),
});

function readDeleteRecordsResponseDeleteRecordsPartitionResult(
  reader: WireReader,
  version: number,
): DeleteRecordsResponseDeleteRecordsPartitionResult {
  const flexible = version >= 2;
  const partitionIndex = reader.int32();
  const lowWatermark = reader.int64();
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    lowWatermark,
    errorCode,
    unknownTaggedFields,
  };
}

function writeDeleteRecordsResponseDeleteRecordsPartitionResult(
  writer: WireWriter,
  message: DeleteRecordsResponseDeleteRecordsPartitionResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const lowWatermark = message.lowWatermark;
  writer.int64(lowWatermark, 'topics.partitions.lowWatermark');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteRecordsResponseDeleteRecordsTopicResult(
  reader: WireReader,
  version: number,
): DeleteRecordsResponseDeleteRecordsTopicResult {
  const flexible = version >= 2;
  const name = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 14);
  const partitions = new Array<DeleteRecordsResponseDeleteRecordsPartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDeleteRecordsResponseDeleteRecordsPartitionResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeDeleteRecordsResponseDeleteRecordsTopicResult(
  writer: WireWriter,
  message: DeleteRecordsResponseDeleteRecordsTopicResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDeleteRecordsResponseDeleteRecordsPartitionResult(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteRecordsResponse(reader: WireReader, version: number): DeleteRecordsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<DeleteRecordsResponseDeleteRecordsTopicResult>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDeleteRecordsResponseDeleteRecordsTopicResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeDeleteRecordsResponse(
  writer: WireWriter,
  message: DeleteRecordsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDeleteRecordsResponseDeleteRecordsTopicResult(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteRecordsResponse(): DeleteRecordsResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
