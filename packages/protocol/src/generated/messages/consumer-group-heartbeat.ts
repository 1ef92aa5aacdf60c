// Generated from definitions/apis/68-consumer-group-heartbeat.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Joins, keeps alive and leaves a consumer group with server-side assignment (KIP-848).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ConsumerGroupHeartbeat (API key 68), versions 0 to 1.
 * Joins, keeps alive and leaves a consumer group with server-side assignment (KIP-848).
 */
export interface ConsumerGroupHeartbeatRequest {
  groupId: string;
  memberId: string;
  memberEpoch: number;
  instanceId: string | null;
  rackId: string | null;
  rebalanceTimeoutMs: number;
  subscribedTopicNames: string[] | null;
  subscribedTopicRegex: string | null;
  serverAssignor: string | null;
  topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatRequestInput {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId?: string | null | undefined;
  readonly rackId?: string | null | undefined;
  readonly rebalanceTimeoutMs?: number | undefined;
  readonly subscribedTopicNames?: readonly string[] | null | undefined;
  readonly subscribedTopicRegex?: string | null | undefined;
  readonly serverAssignor?: string | null | undefined;
  readonly topicPartitions?: readonly ConsumerGroupHeartbeatRequestTopicPartitionsInput[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatRequestTopicPartitions {
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatRequestTopicPartitionsInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ConsumerGroupHeartbeat (API key 68), versions 0 to 1.
 * Joins, keeps alive and leaves a consumer group with server-side assignment (KIP-848).
 */
export const ConsumerGroupHeartbeatRequest: MessageCodec<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupHeartbeatRequest',
  apiKey: 68,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupHeartbeatRequest,
  write: writeConsumerGroupHeartbeatRequest,
  create: (partial) => ({ ...createConsumerGroupHeartbeatRequest(), ...partial }),
});

function readConsumerGroupHeartbeatRequestTopicPartitions(
  reader: WireReader,
  _version: number,
): ConsumerGroupHeartbeatRequestTopicPartitions {
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

function writeConsumerGroupHeartbeatRequestTopicPartitions(
  writer: WireWriter,
  message: ConsumerGroupHeartbeatRequestTopicPartitionsInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'topicPartitions.topicId');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'topicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'topicPartitions.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupHeartbeatRequest(
  reader: WireReader,
  version: number,
): ConsumerGroupHeartbeatRequest {
  const groupId = reader.string(true);
  const memberId = reader.string(true);
  const memberEpoch = reader.int32();
  const instanceId = reader.nullableString(true);
  const rackId = reader.nullableString(true);
  const rebalanceTimeoutMs = reader.int32();
  const subscribedTopicNamesCount = reader.nullableArrayLength(true, 1);
  let subscribedTopicNames: string[] | null = null;
  if (subscribedTopicNamesCount >= 0) {
    subscribedTopicNames = new Array<string>(subscribedTopicNamesCount);
    for (let i = 0; i < subscribedTopicNamesCount; i++) {
      subscribedTopicNames[i] = reader.string(true);
    }
  }
  const subscribedTopicRegex = version >= 1 ? reader.nullableString(true) : null;
  const serverAssignor = reader.nullableString(true);
  const topicPartitionsCount = reader.nullableArrayLength(true, 18);
  let topicPartitions: ConsumerGroupHeartbeatRequestTopicPartitions[] | null = null;
  if (topicPartitionsCount >= 0) {
    topicPartitions = new Array<ConsumerGroupHeartbeatRequestTopicPartitions>(topicPartitionsCount);
    for (let i = 0; i < topicPartitionsCount; i++) {
      topicPartitions[i] = readConsumerGroupHeartbeatRequestTopicPartitions(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupId,
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    subscribedTopicNames,
    subscribedTopicRegex,
    serverAssignor,
    topicPartitions,
    unknownTaggedFields,
  };
}

function writeConsumerGroupHeartbeatRequest(
  writer: WireWriter,
  message: ConsumerGroupHeartbeatRequestInput,
  version: number,
): void {
  const groupId = message.groupId;
  writer.string(groupId, true, 'groupId');
  const memberId = message.memberId;
  writer.string(memberId, true, 'memberId');
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'memberEpoch');
  const instanceId = message.instanceId === undefined ? null : message.instanceId;
  writer.nullableString(instanceId, true, 'instanceId');
  const rackId = message.rackId === undefined ? null : message.rackId;
  writer.nullableString(rackId, true, 'rackId');
  const rebalanceTimeoutMs = message.rebalanceTimeoutMs === undefined ? -1 : message.rebalanceTimeoutMs;
  writer.int32(rebalanceTimeoutMs, 'rebalanceTimeoutMs');
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
  const subscribedTopicRegex =
    message.subscribedTopicRegex === undefined ? null : message.subscribedTopicRegex;
  if (version >= 1) {
    writer.nullableString(subscribedTopicRegex, true, 'subscribedTopicRegex');
  } else if (subscribedTopicRegex !== null) {
    throw writer.notInVersion('subscribedTopicRegex');
  }
  const serverAssignor = message.serverAssignor === undefined ? null : message.serverAssignor;
  writer.nullableString(serverAssignor, true, 'serverAssignor');
  const topicPartitions = message.topicPartitions === undefined ? null : message.topicPartitions;
  if (topicPartitions === null) {
    writer.nullArray(true);
  } else {
    const topicPartitionsCount = writer.arrayLength(topicPartitions, true, 'topicPartitions');
    for (let i = 0; i < topicPartitionsCount; i++) {
      writeConsumerGroupHeartbeatRequestTopicPartitions(writer, topicPartitions[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupHeartbeatRequest(): ConsumerGroupHeartbeatRequest {
  return {
    groupId: '',
    memberId: '',
    memberEpoch: 0,
    instanceId: null,
    rackId: null,
    rebalanceTimeoutMs: -1,
    subscribedTopicNames: null,
    subscribedTopicRegex: null,
    serverAssignor: null,
    topicPartitions: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ConsumerGroupHeartbeat (API key 68), versions 0 to 1.
 * Joins, keeps alive and leaves a consumer group with server-side assignment (KIP-848).
 */
export interface ConsumerGroupHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  memberId: string | null;
  memberEpoch: number;
  heartbeatIntervalMs: number;
  assignment: ConsumerGroupHeartbeatResponseAssignment | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly memberId?: string | null | undefined;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  readonly assignment?: ConsumerGroupHeartbeatResponseAssignmentInput | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatResponseAssignment {
  topicPartitions: ConsumerGroupHeartbeatResponseTopicPartitions[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatResponseAssignmentInput {
  readonly topicPartitions: readonly ConsumerGroupHeartbeatResponseTopicPartitionsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatResponseTopicPartitions {
  topicId: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupHeartbeatResponseTopicPartitionsInput {
  readonly topicId: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ConsumerGroupHeartbeat (API key 68), versions 0 to 1.
 * Joins, keeps alive and leaves a consumer group with server-side assignment (KIP-848).
 */
export const ConsumerGroupHeartbeatResponse: MessageCodec<ConsumerGroupHeartbeatResponse, ConsumerGroupHeartbeatResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupHeartbeatResponse',
  apiKey: 68,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupHeartbeatResponse,
  write: writeConsumerGroupHeartbeatResponse,
  create: (partial) => ({ ...createConsumerGroupHeartbeatResponse(), ...partial }),
});

function readConsumerGroupHeartbeatResponseTopicPartitions(
  reader: WireReader,
  _version: number,
): ConsumerGroupHeartbeatResponseTopicPartitions {
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

function writeConsumerGroupHeartbeatResponseTopicPartitions(
  writer: WireWriter,
  message: ConsumerGroupHeartbeatResponseTopicPartitionsInput,
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

function readConsumerGroupHeartbeatResponseAssignment(
  reader: WireReader,
  version: number,
): ConsumerGroupHeartbeatResponseAssignment {
  const topicPartitionsCount = reader.arrayLength(true, 18);
  const topicPartitions = new Array<ConsumerGroupHeartbeatResponseTopicPartitions>(topicPartitionsCount);
  for (let i = 0; i < topicPartitionsCount; i++) {
    topicPartitions[i] = readConsumerGroupHeartbeatResponseTopicPartitions(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicPartitions,
    unknownTaggedFields,
  };
}

function writeConsumerGroupHeartbeatResponseAssignment(
  writer: WireWriter,
  message: ConsumerGroupHeartbeatResponseAssignmentInput,
  version: number,
): void {
  const topicPartitions = message.topicPartitions;
  const topicPartitionsCount = writer.arrayLength(topicPartitions, true, 'assignment.topicPartitions');
  for (let i = 0; i < topicPartitionsCount; i++) {
    writeConsumerGroupHeartbeatResponseTopicPartitions(writer, topicPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupHeartbeatResponse(
  reader: WireReader,
  version: number,
): ConsumerGroupHeartbeatResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const memberId = reader.nullableString(true);
  const memberEpoch = reader.int32();
  const heartbeatIntervalMs = reader.int32();
  const assignment =
    (reader.int8() < 0 ? null : readConsumerGroupHeartbeatResponseAssignment(reader, version));
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

function writeConsumerGroupHeartbeatResponse(
  writer: WireWriter,
  message: ConsumerGroupHeartbeatResponseInput,
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
    writeConsumerGroupHeartbeatResponseAssignment(writer, assignment, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupHeartbeatResponse(): ConsumerGroupHeartbeatResponse {
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
