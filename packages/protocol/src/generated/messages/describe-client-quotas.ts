// Generated from definitions/apis/48-describe-client-quotas.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Reads client quotas.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeClientQuotas (API key 48), versions 0 to 1.
 * Reads client quotas.
 */
export interface DescribeClientQuotasRequest {
  components: DescribeClientQuotasRequestComponentData[];
  strict: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasRequestInput {
  readonly components: readonly DescribeClientQuotasRequestComponentDataInput[];
  readonly strict: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasRequestComponentData {
  entityType: string;
  matchType: number;
  match: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasRequestComponentDataInput {
  readonly entityType: string;
  readonly matchType: number;
  readonly match: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeClientQuotas (API key 48), versions 0 to 1.
 * Reads client quotas.
 */
export const DescribeClientQuotasRequest: MessageCodec<DescribeClientQuotasRequest, DescribeClientQuotasRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeClientQuotasRequest',
  apiKey: 48,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readDescribeClientQuotasRequest,
  write: writeDescribeClientQuotasRequest,
  create: (partial) => ({ ...createDescribeClientQuotasRequest(), ...partial }),
});

function readDescribeClientQuotasRequestComponentData(
  reader: WireReader,
  version: number,
): DescribeClientQuotasRequestComponentData {
  const flexible = version >= 1;
  const entityType = reader.string(flexible);
  const matchType = reader.int8();
  const match = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    entityType,
    matchType,
    match,
    unknownTaggedFields,
  };
}

function writeDescribeClientQuotasRequestComponentData(
  writer: WireWriter,
  message: DescribeClientQuotasRequestComponentDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const entityType = message.entityType;
  writer.string(entityType, flexible, 'components.entityType');
  const matchType = message.matchType;
  writer.int8(matchType, 'components.matchType');
  const match = message.match;
  writer.nullableString(match, flexible, 'components.match');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeClientQuotasRequest(reader: WireReader, version: number): DescribeClientQuotasRequest {
  const flexible = version >= 1;
  const componentsCount = reader.arrayLength(flexible, 4);
  const components = new Array<DescribeClientQuotasRequestComponentData>(componentsCount);
  for (let i = 0; i < componentsCount; i++) {
    components[i] = readDescribeClientQuotasRequestComponentData(reader, version);
  }
  const strict = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    components,
    strict,
    unknownTaggedFields,
  };
}

function writeDescribeClientQuotasRequest(
  writer: WireWriter,
  message: DescribeClientQuotasRequestInput,
  version: number,
): void {
  const flexible = version >= 1;
  const components = message.components;
  const componentsCount = writer.arrayLength(components, flexible, 'components');
  for (let i = 0; i < componentsCount; i++) {
    writeDescribeClientQuotasRequestComponentData(writer, components[i]!, version);
  }
  const strict = message.strict;
  writer.boolean(strict, 'strict');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeClientQuotasRequest(): DescribeClientQuotasRequest {
  return {
    components: [],
    strict: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeClientQuotas (API key 48), versions 0 to 1.
 * Reads client quotas.
 */
export interface DescribeClientQuotasResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  entries: DescribeClientQuotasResponseEntryData[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly entries: readonly DescribeClientQuotasResponseEntryDataInput[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasResponseEntryData {
  entity: DescribeClientQuotasResponseEntityData[];
  values: DescribeClientQuotasResponseValueData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasResponseEntryDataInput {
  readonly entity: readonly DescribeClientQuotasResponseEntityDataInput[];
  readonly values: readonly DescribeClientQuotasResponseValueDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasResponseValueData {
  key: string;
  value: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasResponseValueDataInput {
  readonly key: string;
  readonly value: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasResponseEntityData {
  entityType: string;
  entityName: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeClientQuotasResponseEntityDataInput {
  readonly entityType: string;
  readonly entityName: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeClientQuotas (API key 48), versions 0 to 1.
 * Reads client quotas.
 */
export const DescribeClientQuotasResponse: MessageCodec<DescribeClientQuotasResponse, DescribeClientQuotasResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeClientQuotasResponse',
  apiKey: 48,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readDescribeClientQuotasResponse,
  write: writeDescribeClientQuotasResponse,
  create: (partial) => ({ ...createDescribeClientQuotasResponse(), ...partial }),
});

function readDescribeClientQuotasResponseEntityData(
  reader: WireReader,
  version: number,
): DescribeClientQuotasResponseEntityData {
  const flexible = version >= 1;
  const entityType = reader.string(flexible);
  const entityName = reader.nullableString(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    entityType,
    entityName,
    unknownTaggedFields,
  };
}

function writeDescribeClientQuotasResponseEntityData(
  writer: WireWriter,
  message: DescribeClientQuotasResponseEntityDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const entityType = message.entityType;
  writer.string(entityType, flexible, 'entries.entity.entityType');
  const entityName = message.entityName;
  writer.nullableString(entityName, flexible, 'entries.entity.entityName');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeClientQuotasResponseValueData(
  reader: WireReader,
  version: number,
): DescribeClientQuotasResponseValueData {
  const flexible = version >= 1;
  const key = reader.string(flexible);
  const value = reader.float64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    key,
    value,
    unknownTaggedFields,
  };
}

function writeDescribeClientQuotasResponseValueData(
  writer: WireWriter,
  message: DescribeClientQuotasResponseValueDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const key = message.key;
  writer.string(key, flexible, 'entries.values.key');
  const value = message.value;
  writer.float64(value, 'entries.values.value');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeClientQuotasResponseEntryData(
  reader: WireReader,
  version: number,
): DescribeClientQuotasResponseEntryData {
  const flexible = version >= 1;
  const entityCount = reader.arrayLength(flexible, 3);
  const entity = new Array<DescribeClientQuotasResponseEntityData>(entityCount);
  for (let i = 0; i < entityCount; i++) {
    entity[i] = readDescribeClientQuotasResponseEntityData(reader, version);
  }
  const valuesCount = reader.arrayLength(flexible, 10);
  const values = new Array<DescribeClientQuotasResponseValueData>(valuesCount);
  for (let i = 0; i < valuesCount; i++) {
    values[i] = readDescribeClientQuotasResponseValueData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    entity,
    values,
    unknownTaggedFields,
  };
}

function writeDescribeClientQuotasResponseEntryData(
  writer: WireWriter,
  message: DescribeClientQuotasResponseEntryDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const entity = message.entity;
  const entityCount = writer.arrayLength(entity, flexible, 'entries.entity');
  for (let i = 0; i < entityCount; i++) {
    writeDescribeClientQuotasResponseEntityData(writer, entity[i]!, version);
  }
  const values = message.values;
  const valuesCount = writer.arrayLength(values, flexible, 'entries.values');
  for (let i = 0; i < valuesCount; i++) {
    writeDescribeClientQuotasResponseValueData(writer, values[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeClientQuotasResponse(reader: WireReader, version: number): DescribeClientQuotasResponse {
  const flexible = version >= 1;
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const entriesCount = reader.nullableArrayLength(flexible, 3);
  let entries: DescribeClientQuotasResponseEntryData[] | null = null;
  if (entriesCount >= 0) {
    entries = new Array<DescribeClientQuotasResponseEntryData>(entriesCount);
    for (let i = 0; i < entriesCount; i++) {
      entries[i] = readDescribeClientQuotasResponseEntryData(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    entries,
    unknownTaggedFields,
  };
}

function writeDescribeClientQuotasResponse(
  writer: WireWriter,
  message: DescribeClientQuotasResponseInput,
  version: number,
): void {
  const flexible = version >= 1;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'errorMessage');
  const entries = message.entries;
  if (entries === null) {
    writer.nullArray(flexible);
  } else {
    const entriesCount = writer.arrayLength(entries, flexible, 'entries');
    for (let i = 0; i < entriesCount; i++) {
      writeDescribeClientQuotasResponseEntryData(writer, entries[i]!, version);
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeClientQuotasResponse(): DescribeClientQuotasResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    entries: [],
    unknownTaggedFields: undefined,
  };
}
