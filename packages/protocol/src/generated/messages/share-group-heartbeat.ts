// Generated from definitions/apis/76-share-group-heartbeat.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Joins, keeps alive and leaves a share group (KIP-932).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ShareGroupHeartbeat (API key 76), version 1.
 * Joins, keeps alive and leaves a share group (KIP-932).
 */
export interface ShareGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  rackId: string | null;
  subscribedTopicNames: string[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupHeartbeatRequestInput {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly rackId?: string | null | undefined;
  readonly subscribedTopicNames?: readonly string[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ShareGroupHeartbeat (API key 76), version 1.
 * Joins, keeps alive and leaves a share group (KIP-932).
 */
export const ShareGroupHeartbeatRequest: MessageCodec<ShareGroupHeartbeatRequest, ShareGroupHeartbeatRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupHeartbeatRequest',
  apiKey: 76,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareGroupHeartbeatRequest,
  write: writeShareGroupHeartbeatRequest,
  create: (partial) => ({ ...createShareGroupHeartbeatRequest(), ...partial }),
});

function readShareGroupHeartbeatRequest(reader: WireReader, _version: number): ShareGroupHeartbeatRequest {
  const groupId = reader.string(true);
  const memberId = reader.string(true);
  const memberEpoch = reader.int32();
  const rackId = reader.nullableString(true);
  const subscribedTopicNamesCount = reader.nullableArrayLength(true, 1);
  let subscribedTopicNames: string[] | null = null;
  if (subscribedTopicNamesCount >= 0) {
    subscribedTopicNames = new Array<string>(subscribedTopicNamesCount);
    for (let i = 0; i < subscribedTopicNamesCount; i++) {
      subscribedTopicNames[i] = reader.string(true);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    rackId,
    subscribedTopicNames,
    unknownTaggedFields,
  };
}

function writeShareGroupHeartbeatRequest(
  writer: WireWriter,
  message: ShareGroupHeartbeatRequestInput,
  _version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, true, 'memberId');
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const rackId = message.rackId === undefined ? null : message.rackId;
  writer.nullableString(rackId, true, 'rackId');
  const subscribedTopicNames =
    message.subscribedTopicNames === undefined ? null : message.subscribedTopicNames;
  if (subscribedTopicNames === null) {
    writer.nullArray(true);
  } else {
    const subscribedTopicNamesCount = writer.arrayLength(subscribedTopicNames, true, 'subscribedTopicNames');
    for (let i = 0; i < subscribedTopicNamesCount; i++) {
      writer.string(subscribedTopicNames[i]!, true, 'subscribedTopicNames');
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupHeartbeatRequest(): ShareGroupHeartbeatRequest {
  return {
    groupId: '',
    memberId: '',
    memberEpoch: 0,
    rackId: null,
    subscribedTopicNames: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ShareGroupHeartbeat (API key 76), version 1.
 * Joins, keeps alive and leaves a share group (KIP-932).
 */
export interface ShareGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: ShareGroupHeartbeatResponseAssignment | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupHeartbeatResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly memberId?: string | null | undefined;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  readonly assignment?: ShareGroupHeartbeatResponseAssignmentInput | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupHeartbeatResponseAssignment {
  topicPartitions: ShareGroupHeartbeatResponseTopicPartitions[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupHeartbeatResponseAssignmentInput {
  readonly topicPartitions: readonly ShareGroupHeartbeatResponseTopicPartitionsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupHeartbeatResponseTopicPartitions {
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupHeartbeatResponseTopicPartitionsInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ShareGroupHeartbeat (API key 76), version 1.
 * Joins, keeps alive and leaves a share group (KIP-932).
 */
export const ShareGroupHeartbeatResponse: MessageCodec<ShareGroupHeartbeatResponse, ShareGroupHeartbeatResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupHeartbeatResponse',
  apiKey: 76,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareGroupHeartbeatResponse,
  write: writeShareGroupHeartbeatResponse,
  create: (partial) => ({ ...createShareGroupHeartbeatResponse(), ...partial }),
});

function readShareGroupHeartbeatResponseTopicPartitions(
  reader: WireReader,
  _version: number,
): ShareGroupHeartbeatResponseTopicPartitions {
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

function writeShareGroupHeartbeatResponseTopicPartitions(
  writer: WireWriter,
  message: ShareGroupHeartbeatResponseTopicPartitionsInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'assignment.topicPartitions.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'assignment.topicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'assignment.topicPartitions.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupHeartbeatResponseAssignment(
  reader: WireReader,
  version: number,
): ShareGroupHeartbeatResponseAssignment {
  const topicPartitionsCount = reader.arrayLength(true, 18);
  const topicPartitions = new Array<ShareGroupHeartbeatResponseTopicPartitions>(topicPartitionsCount);
  for (let i = 0; i < topicPartitionsCount; i++) {
    topicPartitions[i] = readShareGroupHeartbeatResponseTopicPartitions(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicPartitions,
    unknownTaggedFields,
  };
}

function writeShareGroupHeartbeatResponseAssignment(
  writer: WireWriter,
  message: ShareGroupHeartbeatResponseAssignmentInput,
  version: number,
): void {
  const topicPartitions = message.topicPartitions;
  const topicPartitionsCount = writer.arrayLength(topicPartitions, true, 'assignment.topicPartitions');
  for (let i = 0; i < topicPartitionsCount; i++) {
    writeShareGroupHeartbeatResponseTopicPartitions(writer, topicPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupHeartbeatResponse(reader: WireReader, version: number): ShareGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const memberId = reader.nullableString(true);
  const memberEpoch = reader.int32();
  const heartbeatIntervalMs = reader.int32();
  const assignment = (reader.int8() < 0 ? null : readShareGroupHeartbeatResponseAssignment(reader, version));
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    memberId,
    memberEpoch,
    heartbeatIntervalMs,
    assignment,
    unknownTaggedFields,
  };
}

function writeShareGroupHeartbeatResponse(
  writer: WireWriter,
  message: ShareGroupHeartbeatResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  const memberId = message.memberId === undefined ? null : message.memberId;
  writer.nullableString(memberId, true, 'memberId');
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const heartbeatIntervalMs = message.heartbeatIntervalMs;
  writer.int32(heartbeatIntervalMs, 'heartbeatIntervalMs');
  const assignment = message.assignment === undefined ? null : message.assignment;
  if (assignment === null) {
    writer.int8(-1);
  } else {
    writer.int8(1);
    writeShareGroupHeartbeatResponseAssignment(writer, assignment, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupHeartbeatResponse(): ShareGroupHeartbeatResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    memberId: null,
    memberEpoch: 0,
    heartbeatIntervalMs: 0,
    assignment: null,
    unknownTaggedFields: undefined,
  };
}
