// Generated from definitions/apis/94-unregister-controller.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Removes the registration of a controller.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of UnregisterController (API key 94), version 0.
 * Removes the registration of a controller.
 */
export interface UnregisterControllerRequest {
  controllerId: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UnregisterControllerRequestInput {
  readonly controllerId: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of UnregisterController (API key 94), version 0.
 * Removes the registration of a controller.
 */
export const UnregisterControllerRequest: MessageCodec<UnregisterControllerRequest, UnregisterControllerRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UnregisterControllerRequest',
  apiKey: 94,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUnregisterControllerRequest,
  write: writeUnregisterControllerRequest,
  create: (partial) => ({ ...createUnregisterControllerRequest(), ...partial }),
});

function readUnregisterControllerRequest(reader: WireReader, _version: number): UnregisterControllerRequest {
  const controllerId = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    controllerId,
    unknownTaggedFields,
  };
}

function writeUnregisterControllerRequest(
  writer: WireWriter,
  message: UnregisterControllerRequestInput,
  _version: number,
): void {
  const controllerId = message.controllerId;
  writer.int32(controllerId, 'controllerId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUnregisterControllerRequest(): UnregisterControllerRequest {
  return {
    controllerId: 0,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of UnregisterController (API key 94), version 0.
 * Removes the registration of a controller.
 */
export interface UnregisterControllerResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UnregisterControllerResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of UnregisterController (API key 94), version 0.
 * Removes the registration of a controller.
 */
export const UnregisterControllerResponse: MessageCodec<UnregisterControllerResponse, UnregisterControllerResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UnregisterControllerResponse',
  apiKey: 94,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUnregisterControllerResponse,
  write: writeUnregisterControllerResponse,
  create: (partial) => ({ ...createUnregisterControllerResponse(), ...partial }),
});

function readUnregisterControllerResponse(
  reader: WireReader,
  _version: number,
): UnregisterControllerResponse {
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

function writeUnregisterControllerResponse(
  writer: WireWriter,
  message: UnregisterControllerResponseInput,
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

function createUnregisterControllerResponse(): UnregisterControllerResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    unknownTaggedFields: undefined,
  };
}
