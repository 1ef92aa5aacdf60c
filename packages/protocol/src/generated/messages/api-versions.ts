// Generated from definitions/apis/18-api-versions.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Tells which APIs and features the broker has. The one API whose answer never has a flexible header (KIP-511).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ApiVersions (API key 18), versions 0 to 5.
 * Tells which APIs and features the broker has. The one API whose answer never has a flexible header (KIP-511).
 */
export interface ApiVersionsRequest {
  clientSoftwareName: string;
  clientSoftwareVersion: string;
  clusterId: string | null;
  nodeId: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ApiVersionsRequestInput {
  readonly clientSoftwareName?: string | undefined;
  readonly clientSoftwareVersion?: string | undefined;
  readonly clusterId?: string | null | undefined;
  readonly nodeId?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ApiVersions (API key 18), versions 0 to 5.
 * Tells which APIs and features the broker has. The one API whose answer never has a flexible header (KIP-511).
 */
export const ApiVersionsRequest: MessageCodec<ApiVersionsRequest, ApiVersionsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ApiVersionsRequest',
  apiKey: 18,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readApiVersionsRequest,
  write: writeApiVersionsRequest,
  create: (partial) => ({ ...createApiVersionsRequest(), ...partial }),
});

function readApiVersionsRequest(reader: WireReader, version: number): ApiVersionsRequest {
  const flexible = version >= 3;
  const clientSoftwareName = version >= 3 ? reader.string(flexible) : '';
  const clientSoftwareVersion = version >= 3 ? reader.string(flexible) : '';
  const clusterId = version >= 5 ? reader.nullableString(flexible) : null;
  const nodeId = version >= 5 ? reader.int32() : -1;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    clientSoftwareName,
    clientSoftwareVersion,
    clusterId,
    nodeId,
    unknownTaggedFields,
  };
}

