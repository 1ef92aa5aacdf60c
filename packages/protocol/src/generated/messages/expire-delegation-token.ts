// Generated from definitions/apis/40-expire-delegation-token.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Expires a delegation token.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ExpireDelegationToken (API key 40), versions 1 to 2.
 * Expires a delegation token.
 */
export interface ExpireDelegationTokenRequest {
  hmac: Buffer;
  expiryTimePeriodMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ExpireDelegationTokenRequestInput {
  readonly hmac: Uint8Array;
  readonly expiryTimePeriodMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ExpireDelegationToken (API key 40), versions 1 to 2.
 * Expires a delegation token.
 */
export const ExpireDelegationTokenRequest: MessageCodec<ExpireDelegationTokenRequest, ExpireDelegationTokenRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ExpireDelegationTokenRequest',
  apiKey: 40,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readExpireDelegationTokenRequest,
  write: writeExpireDelegationTokenRequest,
  create: (partial) => ({ ...createExpireDelegationTokenRequest(), ...partial }),
});

function readExpireDelegationTokenRequest(reader: WireReader, version: number): ExpireDelegationTokenRequest {
  const flexible = version >= 2;
  const hmac = reader.bytes(flexible);
  const expiryTimePeriodMs = reader.int64();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    hmac,
    expiryTimePeriodMs,
    unknownTaggedFields,
  };
}

function writeExpireDelegationTokenRequest(
  writer: WireWriter,
  message: ExpireDelegationTokenRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const hmac = message.hmac;
  writer.bytes(hmac, flexible, 'hmac');
  const expiryTimePeriodMs = message.expiryTimePeriodMs;
  writer.int64(expiryTimePeriodMs, 'expiryTimePeriodMs');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createExpireDelegationTokenRequest(): ExpireDelegationTokenRequest {
  return {
    hmac: EMPTY_BYTES,
    expiryTimePeriodMs: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ExpireDelegationToken (API key 40), versions 1 to 2.
 * Expires a delegation token.
 */
export interface ExpireDelegationTokenResponse {
  errorCode: number;
  expiryTimestampMs: number;
  throttleTimeMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ExpireDelegationTokenResponseInput {
  readonly errorCode: number;
  readonly expiryTimestampMs: number;
  readonly throttleTimeMs: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ExpireDelegationToken (API key 40), versions 1 to 2.
 * Expires a delegation token.
 */
export const ExpireDelegationTokenResponse: MessageCodec<ExpireDelegationTokenResponse, ExpireDelegationTokenResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ExpireDelegationTokenResponse',
  apiKey: 40,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readExpireDelegationTokenResponse,
  write: writeExpireDelegationTokenResponse,
  create: (partial) => ({ ...createExpireDelegationTokenResponse(), ...partial }),
});

function readExpireDelegationTokenResponse(
  reader: WireReader,
  version: number,
): ExpireDelegationTokenResponse {
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

function writeExpireDelegationTokenResponse(
  writer: WireWriter,
  message: ExpireDelegationTokenResponseInput,
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

function createExpireDelegationTokenResponse(): ExpireDelegationTokenResponse {
  return {
    errorCode: 0,
    expiryTimestampMs: 0,
    throttleTimeMs: 0,
    unknownTaggedFields: undefined,
  };
}
