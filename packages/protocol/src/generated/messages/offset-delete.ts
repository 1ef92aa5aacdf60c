// Generated from definitions/apis/47-offset-delete.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Deletes positions of a group. Never became flexible.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of OffsetDelete (API key 47), version 0.
 * Deletes positions of a group. Never became flexible.
 */
export interface OffsetDeleteRequest {
  groupId: string;
  topics: OffsetDeleteRequestTopic[];
}

export interface OffsetDeleteRequestInput {
  readonly groupId: string;
  readonly topics: readonly OffsetDeleteRequestTopicInput[];
}

export interface OffsetDeleteRequestTopic {
  name: string;
  partitions: OffsetDeleteRequestPartition[];
}

export interface OffsetDeleteRequestTopicInput {
  readonly name: string;
  readonly partitions: readonly OffsetDeleteRequestPartitionInput[];
}

export interface OffsetDeleteRequestPartition {
  partitionIndex: number;
}

export interface OffsetDeleteRequestPartitionInput {
  readonly partitionIndex: number;
}

/**
 * Request of OffsetDelete (API key 47), version 0.
 * Deletes positions of a group. Never became flexible.
 */
export const OffsetDeleteRequest: MessageCodec<OffsetDeleteRequest, OffsetDeleteRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetDeleteRequest',
  apiKey: 47,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readOffsetDeleteRequest,
  write: writeOffsetDeleteRequest,
  create: (partial) => ({ ...createOffsetDeleteRequest(), ...partial }),
});

function readOffsetDeleteRequestPartition(
  reader: WireReader,
  _version: number,
): OffsetDeleteRequestPartition {
  const partitionIndex = reader.int32();
  return {
    partitionIndex,
  };
}

function writeOffsetDeleteRequestPartition(
  writer: WireWriter,
  message: OffsetDeleteRequestPartitionInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
}

function readOffsetDeleteRequestTopic(reader: WireReader, version: number): OffsetDeleteRequestTopic {
  const name = reader.string(false);
  const partitionsCount = reader.arrayLength(false, 4);
  const partitions = new Array<OffsetDeleteRequestPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetDeleteRequestPartition(reader, version);
  }
  return {
    name,
    partitions,
  };
}

function writeOffsetDeleteRequestTopic(
  writer: WireWriter,
  message: OffsetDeleteRequestTopicInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, false, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, false, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetDeleteRequestPartition(writer, partitions[i]!, version);
  }
}

function readOffsetDeleteRequest(reader: WireReader, version: number): OffsetDeleteRequest {
  const groupId = reader.string(false);
  const topicsCount = reader.arrayLength(false, 6);
  const topics = new Array<OffsetDeleteRequestTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readOffsetDeleteRequestTopic(reader, version);
  }
  return {
    groupId,
    topics,
  };
}

function writeOffsetDeleteRequest(
  writer: WireWriter,
  message: OffsetDeleteRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, false, 'groupId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, false, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeOffsetDeleteRequestTopic(writer, topics[i]!, version);
  }
}

function createOffsetDeleteRequest(): OffsetDeleteRequest {
  return {
    groupId: '',
    topics: [],
  };
}

/**
 * Response of OffsetDelete (API key 47), version 0.
 * Deletes positions of a group. Never became flexible.
 */
export interface OffsetDeleteResponse {
  errorCode: number;
  throttleTimeMs: number;
  topics: OffsetDeleteResponseTopic[];
}

export interface OffsetDeleteResponseInput {
  readonly errorCode: number;
  readonly throttleTimeMs?: number | undefined;
  readonly topics: readonly OffsetDeleteResponseTopicInput[];
}

export interface OffsetDeleteResponseTopic {
  name: string;
  partitions: OffsetDeleteResponsePartition[];
}

export interface OffsetDeleteResponseTopicInput {
  readonly name: string;
  readonly partitions: readonly OffsetDeleteResponsePartitionInput[];
}

export interface OffsetDeleteResponsePartition {
  partitionIndex: number;
  errorCode: number;
}

export interface OffsetDeleteResponsePartitionInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
}

/**
 * Response of OffsetDelete (API key 47), version 0.
 * Deletes positions of a group. Never became flexible.
 */
export const OffsetDeleteResponse: MessageCodec<OffsetDeleteResponse, OffsetDeleteResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetDeleteResponse',
  apiKey: 47,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readOffsetDeleteResponse,
  write: writeOffsetDeleteResponse,
  create: (partial) => ({ ...createOffsetDeleteResponse(), ...partial }),
});

function readOffsetDeleteResponsePartition(
  reader: WireReader,
  _version: number,
): OffsetDeleteResponsePartition {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  return {
    partitionIndex,
    errorCode,
  };
}

function writeOffsetDeleteResponsePartition(
  writer: WireWriter,
  message: OffsetDeleteResponsePartitionInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
}

function readOffsetDeleteResponseTopic(reader: WireReader, version: number): OffsetDeleteResponseTopic {
  const name = reader.string(false);
  const partitionsCount = reader.arrayLength(false, 6);
  const partitions = new Array<OffsetDeleteResponsePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetDeleteResponsePartition(reader, version);
  }
  return {
    name,
    partitions,
  };
}

function writeOffsetDeleteResponseTopic(
  writer: WireWriter,
  message: OffsetDeleteResponseTopicInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, false, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, false, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetDeleteResponsePartition(writer, partitions[i]!, version);
  }
}

function readOffsetDeleteResponse(reader: WireReader, version: number): OffsetDeleteResponse {
  const errorCode = reader.int16();
  const throttleTimeMs = reader.int32();
  const topicsCount = reader.arrayLength(false, 6);
  const topics = new Array<OffsetDeleteResponseTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readOffsetDeleteResponseTopic(reader, version);
  }
  return {
    errorCode,
    throttleTimeMs,
    topics,
  };
}

function writeOffsetDeleteResponse(
  writer: WireWriter,
  message: OffsetDeleteResponseInput,
  version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, false, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeOffsetDeleteResponseTopic(writer, topics[i]!, version);
  }
}

function createOffsetDeleteResponse(): OffsetDeleteResponse {
  return {
    errorCode: 0,
    throttleTimeMs: 0,
    topics: [],
  };
}
