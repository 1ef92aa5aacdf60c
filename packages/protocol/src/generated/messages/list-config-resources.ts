// Generated from definitions/apis/74-list-config-resources.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lists the resources that have configuration.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ListConfigResources (API key 74), versions 0 to 1.
 * Lists the resources that have configuration.
 */
export interface ListConfigResourcesRequest {
  resourceTypes: number[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListConfigResourcesRequestInput {
  readonly resourceTypes?: readonly number[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ListConfigResources (API key 74), versions 0 to 1.
 * Lists the resources that have configuration.
 */
export const ListConfigResourcesRequest: MessageCodec<ListConfigResourcesRequest, ListConfigResourcesRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListConfigResourcesRequest',
  apiKey: 74,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readListConfigResourcesRequest,
  write: writeListConfigResourcesRequest,
  create: (partial) => ({ ...createListConfigResourcesRequest(), ...partial }),
});

function readListConfigResourcesRequest(reader: WireReader, version: number): ListConfigResourcesRequest {
  let resourceTypes: number[] = [];
  if (version >= 1) {
    const resourceTypesCount = reader.arrayLength(true, 1);
    resourceTypes = new Array<number>(resourceTypesCount);
    for (let i = 0; i < resourceTypesCount; i++) {
      resourceTypes[i] = reader.int8();
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    resourceTypes,
    unknownTaggedFields,
  };
}

function writeListConfigResourcesRequest(
  writer: WireWriter,
  message: ListConfigResourcesRequestInput,
  version: number,
): void {
  const resourceTypes = message.resourceTypes === undefined ? [] : message.resourceTypes;
  if (version >= 1) {
    const resourceTypesCount = writer.arrayLength(resourceTypes, true, 'resourceTypes');
    for (let i = 0; i < resourceTypesCount; i++) {
      writer.int8(resourceTypes[i]!, 'resourceTypes');
    }
  } else if (resourceTypes.length > 0) {
    throw writer.notInVersion('resourceTypes');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createListConfigResourcesRequest(): ListConfigResourcesRequest {
  return {
    resourceTypes: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ListConfigResources (API key 74), versions 0 to 1.
 * Lists the resources that have configuration.
 */
export interface ListConfigResourcesResponse {
  throttleTimeMs: number;
  errorCode: number;
  configResources: ListConfigResourcesResponseConfigResource[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListConfigResourcesResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly configResources: readonly ListConfigResourcesResponseConfigResourceInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ListConfigResourcesResponseConfigResource {
  resourceName: string;
  resourceType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ListConfigResourcesResponseConfigResourceInput {
  readonly resourceName: string;
  readonly resourceType?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ListConfigResources (API key 74), versions 0 to 1.
 * Lists the resources that have configuration.
 */
export const ListConfigResourcesResponse: MessageCodec<ListConfigResourcesResponse, ListConfigResourcesResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ListConfigResourcesResponse',
  apiKey: 74,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readListConfigResourcesResponse,
  write: writeListConfigResourcesResponse,
  create: (partial) => ({ ...createListConfigResourcesResponse(), ...partial }),
});

function readListConfigResourcesResponseConfigResource(
  reader: WireReader,
  version: number,
): ListConfigResourcesResponseConfigResource {
  const resourceName = reader.string(true);
  const resourceType = version >= 1 ? reader.int8() : 16;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    resourceName,
    resourceType,
    unknownTaggedFields,
  };
}

function writeListConfigResourcesResponseConfigResource(
  writer: WireWriter,
  message: ListConfigResourcesResponseConfigResourceInput,
  version: number,
): void {
  const resourceName = message.resourceName;
  writer.string(resourceName, true, 'configResources.resourceName');
  if (version >= 1) {
    const resourceType = message.resourceType === undefined ? 16 : message.resourceType;
    writer.int8(resourceType, 'configResources.resourceType');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readListConfigResourcesResponse(reader: WireReader, version: number): ListConfigResourcesResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const configResourcesCount = reader.arrayLength(true, 2);
  const configResources = new Array<ListConfigResourcesResponseConfigResource>(configResourcesCount);
  for (let i = 0; i < configResourcesCount; i++) {
    configResources[i] = readListConfigResourcesResponseConfigResource(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    configResources,
    unknownTaggedFields,
  };
}

function writeListConfigResourcesResponse(
  writer: WireWriter,
  message: ListConfigResourcesResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const configResources = message.configResources;
  const configResourcesCount = writer.arrayLength(configResources, true, 'configResources');
  for (let i = 0; i < configResourcesCount; i++) {
    writeListConfigResourcesResponseConfigResource(writer, configResources[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createListConfigResourcesResponse(): ListConfigResourcesResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    configResources: [],
    unknownTaggedFields: undefined,
  };
}
