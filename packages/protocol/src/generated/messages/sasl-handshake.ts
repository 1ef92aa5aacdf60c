// Generated from definitions/apis/17-sasl-handshake.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Chooses a SASL mechanism.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of SaslHandshake (API key 17), versions 0 to 1.
 * Chooses a SASL mechanism.
 */
export interface SaslHandshakeRequest {
  mechanism: string;
}

export interface SaslHandshakeRequestInput {
  readonly mechanism: string;
}

/**
 * Request of SaslHandshake (API key 17), versions 0 to 1.
 * Chooses a SASL mechanism.
 */
export const SaslHandshakeRequest: MessageCodec<SaslHandshakeRequest, SaslHandshakeRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SaslHandshakeRequest',
  apiKey: 17,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readSaslHandshakeRequest,
  write: writeSaslHandshakeRequest,
  create: (partial) => ({ ...createSaslHandshakeRequest(), ...partial }),
});

function readSaslHandshakeRequest(reader: WireReader, _version: number): SaslHandshakeRequest {
  const mechanism = reader.string(false);
  return {
    mechanism,
  };
}

function writeSaslHandshakeRequest(
  writer: WireWriter,
  message: SaslHandshakeRequestInput,
  _version: number,
): void {
  const mechanism = message.mechanism;
  writer.string(mechanism, false, 'mechanism');
}

function createSaslHandshakeRequest(): SaslHandshakeRequest {
  return {
    mechanism: '',
  };
}

/**
 * Response of SaslHandshake (API key 17), versions 0 to 1.
 * Chooses a SASL mechanism.
 */
export interface SaslHandshakeResponse {
  errorCode: number;
  mechanisms: string[];
}

export interface SaslHandshakeResponseInput {
  readonly errorCode: number;
  readonly mechanisms: readonly string[];
}

/**
 * Response of SaslHandshake (API key 17), versions 0 to 1.
 * Chooses a SASL mechanism.
 */
export const SaslHandshakeResponse: MessageCodec<SaslHandshakeResponse, SaslHandshakeResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'SaslHandshakeResponse',
  apiKey: 17,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 32768,
  latestVersionUnstable: false,
  read: readSaslHandshakeResponse,
  write: writeSaslHandshakeResponse,
  create: (partial) => ({ ...createSaslHandshakeResponse(), ...partial }),
});

function readSaslHandshakeResponse(reader: WireReader, _version: number): SaslHandshakeResponse {
  const errorCode = reader.int16();
  const mechanismsCount = reader.arrayLength(false, 2);
  const mechanisms = new Array<string>(mechanismsCount);
  for (let i = 0; i < mechanismsCount; i++) {
    mechanisms[i] = reader.string(false);
  }
  return {
    errorCode,
    mechanisms,
  };
}

function writeSaslHandshakeResponse(
  writer: WireWriter,
  message: SaslHandshakeResponseInput,
  _version: number,
): void {
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const mechanisms = message.mechanisms;
  const mechanismsCount = writer.arrayLength(mechanisms, false, 'mechanisms');
  for (let i = 0; i < mechanismsCount; i++) {
    writer.string(mechanisms[i]!, false, 'mechanisms');
  }
}

function createSaslHandshakeResponse(): SaslHandshakeResponse {
  return {
    errorCode: 0,
    mechanisms: [],
  };
}
