// Generated from definitions/apis/36-sasl-authenticate.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Carries the tokens of a SASL mechanism.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of SaslAuthenticate (API key 36), versions 0 to 2.
 * Carries the tokens of a SASL mechanism.
 */
export interface SaslAuthenticateRequest {
  authBytes: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface SaslAuthenticateRequestInput {
  readonly authBytes: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of SaslAuthenticate (API key 36), versions 0 to 2.
 * Carries the tokens of a SASL mechanism.
 */
export const SaslAuthenticateRequest: MessageCodec<SaslAuthenticateRequest, SaslAuthenticateRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SaslAuthenticateRequest',
  apiKey: 36,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readSaslAuthenticateRequest,
  write: writeSaslAuthenticateRequest,
  create: (partial) => ({ ...createSaslAuthenticateRequest(), ...partial }),
});

function readSaslAuthenticateRequest(reader: WireReader, version: number): SaslAuthenticateRequest {
  const flexible = version >= 2;
  const authBytes = reader.bytes(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    authBytes,
    unknownTaggedFields,
  };
}

function writeSaslAuthenticateRequest(
  writer: WireWriter,
  message: SaslAuthenticateRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const authBytes = message.authBytes;
  writer.bytes(authBytes, flexible, 'authBytes');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createSaslAuthenticateRequest(): SaslAuthenticateRequest {
  return {
    authBytes: EMPTY_BYTES,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of SaslAuthenticate (API key 36), versions 0 to 2.
 * Carries the tokens of a SASL mechanism.
 */
export interface SaslAuthenticateResponse {
  errorCode: number;
  errorMessage: string | null;
  authBytes: Buffer;
  sessionLifetimeMs: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface SaslAuthenticateResponseInput {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly authBytes: Uint8Array;
  readonly sessionLifetimeMs?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of SaslAuthenticate (API key 36), versions 0 to 2.
 * Carries the tokens of a SASL mechanism.
 */
export const SaslAuthenticateResponse: MessageCodec<SaslAuthenticateResponse, SaslAuthenticateResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SaslAuthenticateResponse',
  apiKey: 36,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readSaslAuthenticateResponse,
  write: writeSaslAuthenticateResponse,
  create: (partial) => ({ ...createSaslAuthenticateResponse(), ...partial }),
});

function readSaslAuthenticateResponse(reader: WireReader, version: number): SaslAuthenticateResponse {
  const flexible = version >= 2;
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(flexible);
  const authBytes = reader.bytes(flexible);
  const sessionLifetimeMs = version >= 1 ? reader.int64() : 0;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    errorCode,
    errorMessage,
    authBytes,
    sessionLifetimeMs,
    unknownTaggedFields,
  };
}

function writeSaslAuthenticateResponse(
  writer: WireWriter,
  message: SaslAuthenticateResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, flexible, 'errorMessage');
  const authBytes = message.authBytes;
  writer.bytes(authBytes, flexible, 'authBytes');
  if (version >= 1) {
    const sessionLifetimeMs = message.sessionLifetimeMs === undefined ? 0 : message.sessionLifetimeMs;
    writer.int64(sessionLifetimeMs, 'sessionLifetimeMs');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createSaslAuthenticateResponse(): SaslAuthenticateResponse {
  return {
    errorCode: 0,
    errorMessage: '',
    authBytes: EMPTY_BYTES,
    sessionLifetimeMs: 0,
    unknownTaggedFields: undefined,
  };
}
