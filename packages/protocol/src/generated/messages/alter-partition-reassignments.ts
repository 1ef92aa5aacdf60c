// Generated from definitions/apis/45-alter-partition-reassignments.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Moves partitions to other brokers (KIP-455).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AlterPartitionReassignments (API key 45), versions 0 to 1.
 * Moves partitions to other brokers (KIP-455).
 */
export interface AlterPartitionReassignmentsRequest {
  timeoutMs: number;
  allowReplicationFactorChange: boolean;
  topics: AlterPartitionReassignmentsRequestReassignableTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsRequestInput {
  readonly timeoutMs?: number | undefined;
  readonly allowReplicationFactorChange?: boolean | undefined;
  readonly topics: readonly AlterPartitionReassignmentsRequestReassignableTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsRequestReassignableTopic {
  name: string;
  partitions: AlterPartitionReassignmentsRequestReassignablePartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsRequestReassignableTopicInput {
  readonly name: string;
  readonly partitions: readonly AlterPartitionReassignmentsRequestReassignablePartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsRequestReassignablePartition {
  partitionIndex: number;
  replicas: number[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsRequestReassignablePartitionInput {
  readonly partitionIndex: number;
  readonly replicas?: readonly number[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AlterPartitionReassignments (API key 45), versions 0 to 1.
 * Moves partitions to other brokers (KIP-455).
 */
export const AlterPartitionReassignmentsRequest: MessageCodec<AlterPartitionReassignmentsRequest, AlterPartitionReassignmentsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterPartitionReassignmentsRequest',
  apiKey: 45,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAlterPartitionReassignmentsRequest,
  write: writeAlterPartitionReassignmentsRequest,
  create: (partial) => ({ ...createAlterPartitionReassignmentsRequest(), ...partial }),
});

function readAlterPartitionReassignmentsRequestReassignablePartition(
  reader: WireReader,
  _version: number,
): AlterPartitionReassignmentsRequestReassignablePartition {
  const partitionIndex = reader.int32();
  const replicasCount = reader.nullableArrayLength(true, 4);
  let replicas: number[] | null = null;
  if (replicasCount >= 0) {
    replicas = reader.int32Elements(replicasCount);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    replicas,
    unknownTaggedFields,
  };
}

function writeAlterPartitionReassignmentsRequestReassignablePartition(
  writer: WireWriter,
  message: AlterPartitionReassignmentsRequestReassignablePartitionInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const replicas = message.replicas === undefined ? null : message.replicas;
  if (replicas === null) {
    writer.nullArray(true);
  } else {
    const replicasCount = writer.arrayLength(replicas, true, 'topics.partitions.replicas');
    for (let i = 0; i < replicasCount; i++) {
      writer.int32(replicas[i]!, 'topics.partitions.replicas');
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionReassignmentsRequestReassignableTopic(
  reader: WireReader,
  version: number,
): AlterPartitionReassignmentsRequestReassignableTopic {
  const name = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 6);
  const partitions = new Array<AlterPartitionReassignmentsRequestReassignablePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAlterPartitionReassignmentsRequestReassignablePartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeAlterPartitionReassignmentsRequestReassignableTopic(
  writer: WireWriter,
  message: AlterPartitionReassignmentsRequestReassignableTopicInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAlterPartitionReassignmentsRequestReassignablePartition(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionReassignmentsRequest(
  reader: WireReader,
  version: number,
): AlterPartitionReassignmentsRequest {
  const timeoutMs = reader.int32();
  const allowReplicationFactorChange = version >= 1 ? reader.boolean() : true;
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<AlterPartitionReassignmentsRequestReassignableTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readAlterPartitionReassignmentsRequestReassignableTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    timeoutMs,
    allowReplicationFactorChange,
    topics,
    unknownTaggedFields,
  };
}

function writeAlterPartitionReassignmentsRequest(
  writer: WireWriter,
  message: AlterPartitionReassignmentsRequestInput,
  version: number,
): void {
  const timeoutMs = message.timeoutMs === undefined ? 60000 : message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  const allowReplicationFactorChange =
    message.allowReplicationFactorChange === undefined ? true : message.allowReplicationFactorChange;
  if (version >= 1) {
    writer.boolean(allowReplicationFactorChange, 'allowReplicationFactorChange');
  } else if (!allowReplicationFactorChange) {
    throw writer.notInVersion('allowReplicationFactorChange');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeAlterPartitionReassignmentsRequestReassignableTopic(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterPartitionReassignmentsRequest(): AlterPartitionReassignmentsRequest {
  return {
    timeoutMs: 60000,
    allowReplicationFactorChange: true,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AlterPartitionReassignments (API key 45), versions 0 to 1.
 * Moves partitions to other brokers (KIP-455).
 */
export interface AlterPartitionReassignmentsResponse {
  throttleTimeMs: number;
  allowReplicationFactorChange: boolean;
  errorCode: number;
  errorMessage: string | null;
  responses: AlterPartitionReassignmentsResponseReassignableTopicResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsResponseInput {
  readonly throttleTimeMs: number;
  readonly allowReplicationFactorChange?: boolean | undefined;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly responses: readonly AlterPartitionReassignmentsResponseReassignableTopicResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponse {
  name: string;
  partitions: AlterPartitionReassignmentsResponseReassignablePartitionResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsResponseReassignableTopicResponseInput {
  readonly name: string;
  readonly partitions: readonly AlterPartitionReassignmentsResponseReassignablePartitionResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterPartitionReassignmentsResponseReassignablePartitionResponseInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AlterPartitionReassignments (API key 45), versions 0 to 1.
 * Moves partitions to other brokers (KIP-455).
 */
export const AlterPartitionReassignmentsResponse: MessageCodec<AlterPartitionReassignmentsResponse, AlterPartitionReassignmentsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterPartitionReassignmentsResponse',
  apiKey: 45,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAlterPartitionReassignmentsResponse,
  write: writeAlterPartitionReassignmentsResponse,
  create: (partial) => ({ ...createAlterPartitionReassignmentsResponse(), ...partial }),
});

function readAlterPartitionReassignmentsResponseReassignablePartitionResponse(
  reader: WireReader,
  _version: number,
): AlterPartitionReassignmentsResponseReassignablePartitionResponse {
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

function writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(
  writer: WireWriter,
  message: AlterPartitionReassignmentsResponseReassignablePartitionResponseInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'responses.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.partitions.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'responses.partitions.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionReassignmentsResponseReassignableTopicResponse(
  reader: WireReader,
  version: number,
): AlterPartitionReassignmentsResponseReassignableTopicResponse {
  const name = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 8);
  const partitions =
    new Array<AlterPartitionReassignmentsResponseReassignablePartitionResponse>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readAlterPartitionReassignmentsResponseReassignablePartitionResponse(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeAlterPartitionReassignmentsResponseReassignableTopicResponse(
  writer: WireWriter,
  message: AlterPartitionReassignmentsResponseReassignableTopicResponseInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'responses.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'responses.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeAlterPartitionReassignmentsResponseReassignablePartitionResponse(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readAlterPartitionReassignmentsResponse(
  reader: WireReader,
  version: number,
): AlterPartitionReassignmentsResponse {
  const throttleTimeMs = reader.int32();
  const allowReplicationFactorChange = version >= 1 ? reader.boolean() : true;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const responsesCount = reader.arrayLength(true, 3);
  const responses = new Array<AlterPartitionReassignmentsResponseReassignableTopicResponse>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readAlterPartitionReassignmentsResponseReassignableTopicResponse(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    allowReplicationFactorChange,
    errorCode,
    errorMessage,
    responses,
    unknownTaggedFields,
  };
}

function writeAlterPartitionReassignmentsResponse(
  writer: WireWriter,
  message: AlterPartitionReassignmentsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  if (version >= 1) {
    const allowReplicationFactorChange =
      message.allowReplicationFactorChange === undefined ? true : message.allowReplicationFactorChange;
    writer.boolean(allowReplicationFactorChange, 'allowReplicationFactorChange');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, true, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeAlterPartitionReassignmentsResponseReassignableTopicResponse(writer, responses[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAlterPartitionReassignmentsResponse(): AlterPartitionReassignmentsResponse {
  return {
    throttleTimeMs: 0,
    allowReplicationFactorChange: true,
    errorCode: 0,
    errorMessage: '',
    responses: [],
    unknownTaggedFields: undefined,
  };
}
