// Generated from definitions/apis/33-alter-configs.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Replaces the configuration of a resource as a whole. IncrementalAlterConfigs is safer.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AlterConfigs (API key 33), versions 0 to 2.
 * Replaces the configuration of a resource as a whole. IncrementalAlterConfigs is safer.
 */
export interface AlterConfigsRequest {
  resources: AlterConfigsRequestAlterConfigsResource[];
  validateOnly: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterConfigsRequestInput {
  readonly resources: readonly AlterConfigsRequestAlterConfigsResourceInput[];
  readonly validateOnly: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterConfigsRequestAlterConfigsResource {
  resourceType: number;
  resourceName: string;
  configs: AlterConfigsRequestAlterableConfig[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterConfigsRequestAlterConfigsResourceInput {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly AlterConfigsRequestAlterableConfigInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterConfigsRequestAlterableConfig {
  name: string;
  value: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterConfigsRequestAlterableConfigInput {
  readonly name: string;
  readonly value: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AlterConfigs (API key 33), versions 0 to 2.
 * Replaces the configuration of a resource as a whole. IncrementalAlterConfigs is safer.
 */
export const AlterConfigsRequest: MessageCodec<AlterConfigsRequest, AlterConfigsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterConfigsRequest',
  apiKey: 33,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readAlterConfigsRequest,
  write: writeAlterConfigsRequest,
  create: (partial) => ({ ...createAlterConfigsRequest(), ...partial }),
});

function readAlterConfigsRequestAlterableConfig(
  reader: WireReader,
  version: number,
): AlterConfigsRequestAlterableConfig {
  const flexible = version >= 2;
  const name = reader.string(flexible);
  const value = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    value,
    unknownTaggedFields,
  };
}

function writeAlterConfigsRequestAlterableConfig(
  writer: WireWriter,
  message: AlterConfigsRequestAlterableConfigInput,
  version: number,
): void {
  const flexible = version >= 2;
  const name = message.name;
  writer.string(name, flexible, 'resources.configs.name');
  const value = message.value;
  writer.nullableString(value, flexible, 'resources.configs.value');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterConfigsRequestAlterConfigsResource(
  reader: WireReader,
  version: number,
): AlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 2;
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const configsCount = reader.arrayLength(flexible, 3);
  const configs = new Array<AlterConfigsRequestAlterableConfig>(configsCount);
  for (let i = 0; i < configsCount; i++) {
    configs[i] = readAlterConfigsRequestAlterableConfig(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resourceType,
    resourceName,
    configs,
    unknownTaggedFields,
  };
}

function writeAlterConfigsRequestAlterConfigsResource(
  writer: WireWriter,
  message: AlterConfigsRequestAlterConfigsResourceInput,
  version: number,
): void {
  const flexible = version >= 2;
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'resources.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'resources.resourceName');
  const configs = message.configs;
  const configsCount = writer.arrayLength(configs, flexible, 'resources.configs');
  for (let i = 0; i < configsCount; i++) {
    writeAlterConfigsRequestAlterableConfig(writer, configs[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterConfigsRequest(reader: WireReader, version: number): AlterConfigsRequest {
  const flexible = version >= 2;
  const resourcesCount = reader.arrayLength(flexible, 4);
  const resources = new Array<AlterConfigsRequestAlterConfigsResource>(resourcesCount);
  for (let i = 0; i < resourcesCount; i++) {
    resources[i] = readAlterConfigsRequestAlterConfigsResource(reader, version);
  }
  const validateOnly = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resources,
    validateOnly,
    unknownTaggedFields,
  };
}

function writeAlterConfigsRequest(
  writer: WireWriter,
  message: AlterConfigsRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const resources = message.resources;
  const resourcesCount = writer.arrayLength(resources, flexible, 'resources');
  for (let i = 0; i < resourcesCount; i++) {
    writeAlterConfigsRequestAlterConfigsResource(writer, resources[i]!, version);
  }
  const validateOnly = message.validateOnly;
  writer.boolean(validateOnly, 'validateOnly');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAlterConfigsRequest(): AlterConfigsRequest {
  return {
    resources: [],
    validateOnly: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AlterConfigs (API key 33), versions 0 to 2.
 * Replaces the configuration of a resource as a whole. IncrementalAlterConfigs is safer.
 */
export interface AlterConfigsResponse {
  throttleTimeMs: number;
  responses: AlterConfigsResponseAlterConfigsResourceResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterConfigsResponseInput {
  readonly throttleTimeMs: number;
  readonly responses: readonly AlterConfigsResponseAlterConfigsResourceResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterConfigsResponseAlterConfigsResourceResponseInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AlterConfigs (API key 33), versions 0 to 2.
 * Replaces the configuration of a resource as a whole. IncrementalAlterConfigs is safer.
 */
export const AlterConfigsResponse: MessageCodec<AlterConfigsResponse, AlterConfigsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterConfigsResponse',
  apiKey: 33,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readAlterConfigsResponse,
  write: writeAlterConfigsResponse,
  create: (partial) => ({ ...createAlterConfigsResponse(), ...partial }),
});

function readAlterConfigsResponseAlterConfigsResourceResponse(
  reader: WireReader,
  version: number,
): AlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    unknownTaggedFields,
  };
}

function writeAlterConfigsResponseAlterConfigsResourceResponse(
  writer: WireWriter,
  message: AlterConfigsResponseAlterConfigsResourceResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'responses.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'responses.errorMessage');
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'responses.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'responses.resourceName');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterConfigsResponse(reader: WireReader, version: number): AlterConfigsResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const responsesCount = reader.arrayLength(flexible, 6);
  const responses = new Array<AlterConfigsResponseAlterConfigsResourceResponse>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readAlterConfigsResponseAlterConfigsResourceResponse(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    responses,
    unknownTaggedFields,
  };
}

function writeAlterConfigsResponse(
  writer: WireWriter,
  message: AlterConfigsResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, flexible, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeAlterConfigsResponseAlterConfigsResourceResponse(writer, responses[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAlterConfigsResponse(): AlterConfigsResponse {
  return {
    throttleTimeMs: 0,
    responses: [],
    unknownTaggedFields: undefined,
  };
}
