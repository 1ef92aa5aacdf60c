// Generated from definitions/apis/90-describe-share-group-offsets.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads the start offsets of share groups.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeShareGroupOffsets (API key 90), versions 0 to 1.
 * Reads the start offsets of share groups.
 */
export interface DescribeShareGroupOffsetsRequest {
  groups: DescribeShareGroupOffsetsRequestGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsRequestInput {
  readonly groups: readonly DescribeShareGroupOffsetsRequestGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsRequestGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsRequestTopic[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsRequestGroupInput {
  readonly groupId: string;
  readonly topics: readonly DescribeShareGroupOffsetsRequestTopicInput[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsRequestTopic {
  topicName: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsRequestTopicInput {
  readonly topicName: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeShareGroupOffsets (API key 90), versions 0 to 1.
 * Reads the start offsets of share groups.
 */
export const DescribeShareGroupOffsetsRequest: MessageCodec<DescribeShareGroupOffsetsRequest, DescribeShareGroupOffsetsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeShareGroupOffsetsRequest',
  apiKey: 90,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeShareGroupOffsetsRequest,
  write: writeDescribeShareGroupOffsetsRequest,
  create: (partial) => ({ ...createDescribeShareGroupOffsetsRequest(), ...partial }),
});

function readDescribeShareGroupOffsetsRequestTopic(
  reader: WireReader,
  _version: number,
): DescribeShareGroupOffsetsRequestTopic {
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeShareGroupOffsetsRequestTopic(
  writer: WireWriter,
  message: DescribeShareGroupOffsetsRequestTopicInput,
  _version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'groups.topics.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'groups.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'groups.topics.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeShareGroupOffsetsRequestGroup(
  reader: WireReader,
  version: number,
): DescribeShareGroupOffsetsRequestGroup {
  const groupId = reader.string(true);
  const topicsCount = reader.nullableArrayLength(true, 3);
  let topics: DescribeShareGroupOffsetsRequestTopic[] | null = null;
  if (topicsCount >= 0) {
    topics = new Array<DescribeShareGroupOffsetsRequestTopic>(topicsCount);
    for (let i = 0; i < topicsCount; i++) {
      topics[i] = readDescribeShareGroupOffsetsRequestTopic(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    unknownTaggedFields,
  };
}

function writeDescribeShareGroupOffsetsRequestGroup(
  writer: WireWriter,
  message: DescribeShareGroupOffsetsRequestGroupInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groups.groupId');
  const topics = message.topics;
  if (topics === null) {
    writer.nullArray(true);
  } else {
    const topicsCount = writer.arrayLength(topics, true, 'groups.topics');
    for (let i = 0; i < topicsCount; i++) {
      writeDescribeShareGroupOffsetsRequestTopic(writer, topics[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeShareGroupOffsetsRequest(
  reader: WireReader,
  version: number,
): DescribeShareGroupOffsetsRequest {
  const groupsCount = reader.arrayLength(true, 3);
  const groups = new Array<DescribeShareGroupOffsetsRequestGroup>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = readDescribeShareGroupOffsetsRequestGroup(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groups,
    unknownTaggedFields,
  };
}

function writeDescribeShareGroupOffsetsRequest(
  writer: WireWriter,
  message: DescribeShareGroupOffsetsRequestInput,
  version: number,
): void {
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, true, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writeDescribeShareGroupOffsetsRequestGroup(writer, groups[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeShareGroupOffsetsRequest(): DescribeShareGroupOffsetsRequest {
  return {
    groups: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeShareGroupOffsets (API key 90), versions 0 to 1.
 * Reads the start offsets of share groups.
 */
export interface DescribeShareGroupOffsetsResponse {
  throttleTimeMs: number;
  groups: DescribeShareGroupOffsetsResponseGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsResponseInput {
  readonly throttleTimeMs: number;
  readonly groups: readonly DescribeShareGroupOffsetsResponseGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsResponseGroup {
  groupId: string;
  topics: DescribeShareGroupOffsetsResponseTopic[];
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsResponseGroupInput {
  readonly groupId: string;
  readonly topics: readonly DescribeShareGroupOffsetsResponseTopicInput[];
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsResponseTopic {
  topicName: string;
  topicId: string;
  partitions: DescribeShareGroupOffsetsResponsePartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsResponseTopicInput {
  readonly topicName: string;
  readonly topicId: string;
  readonly partitions: readonly DescribeShareGroupOffsetsResponsePartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsResponsePartition {
  partitionIndex: number;
  startOffset: number;
  leaderEpoch: number;
  lag: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeShareGroupOffsetsResponsePartitionInput {
  readonly partitionIndex: number;
  readonly startOffset: number;
  readonly leaderEpoch: number;
  readonly lag?: number | undefined;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeShareGroupOffsets (API key 90), versions 0 to 1.
 * Reads the start offsets of share groups.
 */
export const DescribeShareGroupOffsetsResponse: MessageCodec<DescribeShareGroupOffsetsResponse, DescribeShareGroupOffsetsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeShareGroupOffsetsResponse',
  apiKey: 90,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeShareGroupOffsetsResponse,
  write: writeDescribeShareGroupOffsetsResponse,
  create: (partial) => ({ ...createDescribeShareGroupOffsetsResponse(), ...partial }),
});

function readDescribeShareGroupOffsetsResponsePartition(
  reader: WireReader,
  version: number,
): DescribeShareGroupOffsetsResponsePartition {
  const partitionIndex = reader.int32();
  const startOffset = reader.int64();
  const leaderEpoch = reader.int32();
  const lag = version >= 1 ? reader.int64() : -1;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    startOffset,
    leaderEpoch,
    lag,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeDescribeShareGroupOffsetsResponsePartition(
  writer: WireWriter,
  message: DescribeShareGroupOffsetsResponsePartitionInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'groups.topics.partitions.partitionIndex');
  const startOffset = message.startOffset;
  writer.int64(startOffset, 'groups.topics.partitions.startOffset');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'groups.topics.partitions.leaderEpoch');
  if (version >= 1) {
    const lag = message.lag === undefined ? -1 : message.lag;
    writer.int64(lag, 'groups.topics.partitions.lag');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'groups.topics.partitions.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'groups.topics.partitions.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeShareGroupOffsetsResponseTopic(
  reader: WireReader,
  version: number,
): DescribeShareGroupOffsetsResponseTopic {
  const topicName = reader.string(true);
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 20);
  const partitions = new Array<DescribeShareGroupOffsetsResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDescribeShareGroupOffsetsResponsePartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicName,
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeShareGroupOffsetsResponseTopic(
  writer: WireWriter,
  message: DescribeShareGroupOffsetsResponseTopicInput,
  version: number,
): void {
  const topicName = message.topicName;
  writer.string(topicName, true, 'groups.topics.topicName');
  const topicId = message.topicId;
  writer.uuid(topicId, 'groups.topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'groups.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDescribeShareGroupOffsetsResponsePartition(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeShareGroupOffsetsResponseGroup(
  reader: WireReader,
  version: number,
): DescribeShareGroupOffsetsResponseGroup {
  const groupId = reader.string(true);
  const topicsCount = reader.arrayLength(true, 19);
  const topics = new Array<DescribeShareGroupOffsetsResponseTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeShareGroupOffsetsResponseTopic(reader, version);
  }
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    topics,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeDescribeShareGroupOffsetsResponseGroup(
  writer: WireWriter,
  message: DescribeShareGroupOffsetsResponseGroupInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groups.groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'groups.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeShareGroupOffsetsResponseTopic(writer, topics[i]!, version);
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'groups.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'groups.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeShareGroupOffsetsResponse(
  reader: WireReader,
  version: number,
): DescribeShareGroupOffsetsResponse {
  const throttleTimeMs = reader.int32();
  const groupsCount = reader.arrayLength(true, 6);
  const groups = new Array<DescribeShareGroupOffsetsResponseGroup>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = readDescribeShareGroupOffsetsResponseGroup(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    groups,
    unknownTaggedFields,
  };
}

function writeDescribeShareGroupOffsetsResponse(
  writer: WireWriter,
  message: DescribeShareGroupOffsetsResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, true, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writeDescribeShareGroupOffsetsResponseGroup(writer, groups[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeShareGroupOffsetsResponse(): DescribeShareGroupOffsetsResponse {
  return {
    throttleTimeMs: 0,
    groups: [],
    unknownTaggedFields: undefined,
  };
}
