// Generated from definitions/apis/70-controller-registration.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Registers a controller with the active one.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of ControllerRegistration (API key 70), version 0.
 * Registers a controller with the active one.
 */
export interface ControllerRegistrationRequest {
  controllerId: number;
  incarnationId: string;
  zkMigrationReady: boolean;
  listeners: ControllerRegistrationRequestListener[];
  features: ControllerRegistrationRequestFeature[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ControllerRegistrationRequestInput {
  readonly controllerId: number;
  readonly incarnationId: string;
  readonly zkMigrationReady: boolean;
  readonly listeners: readonly ControllerRegistrationRequestListenerInput[];
  readonly features: readonly ControllerRegistrationRequestFeatureInput[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ControllerRegistrationRequestFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ControllerRegistrationRequestFeatureInput {
  readonly name: string;
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface ControllerRegistrationRequestListener {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ControllerRegistrationRequestListenerInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of ControllerRegistration (API key 70), version 0.
 * Registers a controller with the active one.
 */
export const ControllerRegistrationRequest: MessageCodec<ControllerRegistrationRequest, ControllerRegistrationRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ControllerRegistrationRequest',
  apiKey: 70,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readControllerRegistrationRequest,
  write: writeControllerRegistrationRequest,
  create: (partial) => ({ ...createControllerRegistrationRequest(), ...partial }),
});

function readControllerRegistrationRequestListener(
  reader: WireReader,
  _version: number,
): ControllerRegistrationRequestListener {
  const name = reader.string(true);
  const host = reader.string(true);
  const port = reader.uint16();
  const securityProtocol = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    host,
    port,
    securityProtocol,
    unknownTaggedFields,
  };
}

function writeControllerRegistrationRequestListener(
  writer: WireWriter,
  message: ControllerRegistrationRequestListenerInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'listeners.name');
  const host = message.host;
  writer.string(host, true, 'listeners.host');
  const port = message.port;
  writer.uint16(port, 'listeners.port');
  const securityProtocol = message.securityProtocol;
  writer.int16(securityProtocol, 'listeners.securityProtocol');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readControllerRegistrationRequestFeature(
  reader: WireReader,
  _version: number,
): ControllerRegistrationRequestFeature {
  const name = reader.string(true);
  const minSupportedVersion = reader.int16();
  const maxSupportedVersion = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    minSupportedVersion,
    maxSupportedVersion,
    unknownTaggedFields,
  };
}

function writeControllerRegistrationRequestFeature(
  writer: WireWriter,
  message: ControllerRegistrationRequestFeatureInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'features.name');
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion, 'features.minSupportedVersion');
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion, 'features.maxSupportedVersion');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readControllerRegistrationRequest(
  reader: WireReader,
  version: number,
): ControllerRegistrationRequest {
  const controllerId = reader.int32();
  const incarnationId = reader.uuid();
  const zkMigrationReady = reader.boolean();
  const listenersCount = reader.arrayLength(true, 7);
  const listeners = new Array<ControllerRegistrationRequestListener>(listenersCount);
  for (let i = 0; i < listenersCount; i++) {
    listeners[i] = readControllerRegistrationRequestListener(reader, version);
  }
  const featuresCount = reader.arrayLength(true, 6);
  const features = new Array<ControllerRegistrationRequestFeature>(featuresCount);
  for (let i = 0; i < featuresCount; i++) {
    features[i] = readControllerRegistrationRequestFeature(reader, version);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    controllerId,
    incarnationId,
    zkMigrationReady,
    listeners,
    features,
    unknownTaggedFields,
  };
}

function writeControllerRegistrationRequest(
  writer: WireWriter,
  message: ControllerRegistrationRequestInput,
  version: number,
): void {
  const controllerId = message.controllerId;
  writer.int32(controllerId, 'controllerId');
  const incarnationId = message.incarnationId;
  writer.uuid(incarnationId, 'incarnationId');
  const zkMigrationReady = message.zkMigrationReady;
  writer.boolean(zkMigrationReady, 'zkMigrationReady');
  const listeners = message.listeners;
  const listenersCount = writer.arrayLength(listeners, true, 'listeners');
  for (let i = 0; i < listenersCount; i++) {
    writeControllerRegistrationRequestListener(writer, listeners[i]!, version);
  }
  const features = message.features;
  const featuresCount = writer.arrayLength(features, true, 'features');
  for (let i = 0; i < featuresCount; i++) {
    writeControllerRegistrationRequestFeature(writer, features[i]!, version);
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createControllerRegistrationRequest(): ControllerRegistrationRequest {
  return {
    controllerId: 0,
    incarnationId: ZERO_UUID,
    zkMigrationReady: false,
    listeners: [],
    features: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of ControllerRegistration (API key 70), version 0.
 * Registers a controller with the active one.
 */
export interface ControllerRegistrationResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ControllerRegistrationResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of ControllerRegistration (API key 70), version 0.
 * Registers a controller with the active one.
 */
export const ControllerRegistrationResponse: MessageCodec<ControllerRegistrationResponse, ControllerRegistrationResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ControllerRegistrationResponse',
  apiKey: 70,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readControllerRegistrationResponse,
  write: writeControllerRegistrationResponse,
  create: (partial) => ({ ...createControllerRegistrationResponse(), ...partial }),
});

function readControllerRegistrationResponse(
  reader: WireReader,
  _version: number,
): ControllerRegistrationResponse {
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

function writeControllerRegistrationResponse(
  writer: WireWriter,
  message: ControllerRegistrationResponseInput,
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

function createControllerRegistrationResponse(): ControllerRegistrationResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    unknownTaggedFields: undefined,
  };
}
