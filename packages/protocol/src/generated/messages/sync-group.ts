// Generated from definitions/apis/14-sync-group.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Hands the leader's assignment to the members of a classic group.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of SyncGroup (API key 14), versions 0 to 5.
 * Hands the leader's assignment to the members of a classic group.
 */
export interface SyncGroupRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  protocolType: string | null;
  protocolName: string | null;
  assignments: SyncGroupRequestAssignment[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface SyncGroupRequestInput {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId?: string | null | undefined;
  readonly protocolType?: string | null | undefined;
  readonly protocolName?: string | null | undefined;
  readonly assignments: readonly SyncGroupRequestAssignmentInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface SyncGroupRequestAssignment {
  memberId: string;
  assignment: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface SyncGroupRequestAssignmentInput {
  readonly memberId: string;
  readonly assignment: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of SyncGroup (API key 14), versions 0 to 5.
 * Hands the leader's assignment to the members of a classic group.
 */
export const SyncGroupRequest: MessageCodec<SyncGroupRequest, SyncGroupRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SyncGroupRequest',
  apiKey: 14,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readSyncGroupRequest,
  write: writeSyncGroupRequest,
  create: (partial) => ({ ...createSyncGroupRequest(), ...partial }),
});

function readSyncGroupRequestAssignment(reader: WireReader, version: number): SyncGroupRequestAssignment {
  const flexible = version >= 4;
  const memberId = reader.string(flexible);
  const assignment = reader.bytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    memberId,
    assignment,
    unknownTaggedFields,
  };
}

function writeSyncGroupRequestAssignment(
  writer: WireWriter,
  message: SyncGroupRequestAssignmentInput,
  version: number,
): void {
  const flexible = version >= 4;
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'assignments.memberId');
  const assignment = message.assignment;
  writer.bytes(assignment, flexible, 'assignments.assignment');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readSyncGroupRequest(reader: WireReader, version: number): SyncGroupRequest {
  const flexible = version >= 4;
  const groupId = reader.string(flexible);
  const generationId = reader.int32();
  const memberId = reader.string(flexible);
  const groupInstanceId = version >= 3 ? reader.nullableString(flexible) : null;
  const protocolType = version >= 5 ? reader.nullableString(flexible) : null;
  const protocolName = version >= 5 ? reader.nullableString(flexible) : null;
  const assignmentsCount = reader.arrayLength(flexible, 3);
  const assignments = new Array<SyncGroupRequestAssignment>(assignmentsCount);
  for (let i = 0; i < assignmentsCount; i++) {
    assignments[i] = readSyncGroupRequestAssignment(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
    protocolType,
    protocolName,
    assignments,
    unknownTaggedFields,
  };
}

function writeSyncGroupRequest(writer: WireWriter, message: SyncGroupRequestInput, version: number): void {
  const flexible = version >= 4;
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groupId');
  const generationId = message.generationId;
  writer.int32(generationId, 'generationId');
  const memberId = message.memberId;
  writer.string(memberId, flexible, 'memberId');
  const groupInstanceId = message.groupInstanceId === undefined ? null : message.groupInstanceId;
  if (version >= 3) {
    writer.nullableString(groupInstanceId, flexible, 'groupInstanceId');
  } else if (groupInstanceId !== null) {
    throw writer.notInVersion('groupInstanceId');
  }
  if (version >= 5) {
    const protocolType = message.protocolType === undefined ? null : message.protocolType;
    writer.nullableString(protocolType, flexible, 'protocolType');
  }
  if (version >= 5) {
    const protocolName = message.protocolName === undefined ? null : message.protocolName;
    writer.nullableString(protocolName, flexible, 'protocolName');
  }
  const assignments = message.assignments;
  const assignmentsCount = writer.arrayLength(assignments, flexible, 'assignments');
  for (let i = 0; i < assignmentsCount; i++) {
    writeSyncGroupRequestAssignment(writer, assignments[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createSyncGroupRequest(): SyncGroupRequest {
  return {
    groupId: '',
    generationId: 0,
    memberId: '',
    groupInstanceId: null,
    protocolType: null,
    protocolName: null,
    assignments: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of SyncGroup (API key 14), versions 0 to 5.
 * Hands the leader's assignment to the members of a classic group.
 */
export interface SyncGroupResponse {
  throttleTimeMs: number;
  errorCode: number;
  protocolType: string | null;
  protocolName: string | null;
  assignment: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface SyncGroupResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode: number;
  readonly protocolType?: string | null | undefined;
  readonly protocolName?: string | null | undefined;
  readonly assignment: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of SyncGroup (API key 14), versions 0 to 5.
 * Hands the leader's assignment to the members of a classic group.
 */
export const SyncGroupResponse: MessageCodec<SyncGroupResponse, SyncGroupResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SyncGroupResponse',
  apiKey: 14,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readSyncGroupResponse,
  write: writeSyncGroupResponse,
  create: (partial) => ({ ...createSyncGroupResponse(), ...partial }),
});

function readSyncGroupResponse(reader: WireReader, version: number): SyncGroupResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  const protocolType = version >= 5 ? reader.nullableString(flexible) : null;
  const protocolName = version >= 5 ? reader.nullableString(flexible) : null;
  const assignment = reader.bytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    protocolType,
    protocolName,
    assignment,
    unknownTaggedFields,
  };
}

function writeSyncGroupResponse(writer: WireWriter, message: SyncGroupResponseInput, version: number): void {
  const flexible = version >= 4;
  if (version >= 1) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  if (version >= 5) {
    const protocolType = message.protocolType === undefined ? null : message.protocolType;
    writer.nullableString(protocolType, flexible, 'protocolType');
  }
  if (version >= 5) {
    const protocolName = message.protocolName === undefined ? null : message.protocolName;
    writer.nullableString(protocolName, flexible, 'protocolName');
  }
  const assignment = message.assignment;
  writer.bytes(assignment, flexible, 'assignment');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createSyncGroupResponse(): SyncGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    protocolType: null,
    protocolName: null,
    assignment: EMPTY_BYTES,
    unknownTaggedFields: undefined,
  };
}
