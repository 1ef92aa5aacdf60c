// Generated from definitions/apis/77-share-group-describe.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes share groups.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ShareGroupDescribe (API key 77), version 1.
 * Describes share groups.
 */
export interface ShareGroupDescribeRequest {
  groupIds: string[];
  includeAuthorizedOperations: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeRequestInput {
  readonly groupIds: readonly string[];
  readonly includeAuthorizedOperations: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ShareGroupDescribe (API key 77), version 1.
 * Describes share groups.
 */
export const ShareGroupDescribeRequest: MessageCodec<ShareGroupDescribeRequest, ShareGroupDescribeRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupDescribeRequest',
  apiKey: 77,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareGroupDescribeRequest,
  write: writeShareGroupDescribeRequest,
  create: (partial) => ({ ...createShareGroupDescribeRequest(), ...partial }),
});

function readShareGroupDescribeRequest(reader: WireReader, _version: number): ShareGroupDescribeRequest {
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

function writeShareGroupDescribeRequest(
  writer: WireWriter,
  message: ShareGroupDescribeRequestInput,
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

function createShareGroupDescribeRequest(): ShareGroupDescribeRequest {
  return {
    groupIds: [],
    includeAuthorizedOperations: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ShareGroupDescribe (API key 77), version 1.
 * Describes share groups.
 */
export interface ShareGroupDescribeResponse {
  throttleTimeMs: number;
  groups: ShareGroupDescribeResponseDescribedGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseInput {
  readonly throttleTimeMs: number;
  readonly groups: readonly ShareGroupDescribeResponseDescribedGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  assignorName: string;
  members: ShareGroupDescribeResponseMember[];
  authorizedOperations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseDescribedGroupInput {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly groupId: string;
  readonly groupState: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly assignorName: string;
  readonly members: readonly ShareGroupDescribeResponseMemberInput[];
  readonly authorizedOperations?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseMember {
  memberId: string;
  rackId: string | null;
  memberEpoch: number;
  clientId: string;
  clientHost: string;
  subscribedTopicNames: string[];
  assignment: ShareGroupDescribeResponseAssignment;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseMemberInput {
  readonly memberId: string;
  readonly rackId?: string | null | undefined;
  readonly memberEpoch: number;
  readonly clientId: string;
  readonly clientHost: string;
  readonly subscribedTopicNames: readonly string[];
  readonly assignment: ShareGroupDescribeResponseAssignmentInput;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseAssignment {
  topicPartitions: ShareGroupDescribeResponseTopicPartitions[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseAssignmentInput {
  readonly topicPartitions: readonly ShareGroupDescribeResponseTopicPartitionsInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseTopicPartitions {
  topicId: string;
  topicName: string;
  partitions: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ShareGroupDescribeResponseTopicPartitionsInput {
  readonly topicId: string;
  readonly topicName: string;
  readonly partitions: readonly number[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ShareGroupDescribe (API key 77), version 1.
 * Describes share groups.
 */
export const ShareGroupDescribeResponse: MessageCodec<ShareGroupDescribeResponse, ShareGroupDescribeResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ShareGroupDescribeResponse',
  apiKey: 77,
  minVersion: 1,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readShareGroupDescribeResponse,
  write: writeShareGroupDescribeResponse,
  create: (partial) => ({ ...createShareGroupDescribeResponse(), ...partial }),
});

function readShareGroupDescribeResponseTopicPartitions(
  reader: WireReader,
  _version: number,
): ShareGroupDescribeResponseTopicPartitions {
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

function writeShareGroupDescribeResponseTopicPartitions(
  writer: WireWriter,
  message: ShareGroupDescribeResponseTopicPartitionsInput,
  _version: number,
): void {
  const topicId = message.topicId;
  writer.uuid(topicId, 'groups.members.assignment.topicPartitions.topicId');
  const topicName = message.topicName;
  writer.string(topicName, true, 'groups.members.assignment.topicPartitions.topicName');
  const partitions = message.partitions;
  const partitionsCount =
    writer.arrayLength(partitions, true, 'groups.members.assignment.topicPartitions.partitions');
  for (let i = 0; i < partitionsCount; i++) {
    writer.int32(partitions[i]!, 'groups.members.assignment.topicPartitions.partitions');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupDescribeResponseAssignment(
  reader: WireReader,
  version: number,
): ShareGroupDescribeResponseAssignment {
  const topicPartitionsCount = reader.arrayLength(true, 19);
  const topicPartitions = new Array<ShareGroupDescribeResponseTopicPartitions>(topicPartitionsCount);
  for (let i = 0; i < topicPartitionsCount; i++) {
    topicPartitions[i] = readShareGroupDescribeResponseTopicPartitions(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    topicPartitions,
    unknownTaggedFields,
  };
}

function writeShareGroupDescribeResponseAssignment(
  writer: WireWriter,
  message: ShareGroupDescribeResponseAssignmentInput,
  version: number,
): void {
  const topicPartitions = message.topicPartitions;
  const topicPartitionsCount =
    writer.arrayLength(topicPartitions, true, 'groups.members.assignment.topicPartitions');
  for (let i = 0; i < topicPartitionsCount; i++) {
    writeShareGroupDescribeResponseTopicPartitions(writer, topicPartitions[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupDescribeResponseMember(
  reader: WireReader,
  version: number,
): ShareGroupDescribeResponseMember {
  const memberId = reader.string(true);
  const rackId = reader.nullableString(true);
  const memberEpoch = reader.int32();
  const clientId = reader.string(true);
  const clientHost = reader.string(true);
  const subscribedTopicNamesCount = reader.arrayLength(true, 1);
  const subscribedTopicNames = new Array<string>(subscribedTopicNamesCount);
  for (let i = 0; i < subscribedTopicNamesCount; i++) {
    subscribedTopicNames[i] = reader.string(true);
  }
  const assignment = readShareGroupDescribeResponseAssignment(reader, version);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    memberId,
    rackId,
    memberEpoch,
    clientId,
    clientHost,
    subscribedTopicNames,
    assignment,
    unknownTaggedFields,
  };
}

function writeShareGroupDescribeResponseMember(
  writer: WireWriter,
  message: ShareGroupDescribeResponseMemberInput,
  version: number,
): void {
  const memberId = message.memberId;
  writer.string(memberId, true, 'groups.members.memberId');
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
  const assignment = message.assignment;
  writeShareGroupDescribeResponseAssignment(writer, assignment, version);
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupDescribeResponseDescribedGroup(
  reader: WireReader,
  version: number,
): ShareGroupDescribeResponseDescribedGroup {
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const groupId = reader.string(true);
  const groupState = reader.string(true);
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  const assignorName = reader.string(true);
  const membersCount = reader.arrayLength(true, 12);
  const members = new Array<ShareGroupDescribeResponseMember>(membersCount);
  for (let i = 0; i < membersCount; i++) {
    members[i] = readShareGroupDescribeResponseMember(reader, version);
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

function writeShareGroupDescribeResponseDescribedGroup(
  writer: WireWriter,
  message: ShareGroupDescribeResponseDescribedGroupInput,
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
    writeShareGroupDescribeResponseMember(writer, members[i]!, version);
  }
  const authorizedOperations =
    message.authorizedOperations === undefined ? -2147483648 : message.authorizedOperations;
  writer.int32(authorizedOperations, 'groups.authorizedOperations');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readShareGroupDescribeResponse(reader: WireReader, version: number): ShareGroupDescribeResponse {
  const throttleTimeMs = reader.int32();
  const groupsCount = reader.arrayLength(true, 20);
  const groups = new Array<ShareGroupDescribeResponseDescribedGroup>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = readShareGroupDescribeResponseDescribedGroup(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    groups,
    unknownTaggedFields,
  };
}

function writeShareGroupDescribeResponse(
  writer: WireWriter,
  message: ShareGroupDescribeResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, true, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writeShareGroupDescribeResponseDescribedGroup(writer, groups[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createShareGroupDescribeResponse(): ShareGroupDescribeResponse {
  return {
    throttleTimeMs: 0,
    groups: [],
    unknownTaggedFields: undefined,
  };
}
