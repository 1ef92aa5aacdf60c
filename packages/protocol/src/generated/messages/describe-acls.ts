// Generated from definitions/apis/29-describe-acls.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lists access control entries.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeAcls (API key 29), versions 1 to 3.
 * Lists access control entries.
 */
export interface DescribeAclsRequest {
  resourceTypeFilter: number;
  resourceNameFilter: string | null;
  patternTypeFilter: number;
  principalFilter: string | null;
  hostFilter: string | null;
  operation: number;
  permissionType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeAclsRequestInput {
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
 * Request of DescribeAcls (API key 29), versions 1 to 3.
 * Lists access control entries.
 */
export const DescribeAclsRequest: MessageCodec<DescribeAclsRequest, DescribeAclsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeAclsRequest',
  apiKey: 29,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDescribeAclsRequest,
  write: writeDescribeAclsRequest,
  create: (partial) => ({ ...createDescribeAclsRequest(), ...partial }),
});

function readDescribeAclsRequest(reader: WireReader, version: number): DescribeAclsRequest {
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

function writeDescribeAclsRequest(
  writer: WireWriter,
  message: DescribeAclsRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const resourceTypeFilter = message.resourceTypeFilter;
  writer.int8(resourceTypeFilter, 'resourceTypeFilter');
  const resourceNameFilter = message.resourceNameFilter;
  writer.nullableString(resourceNameFilter, flexible, 'resourceNameFilter');
  const patternTypeFilter = message.patternTypeFilter === undefined ? 3 : message.patternTypeFilter;
  writer.int8(patternTypeFilter, 'patternTypeFilter');
  const principalFilter = message.principalFilter;
  writer.nullableString(principalFilter, flexible, 'principalFilter');
  const hostFilter = message.hostFilter;
  writer.nullableString(hostFilter, flexible, 'hostFilter');
  const operation = message.operation;
  writer.int8(operation, 'operation');
  const permissionType = message.permissionType;
  writer.int8(permissionType, 'permissionType');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeAclsRequest(): DescribeAclsRequest {
  return {
    resourceTypeFilter: 0,
    resourceNameFilter: '',
    patternTypeFilter: 3,
    principalFilter: '',
    hostFilter: '',
    operation: 0,
    permissionType: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeAcls (API key 29), versions 1 to 3.
 * Lists access control entries.
 */
export interface DescribeAclsResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  resources: DescribeAclsResponseDescribeAclsResource[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeAclsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resources: readonly DescribeAclsResponseDescribeAclsResourceInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeAclsResponseDescribeAclsResource {
  resourceType: number;
  resourceName: string;
  patternType: number;
  acls: DescribeAclsResponseAclDescription[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeAclsResponseDescribeAclsResourceInput {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType?: number | undefined;
  readonly acls: readonly DescribeAclsResponseAclDescriptionInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeAclsResponseAclDescription {
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeAclsResponseAclDescriptionInput {
  readonly principal: string;
  readonly host: string;
  readonly operation: number;
  readonly permissionType: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeAcls (API key 29), versions 1 to 3.
 * Lists access control entries.
 */
export const DescribeAclsResponse: MessageCodec<DescribeAclsResponse, DescribeAclsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeAclsResponse',
  apiKey: 29,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDescribeAclsResponse,
  write: writeDescribeAclsResponse,
  create: (partial) => ({ ...createDescribeAclsResponse(), ...partial }),
});

function readDescribeAclsResponseAclDescription(
  reader: WireReader,
  version: number,
): DescribeAclsResponseAclDescription {
  const flexible = version >= 2;
  const principal = reader.string(flexible);
  const host = reader.string(flexible);
  const operation = reader.int8();
  const permissionType = reader.int8();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    principal,
    host,
    operation,
    permissionType,
    unknownTaggedFields,
  };
}

function writeDescribeAclsResponseAclDescription(
  writer: WireWriter,
  message: DescribeAclsResponseAclDescriptionInput,
  version: number,
): void {
  const flexible = version >= 2;
  const principal = message.principal;
  writer.string(principal, flexible, 'resources.acls.principal');
  const host = message.host;
  writer.string(host, flexible, 'resources.acls.host');
  const operation = message.operation;
  writer.int8(operation, 'resources.acls.operation');
  const permissionType = message.permissionType;
  writer.int8(permissionType, 'resources.acls.permissionType');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeAclsResponseDescribeAclsResource(
  reader: WireReader,
  version: number,
): DescribeAclsResponseDescribeAclsResource {
  const flexible = version >= 2;
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const patternType = reader.int8();
  const aclsCount = reader.arrayLength(flexible, 5);
  const acls = new Array<DescribeAclsResponseAclDescription>(aclsCount);
  for (let i = 0; i < aclsCount; i++) {
    acls[i] = readDescribeAclsResponseAclDescription(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resourceType,
    resourceName,
    patternType,
    acls,
    unknownTaggedFields,
  };
}

function writeDescribeAclsResponseDescribeAclsResource(
  writer: WireWriter,
  message: DescribeAclsResponseDescribeAclsResourceInput,
  version: number,
): void {
  const flexible = version >= 2;
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'resources.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'resources.resourceName');
  const patternType = message.patternType === undefined ? 3 : message.patternType;
  writer.int8(patternType, 'resources.patternType');
  const acls = message.acls;
  const aclsCount = writer.arrayLength(acls, flexible, 'resources.acls');
  for (let i = 0; i < aclsCount; i++) {
    writeDescribeAclsResponseAclDescription(writer, acls[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeAclsResponse(reader: WireReader, version: number): DescribeAclsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const resourcesCount = reader.arrayLength(flexible, 5);
  const resources = new Array<DescribeAclsResponseDescribeAclsResource>(resourcesCount);
  for (let i = 0; i < resourcesCount; i++) {
    resources[i] = readDescribeAclsResponseDescribeAclsResource(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    resources,
    unknownTaggedFields,
  };
}

function writeDescribeAclsResponse(
  writer: WireWriter,
  message: DescribeAclsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'errorMessage');
  const resources = message.resources;
  const resourcesCount = writer.arrayLength(resources, flexible, 'resources');
  for (let i = 0; i < resourcesCount; i++) {
    writeDescribeAclsResponseDescribeAclsResource(writer, resources[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeAclsResponse(): DescribeAclsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    resources: [],
    unknownTaggedFields: undefined,
  };
}
