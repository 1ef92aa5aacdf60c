// Generated from definitions/apis/15-describe-groups.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Describes classic groups with their members and assignments.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeGroups (API key 15), versions 0 to 6.
 * Describes classic groups with their members and assignments.
 */
export interface DescribeGroupsRequest {
  groups: string[];
  includeAuthorizedOperations: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeGroupsRequestInput {
  readonly groups: readonly string[];
  readonly includeAuthorizedOperations?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeGroups (API key 15), versions 0 to 6.
 * Describes classic groups with their members and assignments.
 */
export const DescribeGroupsRequest: MessageCodec<DescribeGroupsRequest, DescribeGroupsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeGroupsRequest',
  apiKey: 15,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 5,
  latestVersionUnstable: false,
  read: readDescribeGroupsRequest,
  write: writeDescribeGroupsRequest,
  create: (partial) => ({ ...createDescribeGroupsRequest(), ...partial }),
});

function readDescribeGroupsRequest(reader: WireReader, version: number): DescribeGroupsRequest {
  const flexible = version >= 5;
  const groupsCount = reader.arrayLength(flexible, 1);
  const groups = new Array<string>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = reader.string(flexible);
  }
  const includeAuthorizedOperations = version >= 3 ? reader.boolean() : false;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groups,
    includeAuthorizedOperations,
    unknownTaggedFields,
  };
}

