// Generated from definitions/apis/85-write-share-group-state.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Writes the state of share partitions.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of WriteShareGroupState (API key 85), versions 0 to 1.
 * Writes the state of share partitions.
 */
export interface WriteShareGroupStateRequest {
  groupId: string;
  topics: WriteShareGroupStateRequestWriteStateData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateRequestInput {
  readonly groupId: string;
  readonly topics: readonly WriteShareGroupStateRequestWriteStateDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateRequestWriteStateData {
  topicId: string;
  partitions: WriteShareGroupStateRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateRequestWriteStateDataInput {
  readonly topicId: string;
  readonly partitions: readonly WriteShareGroupStateRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateRequestPartitionData {
  partition: number;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  stateBatches: WriteShareGroupStateRequestStateBatch[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateRequestPartitionDataInput {
  readonly partition: number;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount?: number | undefined;
  readonly stateBatches: readonly WriteShareGroupStateRequestStateBatchInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateRequestStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateRequestStateBatchInput {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryState: number;
  readonly deliveryCount: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of WriteShareGroupState (API key 85), versions 0 to 1.
 * Writes the state of share partitions.
 */
export const WriteShareGroupStateRequest: MessageCodec<WriteShareGroupStateRequest, WriteShareGroupStateRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'WriteShareGroupStateRequest',
  apiKey: 85,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readWriteShareGroupStateRequest,
  write: writeWriteShareGroupStateRequest,
  create: (partial) => ({ ...createWriteShareGroupStateRequest(), ...partial }),
});

function readWriteShareGroupStateRequestStateBatch(
  reader: WireReader,
  _version: number,
): WriteShareGroupStateRequestStateBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const deliveryState = reader.int8();
  const deliveryCount = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    firstOffset,
    lastOffset,
    deliveryState,
    deliveryCount,
    unknownTaggedFields,
  };
}

function writeWriteShareGroupStateRequestStateBatch(
  writer: WireWriter,
  message: WriteShareGroupStateRequestStateBatchInput,
  _version: number,
): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'topics.partitions.stateBatches.firstOffset');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'topics.partitions.stateBatches.lastOffset');
  const deliveryState = message.deliveryState;
  writer.int8(deliveryState, 'topics.partitions.stateBatches.deliveryState');
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount, 'topics.partitions.stateBatches.deliveryCount');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteShareGroupStateRequestPartitionData(
  reader: WireReader,
  version: number,
): WriteShareGroupStateRequestPartitionData {
  const partition = reader.int32();
  const stateEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  const startOffset = reader.int64();
  const deliveryCompleteCount = version >= 1 ? reader.int32() : -1;
  const stateBatchesCount = reader.arrayLength(true, 20);
  const stateBatches = new Array<WriteShareGroupStateRequestStateBatch>(stateBatchesCount);
  for (let i = 0; i < stateBatchesCount; i++) {
    stateBatches[i] = readWriteShareGroupStateRequestStateBatch(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    stateBatches,
    unknownTaggedFields,
  };
}

function writeWriteShareGroupStateRequestPartitionData(
  writer: WireWriter,
  message: WriteShareGroupStateRequestPartitionDataInput,
  version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch, 'topics.partitions.stateEpoch');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'topics.partitions.startOffset');
  if (version >= 1) {
    const deliveryCompleteCount =
      message.deliveryCompleteCount === undefined ? -1 : message.deliveryCompleteCount;
    writer.int32(deliveryCompleteCount, 'topics.partitions.deliveryCompleteCount');
  }
  const stateBatches = message.stateBatches;
  const stateBatchesCount = writer.arrayLength(stateBatches, true, 'topics.partitions.stateBatches');
  for (let i = 0; i < stateBatchesCount; i++) {
    writeWriteShareGroupStateRequestStateBatch(writer, stateBatches[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteShareGroupStateRequestWriteStateData(
  reader: WireReader,
  version: number,
): WriteShareGroupStateRequestWriteStateData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 22);
  const partitions = new Array<WriteShareGroupStateRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readWriteShareGroupStateRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeWriteShareGroupStateRequestWriteStateData(
  writer: WireWriter,
  message: WriteShareGroupStateRequestWriteStateDataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeWriteShareGroupStateRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteShareGroupStateRequest(reader: WireReader, version: number): WriteShareGroupStateRequest {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<WriteShareGroupStateRequestWriteStateData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readWriteShareGroupStateRequestWriteStateData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeWriteShareGroupStateRequest(
  writer: WireWriter,
  message: WriteShareGroupStateRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeWriteShareGroupStateRequestWriteStateData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createWriteShareGroupStateRequest(): WriteShareGroupStateRequest {
  return {
    groupId: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of WriteShareGroupState (API key 85), versions 0 to 1.
 * Writes the state of share partitions.
 */
export interface WriteShareGroupStateResponse {
  results: WriteShareGroupStateResponseWriteStateResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateResponseInput {
  readonly results: readonly WriteShareGroupStateResponseWriteStateResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateResponseWriteStateResult {
  topicId: string;
  partitions: WriteShareGroupStateResponsePartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateResponseWriteStateResultInput {
  readonly topicId: string;
  readonly partitions: readonly WriteShareGroupStateResponsePartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteShareGroupStateResponsePartitionResultInput {
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of WriteShareGroupState (API key 85), versions 0 to 1.
 * Writes the state of share partitions.
 */
export const WriteShareGroupStateResponse: MessageCodec<WriteShareGroupStateResponse, WriteShareGroupStateResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'WriteShareGroupStateResponse',
  apiKey: 85,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readWriteShareGroupStateResponse,
  write: writeWriteShareGroupStateResponse,
  create: (partial) => ({ ...createWriteShareGroupStateResponse(), ...partial }),
});

function readWriteShareGroupStateResponsePartitionResult(
  reader: WireReader,
  _version: number,
): WriteShareGroupStateResponsePartitionResult {
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

function writeWriteShareGroupStateResponsePartitionResult(
  writer: WireWriter,
  message: WriteShareGroupStateResponsePartitionResultInput,
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

function readWriteShareGroupStateResponseWriteStateResult(
  reader: WireReader,
  version: number,
): WriteShareGroupStateResponseWriteStateResult {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 8);
  const partitions = new Array<WriteShareGroupStateResponsePartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readWriteShareGroupStateResponsePartitionResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeWriteShareGroupStateResponseWriteStateResult(
  writer: WireWriter,
  message: WriteShareGroupStateResponseWriteStateResultInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'results.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'results.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeWriteShareGroupStateResponsePartitionResult(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteShareGroupStateResponse(reader: WireReader, version: number): WriteShareGroupStateResponse {
  const resultsCount = reader.arrayLength(true, 18);
  const results = new Array<WriteShareGroupStateResponseWriteStateResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readWriteShareGroupStateResponseWriteStateResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    results,
    unknownTaggedFields,
  };
}

function writeWriteShareGroupStateResponse(
  writer: WireWriter,
  message: WriteShareGroupStateResponseInput,
  version: number,
): void {
  const results = message.results;
  const resultsCount = writer.arrayLength(results, true, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeWriteShareGroupStateResponseWriteStateResult(writer, results[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createWriteShareGroupStateResponse(): WriteShareGroupStateResponse {
  return {
    results: [],
    unknownTaggedFields: undefined,
  };
}
