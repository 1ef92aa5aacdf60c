// Generated from definitions/apis/62-broker-registration.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Registers a broker with the controller.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of BrokerRegistration (API key 62), versions 0 to 4.
 * Registers a broker with the controller.
 */
export interface BrokerRegistrationRequest {
  brokerId: number;
  clusterId: string;
  incarnationId: string;
  listeners: BrokerRegistrationRequestListener[];
  features: BrokerRegistrationRequestFeature[];
  rack: string | null;
  isMigratingZkBroker: boolean;
  logDirs: string[];
  previousBrokerEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BrokerRegistrationRequestInput {
  readonly brokerId: number;
  readonly clusterId: string;
  readonly incarnationId: string;
  readonly listeners: readonly BrokerRegistrationRequestListenerInput[];
  readonly features: readonly BrokerRegistrationRequestFeatureInput[];
  readonly rack: string | null;
  readonly isMigratingZkBroker?: boolean | undefined;
  readonly logDirs?: readonly string[] | undefined;
  readonly previousBrokerEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BrokerRegistrationRequestFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BrokerRegistrationRequestFeatureInput {
  readonly name: string;
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface BrokerRegistrationRequestListener {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BrokerRegistrationRequestListenerInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of BrokerRegistration (API key 62), versions 0 to 4.
 * Registers a broker with the controller.
 */
export const BrokerRegistrationRequest: MessageCodec<BrokerRegistrationRequest, BrokerRegistrationRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BrokerRegistrationRequest',
  apiKey: 62,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readBrokerRegistrationRequest,
  write: writeBrokerRegistrationRequest,
  create: (partial) => ({ ...createBrokerRegistrationRequest(), ...partial }),
});

function readBrokerRegistrationRequestListener(
  reader: WireReader,
  _version: number,
): BrokerRegistrationRequestListener {
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

function writeBrokerRegistrationRequestListener(
  writer: WireWriter,
  message: BrokerRegistrationRequestListenerInput,
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

function readBrokerRegistrationRequestFeature(
  reader: WireReader,
  _version: number,
): BrokerRegistrationRequestFeature {
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

function writeBrokerRegistrationRequestFeature(
  writer: WireWriter,
  message: BrokerRegistrationRequestFeatureInput,
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

function readBrokerRegistrationRequest(reader: WireReader, version: number): BrokerRegistrationRequest {
  const brokerId = reader.int32();
  const clusterId = reader.string(true);
  const incarnationId = reader.uuid();
  const listenersCount = reader.arrayLength(true, 7);
  const listeners = new Array<BrokerRegistrationRequestListener>(listenersCount);
  for (let i = 0; i < listenersCount; i++) {
    listeners[i] = readBrokerRegistrationRequestListener(reader, version);
  }
  const featuresCount = reader.arrayLength(true, 6);
  const features = new Array<BrokerRegistrationRequestFeature>(featuresCount);
  for (let i = 0; i < featuresCount; i++) {
    features[i] = readBrokerRegistrationRequestFeature(reader, version);
  }
  const rack = reader.nullableString(true);
  const isMigratingZkBroker = version >= 1 ? reader.boolean() : false;
  let logDirs: string[] = [];
  if (version >= 2) {
    const logDirsCount = reader.arrayLength(true, 16);
    logDirs = new Array<string>(logDirsCount);
    for (let i = 0; i < logDirsCount; i++) {
      logDirs[i] = reader.uuid();
    }
  }
  const previousBrokerEpoch = version >= 3 ? reader.int64() : -1;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    clusterId,
    incarnationId,
    listeners,
    features,
    rack,
    isMigratingZkBroker,
    logDirs,
    previousBrokerEpoch,
    unknownTaggedFields,
  };
}

function writeBrokerRegistrationRequest(
  writer: WireWriter,
  message: BrokerRegistrationRequestInput,
  version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const clusterId = message.clusterId;
  writer.string(clusterId, true, 'clusterId');
  const incarnationId = message.incarnationId;
  writer.uuid(incarnationId, 'incarnationId');
  const listeners = message.listeners;
  const listenersCount = writer.arrayLength(listeners, true, 'listeners');
  for (let i = 0; i < listenersCount; i++) {
    writeBrokerRegistrationRequestListener(writer, listeners[i]!, version);
  }
  const features = message.features;
  const featuresCount = writer.arrayLength(features, true, 'features');
  for (let i = 0; i < featuresCount; i++) {
    writeBrokerRegistrationRequestFeature(writer, features[i]!, version);
  }
  const rack = message.rack;
  writer.nullableString(rack, true, 'rack');
  const isMigratingZkBroker = message.isMigratingZkBroker === undefined ? false : message.isMigratingZkBroker;
  if (version >= 1) {
    writer.boolean(isMigratingZkBroker, 'isMigratingZkBroker');
  } else if (isMigratingZkBroker) {
    throw writer.notInVersion('isMigratingZkBroker');
  }
  if (version >= 2) {
    const logDirs = message.logDirs === undefined ? [] : message.logDirs;
    const logDirsCount = writer.arrayLength(logDirs, true, 'logDirs');
    for (let i = 0; i < logDirsCount; i++) {
      writer.uuid(logDirs[i]!, 'logDirs');
    }
  }
  if (version >= 3) {
    const previousBrokerEpoch = message.previousBrokerEpoch === undefined ? -1 : message.previousBrokerEpoch;
    writer.int64(previousBrokerEpoch, 'previousBrokerEpoch');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createBrokerRegistrationRequest(): BrokerRegistrationRequest {
  return {
    brokerId: 0,
    clusterId: '',
    incarnationId: ZERO_UUID,
    listeners: [],
    features: [],
    rack: '',
    isMigratingZkBroker: false,
    logDirs: [],
    previousBrokerEpoch: -1,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of BrokerRegistration (API key 62), versions 0 to 4.
 * Registers a broker with the controller.
 */
export interface BrokerRegistrationResponse {
  throttleTimeMs: number;
  errorCode: number;
  brokerEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BrokerRegistrationResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly brokerEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of BrokerRegistration (API key 62), versions 0 to 4.
 * Registers a broker with the controller.
 */
export const BrokerRegistrationResponse: MessageCodec<BrokerRegistrationResponse, BrokerRegistrationResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BrokerRegistrationResponse',
  apiKey: 62,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readBrokerRegistrationResponse,
  write: writeBrokerRegistrationResponse,
  create: (partial) => ({ ...createBrokerRegistrationResponse(), ...partial }),
});

function readBrokerRegistrationResponse(reader: WireReader, _version: number): BrokerRegistrationResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const brokerEpoch = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    brokerEpoch,
    unknownTaggedFields,
  };
}

function writeBrokerRegistrationResponse(
  writer: WireWriter,
  message: BrokerRegistrationResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const brokerEpoch = message.brokerEpoch === undefined ? -1 : message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createBrokerRegistrationResponse(): BrokerRegistrationResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    brokerEpoch: -1,
    unknownTaggedFields: undefined,
  };
}
