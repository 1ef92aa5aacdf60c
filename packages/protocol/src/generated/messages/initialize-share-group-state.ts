// Generated from definitions/apis/83-initialize-share-group-state.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Sets up the state of share partitions.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of InitializeShareGroupState (API key 83), version 0.
 * Sets up the state of share partitions.
 */
export interface InitializeShareGroupStateRequest {
  groupId: string;
  topics: InitializeShareGroupStateRequestInitializeStateData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateRequestInput {
  readonly groupId: string;
  readonly topics: readonly InitializeShareGroupStateRequestInitializeStateDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateRequestInitializeStateData {
  topicId: string;
  partitions: InitializeShareGroupStateRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateRequestInitializeStateDataInput {
  readonly topicId: string;
  readonly partitions: readonly InitializeShareGroupStateRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateRequestPartitionData {
  partition: number;
  stateEpoch: number;
  startOffset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateRequestPartitionDataInput {
  readonly partition: number;
  readonly stateEpoch: number;
  readonly startOffset: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of InitializeShareGroupState (API key 83), version 0.
 * Sets up the state of share partitions.
 */
export const InitializeShareGroupStateRequest: MessageCodec<InitializeShareGroupStateRequest, InitializeShareGroupStateRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'InitializeShareGroupStateRequest',
  apiKey: 83,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readInitializeShareGroupStateRequest,
  write: writeInitializeShareGroupStateRequest,
  create: (partial) => ({ ...createInitializeShareGroupStateRequest(), ...partial }),
});

function readInitializeShareGroupStateRequestPartitionData(
  reader: WireReader,
  _version: number,
): InitializeShareGroupStateRequestPartitionData {
  const partition = reader.int32();
  const stateEpoch = reader.int32();
  const startOffset = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    stateEpoch,
    startOffset,
    unknownTaggedFields,
  };
}

function writeInitializeShareGroupStateRequestPartitionData(
  writer: WireWriter,
  message: InitializeShareGroupStateRequestPartitionDataInput,
  _version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch, 'topics.partitions.stateEpoch');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'topics.partitions.startOffset');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readInitializeShareGroupStateRequestInitializeStateData(
  reader: WireReader,
  version: number,
): InitializeShareGroupStateRequestInitializeStateData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 17);
  const partitions = new Array<InitializeShareGroupStateRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readInitializeShareGroupStateRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeInitializeShareGroupStateRequestInitializeStateData(
  writer: WireWriter,
  message: InitializeShareGroupStateRequestInitializeStateDataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeInitializeShareGroupStateRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readInitializeShareGroupStateRequest(
  reader: WireReader,
  version: number,
): InitializeShareGroupStateRequest {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<InitializeShareGroupStateRequestInitializeStateData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readInitializeShareGroupStateRequestInitializeStateData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeInitializeShareGroupStateRequest(
  writer: WireWriter,
  message: InitializeShareGroupStateRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeInitializeShareGroupStateRequestInitializeStateData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createInitializeShareGroupStateRequest(): InitializeShareGroupStateRequest {
  return {
    groupId: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of InitializeShareGroupState (API key 83), version 0.
 * Sets up the state of share partitions.
 */
export interface InitializeShareGroupStateResponse {
  results: InitializeShareGroupStateResponseInitializeStateResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateResponseInput {
  readonly results: readonly InitializeShareGroupStateResponseInitializeStateResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateResponseInitializeStateResult {
  topicId: string;
  partitions: InitializeShareGroupStateResponsePartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateResponseInitializeStateResultInput {
  readonly topicId: string;
  readonly partitions: readonly InitializeShareGroupStateResponsePartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitializeShareGroupStateResponsePartitionResultInput {
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of InitializeShareGroupState (API key 83), version 0.
 * Sets up the state of share partitions.
 */
export const InitializeShareGroupStateResponse: MessageCodec<InitializeShareGroupStateResponse, InitializeShareGroupStateResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'InitializeShareGroupStateResponse',
  apiKey: 83,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readInitializeShareGroupStateResponse,
  write: writeInitializeShareGroupStateResponse,
  create: (partial) => ({ ...createInitializeShareGroupStateResponse(), ...partial }),
});

function readInitializeShareGroupStateResponsePartitionResult(
  reader: WireReader,
  _version: number,
): InitializeShareGroupStateResponsePartitionResult {
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

function writeInitializeShareGroupStateResponsePartitionResult(
  writer: WireWriter,
  message: InitializeShareGroupStateResponsePartitionResultInput,
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

function readInitializeShareGroupStateResponseInitializeStateResult(
  reader: WireReader,
  version: number,
): InitializeShareGroupStateResponseInitializeStateResult {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 8);
  const partitions = new Array<InitializeShareGroupStateResponsePartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readInitializeShareGroupStateResponsePartitionResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeInitializeShareGroupStateResponseInitializeStateResult(
  writer: WireWriter,
  message: InitializeShareGroupStateResponseInitializeStateResultInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'results.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'results.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeInitializeShareGroupStateResponsePartitionResult(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readInitializeShareGroupStateResponse(
  reader: WireReader,
  version: number,
): InitializeShareGroupStateResponse {
  const resultsCount = reader.arrayLength(true, 18);
  const results = new Array<InitializeShareGroupStateResponseInitializeStateResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readInitializeShareGroupStateResponseInitializeStateResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    results,
    unknownTaggedFields,
  };
}

function writeInitializeShareGroupStateResponse(
  writer: WireWriter,
  message: InitializeShareGroupStateResponseInput,
  version: number,
): void {
  const results = message.results;
  const resultsCount = writer.arrayLength(results, true, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeInitializeShareGroupStateResponseInitializeStateResult(writer, results[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createInitializeShareGroupStateResponse(): InitializeShareGroupStateResponse {
  return {
    results: [],
    unknownTaggedFields: undefined,
  };
}
