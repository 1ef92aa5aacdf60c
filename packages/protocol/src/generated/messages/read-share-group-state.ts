// Generated from definitions/apis/84-read-share-group-state.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads the state of share partitions.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ReadShareGroupState (API key 84), version 0.
 * Reads the state of share partitions.
 */
export interface ReadShareGroupStateRequest {
  groupId: string;
  topics: ReadShareGroupStateRequestReadStateData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateRequestInput {
  readonly groupId: string;
  readonly topics: readonly ReadShareGroupStateRequestReadStateDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateRequestReadStateData {
  topicId: string;
  partitions: ReadShareGroupStateRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateRequestReadStateDataInput {
  readonly topicId: string;
  readonly partitions: readonly ReadShareGroupStateRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateRequestPartitionData {
  partition: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateRequestPartitionDataInput {
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ReadShareGroupState (API key 84), version 0.
 * Reads the state of share partitions.
 */
export const ReadShareGroupStateRequest: MessageCodec<ReadShareGroupStateRequest, ReadShareGroupStateRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ReadShareGroupStateRequest',
  apiKey: 84,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readReadShareGroupStateRequest,
  write: writeReadShareGroupStateRequest,
  create: (partial) => ({ ...createReadShareGroupStateRequest(), ...partial }),
});

function readReadShareGroupStateRequestPartitionData(
  reader: WireReader,
  _version: number,
): ReadShareGroupStateRequestPartitionData {
  const partition = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateRequestPartitionData(
  writer: WireWriter,
  message: ReadShareGroupStateRequestPartitionDataInput,
  _version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateRequestReadStateData(
  reader: WireReader,
  version: number,
): ReadShareGroupStateRequestReadStateData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 9);
  const partitions = new Array<ReadShareGroupStateRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readReadShareGroupStateRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateRequestReadStateData(
  writer: WireWriter,
  message: ReadShareGroupStateRequestReadStateDataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeReadShareGroupStateRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateRequest(reader: WireReader, version: number): ReadShareGroupStateRequest {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<ReadShareGroupStateRequestReadStateData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readReadShareGroupStateRequestReadStateData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateRequest(
  writer: WireWriter,
  message: ReadShareGroupStateRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeReadShareGroupStateRequestReadStateData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createReadShareGroupStateRequest(): ReadShareGroupStateRequest {
  return {
    groupId: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ReadShareGroupState (API key 84), version 0.
 * Reads the state of share partitions.
 */
export interface ReadShareGroupStateResponse {
  results: ReadShareGroupStateResponseReadStateResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateResponseInput {
  readonly results: readonly ReadShareGroupStateResponseReadStateResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateResponseReadStateResult {
  topicId: string;
  partitions: ReadShareGroupStateResponsePartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateResponseReadStateResultInput {
  readonly topicId: string;
  readonly partitions: readonly ReadShareGroupStateResponsePartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  startOffset: number;
  stateBatches: ReadShareGroupStateResponseStateBatch[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateResponsePartitionResultInput {
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly stateEpoch: number;
  readonly startOffset: number;
  readonly stateBatches: readonly ReadShareGroupStateResponseStateBatchInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateResponseStateBatch {
  firstOffset: number;
  lastOffset: number;
  deliveryState: number;
  deliveryCount: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateResponseStateBatchInput {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryState: number;
  readonly deliveryCount: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ReadShareGroupState (API key 84), version 0.
 * Reads the state of share partitions.
 */
export const ReadShareGroupStateResponse: MessageCodec<ReadShareGroupStateResponse, ReadShareGroupStateResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ReadShareGroupStateResponse',
  apiKey: 84,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readReadShareGroupStateResponse,
  write: writeReadShareGroupStateResponse,
  create: (partial) => ({ ...createReadShareGroupStateResponse(), ...partial }),
});

function readReadShareGroupStateResponseStateBatch(
  reader: WireReader,
  _version: number,
): ReadShareGroupStateResponseStateBatch {
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

function writeReadShareGroupStateResponseStateBatch(
  writer: WireWriter,
  message: ReadShareGroupStateResponseStateBatchInput,
  _version: number,
): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'results.partitions.stateBatches.firstOffset');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'results.partitions.stateBatches.lastOffset');
  const deliveryState = message.deliveryState;
  writer.int8(deliveryState, 'results.partitions.stateBatches.deliveryState');
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount, 'results.partitions.stateBatches.deliveryCount');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateResponsePartitionResult(
  reader: WireReader,
  version: number,
): ReadShareGroupStateResponsePartitionResult {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const stateEpoch = reader.int32();
  const startOffset = reader.int64();
  const stateBatchesCount = reader.arrayLength(true, 20);
  const stateBatches = new Array<ReadShareGroupStateResponseStateBatch>(stateBatchesCount);
  for (let i = 0; i < stateBatchesCount; i++) {
    stateBatches[i] = readReadShareGroupStateResponseStateBatch(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    startOffset,
    stateBatches,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateResponsePartitionResult(
  writer: WireWriter,
  message: ReadShareGroupStateResponsePartitionResultInput,
  version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'results.partitions.partition');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.partitions.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'results.partitions.errorMessage');
  const stateEpoch = message.stateEpoch;
  writer.int32(stateEpoch, 'results.partitions.stateEpoch');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'results.partitions.startOffset');
  const stateBatches = message.stateBatches;
  const stateBatchesCount = writer.arrayLength(stateBatches, true, 'results.partitions.stateBatches');
  for (let i = 0; i < stateBatchesCount; i++) {
    writeReadShareGroupStateResponseStateBatch(writer, stateBatches[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateResponseReadStateResult(
  reader: WireReader,
  version: number,
): ReadShareGroupStateResponseReadStateResult {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 21);
  const partitions = new Array<ReadShareGroupStateResponsePartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readReadShareGroupStateResponsePartitionResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateResponseReadStateResult(
  writer: WireWriter,
  message: ReadShareGroupStateResponseReadStateResultInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'results.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'results.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeReadShareGroupStateResponsePartitionResult(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateResponse(reader: WireReader, version: number): ReadShareGroupStateResponse {
  const resultsCount = reader.arrayLength(true, 18);
  const results = new Array<ReadShareGroupStateResponseReadStateResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readReadShareGroupStateResponseReadStateResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    results,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateResponse(
  writer: WireWriter,
  message: ReadShareGroupStateResponseInput,
  version: number,
): void {
  const results = message.results;
  const resultsCount = writer.arrayLength(results, true, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeReadShareGroupStateResponseReadStateResult(writer, results[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createReadShareGroupStateResponse(): ReadShareGroupStateResponse {
  return {
    results: [],
    unknownTaggedFields: undefined,
  };
}
