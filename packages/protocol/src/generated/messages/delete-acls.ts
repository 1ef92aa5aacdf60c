// Generated from definitions/apis/31-delete-acls.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Deletes access control entries.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DeleteAcls (API key 31), versions 1 to 3.
 * Deletes access control entries.
 */
export interface DeleteAclsRequest {
  filters: DeleteAclsRequestDeleteAclsFilter[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteAclsRequestInput {
  readonly filters: readonly DeleteAclsRequestDeleteAclsFilterInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteAclsRequestDeleteAclsFilter {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteAclsRequestDeleteAclsFilterInput {
  readonly resourceTypeFilter: number;
  readonly resourceNameFilter: string | null;
  readonly patternTypeFilter?: number | undefined;
  readonly principalFilter: string | null;
  readonly hostFilter: string | null;
  readonly operation: number;
  readonly permissionType: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DeleteAcls (API key 31), versions 1 to 3.
 * Deletes access control entries.
 */
export const DeleteAclsRequest: MessageCodec<DeleteAclsRequest, DeleteAclsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteAclsRequest',
  apiKey: 31,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDeleteAclsRequest,
  write: writeDeleteAclsRequest,
  create: (partial) => ({ ...createDeleteAclsRequest(), ...partial }),
});

function readDeleteAclsRequestDeleteAclsFilter(
  reader: WireReader,
  version: number,
): DeleteAclsRequestDeleteAclsFilter {
  const flexible = version >= 2;
  const resourceTypeFilter = reader.int8();
  const resourceNameFilter = reader.nullableString(flexible);
  const patternTypeFilter = reader.int8();
  const principalFilter = reader.nullableString(flexible);
  const hostFilter = reader.nullableString(flexible);
  const operation = reader.int8();
  const permissionType = reader.int8();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resourceTypeFilter,
    resourceNameFilter,
    patternTypeFilter,
    principalFilter,
    hostFilter,
    operation,
    permissionType,
    unknownTaggedFields,
  };
}

function writeDeleteAclsRequestDeleteAclsFilter(
  writer: WireWriter,
  message: DeleteAclsRequestDeleteAclsFilterInput,
  version: number,
): void {
  const flexible = version >= 2;
  const resourceTypeFilter = message.resourceTypeFilter;
  writer.int8(resourceTypeFilter, 'filters.resourceTypeFilter');
  const resourceNameFilter = message.resourceNameFilter;
  writer.nullableString(resourceNameFilter, flexible, 'filters.resourceNameFilter');
  const patternTypeFilter = message.patternTypeFilter === undefined ? 3 : message.patternTypeFilter;
  writer.int8(patternTypeFilter, 'filters.patternTypeFilter');
  const principalFilter = message.principalFilter;
  writer.nullableString(principalFilter, flexible, 'filters.principalFilter');
  const hostFilter = message.hostFilter;
  writer.nullableString(hostFilter, flexible, 'filters.hostFilter');
  const operation = message.operation;
  writer.int8(operation, 'filters.operation');
  const permissionType = message.permissionType;
  writer.int8(permissionType, 'filters.permissionType');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteAclsRequest(reader: WireReader, version: number): DeleteAclsRequest {
  const flexible = version >= 2;
  const filtersCount = reader.arrayLength(flexible, 8);
  const filters = new Array<DeleteAclsRequestDeleteAclsFilter>(filtersCount);
  for (let i = 0; i < filtersCount; i++) {
    filters[i] = readDeleteAclsRequestDeleteAclsFilter(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    filters,
    unknownTaggedFields,
  };
}

function writeDeleteAclsRequest(writer: WireWriter, message: DeleteAclsRequestInput, version: number): void {
  const flexible = version >= 2;
  const filters = message.filters;
  const filtersCount = writer.arrayLength(filters, flexible, 'filters');
  for (let i = 0; i < filtersCount; i++) {
    writeDeleteAclsRequestDeleteAclsFilter(writer, filters[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteAclsRequest(): DeleteAclsRequest {
  return {
    filters: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DeleteAcls (API key 31), versions 1 to 3.
 * Deletes access control entries.
 */
export interface DeleteAclsResponse {
  throttleTimeMs: number;
  filterResults: DeleteAclsResponseDeleteAclsFilterResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteAclsResponseInput {
  readonly throttleTimeMs: number;
  readonly filterResults: readonly DeleteAclsResponseDeleteAclsFilterResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteAclsResponseDeleteAclsFilterResult {
  errorCode: number;
  errorMessage: string | null;
  matchingAcls: DeleteAclsResponseDeleteAclsMatchingAcl[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteAclsResponseDeleteAclsFilterResultInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly matchingAcls: readonly DeleteAclsResponseDeleteAclsMatchingAclInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DeleteAclsResponseDeleteAclsMatchingAcl {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DeleteAclsResponseDeleteAclsMatchingAclInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType?: number | undefined;
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DeleteAcls (API key 31), versions 1 to 3.
 * Deletes access control entries.
 */
export const DeleteAclsResponse: MessageCodec<DeleteAclsResponse, DeleteAclsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DeleteAclsResponse',
  apiKey: 31,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDeleteAclsResponse,
  write: writeDeleteAclsResponse,
  create: (partial) => ({ ...createDeleteAclsResponse(), ...partial }),
});

function readDeleteAclsResponseDeleteAclsMatchingAcl(
  reader: WireReader,
  version: number,
): DeleteAclsResponseDeleteAclsMatchingAcl {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const patternType = reader.int8();
  const principal = reader.string(flexible);
  const host = reader.string(flexible);
  const operation = reader.int8();
  const permissionType = reader.int8();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
    unknownTaggedFields,
  };
}

function writeDeleteAclsResponseDeleteAclsMatchingAcl(
  writer: WireWriter,
  message: DeleteAclsResponseDeleteAclsMatchingAclInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'filterResults.matchingAcls.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'filterResults.matchingAcls.errorMessage');
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'filterResults.matchingAcls.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'filterResults.matchingAcls.resourceName');
  const patternType = message.patternType === undefined ? 3 : message.patternType;
  writer.int8(patternType, 'filterResults.matchingAcls.patternType');
  const principal = message.principal;
  writer.string(principal, flexible, 'filterResults.matchingAcls.principal');
  const host = message.host;
  writer.string(host, flexible, 'filterResults.matchingAcls.host');
  const operation = message.operation;
  writer.int8(operation, 'filterResults.matchingAcls.operation');
  const permissionType = message.permissionType;
  writer.int8(permissionType, 'filterResults.matchingAcls.permissionType');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteAclsResponseDeleteAclsFilterResult(
  reader: WireReader,
  version: number,
): DeleteAclsResponseDeleteAclsFilterResult {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const matchingAclsCount = reader.arrayLength(flexible, 11);
  const matchingAcls = new Array<DeleteAclsResponseDeleteAclsMatchingAcl>(matchingAclsCount);
  for (let i = 0; i < matchingAclsCount; i++) {
    matchingAcls[i] = readDeleteAclsResponseDeleteAclsMatchingAcl(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    matchingAcls,
    unknownTaggedFields,
  };
}

function writeDeleteAclsResponseDeleteAclsFilterResult(
  writer: WireWriter,
  message: DeleteAclsResponseDeleteAclsFilterResultInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'filterResults.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'filterResults.errorMessage');
  const matchingAcls = message.matchingAcls;
  const matchingAclsCount = writer.arrayLength(matchingAcls, flexible, 'filterResults.matchingAcls');
  for (let i = 0; i < matchingAclsCount; i++) {
    writeDeleteAclsResponseDeleteAclsMatchingAcl(writer, matchingAcls[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDeleteAclsResponse(reader: WireReader, version: number): DeleteAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const filterResultsCount = reader.arrayLength(flexible, 5);
  const filterResults = new Array<DeleteAclsResponseDeleteAclsFilterResult>(filterResultsCount);
  for (let i = 0; i < filterResultsCount; i++) {
    filterResults[i] = readDeleteAclsResponseDeleteAclsFilterResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    filterResults,
    unknownTaggedFields,
  };
}

function writeDeleteAclsResponse(
  writer: WireWriter,
  message: DeleteAclsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const filterResults = message.filterResults;
  const filterResultsCount = writer.arrayLength(filterResults, flexible, 'filterResults');
  for (let i = 0; i < filterResultsCount; i++) {
    writeDeleteAclsResponseDeleteAclsFilterResult(writer, filterResults[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDeleteAclsResponse(): DeleteAclsResponse {
  return {
    throttleTimeMs: 0,
    filterResults: [],
    unknownTaggedFields: undefined,
  };
}
