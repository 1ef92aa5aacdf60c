// Generated from definitions/apis/49-alter-client-quotas.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Changes client quotas.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AlterClientQuotas (API key 49), versions 0 to 1.
 * Changes client quotas.
 */
export interface AlterClientQuotasRequest {
  entries: AlterClientQuotasRequestEntryData[];
  validateOnly: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasRequestInput {
  readonly entries: readonly AlterClientQuotasRequestEntryDataInput[];
  readonly validateOnly: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasRequestEntryData {
  entity: AlterClientQuotasRequestEntityData[];
  ops: AlterClientQuotasRequestOpData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasRequestEntryDataInput {
  readonly entity: readonly AlterClientQuotasRequestEntityDataInput[];
  readonly ops: readonly AlterClientQuotasRequestOpDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasRequestOpData {
  key: string;
  value: number;
  remove: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasRequestOpDataInput {
  readonly key: string;
  readonly value: number;
  readonly remove: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasRequestEntityData {
  entityType: string;
  entityName: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasRequestEntityDataInput {
  readonly entityType: string;
  readonly entityName: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AlterClientQuotas (API key 49), versions 0 to 1.
 * Changes client quotas.
 */
export const AlterClientQuotasRequest: MessageCodec<AlterClientQuotasRequest, AlterClientQuotasRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterClientQuotasRequest',
  apiKey: 49,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readAlterClientQuotasRequest,
  write: writeAlterClientQuotasRequest,
  create: (partial) => ({ ...createAlterClientQuotasRequest(), ...partial }),
});

function readAlterClientQuotasRequestEntityData(
  reader: WireReader,
  version: number,
): AlterClientQuotasRequestEntityData {
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

function writeAlterClientQuotasRequestEntityData(
  writer: WireWriter,
  message: AlterClientQuotasRequestEntityDataInput,
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

function readAlterClientQuotasRequestOpData(
  reader: WireReader,
  version: number,
): AlterClientQuotasRequestOpData {
  const flexible = version >= 1;
  const key = reader.string(flexible);
  const value = reader.float64();
  const remove = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    key,
    value,
    remove,
    unknownTaggedFields,
  };
}

function writeAlterClientQuotasRequestOpData(
  writer: WireWriter,
  message: AlterClientQuotasRequestOpDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const key = message.key;
  writer.string(key, flexible, 'entries.ops.key');
  const value = message.value;
  writer.float64(value, 'entries.ops.value');
  const remove = message.remove;
  writer.boolean(remove, 'entries.ops.remove');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterClientQuotasRequestEntryData(
  reader: WireReader,
  version: number,
): AlterClientQuotasRequestEntryData {
  const flexible = version >= 1;
  const entityCount = reader.arrayLength(flexible, 3);
  const entity = new Array<AlterClientQuotasRequestEntityData>(entityCount);
  for (let i = 0; i < entityCount; i++) {
    entity[i] = readAlterClientQuotasRequestEntityData(reader, version);
  }
  const opsCount = reader.arrayLength(flexible, 11);
  const ops = new Array<AlterClientQuotasRequestOpData>(opsCount);
  for (let i = 0; i < opsCount; i++) {
    ops[i] = readAlterClientQuotasRequestOpData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    entity,
    ops,
    unknownTaggedFields,
  };
}

function writeAlterClientQuotasRequestEntryData(
  writer: WireWriter,
  message: AlterClientQuotasRequestEntryDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const entity = message.entity;
  const entityCount = writer.arrayLength(entity, flexible, 'entries.entity');
  for (let i = 0; i < entityCount; i++) {
    writeAlterClientQuotasRequestEntityData(writer, entity[i]!, version);
  }
  const ops = message.ops;
  const opsCount = writer.arrayLength(ops, flexible, 'entries.ops');
  for (let i = 0; i < opsCount; i++) {
    writeAlterClientQuotasRequestOpData(writer, ops[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterClientQuotasRequest(reader: WireReader, version: number): AlterClientQuotasRequest {
  const flexible = version >= 1;
  const entriesCount = reader.arrayLength(flexible, 3);
  const entries = new Array<AlterClientQuotasRequestEntryData>(entriesCount);
  for (let i = 0; i < entriesCount; i++) {
    entries[i] = readAlterClientQuotasRequestEntryData(reader, version);
  }
  const validateOnly = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    entries,
    validateOnly,
    unknownTaggedFields,
  };
}

function writeAlterClientQuotasRequest(
  writer: WireWriter,
  message: AlterClientQuotasRequestInput,
  version: number,
): void {
  const flexible = version >= 1;
  const entries = message.entries;
  const entriesCount = writer.arrayLength(entries, flexible, 'entries');
  for (let i = 0; i < entriesCount; i++) {
    writeAlterClientQuotasRequestEntryData(writer, entries[i]!, version);
  }
  const validateOnly = message.validateOnly;
  writer.boolean(validateOnly, 'validateOnly');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAlterClientQuotasRequest(): AlterClientQuotasRequest {
  return {
    entries: [],
    validateOnly: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AlterClientQuotas (API key 49), versions 0 to 1.
 * Changes client quotas.
 */
export interface AlterClientQuotasResponse {
  throttleTimeMs: number;
  entries: AlterClientQuotasResponseEntryData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasResponseInput {
  readonly throttleTimeMs: number;
  readonly entries: readonly AlterClientQuotasResponseEntryDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasResponseEntryData {
  errorCode: number;
  errorMessage: string | null;
  entity: AlterClientQuotasResponseEntityData[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasResponseEntryDataInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly entity: readonly AlterClientQuotasResponseEntityDataInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasResponseEntityData {
  entityType: string;
  entityName: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AlterClientQuotasResponseEntityDataInput {
  readonly entityType: string;
  readonly entityName: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AlterClientQuotas (API key 49), versions 0 to 1.
 * Changes client quotas.
 */
export const AlterClientQuotasResponse: MessageCodec<AlterClientQuotasResponse, AlterClientQuotasResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AlterClientQuotasResponse',
  apiKey: 49,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readAlterClientQuotasResponse,
  write: writeAlterClientQuotasResponse,
  create: (partial) => ({ ...createAlterClientQuotasResponse(), ...partial }),
});

function readAlterClientQuotasResponseEntityData(
  reader: WireReader,
  version: number,
): AlterClientQuotasResponseEntityData {
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

function writeAlterClientQuotasResponseEntityData(
  writer: WireWriter,
  message: AlterClientQuotasResponseEntityDataInput,
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

function readAlterClientQuotasResponseEntryData(
  reader: WireReader,
  version: number,
): AlterClientQuotasResponseEntryData {
  const flexible = version >= 1;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const entityCount = reader.arrayLength(flexible, 3);
  const entity = new Array<AlterClientQuotasResponseEntityData>(entityCount);
  for (let i = 0; i < entityCount; i++) {
    entity[i] = readAlterClientQuotasResponseEntityData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    entity,
    unknownTaggedFields,
  };
}

function writeAlterClientQuotasResponseEntryData(
  writer: WireWriter,
  message: AlterClientQuotasResponseEntryDataInput,
  version: number,
): void {
  const flexible = version >= 1;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'entries.errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'entries.errorMessage');
  const entity = message.entity;
  const entityCount = writer.arrayLength(entity, flexible, 'entries.entity');
  for (let i = 0; i < entityCount; i++) {
    writeAlterClientQuotasResponseEntityData(writer, entity[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readAlterClientQuotasResponse(reader: WireReader, version: number): AlterClientQuotasResponse {
  const flexible = version >= 1;
  const throttleTimeMs = reader.int32();
  const entriesCount = reader.arrayLength(flexible, 5);
  const entries = new Array<AlterClientQuotasResponseEntryData>(entriesCount);
  for (let i = 0; i < entriesCount; i++) {
    entries[i] = readAlterClientQuotasResponseEntryData(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    entries,
    unknownTaggedFields,
  };
}

function writeAlterClientQuotasResponse(
  writer: WireWriter,
  message: AlterClientQuotasResponseInput,
  version: number,
): void {
  const flexible = version >= 1;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const entries = message.entries;
  const entriesCount = writer.arrayLength(entries, flexible, 'entries');
  for (let i = 0; i < entriesCount; i++) {
    writeAlterClientQuotasResponseEntryData(writer, entries[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAlterClientQuotasResponse(): AlterClientQuotasResponse {
  return {
    throttleTimeMs: 0,
    entries: [],
    unknownTaggedFields: undefined,
  };
}
