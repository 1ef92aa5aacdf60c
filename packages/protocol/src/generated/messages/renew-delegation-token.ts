// Generated from definitions/apis/39-renew-delegation-token.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Prolongs a delegation token.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of RenewDelegationToken (API key 39), versions 1 to 2.
 * Prolongs a delegation token.
 */
export interface RenewDelegationTokenRequest {
  hmac: Buffer;
  renewPeriodMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RenewDelegationTokenRequestInput {
  readonly hmac: Uint8Array;
  readonly renewPeriodMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of RenewDelegationToken (API key 39), versions 1 to 2.
 * Prolongs a delegation token.
 */
export const RenewDelegationTokenRequest: MessageCodec<RenewDelegationTokenRequest, RenewDelegationTokenRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RenewDelegationTokenRequest',
  apiKey: 39,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readRenewDelegationTokenRequest,
  write: writeRenewDelegationTokenRequest,
  create: (partial) => ({ ...createRenewDelegationTokenRequest(), ...partial }),
});

function readRenewDelegationTokenRequest(reader: WireReader, version: number): RenewDelegationTokenRequest {
  const flexible = version >= 2;
  const hmac = reader.bytes(flexible);
  const renewPeriodMs = reader.int64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    hmac,
    renewPeriodMs,
    unknownTaggedFields,
  };
}

function writeRenewDelegationTokenRequest(
  writer: WireWriter,
  message: RenewDelegationTokenRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const hmac = message.hmac;
  writer.bytes(hmac, flexible, 'hmac');
  const renewPeriodMs = message.renewPeriodMs;
  writer.int64(renewPeriodMs, 'renewPeriodMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createRenewDelegationTokenRequest(): RenewDelegationTokenRequest {
  return {
    hmac: EMPTY_BYTES,
    renewPeriodMs: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of RenewDelegationToken (API key 39), versions 1 to 2.
 * Prolongs a delegation token.
 */
export interface RenewDelegationTokenResponse {
  errorCode: number;
  expiryTimestampMs: number;
  throttleTimeMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RenewDelegationTokenResponseInput {
  readonly errorCode: number;
  readonly expiryTimestampMs: number;
  readonly throttleTimeMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of RenewDelegationToken (API key 39), versions 1 to 2.
 * Prolongs a delegation token.
 */
export const RenewDelegationTokenResponse: MessageCodec<RenewDelegationTokenResponse, RenewDelegationTokenResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'RenewDelegationTokenResponse',
  apiKey: 39,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readRenewDelegationTokenResponse,
  write: writeRenewDelegationTokenResponse,
  create: (partial) => ({ ...createRenewDelegationTokenResponse(), ...partial }),
});

function readRenewDelegationTokenResponse(reader: WireReader, version: number): RenewDelegationTokenResponse {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const expiryTimestampMs = reader.int64();
  const throttleTimeMs = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    expiryTimestampMs,
    throttleTimeMs,
    unknownTaggedFields,
  };
}

function writeRenewDelegationTokenResponse(
  writer: WireWriter,
  message: RenewDelegationTokenResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const expiryTimestampMs = message.expiryTimestampMs;
  writer.int64(expiryTimestampMs, 'expiryTimestampMs');
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createRenewDelegationTokenResponse(): RenewDelegationTokenResponse {
  return {
    errorCode: 0,
    expiryTimestampMs: 0,
    throttleTimeMs: 0,
    unknownTaggedFields: undefined,
  };
}
