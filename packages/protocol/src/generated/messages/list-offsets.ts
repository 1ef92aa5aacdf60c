// Generated from definitions/apis/02-list-offsets.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Finds offsets by timestamp; negative timestamps ask for the ends of the log.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ListOffsets (API key 2), versions 1 to 11.
 * Finds offsets by timestamp; negative timestamps ask for the ends of the log.
 */
export interface ListOffsetsRequest {
  replicaId: number;
  isolationLevel: number;
  topics: ListOffsetsRequestListOffsetsTopic[];
  timeoutMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListOffsetsRequestInput {
  readonly replicaId: number;
  readonly isolationLevel?: number | undefined;
  readonly topics: readonly ListOffsetsRequestListOffsetsTopicInput[];
  readonly timeoutMs?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListOffsetsRequestListOffsetsTopic {
  name: string;
  partitions: ListOffsetsRequestListOffsetsPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListOffsetsRequestListOffsetsTopicInput {
  readonly name: string;
  readonly partitions: readonly ListOffsetsRequestListOffsetsPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListOffsetsRequestListOffsetsPartition {
  partitionIndex: number;
  currentLeaderEpoch: number;
  timestamp: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListOffsetsRequestListOffsetsPartitionInput {
  readonly partitionIndex: number;
  readonly currentLeaderEpoch?: number | undefined;
  readonly timestamp: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ListOffsets (API key 2), versions 1 to 11.
 * Finds offsets by timestamp; negative timestamps ask for the ends of the log.
 */
export const ListOffsetsRequest: MessageCodec<ListOffsetsRequest, ListOffsetsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListOffsetsRequest',
  apiKey: 2,
  minVersion: 1,
  maxVersion: 11,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  read: readListOffsetsRequest,
  write: writeListOffsetsRequest,
  create: (partial) => ({ ...createListOffsetsRequest(), ...partial }),
});

function readListOffsetsRequestListOffsetsPartition(
  reader: WireReader,
  version: number,
): ListOffsetsRequestListOffsetsPartition {
  const flexible = version >= 6;
  const partitionIndex = reader.int32();
  const currentLeaderEpoch = version >= 4 ? reader.int32() : -1;
  const timestamp = reader.int64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    currentLeaderEpoch,
    timestamp,
    unknownTaggedFields,
  };
}

function writeListOffsetsRequestListOffsetsPartition(
  writer: WireWriter,
  message: ListOffsetsRequestListOffsetsPartitionInput,
  version: number,
): void {
  const flexible = version >= 6;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  if (version >= 4) {
    const currentLeaderEpoch = message.currentLeaderEpoch === undefined ? -1 : message.currentLeaderEpoch;
    writer.int32(currentLeaderEpoch, 'topics.partitions.currentLeaderEpoch');
  }
  const timestamp = message.timestamp;
  writer.int64(timestamp, 'topics.partitions.timestamp');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readListOffsetsRequestListOffsetsTopic(
  reader: WireReader,
  version: number,
): ListOffsetsRequestListOffsetsTopic {
  const flexible = version >= 6;
  const name = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 12);
  const partitions = new Array<ListOffsetsRequestListOffsetsPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readListOffsetsRequestListOffsetsPartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeListOffsetsRequestListOffsetsTopic(
  writer: WireWriter,
  message: ListOffsetsRequestListOffsetsTopicInput,
  version: number,
): void {
  const flexible = version >= 6;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeListOffsetsRequestListOffsetsPartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readListOffsetsRequest(reader: WireReader, version: number): ListOffsetsRequest {
  const flexible = version >= 6;
  const replicaId = reader.int32();
  const isolationLevel = version >= 2 ? reader.int8() : 0;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<ListOffsetsRequestListOffsetsTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readListOffsetsRequestListOffsetsTopic(reader, version);
  }
  const timeoutMs = version >= 10 ? reader.int32() : 0;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    replicaId,
    isolationLevel,
    topics,
    timeoutMs,
    unknownTaggedFields,
  };
}

function writeListOffsetsRequest(
  writer: WireWriter,
  message: ListOffsetsRequestInput,
  version: number,
): void {
  const flexible = version >= 6;
  const replicaId = message.replicaId;
  writer.int32(replicaId, 'replicaId');
  const isolationLevel = message.isolationLevel === undefined ? 0 : message.isolationLevel;
  if (version >= 2) {
    writer.int8(isolationLevel, 'isolationLevel');
  } else if (isolationLevel !== 0) {
    throw writer.notInVersion('isolationLevel');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeListOffsetsRequestListOffsetsTopic(writer, topics[i]!, version);
  }
  if (version >= 10) {
    const timeoutMs = message.timeoutMs === undefined ? 0 : message.timeoutMs;
    writer.int32(timeoutMs, 'timeoutMs');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createListOffsetsRequest(): ListOffsetsRequest {
  return {
    replicaId: 0,
    isolationLevel: 0,
    topics: [],
    timeoutMs: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ListOffsets (API key 2), versions 1 to 11.
 * Finds offsets by timestamp; negative timestamps ask for the ends of the log.
 */
export interface ListOffsetsResponse {
  throttleTimeMs: number;
  topics: ListOffsetsResponseListOffsetsTopicResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListOffsetsResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly topics: readonly ListOffsetsResponseListOffsetsTopicResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListOffsetsResponseListOffsetsTopicResponse {
  name: string;
  partitions: ListOffsetsResponseListOffsetsPartitionResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListOffsetsResponseListOffsetsTopicResponseInput {
  readonly name: string;
  readonly partitions: readonly ListOffsetsResponseListOffsetsPartitionResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListOffsetsResponseListOffsetsPartitionResponse {
  partitionIndex: number;
  errorCode: number;
  timestamp: number;
  offset: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListOffsetsResponseListOffsetsPartitionResponseInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly timestamp?: number | undefined;
  readonly offset?: number | undefined;
  readonly leaderEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ListOffsets (API key 2), versions 1 to 11.
 * Finds offsets by timestamp; negative timestamps ask for the ends of the log.
 */
export const ListOffsetsResponse: MessageCodec<ListOffsetsResponse, ListOffsetsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListOffsetsResponse',
  apiKey: 2,
  minVersion: 1,
  maxVersion: 11,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  read: readListOffsetsResponse,
  write: writeListOffsetsResponse,
  create: (partial) => ({ ...createListOffsetsResponse(), ...partial }),
});

function readListOffsetsResponseListOffsetsPartitionResponse(
  reader: WireReader,
  version: number,
): ListOffsetsResponseListOffsetsPartitionResponse {
  const flexible = version >= 6;
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const timestamp = reader.int64();
  const offset = reader.int64();
  const leaderEpoch = version >= 4 ? reader.int32() : -1;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    errorCode,
    timestamp,
    offset,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeListOffsetsResponseListOffsetsPartitionResponse(
  writer: WireWriter,
  message: ListOffsetsResponseListOffsetsPartitionResponseInput,
  version: number,
): void {
  const flexible = version >= 6;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const timestamp = message.timestamp === undefined ? -1 : message.timestamp;
  writer.int64(timestamp, 'topics.partitions.timestamp');
  const offset = message.offset === undefined ? -1 : message.offset;
  writer.int64(offset, 'topics.partitions.offset');
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  if (version >= 4) {
    writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  } else if (leaderEpoch !== -1) {
    throw writer.notInVersion('topics.partitions.leaderEpoch');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readListOffsetsResponseListOffsetsTopicResponse(
  reader: WireReader,
  version: number,
): ListOffsetsResponseListOffsetsTopicResponse {
  const flexible = version >= 6;
  const name = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 22);
  const partitions = new Array<ListOffsetsResponseListOffsetsPartitionResponse>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readListOffsetsResponseListOffsetsPartitionResponse(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeListOffsetsResponseListOffsetsTopicResponse(
  writer: WireWriter,
  message: ListOffsetsResponseListOffsetsTopicResponseInput,
  version: number,
): void {
  const flexible = version >= 6;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeListOffsetsResponseListOffsetsPartitionResponse(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readListOffsetsResponse(reader: WireReader, version: number): ListOffsetsResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 2 ? reader.int32() : 0;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<ListOffsetsResponseListOffsetsTopicResponse>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readListOffsetsResponseListOffsetsTopicResponse(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeListOffsetsResponse(
  writer: WireWriter,
  message: ListOffsetsResponseInput,
  version: number,
): void {
  const flexible = version >= 6;
  if (version >= 2) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeListOffsetsResponseListOffsetsTopicResponse(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createListOffsetsResponse(): ListOffsetsResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
