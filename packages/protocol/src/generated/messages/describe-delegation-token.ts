// Generated from definitions/apis/41-describe-delegation-token.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Lists delegation tokens.

import type { Buffer } from 'node:buffer';

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of DescribeDelegationToken (API key 41), versions 1 to 3.
 * Lists delegation tokens.
 */
export interface DescribeDelegationTokenRequest {
  owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenRequestInput {
  readonly owners: readonly DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInput[] | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
  principalType: string;
  principalName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInput {
  readonly principalType: string;
  readonly principalName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of DescribeDelegationToken (API key 41), versions 1 to 3.
 * Lists delegation tokens.
 */
export const DescribeDelegationTokenRequest: MessageCodec<DescribeDelegationTokenRequest, DescribeDelegationTokenRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeDelegationTokenRequest',
  apiKey: 41,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDescribeDelegationTokenRequest,
  write: writeDescribeDelegationTokenRequest,
  create: (partial) => ({ ...createDescribeDelegationTokenRequest(), ...partial }),
});

function readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(
  reader: WireReader,
  version: number,
): DescribeDelegationTokenRequestDescribeDelegationTokenOwner {
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

function writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(
  writer: WireWriter,
  message: DescribeDelegationTokenRequestDescribeDelegationTokenOwnerInput,
  version: number,
): void {
  const flexible = version >= 2;
  const principalType = message.principalType;
  writer.string(principalType, flexible, 'owners.principalType');
  const principalName = message.principalName;
  writer.string(principalName, flexible, 'owners.principalName');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeDelegationTokenRequest(
  reader: WireReader,
  version: number,
): DescribeDelegationTokenRequest {
  const flexible = version >= 2;
  const ownersCount = reader.nullableArrayLength(flexible, 3);
  let owners: DescribeDelegationTokenRequestDescribeDelegationTokenOwner[] | null = null;
  if (ownersCount >= 0) {
    owners = new Array<DescribeDelegationTokenRequestDescribeDelegationTokenOwner>(ownersCount);
    for (let i = 0; i < ownersCount; i++) {
      owners[i] = readDescribeDelegationTokenRequestDescribeDelegationTokenOwner(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    owners,
    unknownTaggedFields,
  };
}

function writeDescribeDelegationTokenRequest(
  writer: WireWriter,
  message: DescribeDelegationTokenRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const owners = message.owners;
  if (owners === null) {
    writer.nullArray(flexible);
  } else {
    const ownersCount = writer.arrayLength(owners, flexible, 'owners');
    for (let i = 0; i < ownersCount; i++) {
      writeDescribeDelegationTokenRequestDescribeDelegationTokenOwner(writer, owners[i]!, version);
    }
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeDelegationTokenRequest(): DescribeDelegationTokenRequest {
  return {
    owners: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of DescribeDelegationToken (API key 41), versions 1 to 3.
 * Lists delegation tokens.
 */
export interface DescribeDelegationTokenResponse {
  errorCode: number;
  tokens: DescribeDelegationTokenResponseDescribedDelegationToken[];
  throttleTimeMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenResponseInput {
  readonly errorCode: number;
  readonly tokens: readonly DescribeDelegationTokenResponseDescribedDelegationTokenInput[];
  readonly throttleTimeMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenResponseDescribedDelegationToken {
  principalType: string;
  principalName: string;
  tokenRequesterPrincipalType: string;
  tokenRequesterPrincipalName: string;
  issueTimestamp: number;
  expiryTimestamp: number;
  maxTimestamp: number;
  tokenId: string;
  hmac: Buffer;
  renewers: DescribeDelegationTokenResponseDescribedDelegationTokenRenewer[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenInput {
  readonly principalType: string;
  readonly principalName: string;
  readonly tokenRequesterPrincipalType?: string | undefined;
  readonly tokenRequesterPrincipalName?: string | undefined;
  readonly issueTimestamp: number;
  readonly expiryTimestamp: number;
  readonly maxTimestamp: number;
  readonly tokenId: string;
  readonly hmac: Uint8Array;
  readonly renewers: readonly DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
  principalType: string;
  principalName: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInput {
  readonly principalType: string;
  readonly principalName: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of DescribeDelegationToken (API key 41), versions 1 to 3.
 * Lists delegation tokens.
 */
export const DescribeDelegationTokenResponse: MessageCodec<DescribeDelegationTokenResponse, DescribeDelegationTokenResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'DescribeDelegationTokenResponse',
  apiKey: 41,
  minVersion: 1,
  maxVersion: 3,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readDescribeDelegationTokenResponse,
  write: writeDescribeDelegationTokenResponse,
  create: (partial) => ({ ...createDescribeDelegationTokenResponse(), ...partial }),
});

function readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(
  reader: WireReader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationTokenRenewer {
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

function writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(
  writer: WireWriter,
  message: DescribeDelegationTokenResponseDescribedDelegationTokenRenewerInput,
  version: number,
): void {
  const flexible = version >= 2;
  const principalType = message.principalType;
  writer.string(principalType, flexible, 'tokens.renewers.principalType');
  const principalName = message.principalName;
  writer.string(principalName, flexible, 'tokens.renewers.principalName');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeDelegationTokenResponseDescribedDelegationToken(
  reader: WireReader,
  version: number,
): DescribeDelegationTokenResponseDescribedDelegationToken {
  const flexible = version >= 2;
  const principalType = reader.string(flexible);
  const principalName = reader.string(flexible);
  const tokenRequesterPrincipalType = version >= 3 ? reader.string(flexible) : '';
  const tokenRequesterPrincipalName = version >= 3 ? reader.string(flexible) : '';
  const issueTimestamp = reader.int64();
  const expiryTimestamp = reader.int64();
  const maxTimestamp = reader.int64();
  const tokenId = reader.string(flexible);
  const hmac = reader.bytes(flexible);
  const renewersCount = reader.arrayLength(flexible, 3);
  const renewers = new Array<DescribeDelegationTokenResponseDescribedDelegationTokenRenewer>(renewersCount);
  for (let i = 0; i < renewersCount; i++) {
    renewers[i] = readDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(reader, version);
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    principalType,
    principalName,
    tokenRequesterPrincipalType,
    tokenRequesterPrincipalName,
    issueTimestamp,
    expiryTimestamp,
    maxTimestamp,
    tokenId,
    hmac,
    renewers,
    unknownTaggedFields,
  };
}

function writeDescribeDelegationTokenResponseDescribedDelegationToken(
  writer: WireWriter,
  message: DescribeDelegationTokenResponseDescribedDelegationTokenInput,
  version: number,
): void {
  const flexible = version >= 2;
  const principalType = message.principalType;
  writer.string(principalType, flexible, 'tokens.principalType');
  const principalName = message.principalName;
  writer.string(principalName, flexible, 'tokens.principalName');
  const tokenRequesterPrincipalType =
    message.tokenRequesterPrincipalType === undefined ? '' : message.tokenRequesterPrincipalType;
  if (version >= 3) {
    writer.string(tokenRequesterPrincipalType, flexible, 'tokens.tokenRequesterPrincipalType');
  } else if (tokenRequesterPrincipalType !== '') {
    throw writer.notInVersion('tokens.tokenRequesterPrincipalType');
  }
  const tokenRequesterPrincipalName =
    message.tokenRequesterPrincipalName === undefined ? '' : message.tokenRequesterPrincipalName;
  if (version >= 3) {
    writer.string(tokenRequesterPrincipalName, flexible, 'tokens.tokenRequesterPrincipalName');
  } else if (tokenRequesterPrincipalName !== '') {
    throw writer.notInVersion('tokens.tokenRequesterPrincipalName');
  }
  const issueTimestamp = message.issueTimestamp;
  writer.int64(issueTimestamp, 'tokens.issueTimestamp');
  const expiryTimestamp = message.expiryTimestamp;
  writer.int64(expiryTimestamp, 'tokens.expiryTimestamp');
  const maxTimestamp = message.maxTimestamp;
  writer.int64(maxTimestamp, 'tokens.maxTimestamp');
  const tokenId = message.tokenId;
  writer.string(tokenId, flexible, 'tokens.tokenId');
  const hmac = message.hmac;
  writer.bytes(hmac, flexible, 'tokens.hmac');
  const renewers = message.renewers;
  const renewersCount = writer.arrayLength(renewers, flexible, 'tokens.renewers');
  for (let i = 0; i < renewersCount; i++) {
    writeDescribeDelegationTokenResponseDescribedDelegationTokenRenewer(writer, renewers[i]!, version);
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function readDescribeDelegationTokenResponse(
  reader: WireReader,
  version: number,
): DescribeDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const tokensCount = reader.arrayLength(flexible, 30);
  const tokens = new Array<DescribeDelegationTokenResponseDescribedDelegationToken>(tokensCount);
  for (let i = 0; i < tokensCount; i++) {
    tokens[i] = readDescribeDelegationTokenResponseDescribedDelegationToken(reader, version);
  }
  const throttleTimeMs = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    tokens,
    throttleTimeMs,
    unknownTaggedFields,
  };
}

function writeDescribeDelegationTokenResponse(
  writer: WireWriter,
  message: DescribeDelegationTokenResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const tokens = message.tokens;
  const tokensCount = writer.arrayLength(tokens, flexible, 'tokens');
  for (let i = 0; i < tokensCount; i++) {
    writeDescribeDelegationTokenResponseDescribedDelegationToken(writer, tokens[i]!, version);
  }
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createDescribeDelegationTokenResponse(): DescribeDelegationTokenResponse {
  return {
    errorCode: 0,
    tokens: [],
    throttleTimeMs: 0,
    unknownTaggedFields: undefined,
  };
}
