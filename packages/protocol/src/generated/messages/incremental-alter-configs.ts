// Generated from definitions/apis/44-incremental-alter-configs.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Changes single configuration values of resources.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of IncrementalAlterConfigs (API key 44), versions 0 to 1.
 * Changes single configuration values of resources.
 */
export interface IncrementalAlterConfigsRequest {
  resources: IncrementalAlterConfigsRequestAlterConfigsResource[];
  validateOnly: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsRequestInput {
  readonly resources: readonly IncrementalAlterConfigsRequestAlterConfigsResourceInput[];
  readonly validateOnly: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsRequestAlterConfigsResource {
  resourceType: number;
  resourceName: string;
  configs: IncrementalAlterConfigsRequestAlterableConfig[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsRequestAlterConfigsResourceInput {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly IncrementalAlterConfigsRequestAlterableConfigInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsRequestAlterableConfig {
  name: string;
  configOperation: number;
  value: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsRequestAlterableConfigInput {
  readonly name: string;
  readonly configOperation: number;
  readonly value: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of IncrementalAlterConfigs (API key 44), versions 0 to 1.
 * Changes single configuration values of resources.
 */
export const IncrementalAlterConfigsRequest: MessageCodec<IncrementalAlterConfigsRequest, IncrementalAlterConfigsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'IncrementalAlterConfigsRequest',
  apiKey: 44,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readIncrementalAlterConfigsRequest,
  write: writeIncrementalAlterConfigsRequest,
  create: (partial) => ({ ...createIncrementalAlterConfigsRequest(), ...partial }),
});

function readIncrementalAlterConfigsRequestAlterableConfig(
  reader: WireReader,
  version: number,
): IncrementalAlterConfigsRequestAlterableConfig {
  const flexible = version >= 1;
  const name = reader.string(flexible);
  const configOperation = reader.int8();
  const value = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    configOperation,
    value,
    unknownTaggedFields,
  };
}

function writeIncrementalAlterConfigsRequestAlterableConfig(
  writer: WireWriter,
  message: IncrementalAlterConfigsRequestAlterableConfigInput,
  version: number,
): void {
  const flexible = version >= 1;
  const name = message.name;
  writer.string(name, flexible, 'resources.configs.name');
  const configOperation = message.configOperation;
  writer.int8(configOperation, 'resources.configs.configOperation');
  const value = message.value;
  writer.nullableString(value, flexible, 'resources.configs.value');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readIncrementalAlterConfigsRequestAlterConfigsResource(
  reader: WireReader,
  version: number,
): IncrementalAlterConfigsRequestAlterConfigsResource {
  const flexible = version >= 1;
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const configsCount = reader.arrayLength(flexible, 4);
  const configs = new Array<IncrementalAlterConfigsRequestAlterableConfig>(configsCount);
  for (let i = 0; i < configsCount; i++) {
    configs[i] = readIncrementalAlterConfigsRequestAlterableConfig(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resourceType,
    resourceName,
    configs,
    unknownTaggedFields,
  };
}

function writeIncrementalAlterConfigsRequestAlterConfigsResource(
  writer: WireWriter,
  message: IncrementalAlterConfigsRequestAlterConfigsResourceInput,
  version: number,
): void {
  const flexible = version >= 1;
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'resources.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'resources.resourceName');
  const configs = message.configs;
  const configsCount = writer.arrayLength(configs, flexible, 'resources.configs');
  for (let i = 0; i < configsCount; i++) {
    writeIncrementalAlterConfigsRequestAlterableConfig(writer, configs[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readIncrementalAlterConfigsRequest(
  reader: WireReader,
  version: number,
): IncrementalAlterConfigsRequest {
  const flexible = version >= 1;
  const resourcesCount = reader.arrayLength(flexible, 4);
  const resources = new Array<IncrementalAlterConfigsRequestAlterConfigsResource>(resourcesCount);
  for (let i = 0; i < resourcesCount; i++) {
    resources[i] = readIncrementalAlterConfigsRequestAlterConfigsResource(reader, version);
  }
  const validateOnly = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resources,
    validateOnly,
    unknownTaggedFields,
  };
}

function writeIncrementalAlterConfigsRequest(
  writer: WireWriter,
  message: IncrementalAlterConfigsRequestInput,
  version: number,
): void {
  const flexible = version >= 1;
  const resources = message.resources;
  const resourcesCount = writer.arrayLength(resources, flexible, 'resources');
  for (let i = 0; i < resourcesCount; i++) {
    writeIncrementalAlterConfigsRequestAlterConfigsResource(writer, resources[i]!, version);
  }
  const validateOnly = message.validateOnly;
  writer.boolean(validateOnly, 'validateOnly');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createIncrementalAlterConfigsRequest(): IncrementalAlterConfigsRequest {
  return {
    resources: [],
    validateOnly: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of IncrementalAlterConfigs (API key 44), versions 0 to 1.
 * Changes single configuration values of resources.
 */
export interface IncrementalAlterConfigsResponse {
  throttleTimeMs: number;
  responses: IncrementalAlterConfigsResponseAlterConfigsResourceResponse[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsResponseInput {
  readonly throttleTimeMs: number;
  readonly responses: readonly IncrementalAlterConfigsResponseAlterConfigsResourceResponseInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface IncrementalAlterConfigsResponseAlterConfigsResourceResponseInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of IncrementalAlterConfigs (API key 44), versions 0 to 1.
 * Changes single configuration values of resources.
 */
export const IncrementalAlterConfigsResponse: MessageCodec<IncrementalAlterConfigsResponse, IncrementalAlterConfigsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'IncrementalAlterConfigsResponse',
  apiKey: 44,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readIncrementalAlterConfigsResponse,
  write: writeIncrementalAlterConfigsResponse,
  create: (partial) => ({ ...createIncrementalAlterConfigsResponse(), ...partial }),
});

function readIncrementalAlterConfigsResponseAlterConfigsResourceResponse(
  reader: WireReader,
  version: number,
): IncrementalAlterConfigsResponseAlterConfigsResourceResponse {
  const flexible = version >= 1;
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

function writeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(
  writer: WireWriter,
  message: IncrementalAlterConfigsResponseAlterConfigsResourceResponseInput,
  version: number,
): void {
  const flexible = version >= 1;
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

function readIncrementalAlterConfigsResponse(
  reader: WireReader,
  version: number,
): IncrementalAlterConfigsResponse {
  const flexible = version >= 1;
  const throttleTimeMs = reader.int32();
  const responsesCount = reader.arrayLength(flexible, 6);
  const responses = new Array<IncrementalAlterConfigsResponseAlterConfigsResourceResponse>(responsesCount);
  for (let i = 0; i < responsesCount; i++) {
    responses[i] = readIncrementalAlterConfigsResponseAlterConfigsResourceResponse(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    responses,
    unknownTaggedFields,
  };
}

function writeIncrementalAlterConfigsResponse(
  writer: WireWriter,
  message: IncrementalAlterConfigsResponseInput,
  version: number,
): void {
  const flexible = version >= 1;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const responses = message.responses;
  const responsesCount = writer.arrayLength(responses, flexible, 'responses');
  for (let i = 0; i < responsesCount; i++) {
    writeIncrementalAlterConfigsResponseAlterConfigsResourceResponse(writer, responses[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createIncrementalAlterConfigsResponse(): IncrementalAlterConfigsResponse {
  return {
    throttleTimeMs: 0,
    responses: [],
    unknownTaggedFields: undefined,
  };
}
