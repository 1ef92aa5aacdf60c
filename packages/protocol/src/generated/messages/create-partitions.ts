// Generated from definitions/apis/37-create-partitions.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Adds partitions to topics.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of CreatePartitions (API key 37), versions 0 to 3.
 * Adds partitions to topics.
 */
export interface CreatePartitionsRequest {
  topics: CreatePartitionsRequestCreatePartitionsTopic[];
  timeoutMs: number;
  validateOnly: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsRequestInput {
  readonly topics: readonly CreatePartitionsRequestCreatePartitionsTopicInput[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsRequestCreatePartitionsTopic {
  name: string;
  count: number;
  assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsRequestCreatePartitionsTopicInput {
  readonly name: string;
  readonly count: number;
  readonly assignments: readonly CreatePartitionsRequestCreatePartitionsAssignmentInput[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsRequestCreatePartitionsAssignment {
  brokerIds: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsRequestCreatePartitionsAssignmentInput {
  readonly brokerIds: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of CreatePartitions (API key 37), versions 0 to 3.
 * Adds partitions to topics.
 */
export const CreatePartitionsRequest: MessageCodec<CreatePartitionsRequest, CreatePartitionsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreatePartitionsRequest',
  apiKey: 37,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readCreatePartitionsRequest,
  write: writeCreatePartitionsRequest,
  create: (partial) => ({ ...createCreatePartitionsRequest(), ...partial }),
});

function readCreatePartitionsRequestCreatePartitionsAssignment(
  reader: WireReader,
  version: number,
): CreatePartitionsRequestCreatePartitionsAssignment {
  const flexible = version >= 2;
  const brokerIdsCount = reader.arrayLength(flexible, 4);
  const brokerIds = reader.int32Elements(brokerIdsCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    brokerIds,
    unknownTaggedFields,
  };
}

function writeCreatePartitionsRequestCreatePartitionsAssignment(
  writer: WireWriter,
  message: CreatePartitionsRequestCreatePartitionsAssignmentInput,
  version: number,
): void {
  const flexible = version >= 2;
  const brokerIds = message.brokerIds;
  const brokerIdsCount = writer.arrayLength(brokerIds, flexible, 'topics.assignments.brokerIds');
  for (let i = 0; i < brokerIdsCount; i++) {
    writer.int32(brokerIds[i]!, 'topics.assignments.brokerIds');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreatePartitionsRequestCreatePartitionsTopic(
  reader: WireReader,
  version: number,
): CreatePartitionsRequestCreatePartitionsTopic {
  const flexible = version >= 2;
  const name = reader.string(flexible);
  const count = reader.int32();
  const assignmentsCount = reader.nullableArrayLength(flexible, 2);
  let assignments: CreatePartitionsRequestCreatePartitionsAssignment[] | null = null;
  if (assignmentsCount >= 0) {
    assignments = new Array<CreatePartitionsRequestCreatePartitionsAssignment>(assignmentsCount);
    for (let i = 0; i < assignmentsCount; i++) {
      assignments[i] = readCreatePartitionsRequestCreatePartitionsAssignment(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    count,
    assignments,
    unknownTaggedFields,
  };
}

function writeCreatePartitionsRequestCreatePartitionsTopic(
  writer: WireWriter,
  message: CreatePartitionsRequestCreatePartitionsTopicInput,
  version: number,
): void {
  const flexible = version >= 2;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const count = message.count;
  writer.int32(count, 'topics.count');
  const assignments = message.assignments;
  if (assignments === null) {
    writer.nullArray(flexible);
  } else {
    const assignmentsCount = writer.arrayLength(assignments, flexible, 'topics.assignments');
    for (let i = 0; i < assignmentsCount; i++) {
      writeCreatePartitionsRequestCreatePartitionsAssignment(writer, assignments[i]!, version);
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreatePartitionsRequest(reader: WireReader, version: number): CreatePartitionsRequest {
  const flexible = version >= 2;
  const topicsCount = reader.arrayLength(flexible, 7);
  const topics = new Array<CreatePartitionsRequestCreatePartitionsTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readCreatePartitionsRequestCreatePartitionsTopic(reader, version);
  }
  const timeoutMs = reader.int32();
  const validateOnly = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topics,
    timeoutMs,
    validateOnly,
    unknownTaggedFields,
  };
}

function writeCreatePartitionsRequest(
  writer: WireWriter,
  message: CreatePartitionsRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeCreatePartitionsRequestCreatePartitionsTopic(writer, topics[i]!, version);
  }
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  const validateOnly = message.validateOnly;
  writer.boolean(validateOnly, 'validateOnly');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreatePartitionsRequest(): CreatePartitionsRequest {
  return {
    topics: [],
    timeoutMs: 0,
    validateOnly: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of CreatePartitions (API key 37), versions 0 to 3.
 * Adds partitions to topics.
 */
export interface CreatePartitionsResponse {
  throttleTimeMs: number;
  results: CreatePartitionsResponseCreatePartitionsTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsResponseInput {
  readonly throttleTimeMs: number;
  readonly results: readonly CreatePartitionsResponseCreatePartitionsTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsResponseCreatePartitionsTopicResult {
  name: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreatePartitionsResponseCreatePartitionsTopicResultInput {
  readonly name: string;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of CreatePartitions (API key 37), versions 0 to 3.
 * Adds partitions to topics.
 */
export const CreatePartitionsResponse: MessageCodec<CreatePartitionsResponse, CreatePartitionsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreatePartitionsResponse',
  apiKey: 37,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readCreatePartitionsResponse,
  write: writeCreatePartitionsResponse,
  create: (partial) => ({ ...createCreatePartitionsResponse(), ...partial }),
});

function readCreatePartitionsResponseCreatePartitionsTopicResult(
  reader: WireReader,
  version: number,
): CreatePartitionsResponseCreatePartitionsTopicResult {
  const flexible = version >= 2;
  const name = reader.string(flexible);
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeCreatePartitionsResponseCreatePartitionsTopicResult(
  writer: WireWriter,
  message: CreatePartitionsResponseCreatePartitionsTopicResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const name = message.name;
  writer.string(name, flexible, 'results.name');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'results.errorMessage');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreatePartitionsResponse(reader: WireReader, version: number): CreatePartitionsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const resultsCount = reader.arrayLength(flexible, 5);
  const results = new Array<CreatePartitionsResponseCreatePartitionsTopicResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readCreatePartitionsResponseCreatePartitionsTopicResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    results,
    unknownTaggedFields,
  };
}

function writeCreatePartitionsResponse(
  writer: WireWriter,
  message: CreatePartitionsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const results = message.results;
  const resultsCount = writer.arrayLength(results, flexible, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeCreatePartitionsResponseCreatePartitionsTopicResult(writer, results[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreatePartitionsResponse(): CreatePartitionsResponse {
  return {
    throttleTimeMs: 0,
    results: [],
    unknownTaggedFields: undefined,
  };
}
