// Generated from definitions/apis/11-join-group.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Joins a classic consumer group; answered when the rebalance is complete.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of JoinGroup (API key 11), versions 0 to 9.
 * Joins a classic consumer group; answered when the rebalance is complete.
 */
export interface JoinGroupRequest {
  groupId: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  memberId: string;
  groupInstanceId: string | null;
  protocolType: string;
  protocols: JoinGroupRequestProtocol[];
  reason: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface JoinGroupRequestInput {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs?: number | undefined;
  readonly memberId: string;
  readonly groupInstanceId?: string | null | undefined;
  readonly protocolType: string;
  readonly protocols: readonly JoinGroupRequestProtocolInput[];
  readonly reason?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface JoinGroupRequestProtocol {
  name: string;
  metadata: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface JoinGroupRequestProtocolInput {
  readonly name: string;
  readonly metadata: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of JoinGroup (API key 11), versions 0 to 9.
 * Joins a classic consumer group; answered when the rebalance is complete.
 */
export const JoinGroupRequest: MessageCodec<JoinGroupRequest, JoinGroupRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'JoinGroupRequest',
  apiKey: 11,
  minVersion: 0,
  maxVersion: 9,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  read: readJoinGroupRequest,
  write: writeJoinGroupRequest,
  create: (partial) => ({ ...createJoinGroupRequest(), ...partial }),
});

function readJoinGroupRequestProtocol(reader: WireReader, version: number): JoinGroupRequestProtocol {
  const flexible = version >= 6;
  const name = reader.string(flexible);
  const metadata = reader.bytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    metadata,
    unknownTaggedFields,
  };
}

function writeJoinGroupRequestProtocol(
  writer: WireWriter,
  message: JoinGroupRequestProtocolInput,
  version: number,
): void {
  const flexible = version >= 6;
  const name = message.name;
  writer.string(name, flexible, 'protocols.name');
  const metadata = message.metadata;
  writer.bytes(metadata, flexible, 'protocols.metadata');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readJoinGroupRequest(reader: WireReader, version: number): JoinGroupRequest {
  const flexible = version >= 6;
  const groupId = reader.string(flexible);
  const sessionTimeoutMs = reader.int32();
  const rebalanceTimeoutMs = version >= 1 ? reader.int32() : -1;
  const memberId = reader.string(flexible);
  const groupInstanceId = version >= 5 ? reader.nullableString(flexible) : null;
  const protocolType = reader.string(flexible);
  const protocolsCount = reader.arrayLength(flexible, 3);
  const protocols = new Array<JoinGroupRequestProtocol>(protocolsCount);
  for (let i = 0; i < protocolsCount; i++) {
    protocols[i] = readJoinGroupRequestProtocol(reader, version);
  }
  const reason = version >= 8 ? reader.nullableString(flexible) : null;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    memberId,
    groupInstanceId,
    protocolType,
    protocols,
    reason,
    unknownTaggedFields,
  };
}

function writeJoinGroupRequest(writer: WireWriter, message: JoinGroupRequestInput, version: number): void {
  const flexible = version >= 6;
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groupId');
  const sessionTimeoutMs = message.sessionTimeoutMs;
  writer.int32(sessionTimeoutMs, 'sessionTimeoutMs');
  if (version >= 1) {
    const rebalanceTimeoutMs = message.rebalanceTimeoutMs === undefined ? -1 : message.rebalanceTimeoutMs;
    writer.int32(rebalanceTimeoutMs, 'rebalanceTimeoutMs');
  }
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'memberId');
  const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
  if (version >= 5) {
    writer.nullableString(groupInstanceId, flexible, 'groupInstanceId');
  } else if (groupInstanceId !== null) {
    throw writer.notInVersion('groupInstanceId');
  }
  const protocolType = message.protocolType;
  writer.string(protocolType, flexible, 'protocolType');
  const protocols = message.protocols;
  const protocolsCount = writer.arrayLength(protocols, flexible, 'protocols');
  for (let i = 0; i < protocolsCount; i++) {
    writeJoinGroupRequestProtocol(writer, protocols[i]!, version);
  }
  if (version >= 8) {
    const reason = message.reason === undefined ? null : message.reason;
    writer.nullableString(reason, flexible, 'reason');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createJoinGroupRequest(): JoinGroupRequest {
  return {
    groupId: '',
    sessionTimeoutMs: 0,
    rebalanceTimeoutMs: -1,
    memberId: '',
    groupInstanceId: null,
    protocolType: '',
    protocols: [],
    reason: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of JoinGroup (API key 11), versions 0 to 9.
 * Joins a classic consumer group; answered when the rebalance is complete.
 */
export interface JoinGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  generationId: number;
  protocolType: string | null;
  protocolName: string | null;
  leader: string;
  skipAssignment: boolean;
  memberId: string;
  members: JoinGroupResponseMember[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface JoinGroupResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode: number;
  readonly generationId?: number | undefined;
  readonly protocolType?: string | null | undefined;
  readonly protocolName: string | null;
  readonly leader: string;
  readonly skipAssignment?: boolean | undefined;
  readonly memberId: string;
  readonly members: readonly JoinGroupResponseMemberInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface JoinGroupResponseMember {
  memberId: string;
  groupInstanceId: string | null;
  metadata: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface JoinGroupResponseMemberInput {
  readonly memberId: string;
  readonly groupInstanceId?: string | null | undefined;
  readonly metadata: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of JoinGroup (API key 11), versions 0 to 9.
 * Joins a classic consumer group; answered when the rebalance is complete.
 */
export const JoinGroupResponse: MessageCodec<JoinGroupResponse, JoinGroupResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'JoinGroupResponse',
  apiKey: 11,
  minVersion: 0,
  maxVersion: 9,
  flexibleFrom: 6,
  latestVersionUnstable: false,
  read: readJoinGroupResponse,
  write: writeJoinGroupResponse,
  create: (partial) => ({ ...createJoinGroupResponse(), ...partial }),
});

function readJoinGroupResponseMember(reader: WireReader, version: number): JoinGroupResponseMember {
  const flexible = version >= 6;
  const memberId = reader.string(flexible);
  const groupInstanceId = version >= 5 ? reader.nullableString(flexible) : null;
  const metadata = reader.bytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    memberId,
    groupInstanceId,
    metadata,
    unknownTaggedFields,
  };
}

function writeJoinGroupResponseMember(
  writer: WireWriter,
  message: JoinGroupResponseMemberInput,
  version: number,
): void {
  const flexible = version >= 6;
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'members.memberId');
  if (version >= 5) {
    const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
    writer.nullableString(groupInstanceId, flexible, 'members.groupInstanceId');
  }
  const metadata = message.metadata;
  writer.bytes(metadata, flexible, 'members.metadata');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readJoinGroupResponse(reader: WireReader, version: number): JoinGroupResponse {
  const flexible = version >= 6;
  const throttleTimeMs = version >= 2 ? reader.int32() : 0;
  const errorCode = reader.int16();
  const generationId = reader.int32();
  const protocolType = version >= 7 ? reader.nullableString(flexible) : null;
  const protocolName = (version >= 7 ? reader.nullableString(flexible) : reader.string(flexible));
  const leader = reader.string(flexible);
  const skipAssignment = version >= 9 ? reader.boolean() : false;
  const memberId = reader.string(flexible);
  const membersCount = reader.arrayLength(flexible, 4);
  const members = new Array<JoinGroupResponseMember>(membersCount);
  for (let i = 0; i < membersCount; i++) {
    members[i] = readJoinGroupResponseMember(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    generationId,
    protocolType,
    protocolName,
    leader,
    skipAssignment,
    memberId,
    members,
    unknownTaggedFields,
  };
}

function writeJoinGroupResponse(writer: WireWriter, message: JoinGroupResponseInput, version: number): void {
  const flexible = version >= 6;
  if (version >= 2) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const generationId = message.generationId === undefined ? -1 : message.generationId;
  writer.int32(generationId, 'generationId');
  if (version >= 7) {
    const protocolType = message.protocolType === undefined ? null : message.protocolType;
    writer.nullableString(protocolType, flexible, 'protocolType');
  }
  const protocolName = message.protocolName;
  if (protocolName === null && !(version >= 7)) {
    throw writer.nullNotAllowed('protocolName');
  }
  writer.nullableString(protocolName, flexible, 'protocolName');
  const leader = message.leader;
  writer.string(leader, flexible, 'leader');
  const skipAssignment = message.skipAssignment === undefined ? false : message.skipAssignment;
  if (version >= 9) {
    writer.boolean(skipAssignment, 'skipAssignment');
  } else if (skipAssignment) {
    throw writer.notInVersion('skipAssignment');
  }
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'memberId');
  const members = message.members;
  const membersCount = writer.arrayLength(members, flexible, 'members');
  for (let i = 0; i < membersCount; i++) {
    writeJoinGroupResponseMember(writer, members[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createJoinGroupResponse(): JoinGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    generationId: -1,
    protocolType: null,
    protocolName: '',
    leader: '',
    skipAssignment: false,
    memberId: '',
    members: [],
    unknownTaggedFields: undefined,
  };
}
