// Generated from definitions/apis/12-heartbeat.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Tells the coordinator of a classic group that a member is alive.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of Heartbeat (API key 12), versions 0 to 4.
 * Tells the coordinator of a classic group that a member is alive.
 */
export interface HeartbeatRequest {
  groupId: string;
  generationId: number;
  memberId: string;
  groupInstanceId: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface HeartbeatRequestInput {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of Heartbeat (API key 12), versions 0 to 4.
 * Tells the coordinator of a classic group that a member is alive.
 */
export const HeartbeatRequest: MessageCodec<HeartbeatRequest, HeartbeatRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'HeartbeatRequest',
  apiKey: 12,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readHeartbeatRequest,
  write: writeHeartbeatRequest,
  create: (partial) => ({ ...createHeartbeatRequest(), ...partial }),
});

function readHeartbeatRequest(reader: WireReader, version: number): HeartbeatRequest {
  const flexible = version >= 4;
  const groupId = reader.string(flexible);
  const generationId = reader.int32();
  const memberId = reader.string(flexible);
  const groupInstanceId = version >= 3 ? reader.nullableString(flexible) : null;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
    unknownTaggedFields,
  };
}

function writeHeartbeatRequest(writer: WireWriter, message: HeartbeatRequestInput, version: number): void {
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
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createHeartbeatRequest(): HeartbeatRequest {
  return {
    groupId: '',
    generationId: 0,
    memberId: '',
    groupInstanceId: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of Heartbeat (API key 12), versions 0 to 4.
 * Tells the coordinator of a classic group that a member is alive.
 */
export interface HeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface HeartbeatResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of Heartbeat (API key 12), versions 0 to 4.
 * Tells the coordinator of a classic group that a member is alive.
 */
export const HeartbeatResponse: MessageCodec<HeartbeatResponse, HeartbeatResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'HeartbeatResponse',
  apiKey: 12,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readHeartbeatResponse,
  write: writeHeartbeatResponse,
  create: (partial) => ({ ...createHeartbeatResponse(), ...partial }),
});

function readHeartbeatResponse(reader: WireReader, version: number): HeartbeatResponse {
  const flexible = version >= 4;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    unknownTaggedFields,
  };
}

function writeHeartbeatResponse(writer: WireWriter, message: HeartbeatResponseInput, version: number): void {
  const flexible = version >= 4;
  if (version >= 1) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createHeartbeatResponse(): HeartbeatResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    unknownTaggedFields: undefined,
  };
}
