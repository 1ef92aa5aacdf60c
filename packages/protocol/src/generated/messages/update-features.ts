// Generated from definitions/apis/57-update-features.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Changes finalized feature levels.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of UpdateFeatures (API key 57), versions 0 to 2.
 * Changes finalized feature levels.
 */
export interface UpdateFeaturesRequest {
  timeoutMs: number;
  featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[];
  validateOnly: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateFeaturesRequestInput {
  readonly timeoutMs?: number | undefined;
  readonly featureUpdates: readonly UpdateFeaturesRequestFeatureUpdateKeyInput[];
  readonly validateOnly?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface UpdateFeaturesRequestFeatureUpdateKey {
  feature: string;
  maxVersionLevel: number;
  allowDowngrade: boolean;
  upgradeType: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateFeaturesRequestFeatureUpdateKeyInput {
  readonly feature: string;
  readonly maxVersionLevel: number;
  readonly allowDowngrade?: boolean | undefined;
  readonly upgradeType?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of UpdateFeatures (API key 57), versions 0 to 2.
 * Changes finalized feature levels.
 */
export const UpdateFeaturesRequest: MessageCodec<UpdateFeaturesRequest, UpdateFeaturesRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UpdateFeaturesRequest',
  apiKey: 57,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUpdateFeaturesRequest,
  write: writeUpdateFeaturesRequest,
  create: (partial) => ({ ...createUpdateFeaturesRequest(), ...partial }),
});

function readUpdateFeaturesRequestFeatureUpdateKey(
  reader: WireReader,
  version: number,
): UpdateFeaturesRequestFeatureUpdateKey {
  const feature = reader.string(true);
  const maxVersionLevel = reader.int16();
  const allowDowngrade = version <= 0 ? reader.boolean() : false;
  const upgradeType = version >= 1 ? reader.int8() : 1;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    feature,
    maxVersionLevel,
    allowDowngrade,
    upgradeType,
    unknownTaggedFields,
  };
}

function writeUpdateFeaturesRequestFeatureUpdateKey(
  writer: WireWriter,
  message: UpdateFeaturesRequestFeatureUpdateKeyInput,
  version: number,
): void {
  const feature = message.feature;
  writer.string(feature, true, 'featureUpdates.feature');
  const maxVersionLevel = message.maxVersionLevel;
  writer.int16(maxVersionLevel, 'featureUpdates.maxVersionLevel');
  const allowDowngrade = message.allowDowngrade === undefined ? false : message.allowDowngrade;
  if (version <= 0) {
    writer.boolean(allowDowngrade, 'featureUpdates.allowDowngrade');
  } else if (allowDowngrade) {
    throw writer.notInVersion('featureUpdates.allowDowngrade');
  }
  const upgradeType = message.upgradeType === undefined ? 1 : message.upgradeType;
  if (version >= 1) {
    writer.int8(upgradeType, 'featureUpdates.upgradeType');
  } else if (upgradeType !== 1) {
    throw writer.notInVersion('featureUpdates.upgradeType');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readUpdateFeaturesRequest(reader: WireReader, version: number): UpdateFeaturesRequest {
  const timeoutMs = reader.int32();
  const featureUpdatesCount = reader.arrayLength(true, 5);
  const featureUpdates = new Array<UpdateFeaturesRequestFeatureUpdateKey>(featureUpdatesCount);
  for (let i = 0; i < featureUpdatesCount; i++) {
    featureUpdates[i] = readUpdateFeaturesRequestFeatureUpdateKey(reader, version);
  }
  const validateOnly = version >= 1 ? reader.boolean() : false;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    timeoutMs,
    featureUpdates,
    validateOnly,
    unknownTaggedFields,
  };
}

function writeUpdateFeaturesRequest(
  writer: WireWriter,
  message: UpdateFeaturesRequestInput,
  version: number,
): void {
  const timeoutMs = message.timeoutMs === undefined ? 60000 : message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  const featureUpdates = message.featureUpdates;
  const featureUpdatesCount = writer.arrayLength(featureUpdates, true, 'featureUpdates');
  for (let i = 0; i < featureUpdatesCount; i++) {
    writeUpdateFeaturesRequestFeatureUpdateKey(writer, featureUpdates[i]!, version);
  }
  const validateOnly = message.validateOnly === undefined ? false : message.validateOnly;
  if (version >= 1) {
    writer.boolean(validateOnly, 'validateOnly');
  } else if (validateOnly) {
    throw writer.notInVersion('validateOnly');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUpdateFeaturesRequest(): UpdateFeaturesRequest {
  return {
    timeoutMs: 60000,
    featureUpdates: [],
    validateOnly: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of UpdateFeatures (API key 57), versions 0 to 2.
 * Changes finalized feature levels.
 */
export interface UpdateFeaturesResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  results: UpdateFeaturesResponseUpdatableFeatureResult[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateFeaturesResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly results?: readonly UpdateFeaturesResponseUpdatableFeatureResultInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  feature: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateFeaturesResponseUpdatableFeatureResultInput {
  readonly feature: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of UpdateFeatures (API key 57), versions 0 to 2.
 * Changes finalized feature levels.
 */
export const UpdateFeaturesResponse: MessageCodec<UpdateFeaturesResponse, UpdateFeaturesResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UpdateFeaturesResponse',
  apiKey: 57,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUpdateFeaturesResponse,
  write: writeUpdateFeaturesResponse,
  create: (partial) => ({ ...createUpdateFeaturesResponse(), ...partial }),
});

function readUpdateFeaturesResponseUpdatableFeatureResult(
  reader: WireReader,
  _version: number,
): UpdateFeaturesResponseUpdatableFeatureResult {
  const feature = reader.string(true);
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    feature,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeUpdateFeaturesResponseUpdatableFeatureResult(
  writer: WireWriter,
  message: UpdateFeaturesResponseUpdatableFeatureResultInput,
  _version: number,
): void {
  const feature = message.feature;
  writer.string(feature, true, 'results.feature');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'results.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'results.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readUpdateFeaturesResponse(reader: WireReader, version: number): UpdateFeaturesResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  let results: UpdateFeaturesResponseUpdatableFeatureResult[] = [];
  if (version <= 1) {
    const resultsCount = reader.arrayLength(true, 5);
    results = new Array<UpdateFeaturesResponseUpdatableFeatureResult>(resultsCount);
    for (let i = 0; i < resultsCount; i++) {
      results[i] = readUpdateFeaturesResponseUpdatableFeatureResult(reader, version);
    }
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    results,
    unknownTaggedFields,
  };
}

function writeUpdateFeaturesResponse(
  writer: WireWriter,
  message: UpdateFeaturesResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  if (version <= 1) {
    const results = message.results === undefined ? [] : message.results;
    const resultsCount = writer.arrayLength(results, true, 'results');
    for (let i = 0; i < resultsCount; i++) {
      writeUpdateFeaturesResponseUpdatableFeatureResult(writer, results[i]!, version);
    }
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUpdateFeaturesResponse(): UpdateFeaturesResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    results: [],
    unknownTaggedFields: undefined,
  };
}