function writeApiVersionsRequest(
  writer: WireWriter,
  message: ApiVersionsRequestInput,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 3) {
    const clientSoftwareName = message.clientSoftwareName === undefined ? '' : message.clientSoftwareName;
    writer.string(clientSoftwareName, flexible, 'clientSoftwareName');
  }
  if (version >= 3) {
    const clientSoftwareVersion =
      message.clientSoftwareVersion === undefined ? '' : message.clientSoftwareVersion;
    writer.string(clientSoftwareVersion, flexible, 'clientSoftwareVersion');
  }
  if (version >= 5) {
    const clusterId = message.clusterId === undefined ? null : message.clusterId;
    writer.nullableString(clusterId, flexible, 'clusterId');
  }
  if (version >= 5) {
    const nodeId = message.nodeId === undefined ? -1 : message.nodeId;
    writer.int32(nodeId, 'nodeId');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createApiVersionsRequest(): ApiVersionsRequest {
  return {
    clientSoftwareName: '',
    clientSoftwareVersion: '',
    clusterId: null,
    nodeId: -1,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ApiVersions (API key 18), versions 0 to 5.
 * Tells which APIs and features the broker has. The one API whose answer never has a flexible header (KIP-511).
 */
export interface ApiVersionsResponse {
  errorCode: number;
  apiKeys: ApiVersionsResponseApiVersion[];
  throttleTimeMs: number;
  supportedFeatures: ApiVersionsResponseSupportedFeatureKey[];
  finalizedFeaturesEpoch: number;
  finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[];
  zkMigrationReady: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ApiVersionsResponseInput {
  readonly errorCode: number;
  readonly apiKeys: readonly ApiVersionsResponseApiVersionInput[];
  readonly throttleTimeMs?: number | undefined;
  readonly supportedFeatures?: readonly ApiVersionsResponseSupportedFeatureKeyInput[] | undefined;
  readonly finalizedFeaturesEpoch?: number | undefined;
  readonly finalizedFeatures?: readonly ApiVersionsResponseFinalizedFeatureKeyInput[] | undefined;
  readonly zkMigrationReady?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ApiVersionsResponseFinalizedFeatureKey {
  name: string;
  maxVersionLevel: number;
  minVersionLevel: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ApiVersionsResponseFinalizedFeatureKeyInput {
  readonly name: string;
  readonly maxVersionLevel: number;
  readonly minVersionLevel: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ApiVersionsResponseSupportedFeatureKey {
  name: string;
  minVersion: number;
  maxVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ApiVersionsResponseSupportedFeatureKeyInput {
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ApiVersionsResponseApiVersion {
  apiKey: number;
  minVersion: number;
  maxVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ApiVersionsResponseApiVersionInput {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ApiVersions (API key 18), versions 0 to 5.
 * Tells which APIs and features the broker has. The one API whose answer never has a flexible header (KIP-511).
 */
export const ApiVersionsResponse: MessageCodec<ApiVersionsResponse, ApiVersionsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ApiVersionsResponse',
  apiKey: 18,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readApiVersionsResponse,
  write: writeApiVersionsResponse,
  create: (partial) => ({ ...createApiVersionsResponse(), ...partial }),
});

function readApiVersionsResponseApiVersion(
  reader: WireReader,
  version: number,
): ApiVersionsResponseApiVersion {
  const flexible = version >= 3;
  const apiKey = reader.int16();
  const minVersion = reader.int16();
  const maxVersion = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    apiKey,
    minVersion,
    maxVersion,
    unknownTaggedFields,
  };
}

function writeApiVersionsResponseApiVersion(
  writer: WireWriter,
  message: ApiVersionsResponseApiVersionInput,
  version: number,
): void {
  const flexible = version >= 3;
  const apiKey = message.apiKey;
  writer.int16(apiKey, 'apiKeys.apiKey');
  const minVersion = message.minVersion;
  writer.int16(minVersion, 'apiKeys.minVersion');
  const maxVersion = message.maxVersion;
  writer.int16(maxVersion, 'apiKeys.maxVersion');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readApiVersionsResponseSupportedFeatureKey(
  reader: WireReader,
  _version: number,
): ApiVersionsResponseSupportedFeatureKey {
  const name = reader.string(true);
  const minVersion = reader.int16();
  const maxVersion = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    minVersion,
    maxVersion,
    unknownTaggedFields,
  };
}

function writeApiVersionsResponseSupportedFeatureKey(
  writer: WireWriter,
  message: ApiVersionsResponseSupportedFeatureKeyInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'supportedFeatures.name');
  const minVersion = message.minVersion;
  writer.int16(minVersion, 'supportedFeatures.minVersion');
  const maxVersion = message.maxVersion;
  writer.int16(maxVersion, 'supportedFeatures.maxVersion');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readApiVersionsResponseFinalizedFeatureKey(
  reader: WireReader,
  _version: number,
): ApiVersionsResponseFinalizedFeatureKey {
  const name = reader.string(true);
  const maxVersionLevel = reader.int16();
  const minVersionLevel = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    maxVersionLevel,
    minVersionLevel,
    unknownTaggedFields,
  };
}

function writeApiVersionsResponseFinalizedFeatureKey(
  writer: WireWriter,
  message: ApiVersionsResponseFinalizedFeatureKeyInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'finalizedFeatures.name');
  const maxVersionLevel = message.maxVersionLevel;
  writer.int16(maxVersionLevel, 'finalizedFeatures.maxVersionLevel');
  const minVersionLevel = message.minVersionLevel;
  writer.int16(minVersionLevel, 'finalizedFeatures.minVersionLevel');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readApiVersionsResponse(reader: WireReader, version: number): ApiVersionsResponse {
  const flexible = version >= 3;
  const errorCode = reader.int16();
  const apiKeysCount = reader.arrayLength(flexible, 6);
  const apiKeys = new Array<ApiVersionsResponseApiVersion>(apiKeysCount);
  for (let i = 0; i < apiKeysCount; i++) {
    apiKeys[i] = readApiVersionsResponseApiVersion(reader, version);
  }
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  let supportedFeatures: ApiVersionsResponseSupportedFeatureKey[] = [];
  let finalizedFeaturesEpoch: number = -1;
  let finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[] = [];
  let zkMigrationReady: boolean = false;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  if (flexible) {
    for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
      const tag = reader.nextTag(previous);
      const size = reader.tagSize();
      const end = reader.position + size;
      switch (tag) {
        case 0: {
          const supportedFeaturesCount = reader.arrayLength(true, 6);
          supportedFeatures = new Array<ApiVersionsResponseSupportedFeatureKey>(supportedFeaturesCount);
          for (let i = 0; i < supportedFeaturesCount; i++) {
            supportedFeatures[i] = readApiVersionsResponseSupportedFeatureKey(reader, version);
          }
          break;
        }
        case 1: {
          finalizedFeaturesEpoch = reader.int64();
          break;
        }
        case 2: {
          const finalizedFeaturesCount = reader.arrayLength(true, 6);
          finalizedFeatures = new Array<ApiVersionsResponseFinalizedFeatureKey>(finalizedFeaturesCount);
          for (let i = 0; i < finalizedFeaturesCount; i++) {
            finalizedFeatures[i] = readApiVersionsResponseFinalizedFeatureKey(reader, version);
          }
          break;
        }
        case 3: {
          zkMigrationReady = reader.boolean();
          break;
        }
        default:
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
      }
      reader.endTag(tag, end);
      previous = tag;
    }
  }
  return {
    errorCode,
    apiKeys,
    throttleTimeMs,
    supportedFeatures,
    finalizedFeaturesEpoch,
    finalizedFeatures,
    zkMigrationReady,
    unknownTaggedFields,
  };
}

function writeApiVersionsResponse(
  writer: WireWriter,
  message: ApiVersionsResponseInput,
  version: number,
): void {
  const flexible = version >= 3;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const apiKeys = message.apiKeys;
  const apiKeysCount = writer.arrayLength(apiKeys, flexible, 'apiKeys');
  for (let i = 0; i < apiKeysCount; i++) {
    writeApiVersionsResponseApiVersion(writer, apiKeys[i]!, version);
  }
  if (version >= 1) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const supportedFeatures = message.supportedFeatures === undefined ? [] : message.supportedFeatures;
  const finalizedFeaturesEpoch =
    message.finalizedFeaturesEpoch === undefined ? -1 : message.finalizedFeaturesEpoch;
  const finalizedFeatures = message.finalizedFeatures === undefined ? [] : message.finalizedFeatures;
  const zkMigrationReady = message.zkMigrationReady === undefined ? false : message.zkMigrationReady;
  if (flexible) {
    const unknown = message.unknownTaggedFields;
    const has0 = supportedFeatures.length > 0;
    const has1 = finalizedFeaturesEpoch !== -1;
    const has2 = finalizedFeatures.length > 0;
    const has3 = zkMigrationReady;
    let tagCount = unknown === undefined ? 0 : unknown.length;
    if (has0) tagCount++;
    if (has1) tagCount++;
    if (has2) tagCount++;
    if (has3) tagCount++;
    writer.unsignedVarint(tagCount);
    let next = 0;
    if (has0) {
      next = writer.unknownTagsBelow(unknown, next, 0);
      const mark = writer.beginTag(0);
      const supportedFeaturesCount = writer.arrayLength(supportedFeatures, true, 'supportedFeatures');
      for (let i = 0; i < supportedFeaturesCount; i++) {
        writeApiVersionsResponseSupportedFeatureKey(writer, supportedFeatures[i]!, version);
      }
      writer.endTag(mark);
    }
    if (has1) {
      next = writer.unknownTagsBelow(unknown, next, 1);
      const mark = writer.beginTag(1);
      writer.int64(finalizedFeaturesEpoch, 'finalizedFeaturesEpoch');
      writer.endTag(mark);
    }
    if (has2) {
      next = writer.unknownTagsBelow(unknown, next, 2);
      const mark = writer.beginTag(2);
      const finalizedFeaturesCount = writer.arrayLength(finalizedFeatures, true, 'finalizedFeatures');
      for (let i = 0; i < finalizedFeaturesCount; i++) {
        writeApiVersionsResponseFinalizedFeatureKey(writer, finalizedFeatures[i]!, version);
      }
      writer.endTag(mark);
    }
    if (has3) {
      next = writer.unknownTagsBelow(unknown, next, 3);
      const mark = writer.beginTag(3);
      writer.boolean(zkMigrationReady, 'zkMigrationReady');
      writer.endTag(mark);
    }
    writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
  }
}

function createApiVersionsResponse(): ApiVersionsResponse {
  return {
    errorCode: 0,
    apiKeys: [],
    throttleTimeMs: 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1,
    finalizedFeatures: [],
    zkMigrationReady: false,
    unknownTaggedFields: undefined,
  };
}