function writeDescribeGroupsRequest(
  writer: WireWriter,
  message: DescribeGroupsRequestInput,
  version: number,
): void {
  const flexible = version >= 5;
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, flexible, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writer.string(groups[i]!, flexible, 'groups');
  }
  const includeAuthorizedOperations =
    message.includeAuthorizedOperations === undefined ? false : message.includeAuthorizedOperations;
  if (version >= 3) {
    writer.boolean(includeAuthorizedOperations, 'includeAuthorizedOperations');
  } else if (includeAuthorizedOperations) {
    throw writer.notInVersion('includeAuthorizedOperations');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeGroupsRequest(): DescribeGroupsRequest {
  return {
    groups: [],
    includeAuthorizedOperations: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeGroups (API key 15), versions 0 to 6.
 * Describes classic groups with their members and assignments.
 */
export interface DescribeGroupsResponse {
  throttleTimeMs: number;
  groups: DescribeGroupsResponseDescribedGroup[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeGroupsResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly groups: readonly DescribeGroupsResponseDescribedGroupInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeGroupsResponseDescribedGroup {
  errorCode: number;
  errorMessage: string | null;
  groupId: string;
  groupState: string;
  protocolType: string;
  protocolData: string;
  members: DescribeGroupsResponseDescribedGroupMember[];
  authorizedOperations: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeGroupsResponseDescribedGroupInput {
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly groupId: string;
  readonly groupState: string;
  readonly protocolType: string;
  readonly protocolData: string;
  readonly members: readonly DescribeGroupsResponseDescribedGroupMemberInput[];
  readonly authorizedOperations?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeGroupsResponseDescribedGroupMember {
  memberId: string;
  groupInstanceId: string | null;
  clientId: string;
  clientHost: string;
  memberMetadata: Buffer;
  memberAssignment: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeGroupsResponseDescribedGroupMemberInput {
  readonly memberId: string;
  readonly groupInstanceId?: string | null | undefined;
  readonly clientId: string;
  readonly clientHost: string;
  readonly memberMetadata: Uint8Array;
  readonly memberAssignment: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeGroups (API key 15), versions 0 to 6.
 * Describes classic groups with their members and assignments.
 */
export const DescribeGroupsResponse: MessageCodec<DescribeGroupsResponse, DescribeGroupsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeGroupsResponse',
  apiKey: 15,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 5,
  latestVersionUnstable: false,
  read: readDescribeGroupsResponse,
  write: writeDescribeGroupsResponse,
  create: (partial) => ({ ...createDescribeGroupsResponse(), ...partial }),
});

function readDescribeGroupsResponseDescribedGroupMember(
  reader: WireReader,
  version: number,
): DescribeGroupsResponseDescribedGroupMember {
  const flexible = version >= 5;
  const memberId = reader.string(flexible);
  const groupInstanceId = version >= 4 ? reader.nullableString(flexible) : null;
  const clientId = reader.string(flexible);
  const clientHost = reader.string(flexible);
  const memberMetadata = reader.bytes(flexible);
  const memberAssignment = reader.bytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    memberId,
    groupInstanceId,
    clientId,
    clientHost,
    memberMetadata,
    memberAssignment,
    unknownTaggedFields,
  };
}

function writeDescribeGroupsResponseDescribedGroupMember(
  writer: WireWriter,
  message: DescribeGroupsResponseDescribedGroupMemberInput,
  version: number,
): void {
  const flexible = version >= 5;
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'groups.members.memberId');
  if (version >= 4) {
    const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
    writer.nullableString(groupInstanceId, flexible, 'groups.members.groupInstanceId');
  }
  const clientId = message.clientId;
  writer.string(clientId, flexible, 'groups.members.clientId');
  const clientHost = message.clientHost;
  writer.string(clientHost, flexible, 'groups.members.clientHost');
  const memberMetadata = message.memberMetadata;
  writer.bytes(memberMetadata, flexible, 'groups.members.memberMetadata');
  const memberAssignment = message.memberAssignment;
  writer.bytes(memberAssignment, flexible, 'groups.members.memberAssignment');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeGroupsResponseDescribedGroup(
  reader: WireReader,
  version: number,
): DescribeGroupsResponseDescribedGroup {
  const flexible = version >= 5;
  const errorCode = reader.int16();
  const errorMessage = version >= 6 ? reader.nullableString(flexible) : null;
  const groupId = reader.string(flexible);
  const groupState = reader.string(flexible);
  const protocolType = reader.string(flexible);
  const protocolData = reader.string(flexible);
  const membersCount = reader.arrayLength(flexible, 7);
  const members = new Array<DescribeGroupsResponseDescribedGroupMember>(membersCount);
  for (let i = 0; i < membersCount; i++) {
    members[i] = readDescribeGroupsResponseDescribedGroupMember(reader, version);
  }
  const authorizedOperations = version >= 3 ? reader.int32() : -2147483648;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    protocolType,
    protocolData,
    members,
    authorizedOperations,
    unknownTaggedFields,
  };
}

function writeDescribeGroupsResponseDescribedGroup(
  writer: WireWriter,
  message: DescribeGroupsResponseDescribedGroupInput,
  version: number,
): void {
  const flexible = version >= 5;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'groups.errorCode');
  const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
  if (version >= 6) {
    writer.nullableString(errorMessage, flexible, 'groups.errorMessage');
  } else if (errorMessage !== null) {
    throw writer.notInVersion('groups.errorMessage');
  }
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groups.groupId');
  const groupState = message.groupState;
  writer.string(groupState, flexible, 'groups.groupState');
  const protocolType = message.protocolType;
  writer.string(protocolType, flexible, 'groups.protocolType');
  const protocolData = message.protocolData;
  writer.string(protocolData, flexible, 'groups.protocolData');
  const members = message.members;
  const membersCount = writer.arrayLength(members, flexible, 'groups.members');
  for (let i = 0; i < membersCount; i++) {
    writeDescribeGroupsResponseDescribedGroupMember(writer, members[i]!, version);
  }
  const authorizedOperations =
    message.authorizedOperations === undefined ? -2147483648 : message.authorizedOperations;
  if (version >= 3) {
    writer.int32(authorizedOperations, 'groups.authorizedOperations');
  } else if (authorizedOperations !== -2147483648) {
    throw writer.notInVersion('groups.authorizedOperations');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeGroupsResponse(reader: WireReader, version: number): DescribeGroupsResponse {
  const flexible = version >= 5;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const groupsCount = reader.arrayLength(flexible, 12);
  const groups = new Array<DescribeGroupsResponseDescribedGroup>(groupsCount);
  for (let i = 0; i < groupsCount; i++) {
    groups[i] = readDescribeGroupsResponseDescribedGroup(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    groups,
    unknownTaggedFields,
  };
}

function writeDescribeGroupsResponse(
  writer: WireWriter,
  message: DescribeGroupsResponseInput,
  version: number,
): void {
  const flexible = version >= 5;
  if (version >= 1) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const groups = message.groups;
  const groupsCount = writer.arrayLength(groups, flexible, 'groups');
  for (let i = 0; i < groupsCount; i++) {
    writeDescribeGroupsResponseDescribedGroup(writer, groups[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeGroupsResponse(): DescribeGroupsResponse {
  return {
    throttleTimeMs: 0,
    groups: [],
    unknownTaggedFields: undefined,
  };
}
