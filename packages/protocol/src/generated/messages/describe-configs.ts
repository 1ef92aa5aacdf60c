// Generated from definitions/apis/32-describe-configs.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads the configuration of topics, brokers and other resources.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeConfigs (API key 32), versions 1 to 4.
 * Reads the configuration of topics, brokers and other resources.
 */
export interface DescribeConfigsRequest {
  resources: DescribeConfigsRequestDescribeConfigsResource[];
  includeSynonyms: boolean;
  includeDocumentation: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsRequestInput {
  readonly resources: readonly DescribeConfigsRequestDescribeConfigsResourceInput[];
  readonly includeSynonyms?: boolean | undefined;
  readonly includeDocumentation?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsRequestDescribeConfigsResource {
  resourceType: number;
  resourceName: string;
  configurationKeys: string[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsRequestDescribeConfigsResourceInput {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configurationKeys: readonly string[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeConfigs (API key 32), versions 1 to 4.
 * Reads the configuration of topics, brokers and other resources.
 */
export const DescribeConfigsRequest: MessageCodec<DescribeConfigsRequest, DescribeConfigsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeConfigsRequest',
  apiKey: 32,
  minVersion: 1,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readDescribeConfigsRequest,
  write: writeDescribeConfigsRequest,
  create: (partial) => ({ ...createDescribeConfigsRequest(), ...partial }),
});

function readDescribeConfigsRequestDescribeConfigsResource(
  reader: WireReader,
  version: number,
): DescribeConfigsRequestDescribeConfigsResource {
  const flexible = version >= 4;
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const configurationKeysCount = reader.nullableArrayLength(flexible, 1);
  let configurationKeys: string[] | null = null;
  if (configurationKeysCount >= 0) {
    configurationKeys = new Array<string>(configurationKeysCount);
    for (let i = 0; i < configurationKeysCount; i++) {
      configurationKeys[i] = reader.string(flexible);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resourceType,
    resourceName,
    configurationKeys,
    unknownTaggedFields,
  };
}

function writeDescribeConfigsRequestDescribeConfigsResource(
  writer: WireWriter,
  message: DescribeConfigsRequestDescribeConfigsResourceInput,
  version: number,
): void {
  const flexible = version >= 4;
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'resources.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'resources.resourceName');
  const configurationKeys = message.configurationKeys;
  if (configurationKeys === null) {
    writer.nullArray(flexible);
  } else {
    const configurationKeysCount =
      writer.arrayLength(configurationKeys, flexible, 'resources.configurationKeys');
    for (let i = 0; i < configurationKeysCount; i++) {
      writer.string(configurationKeys[i]!, flexible, 'resources.configurationKeys');
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeConfigsRequest(reader: WireReader, version: number): DescribeConfigsRequest {
  const flexible = version >= 4;
  const resourcesCount = reader.arrayLength(flexible, 4);
  const resources = new Array<DescribeConfigsRequestDescribeConfigsResource>(resourcesCount);
  for (let i = 0; i < resourcesCount; i++) {
    resources[i] = readDescribeConfigsRequestDescribeConfigsResource(reader, version);
  }
  const includeSynonyms = reader.boolean();
  const includeDocumentation = version >= 3 ? reader.boolean() : false;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    resources,
    includeSynonyms,
    includeDocumentation,
    unknownTaggedFields,
  };
}

function writeDescribeConfigsRequest(
  writer: WireWriter,
  message: DescribeConfigsRequestInput,
  version: number,
): void {
  const flexible = version >= 4;
  const resources = message.resources;
  const resourcesCount = writer.arrayLength(resources, flexible, 'resources');
  for (let i = 0; i < resourcesCount; i++) {
    writeDescribeConfigsRequestDescribeConfigsResource(writer, resources[i]!, version);
  }
  const includeSynonyms = message.includeSynonyms === undefined ? false : message.includeSynonyms;
  writer.boolean(includeSynonyms, 'includeSynonyms');
  const includeDocumentation =
    message.includeDocumentation === undefined ? false : message.includeDocumentation;
  if (version >= 3) {
    writer.boolean(includeDocumentation, 'includeDocumentation');
  } else if (includeDocumentation) {
    throw writer.notInVersion('includeDocumentation');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeConfigsRequest(): DescribeConfigsRequest {
  return {
    resources: [],
    includeSynonyms: false,
    includeDocumentation: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeConfigs (API key 32), versions 1 to 4.
 * Reads the configuration of topics, brokers and other resources.
 */
export interface DescribeConfigsResponse {
  throttleTimeMs: number;
  results: DescribeConfigsResponseDescribeConfigsResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsResponseInput {
  readonly throttleTimeMs: number;
  readonly results: readonly DescribeConfigsResponseDescribeConfigsResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsResponseDescribeConfigsResult {
  errorCode: number;
  errorMessage: string | null;
  resourceType: number;
  resourceName: string;
  configs: DescribeConfigsResponseDescribeConfigsResourceResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsResponseDescribeConfigsResultInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly DescribeConfigsResponseDescribeConfigsResourceResultInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsResponseDescribeConfigsResourceResult {
  name: string;
  value: string | null;
  readOnly: boolean;
  configSource: number;
  isSensitive: boolean;
  synonyms: DescribeConfigsResponseDescribeConfigsSynonym[];
  configType: number;
  documentation: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsResponseDescribeConfigsResourceResultInput {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly configSource?: number | undefined;
  readonly isSensitive: boolean;
  readonly synonyms?: readonly DescribeConfigsResponseDescribeConfigsSynonymInput[] | undefined;
  readonly configType?: number | undefined;
  readonly documentation?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsResponseDescribeConfigsSynonym {
  name: string;
  value: string | null;
  source: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeConfigsResponseDescribeConfigsSynonymInput {
  readonly name: string;
  readonly value: string | null;
  readonly source: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeConfigs (API key 32), versions 1 to 4.
 * Reads the configuration of topics, brokers and other resources.
 */
export const DescribeConfigsResponse: MessageCodec<DescribeConfigsResponse, DescribeConfigsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeConfigsResponse',
  apiKey: 32,
  minVersion: 1,
  maxVersion: 4,
  flexibleFrom: 4,
  latestVersionUnstable: false,
  read: readDescribeConfigsResponse,
  write: writeDescribeConfigsResponse,
  create: (partial) => ({ ...createDescribeConfigsResponse(), ...partial }),
});

function readDescribeConfigsResponseDescribeConfigsSynonym(
  reader: WireReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsSynonym {
  const flexible = version >= 4;
  const name = reader.string(flexible);
  const value = reader.nullableString(flexible);
  const source = reader.int8();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    value,
    source,
    unknownTaggedFields,
  };
}

function writeDescribeConfigsResponseDescribeConfigsSynonym(
  writer: WireWriter,
  message: DescribeConfigsResponseDescribeConfigsSynonymInput,
  version: number,
): void {
  const flexible = version >= 4;
  const name = message.name;
  writer.string(name, flexible, 'results.configs.synonyms.name');
  const value = message.value;
  writer.nullableString(value, flexible, 'results.configs.synonyms.value');
  const source = message.source;
  writer.int8(source, 'results.configs.synonyms.source');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeConfigsResponseDescribeConfigsResourceResult(
  reader: WireReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResourceResult {
  const flexible = version >= 4;
  const name = reader.string(flexible);
  const value = reader.nullableString(flexible);
  const readOnly = reader.boolean();
  const configSource = reader.int8();
  const isSensitive = reader.boolean();
  const synonymsCount = reader.arrayLength(flexible, 4);
  const synonyms = new Array<DescribeConfigsResponseDescribeConfigsSynonym>(synonymsCount);
  for (let i = 0; i < synonymsCount; i++) {
    synonyms[i] = readDescribeConfigsResponseDescribeConfigsSynonym(reader, version);
  }
  const configType = version >= 3 ? reader.int8() : 0;
  const documentation = version >= 3 ? reader.nullableString(flexible) : '';
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    name,
    value,
    readOnly,
    configSource,
    isSensitive,
    synonyms,
    configType,
    documentation,
    unknownTaggedFields,
  };
}

function writeDescribeConfigsResponseDescribeConfigsResourceResult(
  writer: WireWriter,
  message: DescribeConfigsResponseDescribeConfigsResourceResultInput,
  version: number,
): void {
  const flexible = version >= 4;
  const name = message.name;
  writer.string(name, flexible, 'results.configs.name');
  const value = message.value;
  writer.nullableString(value, flexible, 'results.configs.value');
  const readOnly = message.readOnly;
  writer.boolean(readOnly, 'results.configs.readOnly');
  const configSource = message.configSource === undefined ? -1 : message.configSource;
  writer.int8(configSource, 'results.configs.configSource');
  const isSensitive = message.isSensitive;
  writer.boolean(isSensitive, 'results.configs.isSensitive');
  const synonyms = message.synonyms === undefined ? [] : message.synonyms;
  const synonymsCount = writer.arrayLength(synonyms, flexible, 'results.configs.synonyms');
  for (let i = 0; i < synonymsCount; i++) {
    writeDescribeConfigsResponseDescribeConfigsSynonym(writer, synonyms[i]!, version);
  }
  if (version >= 3) {
    const configType = message.configType === undefined ? 0 : message.configType;
    writer.int8(configType, 'results.configs.configType');
  }
  if (version >= 3) {
    const documentation = message.documentation === undefined ? '' : message.documentation;
    writer.nullableString(documentation, flexible, 'results.configs.documentation');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeConfigsResponseDescribeConfigsResult(
  reader: WireReader,
  version: number,
): DescribeConfigsResponseDescribeConfigsResult {
  const flexible = version >= 4;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const resourceType = reader.int8();
  const resourceName = reader.string(flexible);
  const configsCount = reader.arrayLength(flexible, 9);
  const configs = new Array<DescribeConfigsResponseDescribeConfigsResourceResult>(configsCount);
  for (let i = 0; i < configsCount; i++) {
    configs[i] = readDescribeConfigsResponseDescribeConfigsResourceResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
    configs,
    unknownTaggedFields,
  };
}

function writeDescribeConfigsResponseDescribeConfigsResult(
  writer: WireWriter,
  message: DescribeConfigsResponseDescribeConfigsResultInput,
  version: number,
): void {
  const flexible = version >= 4;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'results.errorMessage');
  const resourceType = message.resourceType;
  writer.int8(resourceType, 'results.resourceType');
  const resourceName = message.resourceName;
  writer.string(resourceName, flexible, 'results.resourceName');
  const configs = message.configs;
  const configsCount = writer.arrayLength(configs, flexible, 'results.configs');
  for (let i = 0; i < configsCount; i++) {
    writeDescribeConfigsResponseDescribeConfigsResourceResult(writer, configs[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeConfigsResponse(reader: WireReader, version: number): DescribeConfigsResponse {
  const flexible = version >= 4;
  const throttleTimeMs = reader.int32();
  const resultsCount = reader.arrayLength(flexible, 7);
  const results = new Array<DescribeConfigsResponseDescribeConfigsResult>(resultsCount);
  for (let i = 0; i < resultsCount; i++) {
    results[i] = readDescribeConfigsResponseDescribeConfigsResult(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    results,
    unknownTaggedFields,
  };
}

function writeDescribeConfigsResponse(
  writer: WireWriter,
  message: DescribeConfigsResponseInput,
  version: number,
): void {
  const flexible = version >= 4;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const results = message.results;
  const resultsCount = writer.arrayLength(results, flexible, 'results');
  for (let i = 0; i < resultsCount; i++) {
    writeDescribeConfigsResponseDescribeConfigsResult(writer, results[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeConfigsResponse(): DescribeConfigsResponse {
  return {
    throttleTimeMs: 0,
    results: [],
    unknownTaggedFields: undefined,
  };
}
