// Generated from definitions/apis/64-unregister-broker.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Removes the registration of a broker.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of UnregisterBroker (API key 64), version 0.
 * Removes the registration of a broker.
 */
export interface UnregisterBrokerRequest {
  brokerId: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UnregisterBrokerRequestInput {
  readonly brokerId: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of UnregisterBroker (API key 64), version 0.
 * Removes the registration of a broker.
 */
export const UnregisterBrokerRequest: MessageCodec<UnregisterBrokerRequest, UnregisterBrokerRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UnregisterBrokerRequest',
  apiKey: 64,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUnregisterBrokerRequest,
  write: writeUnregisterBrokerRequest,
  create: (partial) => ({ ...createUnregisterBrokerRequest(), ...partial }),
});

function readUnregisterBrokerRequest(reader: WireReader, _version: number): UnregisterBrokerRequest {
  const brokerId = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    unknownTaggedFields,
  };
}

function writeUnregisterBrokerRequest(
  writer: WireWriter,
  message: UnregisterBrokerRequestInput,
  _version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUnregisterBrokerRequest(): UnregisterBrokerRequest {
  return {
    brokerId: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of UnregisterBroker (API key 64), version 0.
 * Removes the registration of a broker.
 */
export interface UnregisterBrokerResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UnregisterBrokerResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of UnregisterBroker (API key 64), version 0.
 * Removes the registration of a broker.
 */
export const UnregisterBrokerResponse: MessageCodec<UnregisterBrokerResponse, UnregisterBrokerResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UnregisterBrokerResponse',
  apiKey: 64,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUnregisterBrokerResponse,
  write: writeUnregisterBrokerResponse,
  create: (partial) => ({ ...createUnregisterBrokerResponse(), ...partial }),
});

function readUnregisterBrokerResponse(reader: WireReader, _version: number): UnregisterBrokerResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeUnregisterBrokerResponse(
  writer: WireWriter,
  message: UnregisterBrokerResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUnregisterBrokerResponse(): UnregisterBrokerResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    unknownTaggedFields: undefined,
  };
}
