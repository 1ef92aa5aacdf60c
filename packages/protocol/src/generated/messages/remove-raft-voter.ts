// Generated from definitions/apis/81-remove-raft-voter.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Removes a voter from the metadata quorum.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of RemoveRaftVoter (API key 81), version 0.
 * Removes a voter from the metadata quorum.
 */
export interface RemoveRaftVoterRequest {
  clusterId: string | null;
  voterId: number;
  voterDirectoryId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoveRaftVoterRequestInput {
  readonly clusterId: string | null;
  readonly voterId: number;
  readonly voterDirectoryId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of RemoveRaftVoter (API key 81), version 0.
 * Removes a voter from the metadata quorum.
 */
export const RemoveRaftVoterRequest: MessageCodec<RemoveRaftVoterRequest, RemoveRaftVoterRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoveRaftVoterRequest',
  apiKey: 81,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoveRaftVoterRequest,
  write: writeRemoveRaftVoterRequest,
  create: (partial) => ({ ...createRemoveRaftVoterRequest(), ...partial }),
});

function readRemoveRaftVoterRequest(reader: WireReader, _version: number): RemoveRaftVoterRequest {
  const clusterId = reader.nullableString(true);
  const voterId = reader.int32();
  const voterDirectoryId = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    clusterId,
    voterId,
    voterDirectoryId,
    unknownTaggedFields,
  };
}

function writeRemoveRaftVoterRequest(
  writer: WireWriter,
  message: RemoveRaftVoterRequestInput,
  _version: number,
): void {
  const clusterId = message.clusterId;
  writer.nullableString(clusterId, true, 'clusterId');
  const voterId = message.voterId;
  writer.int32(voterId, 'voterId');
  const voterDirectoryId = message.voterDirectoryId;
  writer.uuid(voterDirectoryId, 'voterDirectoryId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoveRaftVoterRequest(): RemoveRaftVoterRequest {
  return {
    clusterId: '',
    voterId: 0,
    voterDirectoryId: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of RemoveRaftVoter (API key 81), version 0.
 * Removes a voter from the metadata quorum.
 */
export interface RemoveRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RemoveRaftVoterResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of RemoveRaftVoter (API key 81), version 0.
 * Removes a voter from the metadata quorum.
 */
export const RemoveRaftVoterResponse: MessageCodec<RemoveRaftVoterResponse, RemoveRaftVoterResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RemoveRaftVoterResponse',
  apiKey: 81,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readRemoveRaftVoterResponse,
  write: writeRemoveRaftVoterResponse,
  create: (partial) => ({ ...createRemoveRaftVoterResponse(), ...partial }),
});

function readRemoveRaftVoterResponse(reader: WireReader, _version: number): RemoveRaftVoterResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeRemoveRaftVoterResponse(
  writer: WireWriter,
  message: RemoveRaftVoterResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? '' : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createRemoveRaftVoterResponse(): RemoveRaftVoterResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    unknownTaggedFields: undefined,
  };
}
