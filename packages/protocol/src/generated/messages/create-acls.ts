// Generated from definitions/apis/30-create-acls.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Creates access control entries.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of CreateAcls (API key 30), versions 1 to 3.
 * Creates access control entries.
 */
export interface CreateAclsRequest {
  creations: CreateAclsRequestAclCreation[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateAclsRequestInput {
  readonly creations: readonly CreateAclsRequestAclCreationInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateAclsRequestAclCreation {
  resourceType: number;
  resourceName: string;
  resourcePatternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateAclsRequestAclCreationInput {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly resourcePatternType?: number | undefined;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of CreateAcls (API key 30), versions 1 to 3.
 * Creates access control entries.
 */
export const CreateAclsRequest: MessageCodec<CreateAclsRequest, CreateAclsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreateAclsRequest',
  apiKey: 30,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readCreateAclsRequest,
  write: writeCreateAclsRequest,
  create: (partial) => ({ ...createCreateAclsRequest(), ...partial }),
});

function readCreateAclsRequestAclCreation(reader: WireReader, version: number): CreateAclsRequestAclCreation {
  const flexible = version >= 2;
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const resourcePatternType = reader.int8();
  const principal = reader.string(flexible);
  const host = reader.string(flexible);
  const operation = reader.int8();
  const permissionType = reader.int8();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resourceType,
    resourceName,
    resourcePatternType,
    principal,
    host,
    operation,
    permissionType,
    unknownTaggedFields,
  };
}

function writeCreateAclsRequestAclCreation(
  writer: WireWriter,
  message: CreateAclsRequestAclCreationInput,
  version: number,
): void {
  const flexible = version >= 2;
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'creations.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'creations.resourceName');
  const resourcePatternType = message.resourcePatternType === undefined ? 3 : message.resourcePatternType;
  writer.int8(resourcePatternType, 'creations.resourcePatternType');
  const principal = message.principal;
  writer.string(principal, flexible, 'creations.principal');
  const host = message.host;
  writer.string(host, flexible, 'creations.host');
  const operation = message.operation;
  writer.int8(operation, 'creations.operation');
  const permissionType = message.permissionType;
  writer.int8(permissionType, 'creations.permissionType');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreateAclsRequest(reader: WireReader, version: number): CreateAclsRequest {
  const flexible = version >= 2;
  const creationsCount = reader.arrayLength(flexible, 8);
  const creations = new Array<CreateAclsRequestAclCreation>(creationsCount);
  for (let i = 0; i < creationsCount; i++) {
    creations[i] = readCreateAclsRequestAclCreation(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    creations,
    unknownTaggedFields,
  };
}

function writeCreateAclsRequest(writer: WireWriter, message: CreateAclsRequestInput, version: number): void {
  const flexible = version >= 2;
  const creations = message.creations;
  const creationsCount = writer.arrayLength(creations, flexible, 'creations');
  for (let i = 0; i < creationsCount; i++) {
    writeCreateAclsRequestAclCreation(writer, creations[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreateAclsRequest(): CreateAclsRequest {
  return {
    creations: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of CreateAcls (API key 30), versions 1 to 3.
 * Creates access control entries.
 */
export interface CreateAclsResponse {
  throttleTimeMs: number;
  results: CreateAclsResponseAclCreationResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateAclsResponseInput {
  readonly throttleTimeMs: number;
  readonly results: readonly CreateAclsResponseAclCreationResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateAclsResponseAclCreationResult {
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateAclsResponseAclCreationResultInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of CreateAcls (API key 30), versions 1 to 3.
 * Creates access control entries.
 */
export const CreateAclsResponse: MessageCodec<CreateAclsResponse, CreateAclsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreateAclsResponse',
  apiKey: 30,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readCreateAclsResponse,
  write: writeCreateAclsResponse,
  create: (partial) => ({ ...createCreateAclsResponse(), ...partial }),
});

function readCreateAclsResponseAclCreationResult(
  reader: WireReader,
  version: number,
): CreateAclsResponseAclCreationResult {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeCreateAclsResponseAclCreationResult(
  writer: WireWriter,
  message: CreateAclsResponseAclCreationResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'results.errorMessage');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreateAclsResponse(reader: WireReader, version: number): CreateAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const resultsCount = reader.arrayLength(flexible, 4);
  const results = new Array<CreateAclsResponseAclCreationResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readCreateAclsResponseAclCreationResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    results,
    unknownTaggedFields,
  };
}

function writeCreateAclsResponse(
  writer: WireWriter,
  message: CreateAclsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const results = message.results;
  const resultsCount = writer.arrayLength(results, flexible, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeCreateAclsResponseAclCreationResult(writer, results[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreateAclsResponse(): CreateAclsResponse {
  return {
    throttleTimeMs: 0,
    results: [],
    unknownTaggedFields: undefined,
  };
}
