// Generated from definitions/apis/42-delete-groups.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Deletes groups that have no members.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DeleteGroups (API key 42), versions 0 to 3.
 * Deletes groups that have no members.
 */
export interface DeleteGroupsRequest {
  groupsNames: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteGroupsRequestInput {
  readonly groupsNames: readonly string[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DeleteGroups (API key 42), versions 0 to 3.
 * Deletes groups that have no members.
 */
export const DeleteGroupsRequest: MessageCodec<DeleteGroupsRequest, DeleteGroupsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteGroupsRequest',
  apiKey: 42,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDeleteGroupsRequest,
  write: writeDeleteGroupsRequest,
  create: (partial) => ({ ...createDeleteGroupsRequest(), ...partial }),
});

function readDeleteGroupsRequest(reader: WireReader, version: number): DeleteGroupsRequest {
  const flexible = version >= 2;
  const groupsNamesCount = reader.arrayLength(flexible, 1);
  const groupsNames = new Array<string>(groupsNamesCount);
  for (let i = 0; i < groupsNamesCount; i++) {
    groupsNames[i] = reader.string(flexible);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupsNames,
    unknownTaggedFields,
  };
}

function writeDeleteGroupsRequest(
  writer: WireWriter,
  message: DeleteGroupsRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const groupsNames = message.groupsNames;
  const groupsNamesCount = writer.arrayLength(groupsNames, flexible, 'groupsNames');
  for (let i = 0; i < groupsNamesCount; i++) {
    writer.string(groupsNames[i]!, flexible, 'groupsNames');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteGroupsRequest(): DeleteGroupsRequest {
  return {
    groupsNames: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DeleteGroups (API key 42), versions 0 to 3.
 * Deletes groups that have no members.
 */
export interface DeleteGroupsResponse {
  throttleTimeMs: number;
  results: DeleteGroupsResponseDeletableGroupResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteGroupsResponseInput {
  readonly throttleTimeMs: number;
  readonly results: readonly DeleteGroupsResponseDeletableGroupResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteGroupsResponseDeletableGroupResult {
  groupId: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteGroupsResponseDeletableGroupResultInput {
  readonly groupId: string;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DeleteGroups (API key 42), versions 0 to 3.
 * Deletes groups that have no members.
 */
export const DeleteGroupsResponse: MessageCodec<DeleteGroupsResponse, DeleteGroupsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteGroupsResponse',
  apiKey: 42,
  minVersion: 0,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDeleteGroupsResponse,
  write: writeDeleteGroupsResponse,
  create: (partial) => ({ ...createDeleteGroupsResponse(), ...partial }),
});

function readDeleteGroupsResponseDeletableGroupResult(
  reader: WireReader,
  version: number,
): DeleteGroupsResponseDeletableGroupResult {
  const flexible = version >= 2;
  const groupId = reader.string(flexible);
  const errorCode = reader.int16();
  const errorMessage = version >= 3 ? reader.nullableString(flexible) : null;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    groupId,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeDeleteGroupsResponseDeletableGroupResult(
  writer: WireWriter,
  message: DeleteGroupsResponseDeletableGroupResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'results.groupId');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  if (version >= 3) {
    const errorMessage = message.errorMessage === undefined ? null : message.errorMessage;
    writer.nullableString(errorMessage, flexible, 'results.errorMessage');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteGroupsResponse(reader: WireReader, version: number): DeleteGroupsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const resultsCount = reader.arrayLength(flexible, 4);
  const results = new Array<DeleteGroupsResponseDeletableGroupResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readDeleteGroupsResponseDeletableGroupResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    results,
    unknownTaggedFields,
  };
}

function writeDeleteGroupsResponse(
  writer: WireWriter,
  message: DeleteGroupsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const results = message.results;
  const resultsCount = writer.arrayLength(results, flexible, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeDeleteGroupsResponseDeletableGroupResult(writer, results[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteGroupsResponse(): DeleteGroupsResponse {
  return {
    throttleTimeMs: 0,
    results: [],
    unknownTaggedFields: undefined,
  };
}
