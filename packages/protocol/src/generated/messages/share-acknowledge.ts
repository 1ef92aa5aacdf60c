// Generated from definitions/apis/79-share-acknowledge.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Acknowledges records of a share group.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ShareAcknowledge (API key 79), versions 1 to 2.
 * Acknowledges records of a share group.
 */
export interface ShareAcknowledgeRequest {
  groupId: string | null;
  memberId: string | null;
  shareSessionEpoch: number;
  isRenewAck: boolean;
  topics: ShareAcknowledgeRequestAcknowledgeTopic[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeRequestInput {
  readonly groupId?: string | null | undefined;
  readonly memberId: string | null;
  readonly shareSessionEpoch: number;
  readonly isRenewAck?: boolean | undefined;
  readonly topics: readonly ShareAcknowledgeRequestAcknowledgeTopicInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeRequestAcknowledgeTopic {
  topicId: string;
  partitions: ShareAcknowledgeRequestAcknowledgePartition[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeRequestAcknowledgeTopicInput {
  readonly topicId: string;
  readonly partitions: readonly ShareAcknowledgeRequestAcknowledgePartitionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeRequestAcknowledgePartition {
  partitionIndex: number;
  acknowledgementBatches: ShareAcknowledgeRequestAcknowledgementBatch[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeRequestAcknowledgePartitionInput {
  readonly partitionIndex: number;
  readonly acknowledgementBatches: readonly ShareAcknowledgeRequestAcknowledgementBatchInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeRequestAcknowledgementBatch {
  firstOffset: number;
  lastOffset: number;
  acknowledgeTypes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeRequestAcknowledgementBatchInput {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ShareAcknowledge (API key 79), versions 1 to 2.
 * Acknowledges records of a share group.
 */
export const ShareAcknowledgeRequest: MessageCodec<ShareAcknowledgeRequest, ShareAcknowledgeRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareAcknowledgeRequest',
  apiKey: 79,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareAcknowledgeRequest,
  write: writeShareAcknowledgeRequest,
  create: (partial) => ({ ...createShareAcknowledgeRequest(), ...partial }),
});

function readShareAcknowledgeRequestAcknowledgementBatch(
  reader: WireReader,
  _version: number,
): ShareAcknowledgeRequestAcknowledgementBatch {
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

function writeShareAcknowledgeRequestAcknowledgementBatch(
  writer: WireWriter,
  message: ShareAcknowledgeRequestAcknowledgementBatchInput,
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

function readShareAcknowledgeRequestAcknowledgePartition(
  reader: WireReader,
  version: number,
): ShareAcknowledgeRequestAcknowledgePartition {
  const partitionIndex = reader.int32();
  const acknowledgementBatchesCount = reader.arrayLength(true, 18);
  const acknowledgementBatches =
    new Array<ShareAcknowledgeRequestAcknowledgementBatch>(acknowledgementBatchesCount);
  for (let i = 0; i < acknowledgementBatchesCount; i++) {
    acknowledgementBatches[i] = readShareAcknowledgeRequestAcknowledgementBatch(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    acknowledgementBatches,
    unknownTaggedFields,
  };
}

function writeShareAcknowledgeRequestAcknowledgePartition(
  writer: WireWriter,
  message: ShareAcknowledgeRequestAcknowledgePartitionInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'topics.partitions.partitionIndex');
  const acknowledgementBatches = message.acknowledgementBatches;
  const acknowledgementBatchesCount =
    writer.arrayLength(acknowledgementBatches, true, 'topics.partitions.acknowledgementBatches');
  for (let i = 0; i < acknowledgementBatchesCount; i++) {
    writeShareAcknowledgeRequestAcknowledgementBatch(writer, acknowledgementBatches[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareAcknowledgeRequestAcknowledgeTopic(
  reader: WireReader,
  version: number,
): ShareAcknowledgeRequestAcknowledgeTopic {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 6);
  const partitions = new Array<ShareAcknowledgeRequestAcknowledgePartition>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readShareAcknowledgeRequestAcknowledgePartition(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareAcknowledgeRequestAcknowledgeTopic(
  writer: WireWriter,
  message: ShareAcknowledgeRequestAcknowledgeTopicInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topics.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topics.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeShareAcknowledgeRequestAcknowledgePartition(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareAcknowledgeRequest(reader: WireReader, version: number): ShareAcknowledgeRequest {
  const groupId = reader.nullableString(true);
  const memberId = reader.nullableString(true);
  const shareSessionEpoch = reader.int32();
  const isRenewAck = version >= 2 ? reader.boolean() : false;
  const topicsCount = reader.arrayLength(true, 18);
  const topics = new Array<ShareAcknowledgeRequestAcknowledgeTopic>(topicsCount);
  for (let i = 0; i < topicsCount; i++) {
    topics[i] = readShareAcknowledgeRequestAcknowledgeTopic(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    memberId,
    shareSessionEpoch,
    isRenewAck,
    topics,
    unknownTaggedFields,
  };
}

function writeShareAcknowledgeRequest(
  writer: WireWriter,
  message: ShareAcknowledgeRequestInput,
  version: number,
): void {
  const groupId = message.groupId === undefined ? null : message.groupId;
  writer.nullableString(groupId, true, 'groupId');
  const memberId = message.memberId;
  writer.nullableString(memberId, true, 'memberId');
  const shareSessionEpoch = message.shareSessionEpoch;
  writer.int32(shareSessionEpoch, 'shareSessionEpoch');
  const isRenewAck = message.isRenewAck === undefined ? false : message.isRenewAck;
  if (version >= 2) {
    writer.boolean(isRenewAck, 'isRenewAck');
  } else if (isRenewAck) {
    throw writer.notInVersion('isRenewAck');
  }
  const topics = message.topics;
  const topicsCount = writer.arrayLength(topics, true, 'topics');
  for (let i = 0; i < topicsCount; i++) {
    writeShareAcknowledgeRequestAcknowledgeTopic(writer, topics[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareAcknowledgeRequest(): ShareAcknowledgeRequest {
  return {
    groupId: null,
    memberId: '',
    shareSessionEpoch: 0,
    isRenewAck: false,
    topics: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ShareAcknowledge (API key 79), versions 1 to 2.
 * Acknowledges records of a share group.
 */
export interface ShareAcknowledgeResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  acquisitionLockTimeoutMs: number;
  responses: ShareAcknowledgeResponseShareAcknowledgeTopicResponse[];
  nodeEndpoints: ShareAcknowledgeResponseNodeEndpoint[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly acquisitionLockTimeoutMs?: number | undefined;
  readonly responses: readonly ShareAcknowledgeResponseShareAcknowledgeTopicResponseInput[];
  readonly nodeEndpoints: readonly ShareAcknowledgeResponseNodeEndpointInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponseNodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponseNodeEndpointInput {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  topicId: string;
  partitions: ShareAcknowledgeResponsePartitionData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponseShareAcknowledgeTopicResponseInput {
  readonly topicId: string;
  readonly partitions: readonly ShareAcknowledgeResponsePartitionDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponsePartitionData {
  partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  currentLeader: ShareAcknowledgeResponseLeaderIdAndEpoch;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponsePartitionDataInput {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly currentLeader: ShareAcknowledgeResponseLeaderIdAndEpochInput;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponseLeaderIdAndEpoch {
  leaderId: number;
  leaderEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareAcknowledgeResponseLeaderIdAndEpochInput {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ShareAcknowledge (API key 79), versions 1 to 2.
 * Acknowledges records of a share group.
 */
export const ShareAcknowledgeResponse: MessageCodec<ShareAcknowledgeResponse, ShareAcknowledgeResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareAcknowledgeResponse',
  apiKey: 79,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareAcknowledgeResponse,
  write: writeShareAcknowledgeResponse,
  create: (partial) => ({ ...createShareAcknowledgeResponse(), ...partial }),
});

function readShareAcknowledgeResponseLeaderIdAndEpoch(
  reader: WireReader,
  _version: number,
): ShareAcknowledgeResponseLeaderIdAndEpoch {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderId,
    leaderEpoch,
    unknownTaggedFields,
  };
}

function writeShareAcknowledgeResponseLeaderIdAndEpoch(
  writer: WireWriter,
  message: ShareAcknowledgeResponseLeaderIdAndEpochInput,
  _version: number,
): void {
  const leaderId = message.leaderId;
  writer.int32(leaderId, 'responses.partitions.currentLeader.leaderId');
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch, 'responses.partitions.currentLeader.leaderEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareAcknowledgeResponsePartitionData(
  reader: WireReader,
  version: number,
): ShareAcknowledgeResponsePartitionData {
  const partitionIndex = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const currentLeader = readShareAcknowledgeResponseLeaderIdAndEpoch(reader, version);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    partitionIndex,
    errorCode,
    errorMessage,
    currentLeader,
    unknownTaggedFields,
  };
}

function writeShareAcknowledgeResponsePartitionData(
  writer: WireWriter,
  message: ShareAcknowledgeResponsePartitionDataInput,
  version: number,
): void {
  const partitionIndex = message.partitionIndex;
  writer.int32(partitionIndex, 'responses.partitions.partitionIndex');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.partitions.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'responses.partitions.errorMessage');
  const currentLeader = message.currentLeader;
  writeShareAcknowledgeResponseLeaderIdAndEpoch(writer, currentLeader, version);
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareAcknowledgeResponseShareAcknowledgeTopicResponse(
  reader: WireReader,
  version: number,
): ShareAcknowledgeResponseShareAcknowledgeTopicResponse {
  const topicId = reader.uuid();
  const partitionsCount = reader.arrayLength(true, 17);
  const partitions = new Array<ShareAcknowledgeResponsePartitionData>(partitionsCount);
  for (let i = 0; i < partitionsCount; i++) {
    partitions[i] = readShareAcknowledgeResponsePartitionData(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    partitions,
    unknownTaggedFields,
  };
}

function writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(
  writer: WireWriter,
  message: ShareAcknowledgeResponseShareAcknowledgeTopicResponseInput,
  version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'responses.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'responses.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writeShareAcknowledgeResponsePartitionData(writer, partitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareAcknowledgeResponseNodeEndpoint(
  reader: WireReader,
  _version: number,
): ShareAcknowledgeResponseNodeEndpoint {
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

function writeShareAcknowledgeResponseNodeEndpoint(
  writer: WireWriter,
  message: ShareAcknowledgeResponseNodeEndpointInput,
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

function readShareAcknowledgeResponse(reader: WireReader, version: number): ShareAcknowledgeResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const acquisitionLockTimeoutMs = version >= 2 ? reader.int32() : 0;
  const responsesCount = reader.arrayLength(true, 18);
  const responses = new Array<ShareAcknowledgeResponseShareAcknowledgeTopicResponse>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readShareAcknowledgeResponseShareAcknowledgeTopicResponse(reader, version);
  }
  const nodeEndpointsCount = reader.arrayLength(true, 11);
  const nodeEndpoints = new Array<ShareAcknowledgeResponseNodeEndpoint>(nodeEndpointsCount);
  for (let i = 0; i < nodeEndpointsCount; i++) {
    nodeEndpoints[i] = readShareAcknowledgeResponseNodeEndpoint(reader, version);
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

function writeShareAcknowledgeResponse(
  writer: WireWriter,
  message: ShareAcknowledgeResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  if (version >= 2) {
    const acquisitionLockTimeoutMs =
      message.acquisitionLockTimeoutMs === undefined ? 0 : message.acquisitionLockTimeoutMs;
    writer.int32(acquisitionLockTimeoutMs, 'acquisitionLockTimeoutMs');
  }
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, true, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeShareAcknowledgeResponseShareAcknowledgeTopicResponse(writer, responses[i]!, version);
  }
  const nodeEndpoints = message.nodeEndpoints;
  const nodeEndpointsCount = writer.arrayLength(nodeEndpoints, true, 'nodeEndpoints');
  for (let i = 0; i < nodeEndpointsCount; i++) {
    writeShareAcknowledgeResponseNodeEndpoint(writer, nodeEndpoints[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareAcknowledgeResponse(): ShareAcknowledgeResponse {
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
