// Generated from definitions/apis/19-create-topics.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Creates topics.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of CreateTopics (API key 19), versions 2 to 7.
 * Creates topics.
 */
export interface CreateTopicsRequest {
  topics: CreateTopicsRequestCreatableTopic[];
  timeoutMs: number;
  validateOnly: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateTopicsRequestInput {
  readonly topics: readonly CreateTopicsRequestCreatableTopicInput[];
  readonly timeoutMs?: number | undefined;
  readonly validateOnly?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateTopicsRequestCreatableTopic {
  name: string;
  numPartitions: number;
  replicationFactor: number;
  assignments: CreateTopicsRequestCreatableReplicaAssignment[];
  configs: CreateTopicsRequestCreatableTopicConfig[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateTopicsRequestCreatableTopicInput {
  readonly name: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly assignments: readonly CreateTopicsRequestCreatableReplicaAssignmentInput[];
  readonly configs: readonly CreateTopicsRequestCreatableTopicConfigInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateTopicsRequestCreatableTopicConfig {
  name: string;
  value: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateTopicsRequestCreatableTopicConfigInput {
  readonly name: string;
  readonly value: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateTopicsRequestCreatableReplicaAssignment {
  partitionIndex: number;
  brokerIds: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateTopicsRequestCreatableReplicaAssignmentInput {
  readonly partitionIndex: number;
  readonly brokerIds: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of CreateTopics (API key 19), versions 2 to 7.
 * Creates topics.
 */
export const CreateTopicsRequest: MessageCodec<CreateTopicsRequest, CreateTopicsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreateTopicsRequest',
  apiKey: 19,
  minVersion: 2,
  maxVersion: 7,
  flexibleFrom: 5,
  latestVersionUnstable: false,
  read: readCreateTopicsRequest,
  write: writeCreateTopicsRequest,
  create: (partial) => ({ ...createCreateTopicsRequest(), ...partial }),
});

function readCreateTopicsRequestCreatableReplicaAssignment(
  reader: WireReader,
  version: number,
): CreateTopicsRequestCreatableReplicaAssignment {
  const flexible = version >= 5;
  const partitionIndex = reader.int32();
  const brokerIdsCount = reader.arrayLength(flexible, 4);
  const brokerIds = reader.int32Elements(brokerIdsCount);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partitionIndex,
    brokerIds,
    unknownTaggedFields,
  };
}

function writeCreateTopicsRequestCreatableReplicaAssignment(
  writer: WireWriter,
  message: CreateTopicsRequestCreatableReplicaAssignmentInput,
  version: number,
): void {
  const flexible = version >= 5;
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.assignments.partitionIndex');
  const brokerIds = message.brokerIds;
  const brokerIdsCount = writer.arrayLength(brokerIds, flexible, 'topics.assignments.brokerIds');
  for (let i = 0; i < brokerIdsCount; i++) {
    writer.int32(brokerIds[i]!, 'topics.assignments.brokerIds');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreateTopicsRequestCreatableTopicConfig(
  reader: WireReader,
  version: number,
): CreateTopicsRequestCreatableTopicConfig {
  const flexible = version >= 5;
  const name = reader.string(flexible);
  const value = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    value,
    unknownTaggedFields,
  };
}

function writeCreateTopicsRequestCreatableTopicConfig(
  writer: WireWriter,
  message: CreateTopicsRequestCreatableTopicConfigInput,
  version: number,
): void {
  const flexible = version >= 5;
  const name = message.name;
  writer.string(name, flexible, 'topics.configs.name');
  const value = message.value;
  writer.nullableString(value, flexible, 'topics.configs.value');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreateTopicsRequestCreatableTopic(
  reader: WireReader,
  version: number,
): CreateTopicsRequestCreatableTopic {
  const flexible = version >= 5;
  const name = reader.string(flexible);
  const numPartitions = reader.int32();
  const replicationFactor = reader.int16();
  const assignmentsCount = reader.arrayLength(flexible, 6);
  const assignments = new Array<CreateTopicsRequestCreatableReplicaAssignment>(assignmentsCount);
  for (let i = 0; i < assignmentsCount; i++) {
    assignments[i] = readCreateTopicsRequestCreatableReplicaAssignment(reader, version);
  }
  const configsCount = reader.arrayLength(flexible, 3);
  const configs = new Array<CreateTopicsRequestCreatableTopicConfig>(configsCount);
  for (let i = 0; i < configsCount; i++) {
    configs[i] = readCreateTopicsRequestCreatableTopicConfig(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    numPartitions,
    replicationFactor,
    assignments,
    configs,
    unknownTaggedFields,
  };
}

function writeCreateTopicsRequestCreatableTopic(
  writer: WireWriter,
  message: CreateTopicsRequestCreatableTopicInput,
  version: number,
): void {
  const flexible = version >= 5;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  const numPartitions = message.numPartitions;
  writer.int32(numPartitions, 'topics.numPartitions');
  const replicationFactor = message.replicationFactor;
  writer.int16(replicationFactor, 'topics.replicationFactor');
  const assignments = message.assignments;
  const assignmentsCount = writer.arrayLength(assignments, flexible, 'topics.assignments');
  for (let i = 0; i < assignmentsCount; i++) {
    writeCreateTopicsRequestCreatableReplicaAssignment(writer, assignments[i]!, version);
  }
  const configs = message.configs;
  const configsCount = writer.arrayLength(configs, flexible, 'topics.configs');
  for (let i = 0; i < configsCount; i++) {
    writeCreateTopicsRequestCreatableTopicConfig(writer, configs[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreateTopicsRequest(reader: WireReader, version: number): CreateTopicsRequest {
  const flexible = version >= 5;
  const topicsCount = reader.arrayLength(flexible, 10);
  const topics = new Array<CreateTopicsRequestCreatableTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readCreateTopicsRequestCreatableTopic(reader, version);
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

function writeCreateTopicsRequest(
  writer: WireWriter,
  message: CreateTopicsRequestInput,
  version: number,
): void {
  const flexible = version >= 5;
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeCreateTopicsRequestCreatableTopic(writer, topics[i]!, version);
  }
  const timeoutMs = message.timeoutMs === undefined ? 60000 : message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  const validateOnly = message.validateOnly === undefined ? false : message.validateOnly;
  writer.boolean(validateOnly, 'validateOnly');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreateTopicsRequest(): CreateTopicsRequest {
  return {
    topics: [],
    timeoutMs: 60000,
    validateOnly: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of CreateTopics (API key 19), versions 2 to 7.
 * Creates topics.
 */
export interface CreateTopicsResponse {
  throttleTimeMs: number;
  topics: CreateTopicsResponseCreatableTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateTopicsResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly topics: readonly CreateTopicsResponseCreatableTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateTopicsResponseCreatableTopicResult {
  name: string;
  topicId: string;
  errorCode: number;
  errorMessage: string | null;
  topicConfigErrorCode: number;
  numPartitions: number;
  replicationFactor: number;
  configs: CreateTopicsResponseCreatableTopicConfigs[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateTopicsResponseCreatableTopicResultInput {
  readonly name: string;
  readonly topicId?: string | undefined;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly topicConfigErrorCode?: number | undefined;
  readonly numPartitions?: number | undefined;
  readonly replicationFactor?: number | undefined;
  readonly configs?: readonly CreateTopicsResponseCreatableTopicConfigsInput[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateTopicsResponseCreatableTopicConfigs {
  name: string;
  value: string | null;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateTopicsResponseCreatableTopicConfigsInput {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly configSource?: number | undefined;
  readonly isSensitive: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of CreateTopics (API key 19), versions 2 to 7.
 * Creates topics.
 */
export const CreateTopicsResponse: MessageCodec<CreateTopicsResponse, CreateTopicsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreateTopicsResponse',
  apiKey: 19,
  minVersion: 2,
  maxVersion: 7,
  flexibleFrom: 5,
  latestVersionUnstable: false,
  read: readCreateTopicsResponse,
  write: writeCreateTopicsResponse,
  create: (partial) => ({ ...createCreateTopicsResponse(), ...partial }),
});

function readCreateTopicsResponseCreatableTopicConfigs(
  reader: WireReader,
  _version: number,
): CreateTopicsResponseCreatableTopicConfigs {
  const name = reader.string(true);
  const value = reader.nullableString(true);
  const readOnly = reader.boolean();
  const configSource = reader.int8();
  const isSensitive = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    value,
    readOnly,
    configSource,
    isSensitive,
    unknownTaggedFields,
  };
}

function writeCreateTopicsResponseCreatableTopicConfigs(
  writer: WireWriter,
  message: CreateTopicsResponseCreatableTopicConfigsInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.configs.name');
  const value = message.value;
  writer.nullableString(value, true, 'topics.configs.value');
  const readOnly = message.readOnly;
  writer.boolean(readOnly, 'topics.configs.readOnly');
  const configSource = message.configSource === undefined ? -1 : message.configSource;
  writer.int8(configSource, 'topics.configs.configSource');
  const isSensitive = message.isSensitive;
  writer.boolean(isSensitive, 'topics.configs.isSensitive');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readCreateTopicsResponseCreatableTopicResult(
  reader: WireReader,
  version: number,
): CreateTopicsResponseCreatableTopicResult {
  const flexible = version >= 5;
  const name = reader.string(flexible);
  const topicId = version >= 7 ? reader.uuid() : ZERO_UUID;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  let topicConfigErrorCode: number = 0;
  const numPartitions = version >= 5 ? reader.int32() : -1;
  const replicationFactor = version >= 5 ? reader.int16() : -1;
  let configs: CreateTopicsResponseCreatableTopicConfigs[] | null = [];
  if (version >= 5) {
    const configsCount = reader.nullableArrayLength(flexible, 6);
    if (configsCount < 0) configs = null;
    if (configsCount >= 0) {
      configs = new Array<CreateTopicsResponseCreatableTopicConfigs>(configsCount);
      for (let i = 0; i < configsCount; i++) {
        configs[i] = readCreateTopicsResponseCreatableTopicConfigs(reader, version);
      }
    }
  }
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          topicConfigErrorCode = reader.int16();
          break;
        }
        default:
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
      }
      reader.endTag(tag, end);
      previous = tag;
    }
  }
  return {
    name,
    topicId,
    errorCode,
    errorMessage,
    topicConfigErrorCode,
    numPartitions,
    replicationFactor,
    configs,
    unknownTaggedFields,
  };
}

function writeCreateTopicsResponseCreatableTopicResult(
  writer: WireWriter,
  message: CreateTopicsResponseCreatableTopicResultInput,
  version: number,
): void {
  const flexible = version >= 5;
  const name = message.name;
  writer.string(name, flexible, 'topics.name');
  if (version >= 7) {
    const topicId = message.topicId === undefined ? ZERO_UUID : message.topicId;
    writer.uuid(topicId, 'topics.topicId');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.errorCode');
  const errorMessage = message.errorMessage === undefined ? '' : message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'topics.errorMessage');
  const topicConfigErrorCode = message.topicConfigErrorCode === undefined ? 0 : message.topicConfigErrorCode;
  if (version >= 5) {
    const numPartitions = message.numPartitions === undefined ? -1 : message.numPartitions;
    writer.int32(numPartitions, 'topics.numPartitions');
  }
  if (version >= 5) {
    const replicationFactor = message.replicationFactor === undefined ? -1 : message.replicationFactor;
    writer.int16(replicationFactor, 'topics.replicationFactor');
  }
  if (version >= 5) {
    const configs = message.configs === undefined ? [] : message.configs;
    if (configs === null) {
      writer.nullArray(flexible);
    } else {
      const configsCount = writer.arrayLength(configs, flexible, 'topics.configs');
      for (let i = 0; i < configsCount; i++) {
        writeCreateTopicsResponseCreatableTopicConfigs(writer, configs[i]!, version);
      }
    }
  }
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = topicConfigErrorCode !== 0;
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      writer.int16(topicConfigErrorCode, 'topics.topicConfigErrorCode');
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function readCreateTopicsResponse(reader: WireReader, version: number): CreateTopicsResponse {
  const flexible = version >= 5;
  const throttleTimeMs = reader.int32();
  const topicsCount = reader.arrayLength(flexible, 6);
  const topics = new Array<CreateTopicsResponseCreatableTopicResult>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readCreateTopicsResponseCreatableTopicResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeCreateTopicsResponse(
  writer: WireWriter,
  message: CreateTopicsResponseInput,
  version: number,
): void {
  const flexible = version >= 5;
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeCreateTopicsResponseCreatableTopicResult(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreateTopicsResponse(): CreateTopicsResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
