// Generated from definitions/apis/78-share-fetch.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads records of a share group and acknowledges earlier ones.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ShareFetch (API key 78), versions 1 to 2.
 * Reads records of a share group and acknowledges earlier ones.
 */
export interface ShareFetchRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  maxWaitMs: number;
  minBytes: number;
  maxBytes: number;
  maxRecords: number;
  batchSize: number;
  shareAcquireMode: number;
  isRenewAck: boolean;
  topics: ShareFetchRequestFetchTopic[];
  forgottenTopicsData: ShareFetchRequestForgottenTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestInput {
  readonly groupId?: string | null | undefined;
  readonly memberId: string | null;
  readonly shareSessionEpoch: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes?: number | undefined;
  readonly maxRecords: number;
  readonly batchSize: number;
  readonly shareAcquireMode?: number | undefined;
  readonly isRenewAck?: boolean | undefined;
  readonly topics: readonly ShareFetchRequestFetchTopicInput[];
  readonly forgottenTopicsData: readonly ShareFetchRequestForgottenTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestForgottenTopic {
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestForgottenTopicInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestFetchTopic {
  topicId: string;
  partitions: ShareFetchRequestFetchPartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestFetchTopicInput {
  readonly topicId: string;
  readonly partitions: readonly ShareFetchRequestFetchPartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestFetchPartition {
  partitionIndex: number;
  acknowledgementBatches: ShareFetchRequestAcknowledgementBatch[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestFetchPartitionInput {
  readonly partitionIndex: number;
  readonly acknowledgementBatches: readonly ShareFetchRequestAcknowledgementBatchInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestAcknowledgementBatch {
  firstOffset: number;
  lastOffset: number;
  acknowledgeTypes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchRequestAcknowledgementBatchInput {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ShareFetch (API key 78), versions 1 to 2.
 * Reads records of a share group and acknowledges earlier ones.
 */
export const ShareFetchRequest: MessageCodec<ShareFetchRequest, ShareFetchRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareFetchRequest',
  apiKey: 78,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareFetchRequest,
  write: writeShareFetchRequest,
  create: (partial) => ({ ...createShareFetchRequest(), ...partial }),
});

function readShareFetchRequestAcknowledgementBatch(
  reader: WireReader,
  _version: number,
): ShareFetchRequestAcknowledgementBatch {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const acknowledgeTypesCount = reader.arrayLength(true, 1);
  const acknowledgeTypes = new Array<number>(acknowledgeTypesCount);
  for (let i = 0; i < acknowledgeTypesCount; i++) {
    acknowledgeTypes[i] = reader.int8();
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    firstOffset,
    lastOffset,
    acknowledgeTypes,
    unknownTaggedFields,
  };
}

function writeShareFetchRequestAcknowledgementBatch(
  writer: WireWriter,
  message: ShareFetchRequestAcknowledgementBatchInput,
  _version: number,
): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'topics.partitions.acknowledgementBatches.firstOffset');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'topics.partitions.acknowledgementBatches.lastOffset');
  const acknowledgeTypes = message.acknowledgeTypes;
  const acknowledgeTypesCount =
    writer.arrayLength(acknowledgeTypes, true, 'topics.partitions.acknowledgementBatches.acknowledgeTypes');
  for (let i = 0; i < acknowledgeTypesCount; i++) {
    writer.int8(acknowledgeTypes[i]!, 'topics.partitions.acknowledgementBatches.acknowledgeTypes');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchRequestFetchPartition(
  reader: WireReader,
  version: number,
): ShareFetchRequestFetchPartition {
  const partitionIndex = reader.int32();
  const acknowledgementBatchesCount = reader.arrayLength(true, 18);
  const acknowledgementBatches =
    new Array<ShareFetchRequestAcknowledgementBatch>(acknowledgementBatchesCount);
  for (let i = 0; i < acknowledgementBatchesCount; i++) {
    acknowledgementBatches[i] = readShareFetchRequestAcknowledgementBatch(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    acknowledgementBatches,
    unknownTaggedFields,
  };
}

function writeShareFetchRequestFetchPartition(
  writer: WireWriter,
  message: ShareFetchRequestFetchPartitionInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const acknowledgementBatches = message.acknowledgementBatches;
  const acknowledgementBatchesCount =
    writer.arrayLength(acknowledgementBatches, true, 'topics.partitions.acknowledgementBatches');
  for (let i = 0; i < acknowledgementBatchesCount; i++) {
    writeShareFetchRequestAcknowledgementBatch(writer, acknowledgementBatches[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchRequestFetchTopic(reader: WireReader, version: number): ShareFetchRequestFetchTopic {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 6);
  const partitions = new Array<ShareFetchRequestFetchPartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readShareFetchRequestFetchPartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareFetchRequestFetchTopic(
  writer: WireWriter,
  message: ShareFetchRequestFetchTopicInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeShareFetchRequestFetchPartition(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchRequestForgottenTopic(
  reader: WireReader,
  _version: number,
): ShareFetchRequestForgottenTopic {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareFetchRequestForgottenTopic(
  writer: WireWriter,
  message: ShareFetchRequestForgottenTopicInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'forgottenTopicsData.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'forgottenTopicsData.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'forgottenTopicsData.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchRequest(reader: WireReader, version: number): ShareFetchRequest {
  const groupId = reader.nullableString(true);
  const memberId = reader.nullableString(true);
  const shareSessionEpoch = reader.int32();
  const maxWaitMs = reader.int32();
  const minBytes = reader.int32();
  const maxBytes = reader.int32();
  const maxRecords = reader.int32();
  const batchSize = reader.int32();
  const shareAcquireMode = version >= 2 ? reader.int8() : 0;
  const isRenewAck = version >= 2 ? reader.boolean() : false;
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<ShareFetchRequestFetchTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readShareFetchRequestFetchTopic(reader, version);
  }
  const forgottenTopicsDataCount = reader.arrayLength(true, 18);
  const forgottenTopicsData = new Array<ShareFetchRequestForgottenTopic>(forgottenTopicsDataCount);
  for (let i = 0; i < forgottenTopicsDataCount; i++) {
    forgottenTopicsData[i] = readShareFetchRequestForgottenTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    memberId,
    shareSessionEpoch,
    maxWaitMs,
    minBytes,
    maxBytes,
    maxRecords,
    batchSize,
    shareAcquireMode,
    isRenewAck,
    topics,
    forgottenTopicsData,
    unknownTaggedFields,
  };
}

function writeShareFetchRequest(writer: WireWriter, message: ShareFetchRequestInput, version: number): void {
  const groupId = message.groupId === undefined ? null : message.groupId;
  writer.nullableString(groupId, true, 'groupId');
  const memberId = message.memberId;
  writer.nullableString(memberId, true, 'memberId');
  const shareSessionEpoch = message.shareSessionEpoch;
  writer.int32(shareSessionEpoch, 'shareSessionEpoch');
  const maxWaitMs = message.maxWaitMs;
  writer.int32(maxWaitMs, 'maxWaitMs');
  const minBytes = message.minBytes;
  writer.int32(minBytes, 'minBytes');
  const maxBytes = message.maxBytes === undefined ? 2147483647 : message.maxBytes;
  writer.int32(maxBytes, 'maxBytes');
  const maxRecords = message.maxRecords;
  writer.int32(maxRecords, 'maxRecords');
  const batchSize = message.batchSize;
  writer.int32(batchSize, 'batchSize');
  if (version >= 2) {
    const shareAcquireMode = message.shareAcquireMode === undefined ? 0 : message.shareAcquireMode;
    writer.int8(shareAcquireMode, 'shareAcquireMode');
  }
  const isRenewAck = message.isRenewAck === undefined ? false : message.isRenewAck;
  if (version >= 2) {
    writer.boolean(isRenewAck, 'isRenewAck');
  } else if (isRenewAck) {
    throw writer.notInVersion('isRenewAck');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeShareFetchRequestFetchTopic(writer, topics[i]!, version);
  }
  const forgottenTopicsData = message.forgottenTopicsData;
  const forgottenTopicsDataCount = writer.arrayLength(forgottenTopicsData, true, 'forgottenTopicsData');
  for (let i = 0; i < forgottenTopicsDataCount; i++) {
    writeShareFetchRequestForgottenTopic(writer, forgottenTopicsData[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareFetchRequest(): ShareFetchRequest {
  return {
    groupId: null,
    memberId: '',
    shareSessionEpoch: 0,
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 2147483647,
    maxRecords: 0,
    batchSize: 0,
    shareAcquireMode: 0,
    isRenewAck: false,
    topics: [],
    forgottenTopicsData: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ShareFetch (API key 78), versions 1 to 2.
 * Reads records of a share group and acknowledges earlier ones.
 */
export interface ShareFetchResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  acquisitionLockTimeoutMs: number;
  responses: ShareFetchResponseShareFetchableTopicResponse[];
  nodeEndpoints: ShareFetchResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly acquisitionLockTimeoutMs: number;
  readonly responses: readonly ShareFetchResponseShareFetchableTopicResponseInput[];
  readonly nodeEndpoints: readonly ShareFetchResponseNodeEndpointInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseShareFetchableTopicResponse {
  topicId: string;
  partitions: ShareFetchResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseShareFetchableTopicResponseInput {
  readonly topicId: string;
  readonly partitions: readonly ShareFetchResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  acknowledgeErrorCode: number;
  acknowledgeErrorMessage: string | null;
  currentLeader: ShareFetchResponseLeaderIdAndEpoch;
  records: Buffer;
  acquiredRecords: ShareFetchResponseAcquiredRecords[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly acknowledgeErrorCode: number;
  readonly acknowledgeErrorMessage?: string | null | undefined;
  readonly currentLeader: ShareFetchResponseLeaderIdAndEpochInput;
  readonly records: Uint8Array | readonly Uint8Array[];
  readonly acquiredRecords: readonly ShareFetchResponseAcquiredRecordsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseAcquiredRecords {
  firstOffset: number;
  lastOffset: number;
  deliveryCount: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseAcquiredRecordsInput {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareFetchResponseLeaderIdAndEpochInput {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ShareFetch (API key 78), versions 1 to 2.
 * Reads records of a share group and acknowledges earlier ones.
 */
export const ShareFetchResponse: MessageCodec<ShareFetchResponse, ShareFetchResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareFetchResponse',
  apiKey: 78,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareFetchResponse,
  write: writeShareFetchResponse,
  create: (partial) => ({ ...createShareFetchResponse(), ...partial }),
});

function readShareFetchResponseLeaderIdAndEpoch(
  reader: WireReader,
  _version: number,
): ShareFetchResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderId,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeShareFetchResponseLeaderIdAndEpoch(
  writer: WireWriter,
  message: ShareFetchResponseLeaderIdAndEpochInput,
  _version: number,
): void {
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'responses.partitions.currentLeader.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'responses.partitions.currentLeader.leaderEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchResponseAcquiredRecords(
  reader: WireReader,
  _version: number,
): ShareFetchResponseAcquiredRecords {
  const firstOffset = reader.int64();
  const lastOffset = reader.int64();
  const deliveryCount = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    firstOffset,
    lastOffset,
    deliveryCount,
    unknownTaggedFields,
  };
}

function writeShareFetchResponseAcquiredRecords(
  writer: WireWriter,
  message: ShareFetchResponseAcquiredRecordsInput,
  _version: number,
): void {
  const firstOffset = message.firstOffset;
  writer.int64(firstOffset, 'responses.partitions.acquiredRecords.firstOffset');
  const lastOffset = message.lastOffset;
  writer.int64(lastOffset, 'responses.partitions.acquiredRecords.lastOffset');
  const deliveryCount = message.deliveryCount;
  writer.int16(deliveryCount, 'responses.partitions.acquiredRecords.deliveryCount');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchResponsePartitionData(
  reader: WireReader,
  version: number,
): ShareFetchResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const acknowledgeErrorCode = reader.int16();
  const acknowledgeErrorMessage = reader.nullableString(true);
  const currentLeader = readShareFetchResponseLeaderIdAndEpoch(reader, version);
  const records = reader.bytes(true);
  const acquiredRecordsCount = reader.arrayLength(true, 19);
  const acquiredRecords = new Array<ShareFetchResponseAcquiredRecords>(acquiredRecordsCount);
  for (let i = 0; i < acquiredRecordsCount; i++) {
    acquiredRecords[i] = readShareFetchResponseAcquiredRecords(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    acknowledgeErrorCode,
    acknowledgeErrorMessage,
    currentLeader,
    records,
    acquiredRecords,
    unknownTaggedFields,
  };
}

function writeShareFetchResponsePartitionData(
  writer: WireWriter,
  message: ShareFetchResponsePartitionDataInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'responses.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.partitions.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'responses.partitions.errorMessage');
  const acknowledgeErrorCode = message.acknowledgeErrorCode;
  writer.int16(acknowledgeErrorCode, 'responses.partitions.acknowledgeErrorCode');
  const acknowledgeErrorMessage =
    message.acknowledgeErrorMessage === undefined ? null : message.acknowledgeErrorMessage;
  writer.nullableString(acknowledgeErrorMessage, true, 'responses.partitions.acknowledgeErrorMessage');
  const currentLeader = message.currentLeader;
  writeShareFetchResponseLeaderIdAndEpoch(writer, currentLeader, version);
  const records = message.records;
  writer.records(records, true, 'responses.partitions.records');
  const acquiredRecords = message.acquiredRecords;
  const acquiredRecordsCount =
    writer.arrayLength(acquiredRecords, true, 'responses.partitions.acquiredRecords');
  for (let i = 0; i < acquiredRecordsCount; i++) {
    writeShareFetchResponseAcquiredRecords(writer, acquiredRecords[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchResponseShareFetchableTopicResponse(
  reader: WireReader,
  version: number,
): ShareFetchResponseShareFetchableTopicResponse {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 22);
  const partitions = new Array<ShareFetchResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readShareFetchResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareFetchResponseShareFetchableTopicResponse(
  writer: WireWriter,
  message: ShareFetchResponseShareFetchableTopicResponseInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'responses.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'responses.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeShareFetchResponsePartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchResponseNodeEndpoint(
  reader: WireReader,
  _version: number,
): ShareFetchResponseNodeEndpoint {
  const nodeId = reader.int32();
  const host = reader.string(true);
  const port = reader.int32();
  const rack = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    nodeId,
    host,
    port,
    rack,
    unknownTaggedFields,
  };
}

function writeShareFetchResponseNodeEndpoint(
  writer: WireWriter,
  message: ShareFetchResponseNodeEndpointInput,
  _version: number,
): void {
  const nodeId = message.nodeId;
  writer.int32(nodeId, 'nodeEndpoints.nodeId');
  const host = message.host;
  writer.string(host, true, 'nodeEndpoints.host');
  const port = message.port;
  writer.int32(port, 'nodeEndpoints.port');
  const rack = message.rack === undefined ? null : message.rack;
  writer.nullableString(rack, true, 'nodeEndpoints.rack');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareFetchResponse(reader: WireReader, version: number): ShareFetchResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const acquisitionLockTimeoutMs = reader.int32();
  const responsesCount = reader.arrayLength(true, 18);
  const responses = new Array<ShareFetchResponseShareFetchableTopicResponse>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readShareFetchResponseShareFetchableTopicResponse(reader, version);
  }
  const nodeEndpointsCount = reader.arrayLength(true, 11);
  const nodeEndpoints = new Array<ShareFetchResponseNodeEndpoint>(nodeEndpointsCount);
  for (let i = 0; i < nodeEndpointsCount; i++) {
    nodeEndpoints[i] = readShareFetchResponseNodeEndpoint(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    acquisitionLockTimeoutMs,
    responses,
    nodeEndpoints,
    unknownTaggedFields,
  };
}

function writeShareFetchResponse(
  writer: WireWriter,
  message: ShareFetchResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const acquisitionLockTimeoutMs = message.acquisitionLockTimeoutMs;
  writer.int32(acquisitionLockTimeoutMs, 'acquisitionLockTimeoutMs');
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, true, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeShareFetchResponseShareFetchableTopicResponse(writer, responses[i]!, version);
  }
  const nodeEndpoints = message.nodeEndpoints;
  const nodeEndpointsCount = writer.arrayLength(nodeEndpoints, true, 'nodeEndpoints');
  for (let i = 0; i < nodeEndpointsCount; i++) {
    writeShareFetchResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareFetchResponse(): ShareFetchResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    acquisitionLockTimeoutMs: 0,
    responses: [],
    nodeEndpoints: [],
    unknownTaggedFields: undefined,
  };
}
