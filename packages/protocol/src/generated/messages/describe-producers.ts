// Generated from definitions/apis/61-describe-producers.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes the producers that are active on partitions.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeProducers (API key 61), version 0.
 * Describes the producers that are active on partitions.
 */
export interface DescribeProducersRequest {
  topics: DescribeProducersRequestTopicRequest[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeProducersRequestInput {
  readonly topics: readonly DescribeProducersRequestTopicRequestInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeProducersRequestTopicRequest {
  name: string;
  partitionIndexes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeProducersRequestTopicRequestInput {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeProducers (API key 61), version 0.
 * Describes the producers that are active on partitions.
 */
export const DescribeProducersRequest: MessageCodec<DescribeProducersRequest, DescribeProducersRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeProducersRequest',
  apiKey: 61,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeProducersRequest,
  write: writeDescribeProducersRequest,
  create: (partial) => ({ ...createDescribeProducersRequest(), ...partial }),
});

function readDescribeProducersRequestTopicRequest(
  reader: WireReader,
  _version: number,
): DescribeProducersRequestTopicRequest {
  const name = reader.string(true);
  const partitionIndexesCount = reader.arrayLength(true, 4);
  const partitionIndexes = reader.int32Elements(partitionIndexesCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitionIndexes,
    unknownTaggedFields,
  };
}

function writeDescribeProducersRequestTopicRequest(
  writer: WireWriter,
  message: DescribeProducersRequestTopicRequestInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  const partitionIndexes = message.partitionIndexes;
  const partitionIndexesCount = writer.arrayLength(partitionIndexes, true, 'topics.partitionIndexes');
  for (let i = 0; i < partitionIndexesCount; i++) {
    writer.int32(partitionIndexes[i]!, 'topics.partitionIndexes');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeProducersRequest(reader: WireReader, version: number): DescribeProducersRequest {
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<DescribeProducersRequestTopicRequest>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeProducersRequestTopicRequest(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topics,
    unknownTaggedFields,
  };
}

function writeDescribeProducersRequest(
  writer: WireWriter,
  message: DescribeProducersRequestInput,
  version: number,
): void {
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeProducersRequestTopicRequest(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeProducersRequest(): DescribeProducersRequest {
  return {
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeProducers (API key 61), version 0.
 * Describes the producers that are active on partitions.
 */
export interface DescribeProducersResponse {
  throttleTimeMs: number;
  topics: DescribeProducersResponseTopicResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeProducersResponseInput {
  readonly throttleTimeMs: number;
  readonly topics: readonly DescribeProducersResponseTopicResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeProducersResponseTopicResponse {
  name: string;
  partitions: DescribeProducersResponsePartitionResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeProducersResponseTopicResponseInput {
  readonly name: string;
  readonly partitions: readonly DescribeProducersResponsePartitionResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeProducersResponsePartitionResponse {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  activeProducers: DescribeProducersResponseProducerState[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeProducersResponsePartitionResponseInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly activeProducers: readonly DescribeProducersResponseProducerStateInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeProducersResponseProducerState {
  producerId: number;
  producerEpoch: number;
  lastSequence: number;
  lastTimestamp: number;
  coordinatorEpoch: number;
  currentTxnStartOffset: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeProducersResponseProducerStateInput {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly lastSequence?: number | undefined;
  readonly lastTimestamp?: number | undefined;
  readonly coordinatorEpoch: number;
  readonly currentTxnStartOffset?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeProducers (API key 61), version 0.
 * Describes the producers that are active on partitions.
 */
export const DescribeProducersResponse: MessageCodec<DescribeProducersResponse, DescribeProducersResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeProducersResponse',
  apiKey: 61,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readDescribeProducersResponse,
  write: writeDescribeProducersResponse,
  create: (partial) => ({ ...createDescribeProducersResponse(), ...partial }),
});

function readDescribeProducersResponseProducerState(
  reader: WireReader,
  _version: number,
): DescribeProducersResponseProducerState {
  const producerId = reader.int64();
  const producerEpoch = reader.int32();
  const lastSequence = reader.int32();
  const lastTimestamp = reader.int64();
  const coordinatorEpoch = reader.int32();
  const currentTxnStartOffset = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    producerId,
    producerEpoch,
    lastSequence,
    lastTimestamp,
    coordinatorEpoch,
    currentTxnStartOffset,
    unknownTaggedFields,
  };
}

function writeDescribeProducersResponseProducerState(
  writer: WireWriter,
  message: DescribeProducersResponseProducerStateInput,
  _version: number,
): void {
  const producerId = message.producerId;
  writer.int64(producerId, 'topics.partitions.activeProducers.producerId');
  const producerEpoch = message.producerEpoch;
  writer.int32(producerEpoch, 'topics.partitions.activeProducers.producerEpoch');
  const lastSequence = message.lastSequence === undefined ? -1 : message.lastSequence;
  writer.int32(lastSequence, 'topics.partitions.activeProducers.lastSequence');
  const lastTimestamp = message.lastTimestamp === undefined ? -1 : message.lastTimestamp;
  writer.int64(lastTimestamp, 'topics.partitions.activeProducers.lastTimestamp');
  const coordinatorEpoch = message.coordinatorEpoch;
  writer.int32(coordinatorEpoch, 'topics.partitions.activeProducers.coordinatorEpoch');
  const currentTxnStartOffset =
    message.currentTxnStartOffset === undefined ? -1 : message.currentTxnStartOffset;
  writer.int64(currentTxnStartOffset, 'topics.partitions.activeProducers.currentTxnStartOffset');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeProducersResponsePartitionResponse(
  reader: WireReader,
  version: number,
): DescribeProducersResponsePartitionResponse {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const activeProducersCount = reader.arrayLength(true, 37);
  const activeProducers = new Array<DescribeProducersResponseProducerState>(activeProducersCount);
  for (let i = 0; i < activeProducersCount; i++) {
    activeProducers[i] = readDescribeProducersResponseProducerState(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    activeProducers,
    unknownTaggedFields,
  };
}

function writeDescribeProducersResponsePartitionResponse(
  writer: WireWriter,
  message: DescribeProducersResponsePartitionResponseInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'topics.partitions.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'topics.partitions.errorMessage');
  const activeProducers = message.activeProducers;
  const activeProducersCount = writer.arrayLength(activeProducers, true, 'topics.partitions.activeProducers');
  for (let i = 0; i < activeProducersCount; i++) {
    writeDescribeProducersResponseProducerState(writer, activeProducers[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeProducersResponseTopicResponse(
  reader: WireReader,
  version: number,
): DescribeProducersResponseTopicResponse {
  const name = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 9);
  const partitions = new Array<DescribeProducersResponsePartitionResponse>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readDescribeProducersResponsePartitionResponse(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeDescribeProducersResponseTopicResponse(
  writer: WireWriter,
  message: DescribeProducersResponseTopicResponseInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeDescribeProducersResponsePartitionResponse(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readDescribeProducersResponse(reader: WireReader, version: number): DescribeProducersResponse {
  const throttleTimeMs = reader.int32();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<DescribeProducersResponseTopicResponse>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readDescribeProducersResponseTopicResponse(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    topics,
    unknownTaggedFields,
  };
}

function writeDescribeProducersResponse(
  writer: WireWriter,
  message: DescribeProducersResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeDescribeProducersResponseTopicResponse(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createDescribeProducersResponse(): DescribeProducersResponse {
  return {
    throttleTimeMs: 0,
    topics: [],
    unknownTaggedFields: undefined,
  };
}
