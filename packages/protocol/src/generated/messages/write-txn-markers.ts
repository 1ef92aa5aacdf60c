// Generated from definitions/apis/27-write-txn-markers.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lets a transaction coordinator write markers to the partition leaders.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of WriteTxnMarkers (API key 27), versions 1 to 2.
 * Lets a transaction coordinator write markers to the partition leaders.
 */
export interface WriteTxnMarkersRequest {
  markers: WriteTxnMarkersRequestWritableTxnMarker[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersRequestInput {
  readonly markers: readonly WriteTxnMarkersRequestWritableTxnMarkerInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersRequestWritableTxnMarker {
  producerId: number;
  producerEpoch: number;
  transactionResult: boolean;
  topics: WriteTxnMarkersRequestWritableTxnMarkerTopic[];
  coordinatorEpoch: number;
  transactionVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersRequestWritableTxnMarkerInput {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly transactionResult: boolean;
  readonly topics: readonly WriteTxnMarkersRequestWritableTxnMarkerTopicInput[];
  readonly coordinatorEpoch: number;
  readonly transactionVersion?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopic {
  name: string;
  partitionIndexes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersRequestWritableTxnMarkerTopicInput {
  readonly name: string;
  readonly partitionIndexes: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of WriteTxnMarkers (API key 27), versions 1 to 2.
 * Lets a transaction coordinator write markers to the partition leaders.
 */
export const WriteTxnMarkersRequest: MessageCodec<WriteTxnMarkersRequest, WriteTxnMarkersRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'WriteTxnMarkersRequest',
  apiKey: 27,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readWriteTxnMarkersRequest,
  write: writeWriteTxnMarkersRequest,
  create: (partial) => ({ ...createWriteTxnMarkersRequest(), ...partial }),
});

function readWriteTxnMarkersRequestWritableTxnMarkerTopic(
  reader: WireReader,
  _version: number,
): WriteTxnMarkersRequestWritableTxnMarkerTopic {
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

function writeWriteTxnMarkersRequestWritableTxnMarkerTopic(
  writer: WireWriter,
  message: WriteTxnMarkersRequestWritableTxnMarkerTopicInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'markers.topics.name');
  const partitionIndexes = message.partitionIndexes;
  const partitionIndexesCount = writer.arrayLength(partitionIndexes, true, 'markers.topics.partitionIndexes');
  for (let i = 0; i < partitionIndexesCount; i++) {
    writer.int32(partitionIndexes[i]!, 'markers.topics.partitionIndexes');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteTxnMarkersRequestWritableTxnMarker(
  reader: WireReader,
  version: number,
): WriteTxnMarkersRequestWritableTxnMarker {
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const transactionResult = reader.boolean();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<WriteTxnMarkersRequestWritableTxnMarkerTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readWriteTxnMarkersRequestWritableTxnMarkerTopic(reader, version);
  }
  const coordinatorEpoch = reader.int32();
  const transactionVersion = version >= 2 ? reader.int8() : 0;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    producerId,
    producerEpoch,
    transactionResult,
    topics,
    coordinatorEpoch,
    transactionVersion,
    unknownTaggedFields,
  };
}

function writeWriteTxnMarkersRequestWritableTxnMarker(
  writer: WireWriter,
  message: WriteTxnMarkersRequestWritableTxnMarkerInput,
  version: number,
): void {
  const producerId = message.producerId;
  writer.int64(producerId, 'markers.producerId');
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'markers.producerEpoch');
  const transactionResult = message.transactionResult;
  writer.boolean(transactionResult, 'markers.transactionResult');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'markers.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeWriteTxnMarkersRequestWritableTxnMarkerTopic(writer, topics[i]!, version);
  }
  const coordinatorEpoch = message.coordinatorEpoch;
  writer.int32(coordinatorEpoch, 'markers.coordinatorEpoch');
  if (version >= 2) {
    const transactionVersion = message.transactionVersion === undefined ? 0 : message.transactionVersion;
    writer.int8(transactionVersion, 'markers.transactionVersion');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteTxnMarkersRequest(reader: WireReader, version: number): WriteTxnMarkersRequest {
  const markersCount = reader.arrayLength(true, 17);
  const markers = new Array<WriteTxnMarkersRequestWritableTxnMarker>(markersCount);
  for (let i = 0; i < markersCount; i++) {
    markers[i] = readWriteTxnMarkersRequestWritableTxnMarker(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    markers,
    unknownTaggedFields,
  };
}

function writeWriteTxnMarkersRequest(
  writer: WireWriter,
  message: WriteTxnMarkersRequestInput,
  version: number,
): void {
  const markers = message.markers;
  const markersCount = writer.arrayLength(markers, true, 'markers');
  for (let i = 0; i < markersCount; i++) {
    writeWriteTxnMarkersRequestWritableTxnMarker(writer, markers[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createWriteTxnMarkersRequest(): WriteTxnMarkersRequest {
  return {
    markers: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of WriteTxnMarkers (API key 27), versions 1 to 2.
 * Lets a transaction coordinator write markers to the partition leaders.
 */
export interface WriteTxnMarkersResponse {
  markers: WriteTxnMarkersResponseWritableTxnMarkerResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersResponseInput {
  readonly markers: readonly WriteTxnMarkersResponseWritableTxnMarkerResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResult {
  producerId: number;
  topics: WriteTxnMarkersResponseWritableTxnMarkerTopicResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersResponseWritableTxnMarkerResultInput {
  readonly producerId: number;
  readonly topics: readonly WriteTxnMarkersResponseWritableTxnMarkerTopicResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  name: string;
  partitions: WriteTxnMarkersResponseWritableTxnMarkerPartitionResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersResponseWritableTxnMarkerTopicResultInput {
  readonly name: string;
  readonly partitions: readonly WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  partitionIndex: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of WriteTxnMarkers (API key 27), versions 1 to 2.
 * Lets a transaction coordinator write markers to the partition leaders.
 */
export const WriteTxnMarkersResponse: MessageCodec<WriteTxnMarkersResponse, WriteTxnMarkersResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'WriteTxnMarkersResponse',
  apiKey: 27,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readWriteTxnMarkersResponse,
  write: writeWriteTxnMarkersResponse,
  create: (partial) => ({ ...createWriteTxnMarkersResponse(), ...partial }),
});

function readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(
  reader: WireReader,
  _version: number,
): WriteTxnMarkersResponseWritableTxnMarkerPartitionResult {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    unknownTaggedFields,
  };
}

function writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(
  writer: WireWriter,
  message: WriteTxnMarkersResponseWritableTxnMarkerPartitionResultInput,
  _version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'markers.topics.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'markers.topics.partitions.errorCode');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(
  reader: WireReader,
  version: number,
): WriteTxnMarkersResponseWritableTxnMarkerTopicResult {
  const name = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 7);
  const partitions = new Array<WriteTxnMarkersResponseWritableTxnMarkerPartitionResult>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    partitions,
    unknownTaggedFields,
  };
}

function writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(
  writer: WireWriter,
  message: WriteTxnMarkersResponseWritableTxnMarkerTopicResultInput,
  version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'markers.topics.name');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'markers.topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeWriteTxnMarkersResponseWritableTxnMarkerPartitionResult(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteTxnMarkersResponseWritableTxnMarkerResult(
  reader: WireReader,
  version: number,
): WriteTxnMarkersResponseWritableTxnMarkerResult {
  const producerId = reader.int64();
  const topicsCount = reader.arrayLength(true, 3);
  const topics = new Array<WriteTxnMarkersResponseWritableTxnMarkerTopicResult>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readWriteTxnMarkersResponseWritableTxnMarkerTopicResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    producerId,
    topics,
    unknownTaggedFields,
  };
}

function writeWriteTxnMarkersResponseWritableTxnMarkerResult(
  writer: WireWriter,
  message: WriteTxnMarkersResponseWritableTxnMarkerResultInput,
  version: number,
): void {
  const producerId = message.producerId;
  writer.int64(producerId, 'markers.producerId');
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'markers.topics');
  for (let i = 0; i < topicsCount; i++) {
    writeWriteTxnMarkersResponseWritableTxnMarkerTopicResult(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readWriteTxnMarkersResponse(reader: WireReader, version: number): WriteTxnMarkersResponse {
  const markersCount = reader.arrayLength(true, 10);
  const markers = new Array<WriteTxnMarkersResponseWritableTxnMarkerResult>(markersCount);
  for (let i = 0; i < markersCount; i++) {
    markers[i] = readWriteTxnMarkersResponseWritableTxnMarkerResult(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    markers,
    unknownTaggedFields,
  };
}

function writeWriteTxnMarkersResponse(
  writer: WireWriter,
  message: WriteTxnMarkersResponseInput,
  version: number,
): void {
  const markers = message.markers;
  const markersCount = writer.arrayLength(markers, true, 'markers');
  for (let i = 0; i < markersCount; i++) {
    writeWriteTxnMarkersResponseWritableTxnMarkerResult(writer, markers[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createWriteTxnMarkersResponse(): WriteTxnMarkersResponse {
  return {
    markers: [],
    unknownTaggedFields: undefined,
  };
}
