// Generated from definitions/apis/58-envelope.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Carries a request that a broker forwards to the controller for a client.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of Envelope (API key 58), version 0.
 * Carries a request that a broker forwards to the controller for a client.
 */
export interface EnvelopeRequest {
  requestData: Buffer;
  requestPrincipal: Buffer | null;
  clientHostAddress: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EnvelopeRequestInput {
  readonly requestData: Uint8Array;
  readonly requestPrincipal: Uint8Array | null;
  readonly clientHostAddress: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of Envelope (API key 58), version 0.
 * Carries a request that a broker forwards to the controller for a client.
 */
export const EnvelopeRequest: MessageCodec<EnvelopeRequest, EnvelopeRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'EnvelopeRequest',
  apiKey: 58,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readEnvelopeRequest,
  write: writeEnvelopeRequest,
  create: (partial) => ({ ...createEnvelopeRequest(), ...partial }),
});

function readEnvelopeRequest(reader: WireReader, _version: number): EnvelopeRequest {
  const requestData = reader.bytes(true);
  const requestPrincipal = reader.nullableBytes(true);
  const clientHostAddress = reader.bytes(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    requestData,
    requestPrincipal,
    clientHostAddress,
    unknownTaggedFields,
  };
}

function writeEnvelopeRequest(writer: WireWriter, message: EnvelopeRequestInput, _version: number): void {
  const requestData = message.requestData;
  writer.bytes(requestData, true, 'requestData');
  const requestPrincipal = message.requestPrincipal;
  writer.nullableBytes(requestPrincipal, true, 'requestPrincipal');
  const clientHostAddress = message.clientHostAddress;
  writer.bytes(clientHostAddress, true, 'clientHostAddress');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createEnvelopeRequest(): EnvelopeRequest {
  return {
    requestData: EMPTY_BYTES,
    requestPrincipal: EMPTY_BYTES,
    clientHostAddress: EMPTY_BYTES,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of Envelope (API key 58), version 0.
 * Carries a request that a broker forwards to the controller for a client.
 */
export interface EnvelopeResponse {
  responseData: Buffer | null;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EnvelopeResponseInput {
  readonly responseData?: Uint8Array | null | undefined;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of Envelope (API key 58), version 0.
 * Carries a request that a broker forwards to the controller for a client.
 */
export const EnvelopeResponse: MessageCodec<EnvelopeResponse, EnvelopeResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'EnvelopeResponse',
  apiKey: 58,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readEnvelopeResponse,
  write: writeEnvelopeResponse,
  create: (partial) => ({ ...createEnvelopeResponse(), ...partial }),
});

function readEnvelopeResponse(reader: WireReader, _version: number): EnvelopeResponse {
  const responseData = reader.nullableBytes(true);
  const errorCode = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    responseData,
    errorCode,
    unknownTaggedFields,
  };
}

function writeEnvelopeResponse(writer: WireWriter, message: EnvelopeResponseInput, _version: number): void {
  const responseData = message.responseData === undefined ? null : message.responseData;
  writer.nullableBytes(responseData, true, 'responseData');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createEnvelopeResponse(): EnvelopeResponse {
  return {
    responseData: null,
    errorCode: 0,
    unknownTaggedFields: undefined,
  };
}
