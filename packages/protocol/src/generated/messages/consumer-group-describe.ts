// Generated from definitions/apis/69-consumer-group-describe.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes groups with server-side assignment.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ConsumerGroupDescribe (API key 69), versions 0 to 1.
 * Describes groups with server-side assignment.
 */
export interface ConsumerGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeRequestInput {
  readonly groupIds: readonly string[];
  readonly includeAuthorizedOperations: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ConsumerGroupDescribe (API key 69), versions 0 to 1.
 * Describes groups with server-side assignment.
 */
export const ConsumerGroupDescribeRequest: MessageCodec<ConsumerGroupDescribeRequest, ConsumerGroupDescribeRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupDescribeRequest',
  apiKey: 69,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupDescribeRequest,
  write: writeConsumerGroupDescribeRequest,
  create: (partial) => ({ ...createConsumerGroupDescribeRequest(), ...partial }),
});

function readConsumerGroupDescribeRequest(
  reader: WireReader,
  _version: number,
): ConsumerGroupDescribeRequest {
  const groupIdsCount = reader.arrayLength(true, 1);
  const groupIds = new Array<string>(groupIdsCount);
  for (let i = 0; i < groupIdsCount; i++) {
    groupIds[i] = reader.string(true);
  }
  const includeAuthorizedOperations = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    groupIds,
    includeAuthorizedOperations,
    unknownTaggedFields,
  };
}

