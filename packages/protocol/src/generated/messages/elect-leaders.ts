// Generated from definitions/apis/43-elect-leaders.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Starts leader elections for partitions.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ElectLeaders (API key 43), versions 0 to 2.
 * Starts leader elections for partitions.
 */
export interface ElectLeadersRequest {
  electionType: number;
  topicPartitions: ElectLeadersRequestTopicPartitions[] | null;
  timeoutMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ElectLeadersRequestInput {
  readonly electionType?: number | undefined;
  readonly topicPartitions: readonly ElectLeadersRequestTopicPartitionsInput[] | null;
  readonly timeoutMs?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ElectLeadersRequestTopicPartitions {
  topic: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ElectLeadersRequestTopicPartitionsInput {
  readonly topic: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ElectLeaders (API key 43), versions 0 to 2.
 * Starts leader elections for partitions.
 */
export const ElectLeadersRequest: MessageCodec<ElectLeadersRequest, ElectLeadersRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ElectLeadersRequest',
  apiKey: 43,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readElectLeadersRequest,
  write: writeElectLeadersRequest,
  create: (partial) => ({ ...createElectLeadersRequest(), ...partial }),
});

function readElectLeadersRequestTopicPartitions(
  reader: WireReader,
  version: number,
): ElectLeadersRequestTopicPartitions {
  const flexible = version >= 2;
  const topic = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    partitions,
    unknownTaggedFields,
  };
}

function writeElectLeadersRequestTopicPartitions(
  writer: WireWriter,
  message: ElectLeadersRequestTopicPartitionsInput,
  version: number,
): void {
  const flexible = version >= 2;
  const topic = message.topic;
  writer.string(topic, flexible, 'topicPartitions.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'topicPartitions.partitions');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readElectLeadersRequest(reader: WireReader, version: number): ElectLeadersRequest {
  const flexible = version >= 2;
  const electionType = version >= 1 ? reader.int8() : 0;
  const topicPartitionsCount = reader.nullableArrayLength(flexible, 3);
  let topicPartitions: ElectLeadersRequestTopicPartitions[] | null = null;
  if (topicPartitionsCount >= 0) {
    topicPartitions = new Array<ElectLeadersRequestTopicPartitions>(topicPartitionsCount);
    for (let i = 0; i < topicPartitionsCount; i++) {
      topicPartitions[i] = readElectLeadersRequestTopicPartitions(reader, version);
    }
  }
  const timeoutMs = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    electionType,
    topicPartitions,
    timeoutMs,
    unknownTaggedFields,
  };
}

function writeElectLeadersRequest(
  writer: WireWriter,
  message: ElectLeadersRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const electionType = message.electionType === undefined ? 0 : message.electionType;
  if (version >= 1) {
    writer.int8(electionType, 'electionType');
  } else if (electionType !== 0) {
    throw writer.notInVersion('electionType');
  }
  const topicPartitions = message.topicPartitions;
  if (topicPartitions === null) {
    writer.nullArray(flexible);
  } else {
    const topicPartitionsCount = writer.arrayLength(topicPartitions, flexible, 'topicPartitions');
    for (let i = 0; i < topicPartitionsCount; i++) {
      writeElectLeadersRequestTopicPartitions(writer, topicPartitions[i]!, version);
    }
  }
  const timeoutMs = message.timeoutMs === undefined ? 60000 : message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createElectLeadersRequest(): ElectLeadersRequest {
  return {
    electionType: 0,
    topicPartitions: [],
    timeoutMs: 60000,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ElectLeaders (API key 43), versions 0 to 2.
 * Starts leader elections for partitions.
 */
export interface ElectLeadersResponse {
  throttleTimeMs: number;
  errorCode: number;
  replicaElectionResults: ElectLeadersResponseReplicaElectionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ElectLeadersResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode?: number | undefined;
  readonly replicaElectionResults: readonly ElectLeadersResponseReplicaElectionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ElectLeadersResponseReplicaElectionResult {
  topic: string;
  partitionResult: ElectLeadersResponsePartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ElectLeadersResponseReplicaElectionResultInput {
  readonly topic: string;
  readonly partitionResult: readonly ElectLeadersResponsePartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ElectLeadersResponsePartitionResult {
  partitionId: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ElectLeadersResponsePartitionResultInput {
  readonly partitionId: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ElectLeaders (API key 43), versions 0 to 2.
 * Starts leader elections for partitions.
 */
export const ElectLeadersResponse: MessageCodec<ElectLeadersResponse, ElectLeadersResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ElectLeadersResponse',
  apiKey: 43,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readElectLeadersResponse,
  write: writeElectLeadersResponse,
  create: (partial) => ({ ...createElectLeadersResponse(), ...partial }),
});

function readElectLeadersResponsePartitionResult(
  reader: WireReader,
  version: number,
): ElectLeadersResponsePartitionResult {
  const flexible = version >= 2;
  const partitionId = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionId,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeElectLeadersResponsePartitionResult(
  writer: WireWriter,
  message: ElectLeadersResponsePartitionResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const partitionId = message.partitionId;
  writer.int32(partitionId, 'replicaElectionResults.partitionResult.partitionId');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'replicaElectionResults.partitionResult.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'replicaElectionResults.partitionResult.errorMessage');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readElectLeadersResponseReplicaElectionResult(
  reader: WireReader,
  version: number,
): ElectLeadersResponseReplicaElectionResult {
  const flexible = version >= 2;
  const topic = reader.string(flexible);
  const partitionResultCount = reader.arrayLength(flexible, 8);
  const partitionResult = new Array<ElectLeadersResponsePartitionResult>(partitionResultCount);
  for (let i = 0; i < partitionResultCount; i++) {
    partitionResult[i] = readElectLeadersResponsePartitionResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    partitionResult,
    unknownTaggedFields,
  };
}

function writeElectLeadersResponseReplicaElectionResult(
  writer: WireWriter,
  message: ElectLeadersResponseReplicaElectionResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const topic = message.topic;
  writer.string(topic, flexible, 'replicaElectionResults.topic');
  const partitionResult = message.partitionResult;
  const partitionResultCount =
    writer.arrayLength(partitionResult, flexible, 'replicaElectionResults.partitionResult');
  for (let i = 0; i < partitionResultCount; i++) {
    writeElectLeadersResponsePartitionResult(writer, partitionResult[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readElectLeadersResponse(reader: WireReader, version: number): ElectLeadersResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const errorCode = version >= 1 ? reader.int16() : 0;
  const replicaElectionResultsCount = reader.arrayLength(flexible, 3);
  const replicaElectionResults =
    new Array<ElectLeadersResponseReplicaElectionResult>(replicaElectionResultsCount);
  for (let i = 0; i < replicaElectionResultsCount; i++) {
    replicaElectionResults[i] = readElectLeadersResponseReplicaElectionResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    replicaElectionResults,
    unknownTaggedFields,
  };
}

function writeElectLeadersResponse(
  writer: WireWriter,
  message: ElectLeadersResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
  if (version >= 1) {
    writer.int16(errorCode, 'errorCode');
  } else if (errorCode !== 0) {
    throw writer.notInVersion('errorCode');
  }
  const replicaElectionResults = message.replicaElectionResults;
  const replicaElectionResultsCount =
    writer.arrayLength(replicaElectionResults, flexible, 'replicaElectionResults');
  for (let i = 0; i < replicaElectionResultsCount; i++) {
    writeElectLeadersResponseReplicaElectionResult(writer, replicaElectionResults[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createElectLeadersResponse(): ElectLeadersResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    replicaElectionResults: [],
    unknownTaggedFields: undefined,
  };
}
