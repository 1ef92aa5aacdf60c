// Generated from definitions/apis/23-offset-for-leader-epoch.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Finds where a leader epoch ended in a log (KIP-101).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of OffsetForLeaderEpoch (API key 23), versions 2 to 4.
 * Finds where a leader epoch ended in a log (KIP-101).
 */
export interface OffsetForLeaderEpochRequest {
  replicaId: number;
  topics: OffsetForLeaderEpochRequestOffsetForLeaderTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochRequestInput {
  readonly replicaId?: number | undefined;
  readonly topics: readonly OffsetForLeaderEpochRequestOffsetForLeaderTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  topic: string;
  partitions: OffsetForLeaderEpochRequestOffsetForLeaderPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderTopicInput {
  readonly topic: string;
  readonly partitions: readonly OffsetForLeaderEpochRequestOffsetForLeaderPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  partition: number;
  currentLeaderEpoch: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochRequestOffsetForLeaderPartitionInput {
  readonly partition: number;
  readonly currentLeaderEpoch?: number | undefined;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of OffsetForLeaderEpoch (API key 23), versions 2 to 4.
 * Finds where a leader epoch ended in a log (KIP-101).
 */
export const OffsetForLeaderEpochRequest: MessageCodec<OffsetForLeaderEpochRequest, OffsetForLeaderEpochRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetForLeaderEpochRequest',
  apiKey: 23,
  minVersion: 2,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readOffsetForLeaderEpochRequest,
  write: writeOffsetForLeaderEpochRequest,
  create: (partial) => ({ ...createOffsetForLeaderEpochRequest(), ...partial }),
});

function readOffsetForLeaderEpochRequestOffsetForLeaderPartition(
  reader: WireReader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderPartition {
  const flexible = version >= 4;
  const partition = reader.int32();
  const currentLeaderEpoch = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    partition,
    currentLeaderEpoch,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(
  writer: WireWriter,
  message: OffsetForLeaderEpochRequestOffsetForLeaderPartitionInput,
  version: number,
): void {
  const flexible = version >= 4;
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  const currentLeaderEpoch = message.currentLeaderEpoch === undefined ? -1 : message.currentLeaderEpoch;
  writer.int32(currentLeaderEpoch, 'topics.partitions.currentLeaderEpoch');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetForLeaderEpochRequestOffsetForLeaderTopic(
  reader: WireReader,
  version: number,
): OffsetForLeaderEpochRequestOffsetForLeaderTopic {
  const flexible = version >= 4;
  const topic = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 12);
  const partitions = new Array<OffsetForLeaderEpochRequestOffsetForLeaderPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetForLeaderEpochRequestOffsetForLeaderPartition(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    partitions,
    unknownTaggedFields,
  };
}

function writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(
  writer: WireWriter,
  message: OffsetForLeaderEpochRequestOffsetForLeaderTopicInput,
  version: number,
): void {
  const flexible = version >= 4;
  const topic = message.topic;
  writer.string(topic, flexible, 'topics.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetForLeaderEpochRequestOffsetForLeaderPartition(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetForLeaderEpochRequest(reader: WireReader, version: number): OffsetForLeaderEpochRequest {
  const flexible = version >= 4;
  const replicaId = version >= 3 ? reader.int32() : -2;
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<OffsetForLeaderEpochRequestOffsetForLeaderTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readOffsetForLeaderEpochRequestOffsetForLeaderTopic(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    replicaId,
    topics,
    unknownTaggedFields,
  };
}

function writeOffsetForLeaderEpochRequest(
  writer: WireWriter,
  message: OffsetForLeaderEpochRequestInput,
  version: number,
): void {
  const flexible = version >= 4;
  if (version >= 3) {
    const replicaId = message.replicaId === undefined ? -2 : message.replicaId;
    writer.int32(replicaId, 'replicaId');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeOffsetForLeaderEpochRequestOffsetForLeaderTopic(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createOffsetForLeaderEpochRequest(): OffsetForLeaderEpochRequest {
  return {
    replicaId: -2,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of OffsetForLeaderEpoch (API key 23), versions 2 to 4.
 * Finds where a leader epoch ended in a log (KIP-101).
 */
export interface OffsetForLeaderEpochResponse {
  throttleTimeMs: number;
  topics: OffsetForLeaderEpochResponseOffsetForLeaderTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly topics: readonly OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  topic: string;
  partitions: OffsetForLeaderEpochResponseEpochEndOffset[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInput {
  readonly topic: string;
  readonly partitions: readonly OffsetForLeaderEpochResponseEpochEndOffsetInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochResponseEpochEndOffset {
  errorCode: number;
  partition: number;
  leaderEpoch: number;
  endOffset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface OffsetForLeaderEpochResponseEpochEndOffsetInput {
  readonly errorCode: number;
  readonly partition: number;
  readonly leaderEpoch?: number | undefined;
  readonly endOffset?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of OffsetForLeaderEpoch (API key 23), versions 2 to 4.
 * Finds where a leader epoch ended in a log (KIP-101).
 */
export const OffsetForLeaderEpochResponse: MessageCodec<OffsetForLeaderEpochResponse, OffsetForLeaderEpochResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'OffsetForLeaderEpochResponse',
  apiKey: 23,
  minVersion: 2,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readOffsetForLeaderEpochResponse,
  write: writeOffsetForLeaderEpochResponse,
  create: (partial) => ({ ...createOffsetForLeaderEpochResponse(), ...partial }),
});

function readOffsetForLeaderEpochResponseEpochEndOffset(
  reader: WireReader,
  version: number,
): OffsetForLeaderEpochResponseEpochEndOffset {
  const flexible = version >= 4;
  const errorCode = reader.int16();
  const partition = reader.int32();
  const leaderEpoch = reader.int32();
  const endOffset = reader.int64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    partition,
    leaderEpoch,
    endOffset,
    unknownTaggedFields,
  };
}

function writeOffsetForLeaderEpochResponseEpochEndOffset(
  writer: WireWriter,
  message: OffsetForLeaderEpochResponseEpochEndOffsetInput,
  version: number,
): void {
  const flexible = version >= 4;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const partition = message.partition;
  writer.int32(partition, 'topics.partitions.partition');
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  writer.int32(leaderEpoch, 'topics.partitions.leaderEpoch');
  const endOffset = message.endOffset === undefined ? -1 : message.endOffset;
  writer.int64(endOffset, 'topics.partitions.endOffset');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(
  reader: WireReader,
  version: number,
): OffsetForLeaderEpochResponseOffsetForLeaderTopicResult {
  const flexible = version >= 4;
  const topic = reader.string(flexible);
  const partitionsCount = reader.arrayLength(flexible, 18);
  const partitions = new Array<OffsetForLeaderEpochResponseEpochEndOffset>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readOffsetForLeaderEpochResponseEpochEndOffset(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    topic,
    partitions,
    unknownTaggedFields,
  };
}

function writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(
  writer: WireWriter,
  message: OffsetForLeaderEpochResponseOffsetForLeaderTopicResultInput,
  version: number,
): void {
  const flexible = version >= 4;
  const topic = message.topic;
  writer.string(topic, flexible, 'topics.topic');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, flexible, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeOffsetForLeaderEpochResponseEpochEndOffset(writer, partitions[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readOffsetForLeaderEpochResponse(reader: WireReader, version: number): OffsetForLeaderEpochResponse {
  const flexible = version >= 4;
  const throttleTimeMs = reader.int32();
  const topicsCount = reader.arrayLength(flexible, 3);
  const topics = new Array<OffsetForLeaderEpochResponseOffsetForLeaderTopicResult>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeOffsetForLeaderEpochResponse(
  writer: WireWriter,
  message: OffsetForLeaderEpochResponseInput,
  version: number,
): void {
  const flexible = version >= 4;
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, flexible, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeOffsetForLeaderEpochResponseOffsetForLeaderTopicResult(writer, topics[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createOffsetForLeaderEpochResponse(): OffsetForLeaderEpochResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
