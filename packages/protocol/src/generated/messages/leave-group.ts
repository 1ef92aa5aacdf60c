// Generated from definitions/apis/13-leave-group.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Leaves a classic group; several static members at once since version 3.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of LeaveGroup (API key 13), versions 0 to 5.
 * Leaves a classic group; several static members at once since version 3.
 */
export interface LeaveGroupRequest {
  groupId: string;
  memberId: string;
  members: LeaveGroupRequestMemberIdentity[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface LeaveGroupRequestInput {
  readonly groupId: string;
  readonly memberId?: string | undefined;
  readonly members?: readonly LeaveGroupRequestMemberIdentityInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface LeaveGroupRequestMemberIdentity {
  memberId: string;
  groupInstanceId: string | null;
  reason: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface LeaveGroupRequestMemberIdentityInput {
  readonly memberId: string;
  readonly groupInstanceId?: string | null | undefined;
  readonly reason?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of LeaveGroup (API key 13), versions 0 to 5.
 * Leaves a classic group; several static members at once since version 3.
 */
export const LeaveGroupRequest: MessageCodec<LeaveGroupRequest, LeaveGroupRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'LeaveGroupRequest',
  apiKey: 13,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readLeaveGroupRequest,
  write: writeLeaveGroupRequest,
  create: (partial) => ({ ...createLeaveGroupRequest(), ...partial }),
});

function readLeaveGroupRequestMemberIdentity(
  reader: WireReader,
  version: number,
): LeaveGroupRequestMemberIdentity {
  const flexible = version >= 4;
  const memberId = reader.string(flexible);
  const groupInstanceId = reader.nullableString(flexible);
  const reason = version >= 5 ? reader.nullableString(flexible) : null;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    memberId,
    groupInstanceId,
    reason,
    unknownTaggedFields,
  };
}

function writeLeaveGroupRequestMemberIdentity(
  writer: WireWriter,
  message: LeaveGroupRequestMemberIdentityInput,
  version: number,
): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'members.memberId');
  const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
  writer.nullableString(groupInstanceId, flexible, 'members.groupInstanceId');
  if (version >= 5) {
    const reason = message.reason === undefined ? null : message.reason;
    writer.nullableString(reason, flexible, 'members.reason');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readLeaveGroupRequest(reader: WireReader, version: number): LeaveGroupRequest {
  const flexible = version >= 4;
  const groupId = reader.string(flexible);
  const memberId = version <= 2 ? reader.string(flexible) : '';
  let members: LeaveGroupRequestMemberIdentity[] = [];
  if (version >= 3) {
    const membersCount = reader.arrayLength(flexible, 3);
    members = new Array<LeaveGroupRequestMemberIdentity>(membersCount);
    for (let i = 0; i < membersCount; i++) {
      members[i] = readLeaveGroupRequestMemberIdentity(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    memberId,
    members,
    unknownTaggedFields,
  };
}

function writeLeaveGroupRequest(writer: WireWriter, message: LeaveGroupRequestInput, version: number): void {
  const flexible = version >= 4;
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groupId');
  const memberId = message.memberId === undefined ? '' : message.memberId;
  if (version <= 2) {
    writer.string(memberId, flexible, 'memberId');
  } else if (memberId !== '') {
    throw writer.notInVersion('memberId');
  }
  const members = message.members === undefined ? [] : message.members;
  if (version >= 3) {
    const membersCount = writer.arrayLength(members, flexible, 'members');
    for (let i = 0; i < membersCount; i++) {
      writeLeaveGroupRequestMemberIdentity(writer, members[i]!, version);
    }
  } else if (members.length > 0) {
    throw writer.notInVersion('members');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createLeaveGroupRequest(): LeaveGroupRequest {
  return {
    groupId: '',
    memberId: '',
    members: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of LeaveGroup (API key 13), versions 0 to 5.
 * Leaves a classic group; several static members at once since version 3.
 */
export interface LeaveGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  members: LeaveGroupResponseMemberResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface LeaveGroupResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode: number;
  readonly members?: readonly LeaveGroupResponseMemberResponseInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface LeaveGroupResponseMemberResponse {
  memberId: string;
  groupInstanceId: string | null;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface LeaveGroupResponseMemberResponseInput {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of LeaveGroup (API key 13), versions 0 to 5.
 * Leaves a classic group; several static members at once since version 3.
 */
export const LeaveGroupResponse: MessageCodec<LeaveGroupResponse, LeaveGroupResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'LeaveGroupResponse',
  apiKey: 13,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readLeaveGroupResponse,
  write: writeLeaveGroupResponse,
  create: (partial) => ({ ...createLeaveGroupResponse(), ...partial }),
});

function readLeaveGroupResponseMemberResponse(
  reader: WireReader,
  version: number,
): LeaveGroupResponseMemberResponse {
  const flexible = version >= 4;
  const memberId = reader.string(flexible);
  const groupInstanceId = reader.nullableString(flexible);
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    memberId,
    groupInstanceId,
    errorCode,
    unknownTaggedFields,
  };
}

function writeLeaveGroupResponseMemberResponse(
  writer: WireWriter,
  message: LeaveGroupResponseMemberResponseInput,
  version: number,
): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'members.memberId');
  const groupInstanceId = message.groupInstanceId;
  writer.nullableString(groupInstanceId, flexible, 'members.groupInstanceId');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'members.errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readLeaveGroupResponse(reader: WireReader, version: number): LeaveGroupResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  let members: LeaveGroupResponseMemberResponse[] = [];
  if (version >= 3) {
    const membersCount = reader.arrayLength(flexible, 5);
    members = new Array<LeaveGroupResponseMemberResponse>(membersCount);
    for (let i = 0; i < membersCount; i++) {
      members[i] = readLeaveGroupResponseMemberResponse(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    members,
    unknownTaggedFields,
  };
}

function writeLeaveGroupResponse(
  writer: WireWriter,
  message: LeaveGroupResponseInput,
  version: number,
): void {
  const flexible = version >= 4;
  if (version >= 1) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const members = message.members === undefined ? [] : message.members;
  if (version >= 3) {
    const membersCount = writer.arrayLength(members, flexible, 'members');
    for (let i = 0; i < membersCount; i++) {
      writeLeaveGroupResponseMemberResponse(writer, members[i]!, version);
    }
  } else if (members.length > 0) {
    throw writer.notInVersion('members');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createLeaveGroupResponse(): LeaveGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    members: [],
    unknownTaggedFields: undefined,
  };
}
