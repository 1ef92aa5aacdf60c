// Generated from definitions/apis/87-read-share-group-state-summary.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads the start offsets of share partitions without their full state.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ReadShareGroupStateSummary (API key 87), versions 0 to 1.
 * Reads the start offsets of share partitions without their full state.
 */
export interface ReadShareGroupStateSummaryRequest {
  groupId: string;
  topics: ReadShareGroupStateSummaryRequestReadStateSummaryData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryRequestInput {
  readonly groupId: string;
  readonly topics: readonly ReadShareGroupStateSummaryRequestReadStateSummaryDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryData {
  topicId: string;
  partitions: ReadShareGroupStateSummaryRequestPartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryRequestReadStateSummaryDataInput {
  readonly topicId: string;
  readonly partitions: readonly ReadShareGroupStateSummaryRequestPartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryRequestPartitionData {
  partition: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryRequestPartitionDataInput {
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ReadShareGroupStateSummary (API key 87), versions 0 to 1.
 * Reads the start offsets of share partitions without their full state.
 */
export const ReadShareGroupStateSummaryRequest: MessageCodec<ReadShareGroupStateSummaryRequest, ReadShareGroupStateSummaryRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ReadShareGroupStateSummaryRequest',
  apiKey: 87,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readReadShareGroupStateSummaryRequest,
  write: writeReadShareGroupStateSummaryRequest,
  create: (partial) => ({ ...createReadShareGroupStateSummaryRequest(), ...partial }),
});

function readReadShareGroupStateSummaryRequestPartitionData(
  reader: WireReader,
  _version: number,
): ReadShareGroupStateSummaryRequestPartitionData {
  const partition = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateSummaryRequestPartitionData(
  writer: WireWriter,
  message: ReadShareGroupStateSummaryRequestPartitionDataInput,
  _version: number,
): void {
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateSummaryRequestReadStateSummaryData(
  reader: WireReader,
  version: number,
): ReadShareGroupStateSummaryRequestReadStateSummaryData {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 9);
  const partitions = new Array<ReadShareGroupStateSummaryRequestPartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readReadShareGroupStateSummaryRequestPartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateSummaryRequestReadStateSummaryData(
  writer: WireWriter,
  message: ReadShareGroupStateSummaryRequestReadStateSummaryDataInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeReadShareGroupStateSummaryRequestPartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateSummaryRequest(
  reader: WireReader,
  version: number,
): ReadShareGroupStateSummaryRequest {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<ReadShareGroupStateSummaryRequestReadStateSummaryData>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readReadShareGroupStateSummaryRequestReadStateSummaryData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateSummaryRequest(
  writer: WireWriter,
  message: ReadShareGroupStateSummaryRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeReadShareGroupStateSummaryRequestReadStateSummaryData(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createReadShareGroupStateSummaryRequest(): ReadShareGroupStateSummaryRequest {
  return {
    groupId: '',
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ReadShareGroupStateSummary (API key 87), versions 0 to 1.
 * Reads the start offsets of share partitions without their full state.
 */
export interface ReadShareGroupStateSummaryResponse {
  results: ReadShareGroupStateSummaryResponseReadStateSummaryResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryResponseInput {
  readonly results: readonly ReadShareGroupStateSummaryResponseReadStateSummaryResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  topicId: string;
  partitions: ReadShareGroupStateSummaryResponsePartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryResponseReadStateSummaryResultInput {
  readonly topicId: string;
  readonly partitions: readonly ReadShareGroupStateSummaryResponsePartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryResponsePartitionResult {
  partition: number;
  errorCode: number;
  errorMessage: string | null;
  stateEpoch: number;
  leaderEpoch: number;
  startOffset: number;
  deliveryCompleteCount: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ReadShareGroupStateSummaryResponsePartitionResultInput {
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ReadShareGroupStateSummary (API key 87), versions 0 to 1.
 * Reads the start offsets of share partitions without their full state.
 */
export const ReadShareGroupStateSummaryResponse: MessageCodec<ReadShareGroupStateSummaryResponse, ReadShareGroupStateSummaryResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ReadShareGroupStateSummaryResponse',
  apiKey: 87,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readReadShareGroupStateSummaryResponse,
  write: writeReadShareGroupStateSummaryResponse,
  create: (partial) => ({ ...createReadShareGroupStateSummaryResponse(), ...partial }),
});

function readReadShareGroupStateSummaryResponsePartitionResult(
  reader: WireReader,
  version: number,
): ReadShareGroupStateSummaryResponsePartitionResult {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const stateEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  const startOffset = reader.int64();
  const deliveryCompleteCount = version >= 1 ? reader.int32() : -1;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partition,
    errorCode,
    errorMessage,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateSummaryResponsePartitionResult(
  writer: WireWriter,
  message: ReadShareGroupStateSummaryResponsePartitionResultInput,
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
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'results.partitions.leaderEpoch');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'results.partitions.startOffset');
  if (version >= 1) {
    const deliveryCompleteCount =
      message.deliveryCompleteCount === undefined ? -1 : message.deliveryCompleteCount;
    writer.int32(deliveryCompleteCount, 'results.partitions.deliveryCompleteCount');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateSummaryResponseReadStateSummaryResult(
  reader: WireReader,
  version: number,
): ReadShareGroupStateSummaryResponseReadStateSummaryResult {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 24);
  const partitions = new Array<ReadShareGroupStateSummaryResponsePartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readReadShareGroupStateSummaryResponsePartitionResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateSummaryResponseReadStateSummaryResult(
  writer: WireWriter,
  message: ReadShareGroupStateSummaryResponseReadStateSummaryResultInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'results.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'results.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeReadShareGroupStateSummaryResponsePartitionResult(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readReadShareGroupStateSummaryResponse(
  reader: WireReader,
  version: number,
): ReadShareGroupStateSummaryResponse {
  const resultsCount = reader.arrayLength(true, 18);
  const results = new Array<ReadShareGroupStateSummaryResponseReadStateSummaryResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readReadShareGroupStateSummaryResponseReadStateSummaryResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    results,
    unknownTaggedFields,
  };
}

function writeReadShareGroupStateSummaryResponse(
  writer: WireWriter,
  message: ReadShareGroupStateSummaryResponseInput,
  version: number,
): void {
  const results = message.results;
  const resultsCount = writer.arrayLength(results, true, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeReadShareGroupStateSummaryResponseReadStateSummaryResult(writer, results[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createReadShareGroupStateSummaryResponse(): ReadShareGroupStateSummaryResponse {
  return {
    results: [],
    unknownTaggedFields: undefined,
  };
}
