// Generated from definitions/apis/38-create-delegation-token.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Creates a delegation token.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of CreateDelegationToken (API key 38), versions 1 to 3.
 * Creates a delegation token.
 */
export interface CreateDelegationTokenRequest {
  ownerPrincipalType: string | null;
  ownerPrincipalName: string | null;
  renewers: CreateDelegationTokenRequestCreatableRenewers[];
  maxLifetimeMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateDelegationTokenRequestInput {
  readonly ownerPrincipalType?: string | null | undefined;
  readonly ownerPrincipalName?: string | null | undefined;
  readonly renewers: readonly CreateDelegationTokenRequestCreatableRenewersInput[];
  readonly maxLifetimeMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface CreateDelegationTokenRequestCreatableRenewers {
  principalType: string;
  principalName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateDelegationTokenRequestCreatableRenewersInput {
  readonly principalType: string;
  readonly principalName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of CreateDelegationToken (API key 38), versions 1 to 3.
 * Creates a delegation token.
 */
export const CreateDelegationTokenRequest: MessageCodec<CreateDelegationTokenRequest, CreateDelegationTokenRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreateDelegationTokenRequest',
  apiKey: 38,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readCreateDelegationTokenRequest,
  write: writeCreateDelegationTokenRequest,
  create: (partial) => ({ ...createCreateDelegationTokenRequest(), ...partial }),
});

function readCreateDelegationTokenRequestCreatableRenewers(
  reader: WireReader,
  version: number,
): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2;
  const principalType = reader.string(flexible);
  const principalName = reader.string(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    principalType,
    principalName,
    unknownTaggedFields,
  };
}

function writeCreateDelegationTokenRequestCreatableRenewers(
  writer: WireWriter,
  message: CreateDelegationTokenRequestCreatableRenewersInput,
  version: number,
): void {
  const flexible = version >= 2;
  const principalType = message.principalType;
  writer.string(principalType, flexible, 'renewers.principalType');
  const principalName = message.principalName;
  writer.string(principalName, flexible, 'renewers.principalName');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readCreateDelegationTokenRequest(reader: WireReader, version: number): CreateDelegationTokenRequest {
  const flexible = version >= 2;
  const ownerPrincipalType = version >= 3 ? reader.nullableString(flexible) : '';
  const ownerPrincipalName = version >= 3 ? reader.nullableString(flexible) : '';
  const renewersCount = reader.arrayLength(flexible, 3);
  const renewers = new Array<CreateDelegationTokenRequestCreatableRenewers>(renewersCount);
  for (let i = 0; i < renewersCount; i++) {
    renewers[i] = readCreateDelegationTokenRequestCreatableRenewers(reader, version);
  }
  const maxLifetimeMs = reader.int64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    ownerPrincipalType,
    ownerPrincipalName,
    renewers,
    maxLifetimeMs,
    unknownTaggedFields,
  };
}

function writeCreateDelegationTokenRequest(
  writer: WireWriter,
  message: CreateDelegationTokenRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const ownerPrincipalType = message.ownerPrincipalType === undefined ? '' : message.ownerPrincipalType;
  if (version >= 3) {
    writer.nullableString(ownerPrincipalType, flexible, 'ownerPrincipalType');
  } else if (ownerPrincipalType !== '') {
    throw writer.notInVersion('ownerPrincipalType');
  }
  const ownerPrincipalName = message.ownerPrincipalName === undefined ? '' : message.ownerPrincipalName;
  if (version >= 3) {
    writer.nullableString(ownerPrincipalName, flexible, 'ownerPrincipalName');
  } else if (ownerPrincipalName !== '') {
    throw writer.notInVersion('ownerPrincipalName');
  }
  const renewers = message.renewers;
  const renewersCount = writer.arrayLength(renewers, flexible, 'renewers');
  for (let i = 0; i < renewersCount; i++) {
    writeCreateDelegationTokenRequestCreatableRenewers(writer, renewers[i]!, version);
  }
  const maxLifetimeMs = message.maxLifetimeMs;
  writer.int64(maxLifetimeMs, 'maxLifetimeMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreateDelegationTokenRequest(): CreateDelegationTokenRequest {
  return {
    ownerPrincipalType: '',
    ownerPrincipalName: '',
    renewers: [],
    maxLifetimeMs: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of CreateDelegationToken (API key 38), versions 1 to 3.
 * Creates a delegation token.
 */
export interface CreateDelegationTokenResponse {
  errorCode: number;
  principalType: string;
  principalName: string;
  tokenRequesterPrincipalType: string;
  tokenRequesterPrincipalName: string;
  issueTimestampMs: number;
  expiryTimestampMs: number;
  maxTimestampMs: number;
  tokenId: string;
  hmac: Buffer;
  throttleTimeMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface CreateDelegationTokenResponseInput {
  readonly errorCode: number;
  readonly principalType: string;
  readonly principalName: string;
  readonly tokenRequesterPrincipalType?: string | undefined;
  readonly tokenRequesterPrincipalName?: string | undefined;
  readonly issueTimestampMs: number;
  readonly expiryTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly tokenId: string;
  readonly hmac: Uint8Array;
  readonly throttleTimeMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of CreateDelegationToken (API key 38), versions 1 to 3.
 * Creates a delegation token.
 */
export const CreateDelegationTokenResponse: MessageCodec<CreateDelegationTokenResponse, CreateDelegationTokenResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'CreateDelegationTokenResponse',
  apiKey: 38,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readCreateDelegationTokenResponse,
  write: writeCreateDelegationTokenResponse,
  create: (partial) => ({ ...createCreateDelegationTokenResponse(), ...partial }),
});

function readCreateDelegationTokenResponse(
  reader: WireReader,
  version: number,
): CreateDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const principalType = reader.string(flexible);
  const principalName = reader.string(flexible);
  const tokenRequesterPrincipalType = version >= 3 ? reader.string(flexible) : '';
  const tokenRequesterPrincipalName = version >= 3 ? reader.string(flexible) : '';
  const issueTimestampMs = reader.int64();
  const expiryTimestampMs = reader.int64();
  const maxTimestampMs = reader.int64();
  const tokenId = reader.string(flexible);
  const hmac = reader.bytes(flexible);
  const throttleTimeMs = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestampMs,
    expiryTimestampMs,
    maxTimestampMs,
    tokenId,
    hmac,
    throttleTimeMs,
    unknownTaggedFields,
  };
}

function writeCreateDelegationTokenResponse(
  writer: WireWriter,
  message: CreateDelegationTokenResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const principalType = message.principalType;
  writer.string(principalType, flexible, 'principalType');
  const principalName = message.principalName;
  writer.string(principalName, flexible, 'principalName');
  const tokenRequesterPrincipalType =
    message.tokenRequesterPrincipalType === undefined ? '' : message.tokenRequesterPrincipalType;
  if (version >= 3) {
    writer.string(tokenRequesterPrincipalType, flexible, 'tokenRequesterPrincipalType');
  } else if (tokenRequesterPrincipalType !== '') {
    throw writer.notInVersion('tokenRequesterPrincipalType');
  }
  const tokenRequesterPrincipalName =
    message.tokenRequesterPrincipalName === undefined ? '' : message.tokenRequesterPrincipalName;
  if (version >= 3) {
    writer.string(tokenRequesterPrincipalName, flexible, 'tokenRequesterPrincipalName');
  } else if (tokenRequesterPrincipalName !== '') {
    throw writer.notInVersion('tokenRequesterPrincipalName');
  }
  const issueTimestampMs = message.issueTimestampMs;
  writer.int64(issueTimestampMs, 'issueTimestampMs');
  const expiryTimestampMs = message.expiryTimestampMs;
  writer.int64(expiryTimestampMs, 'expiryTimestampMs');
  const maxTimestampMs = message.maxTimestampMs;
  writer.int64(maxTimestampMs, 'maxTimestampMs');
  const tokenId = message.tokenId;
  writer.string(tokenId, flexible, 'tokenId');
  const hmac = message.hmac;
  writer.bytes(hmac, flexible, 'hmac');
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createCreateDelegationTokenResponse(): CreateDelegationTokenResponse {
  return {
    errorCode: 0,
    principalType: '',
    principalName: '',
    tokenRequesterPrincipalType: '',
    tokenRequesterPrincipalName: '',
    issueTimestampMs: 0,
    expiryTimestampMs: 0,
    maxTimestampMs: 0,
    tokenId: '',
    hmac: EMPTY_BYTES,
    throttleTimeMs: 0,
    unknownTaggedFields: undefined,
  };
}