function writeConsumerGroupDescribeRequest(
  writer: WireWriter,
  message: ConsumerGroupDescribeRequestInput,
  _version: number,
): void {
  const groupIds = message.groupIds;
  const groupIdsCount = writer.arrayLength(groupIds, true, 'groupIds');
  for (let i = 0; i < groupIdsCount; i++) {
    writer.string(groupIds[i]!, true, 'groupIds');
  }
  const includeAuthorizedOperations = message.includeAuthorizedOperations;
  writer.boolean(includeAuthorizedOperations, 'includeAuthorizedOperations');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupDescribeRequest(): ConsumerGroupDescribeRequest {
  return {
    groupIds: [],
    includeAuthorizedOperations: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ConsumerGroupDescribe (API key 69), versions 0 to 1.
 * Describes groups with server-side assignment.
 */
export interface ConsumerGroupDescribeResponse {
  throttleTimeMs: number;
  groups: ConsumerGroupDescribeResponseDescribedGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseInput {
  readonly throttleTimeMs: number;
  readonly groups: readonly ConsumerGroupDescribeResponseDescribedGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  assignorName: string;
  members: ConsumerGroupDescribeResponseMember[];
  authorizedOperations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseDescribedGroupInput {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly groupId: string;
  readonly groupState: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly assignorName: string;
  readonly members: readonly ConsumerGroupDescribeResponseMemberInput[];
  readonly authorizedOperations?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseMember {
  memberId: string;
  instanceId: string | null;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  subscribedTopicRegex: string | null;
  assignment: ConsumerGroupDescribeResponseAssignment;
  targetAssignment: ConsumerGroupDescribeResponseAssignment;
  memberType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseMemberInput {
  readonly memberId: string;
  readonly instanceId?: string | null | undefined;
  readonly rackId?: string | null | undefined;
  readonly memberEpoch: number;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  readonly subscribedTopicRegex?: string | null | undefined;
  readonly assignment: ConsumerGroupDescribeResponseAssignmentInput;
  readonly targetAssignment: ConsumerGroupDescribeResponseAssignmentInput;
  readonly memberType?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseAssignment {
  topicPartitions: ConsumerGroupDescribeResponseTopicPartitions[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseAssignmentInput {
  readonly topicPartitions: readonly ConsumerGroupDescribeResponseTopicPartitionsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseTopicPartitions {
  topicId: string;
  topicName: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ConsumerGroupDescribeResponseTopicPartitionsInput {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ConsumerGroupDescribe (API key 69), versions 0 to 1.
 * Describes groups with server-side assignment.
 */
export const ConsumerGroupDescribeResponse: MessageCodec<ConsumerGroupDescribeResponse, ConsumerGroupDescribeResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ConsumerGroupDescribeResponse',
  apiKey: 69,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readConsumerGroupDescribeResponse,
  write: writeConsumerGroupDescribeResponse,
  create: (partial) => ({ ...createConsumerGroupDescribeResponse(), ...partial }),
});

function readConsumerGroupDescribeResponseTopicPartitions(
  reader: WireReader,
  _version: number,
): ConsumerGroupDescribeResponseTopicPartitions {
  const topicId = reader.uuid();
  const topicName = reader.string(true);
  const partitionsCount = reader.arrayLength(true, 4);
  const partitions = reader.int32Elements(partitionsCount);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicId,
    topicName,
    partitions,
    unknownTaggedFields,
  };
}

function writeConsumerGroupDescribeResponseTopicPartitions(
  writer: WireWriter,
  message: ConsumerGroupDescribeResponseTopicPartitionsInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'Assignment.topicPartitions.topicId');
  const topicName = message.topicName;
  writer.string(topicName, true, 'Assignment.topicPartitions.topicName');
  const partitions = message.partitions;
  const partitionsCount = writer.arrayLength(partitions, true, 'Assignment.topicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'Assignment.topicPartitions.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupDescribeResponseAssignment(
  reader: WireReader,
  version: number,
): ConsumerGroupDescribeResponseAssignment {
  const topicPartitionsCount = reader.arrayLength(true, 19);
  const topicPartitions = new Array<ConsumerGroupDescribeResponseTopicPartitions>(topicPartitionsCount);
  for (let i = 0; i < topicPartitionsCount; i++) {
    topicPartitions[i] = readConsumerGroupDescribeResponseTopicPartitions(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicPartitions,
    unknownTaggedFields,
  };
}

function writeConsumerGroupDescribeResponseAssignment(
  writer: WireWriter,
  message: ConsumerGroupDescribeResponseAssignmentInput,
  version: number,
): void {
  const topicPartitions = message.topicPartitions;
  const topicPartitionsCount = writer.arrayLength(topicPartitions, true, 'Assignment.topicPartitions');
  for (let i = 0; i < topicPartitionsCount; i++) {
    writeConsumerGroupDescribeResponseTopicPartitions(writer, topicPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupDescribeResponseMember(
  reader: WireReader,
  version: number,
): ConsumerGroupDescribeResponseMember {
  const memberId = reader.string(true);
  const instanceId = reader.nullableString(true);
  const rackId = reader.nullableString(true);
  const memberEpoch = reader.int32();
  const clientId = reader.string(true);
  const clientHost = reader.string(true);
  const subscribedTopicNamesCount = reader.arrayLength(true, 1);
  const subscribedTopicNames = new Array<string>(subscribedTopicNamesCount);
  for (let i = 0; i < subscribedTopicNamesCount; i++) {
    subscribedTopicNames[i] = reader.string(true);
  }
  const subscribedTopicRegex = reader.nullableString(true);
  const assignment = readConsumerGroupDescribeResponseAssignment(reader, version);
  const targetAssignment = readConsumerGroupDescribeResponseAssignment(reader, version);
  const memberType = version >= 1 ? reader.int8() : -1;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    memberId,
    instanceId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    subscribedTopicRegex,
    assignment,
    targetAssignment,
    memberType,
    unknownTaggedFields,
  };
}

function writeConsumerGroupDescribeResponseMember(
  writer: WireWriter,
  message: ConsumerGroupDescribeResponseMemberInput,
  version: number,
): void {
  const memberId = message.memberId;
  writer.string(memberId, true, 'groups.members.memberId');
  const instanceId = message.instanceId === undefined ? null : message.instanceId;
  writer.nullableString(instanceId, true, 'groups.members.instanceId');
  const rackId = message.rackId === undefined ? null : message.rackId;
  writer.nullableString(rackId, true, 'groups.members.rackId');
  const memberEpoch = message.memberEpoch;
  writer.int32(memberEpoch, 'groups.members.memberEpoch');
  const clientId = message.clientId;
  writer.string(clientId, true, 'groups.members.clientId');
  const clientHost = message.clientHost;
  writer.string(clientHost, true, 'groups.members.clientHost');
  const subscribedTopicNames = message.subscribedTopicNames;
  const subscribedTopicNamesCount =
    writer.arrayLength(subscribedTopicNames, true, 'groups.members.subscribedTopicNames');
  for (let i = 0; i < subscribedTopicNamesCount; i++) {
    writer.string(subscribedTopicNames[i]!, true, 'groups.members.subscribedTopicNames');
  }
  const subscribedTopicRegex =
    message.subscribedTopicRegex === undefined ? null : message.subscribedTopicRegex;
  writer.nullableString(subscribedTopicRegex, true, 'groups.members.subscribedTopicRegex');
  const assignment = message.assignment;
  writeConsumerGroupDescribeResponseAssignment(writer, assignment, version);
  const targetAssignment = message.targetAssignment;
  writeConsumerGroupDescribeResponseAssignment(writer, targetAssignment, version);
  if (version >= 1) {
    const memberType = message.memberType === undefined ? -1 : message.memberType;
    writer.int8(memberType, 'groups.members.memberType');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupDescribeResponseDescribedGroup(
  reader: WireReader,
  version: number,
): ConsumerGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const groupId = reader.string(true);
  const groupState = reader.string(true);
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  const assignorName = reader.string(true);
  const membersCount = reader.arrayLength(true, 16);
  const members = new Array<ConsumerGroupDescribeResponseMember>(membersCount);
  for (let i = 0; i < membersCount; i++) {
    members[i] = readConsumerGroupDescribeResponseMember(reader, version);
  }
  const authorizedOperations = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    assignorName,
    members,
    authorizedOperations,
    unknownTaggedFields,
  };
}

function writeConsumerGroupDescribeResponseDescribedGroup(
  writer: WireWriter,
  message: ConsumerGroupDescribeResponseDescribedGroupInput,
  version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'groups.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  writer.nullableString(errorMessage, true, 'groups.errorMessage');
  const groupId = message.groupId;
  writer.string(groupId, true, 'groups.groupId');
  const groupState = message.groupState;
  writer.string(groupState, true, 'groups.groupState');
  const groupEpoch = message.groupEpoch;
  writer.int32(groupEpoch, 'groups.groupEpoch');
  const assignmentEpoch = message.assignmentEpoch;
  writer.int32(assignmentEpoch, 'groups.assignmentEpoch');
  const assignorName = message.assignorName;
  writer.string(assignorName, true, 'groups.assignorName');
  const members = message.members;
  const membersCount = writer.arrayLength(members, true, 'groups.members');
  for (let i = 0; i < membersCount; i++) {
    writeConsumerGroupDescribeResponseMember(writer, members[i]!, version);
  }
  const authorizedOperations =
    message.authorizedOperations === undefined ? -2147483648 : message.authorizedOperations;
  writer.int32(authorizedOperations, 'groups.authorizedOperations');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readConsumerGroupDescribeResponse(
  reader: WireReader,
  version: number,
): ConsumerGroupDescribeResponse {
  const throttleTimeMs = reader.int32();
  const groupsCount = reader.arrayLength(true, 20);
  const groups = new Array<ConsumerGroupDescribeResponseDescribedGroup>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = readConsumerGroupDescribeResponseDescribedGroup(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    groups,
    unknownTaggedFields,
  };
}

function writeConsumerGroupDescribeResponse(
  writer: WireWriter,
  message: ConsumerGroupDescribeResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, true, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writeConsumerGroupDescribeResponseDescribedGroup(writer, groups[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createConsumerGroupDescribeResponse(): ConsumerGroupDescribeResponse {
  return {
    throttleTimeMs: 0,
    groups: [],
    unknownTaggedFields: undefined,
  };
}
