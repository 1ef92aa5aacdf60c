// Generated from definitions/apis/86-delete-share-group-state.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Deletes the state of share partitions.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DeleteShareGroupState (API key 86), version 0.
 * Deletes the state of share partitions.
 */
export interface DeleteShareGroupStateRequest {
  groupId: string;
  topics: DeleteShareGroupStateRequestDeleteStateData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateRequestInput {
  readonly groupId: string;
  readonly topics: readonly DeleteShareGroupStateRequestDeleteStateDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateRequestDeleteStateData {
  topicId: string;
  partitions: DeleteShareGroupStateRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateRequestDeleteStateDataInput {
  readonly topicId: string;
  readonly partitions: readonly DeleteShareGroupStateRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateRequestPartitionData {
  partition: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateRequestPartitionDataInput {
  readonly partition: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DeleteShareGroupState (API key 86), version 0.
 * Deletes the state of share partitions.
 */
export const DeleteShareGroupStateRequest: MessageCodec<DeleteShareGroupStateRequest, DeleteShareGroupStateRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteShareGroupStateRequest',
  apiKey: 86,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDeleteShareGroupStateRequest,
  write: writeDeleteShareGroupStateRequest,
  create: (partial) => ({ ...createDeleteShareGroupStateRequest(), ...partial }),
});

function readDeleteShareGroupStateRequestPartitionData(
  reader: WireReader,
  _version: number,
): DeleteShareGroupStateRequestPartitionData {
  const partition = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupStateRequestPartitionData(
  writer: WireWriter,
  message: DeleteShareGroupStateRequestPartitionDataInput,
  _version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDeleteShareGroupStateRequestDeleteStateData(
  reader: WireReader,
  version: number,
): DeleteShareGroupStateRequestDeleteStateData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 5);
  const partitions = new Array<DeleteShareGroupStateRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDeleteShareGroupStateRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupStateRequestDeleteStateData(
  writer: WireWriter,
  message: DeleteShareGroupStateRequestDeleteStateDataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDeleteShareGroupStateRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDeleteShareGroupStateRequest(reader: WireReader, version: number): DeleteShareGroupStateRequest {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<DeleteShareGroupStateRequestDeleteStateData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDeleteShareGroupStateRequestDeleteStateData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupStateRequest(
  writer: WireWriter,
  message: DeleteShareGroupStateRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDeleteShareGroupStateRequestDeleteStateData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDeleteShareGroupStateRequest(): DeleteShareGroupStateRequest {
  return {
    groupId: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DeleteShareGroupState (API key 86), version 0.
 * Deletes the state of share partitions.
 */
export interface DeleteShareGroupStateResponse {
  results: DeleteShareGroupStateResponseDeleteStateResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateResponseInput {
  readonly results: readonly DeleteShareGroupStateResponseDeleteStateResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateResponseDeleteStateResult {
  topicId: string;
  partitions: DeleteShareGroupStateResponsePartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateResponseDeleteStateResultInput {
  readonly topicId: string;
  readonly partitions: readonly DeleteShareGroupStateResponsePartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteShareGroupStateResponsePartitionResultInput {
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DeleteShareGroupState (API key 86), version 0.
 * Deletes the state of share partitions.
 */
export const DeleteShareGroupStateResponse: MessageCodec<DeleteShareGroupStateResponse, DeleteShareGroupStateResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteShareGroupStateResponse',
  apiKey: 86,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDeleteShareGroupStateResponse,
  write: writeDeleteShareGroupStateResponse,
  create: (partial) => ({ ...createDeleteShareGroupStateResponse(), ...partial }),
});

function readDeleteShareGroupStateResponsePartitionResult(
  reader: WireReader,
  _version: number,
): DeleteShareGroupStateResponsePartitionResult {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupStateResponsePartitionResult(
  writer: WireWriter,
  message: DeleteShareGroupStateResponsePartitionResultInput,
  _version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'results.partitions.partition');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.partitions.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'results.partitions.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDeleteShareGroupStateResponseDeleteStateResult(
  reader: WireReader,
  version: number,
): DeleteShareGroupStateResponseDeleteStateResult {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 8);
  const partitions = new Array<DeleteShareGroupStateResponsePartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDeleteShareGroupStateResponsePartitionResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupStateResponseDeleteStateResult(
  writer: WireWriter,
  message: DeleteShareGroupStateResponseDeleteStateResultInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'results.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'results.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDeleteShareGroupStateResponsePartitionResult(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDeleteShareGroupStateResponse(
  reader: WireReader,
  version: number,
): DeleteShareGroupStateResponse {
  const resultsCount = reader.arrayLength(true, 18);
  const results = new Array<DeleteShareGroupStateResponseDeleteStateResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readDeleteShareGroupStateResponseDeleteStateResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    results,
    unknownTaggedFields,
  };
}

function writeDeleteShareGroupStateResponse(
  writer: WireWriter,
  message: DeleteShareGroupStateResponseInput,
  version: number,
): void {
  const results = message.results;
  const resultsCount = writer.arrayLength(results, true, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeDeleteShareGroupStateResponseDeleteStateResult(writer, results[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDeleteShareGroupStateResponse(): DeleteShareGroupStateResponse {
  return {
    results: [],
    unknownTaggedFields: undefined,
  };
}
