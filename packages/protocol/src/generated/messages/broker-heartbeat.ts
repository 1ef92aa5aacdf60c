// Generated from definitions/apis/63-broker-heartbeat.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Keeps the registration of a broker alive, and moves it between fenced, active and shutting down.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of BrokerHeartbeat (API key 63), versions 0 to 2.
 * Keeps the registration of a broker alive, and moves it between fenced, active and shutting down.
 */
export interface BrokerHeartbeatRequest {
  brokerId: number;
  brokerEpoch: number;
  currentMetadataOffset: number;
  wantFence: boolean;
  wantShutDown: boolean;
  offlineLogDirs: string[];
  cordonedLogDirs: string[] | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BrokerHeartbeatRequestInput {
  readonly brokerId: number;
  readonly brokerEpoch?: number | undefined;
  readonly currentMetadataOffset: number;
  readonly wantFence: boolean;
  readonly wantShutDown: boolean;
  readonly offlineLogDirs?: readonly string[] | undefined;
  readonly cordonedLogDirs?: readonly string[] | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of BrokerHeartbeat (API key 63), versions 0 to 2.
 * Keeps the registration of a broker alive, and moves it between fenced, active and shutting down.
 */
export const BrokerHeartbeatRequest: MessageCodec<BrokerHeartbeatRequest, BrokerHeartbeatRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BrokerHeartbeatRequest',
  apiKey: 63,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readBrokerHeartbeatRequest,
  write: writeBrokerHeartbeatRequest,
  create: (partial) => ({ ...createBrokerHeartbeatRequest(), ...partial }),
});

function readBrokerHeartbeatRequest(reader: WireReader, version: number): BrokerHeartbeatRequest {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  const currentMetadataOffset = reader.int64();
  const wantFence = reader.boolean();
  const wantShutDown = reader.boolean();
  let offlineLogDirs: string[] = [];
  let cordonedLogDirs: string[] | null = null;
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        if (version >= 1) {
          const offlineLogDirsCount = reader.arrayLength(true, 16);
          offlineLogDirs = new Array<string>(offlineLogDirsCount);
          for (let i = 0; i < offlineLogDirsCount; i++) {
            offlineLogDirs[i] = reader.uuid();
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      case 1: {
        if (version >= 2) {
          const cordonedLogDirsCount = reader.nullableArrayLength(true, 16);
          if (cordonedLogDirsCount < 0) cordonedLogDirs = null;
          if (cordonedLogDirsCount >= 0) {
            cordonedLogDirs = new Array<string>(cordonedLogDirsCount);
            for (let i = 0; i < cordonedLogDirsCount; i++) {
              cordonedLogDirs[i] = reader.uuid();
            }
          }
        } else {
          (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
        }
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    brokerId,
    brokerEpoch,
    currentMetadataOffset,
    wantFence,
    wantShutDown,
    offlineLogDirs,
    cordonedLogDirs,
    unknownTaggedFields,
  };
}

function writeBrokerHeartbeatRequest(
  writer: WireWriter,
  message: BrokerHeartbeatRequestInput,
  version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const brokerEpoch = message.brokerEpoch === undefined ? -1 : message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  const currentMetadataOffset = message.currentMetadataOffset;
  writer.int64(currentMetadataOffset, 'currentMetadataOffset');
  const wantFence = message.wantFence;
  writer.boolean(wantFence, 'wantFence');
  const wantShutDown = message.wantShutDown;
  writer.boolean(wantShutDown, 'wantShutDown');
  const offlineLogDirs = message.offlineLogDirs === undefined ? [] : message.offlineLogDirs;
  if (!(version >= 1) && offlineLogDirs.length > 0) {
    throw writer.notInVersion('offlineLogDirs');
  }
  const cordonedLogDirs = message.cordonedLogDirs === undefined ? null : message.cordonedLogDirs;
  if (!(version >= 2) && cordonedLogDirs !== null) {
    throw writer.notInVersion('cordonedLogDirs');
  }
  const unknown = message.unknownTaggedFields;
  const has0 = version >= 1 && offlineLogDirs.length > 0;
  const has1 = version >= 2 && cordonedLogDirs !== null;
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  if (has1) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    const offlineLogDirsCount = writer.arrayLength(offlineLogDirs, true, 'offlineLogDirs');
    for (let i = 0; i < offlineLogDirsCount; i++) {
      writer.uuid(offlineLogDirs[i]!, 'offlineLogDirs');
    }
    writer.endTag(mark);
  }
  if (has1) {
    next = writer.unknownTagsBelow(unknown, next, 1);
    const mark = writer.beginTag(1);
    if (cordonedLogDirs === null) {
      writer.nullArray(true);
    } else {
      const cordonedLogDirsCount = writer.arrayLength(cordonedLogDirs, true, 'cordonedLogDirs');
      for (let i = 0; i < cordonedLogDirsCount; i++) {
        writer.uuid(cordonedLogDirs[i]!, 'cordonedLogDirs');
      }
    }
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createBrokerHeartbeatRequest(): BrokerHeartbeatRequest {
  return {
    brokerId: 0,
    brokerEpoch: -1,
    currentMetadataOffset: 0,
    wantFence: false,
    wantShutDown: false,
    offlineLogDirs: [],
    cordonedLogDirs: null,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of BrokerHeartbeat (API key 63), versions 0 to 2.
 * Keeps the registration of a broker alive, and moves it between fenced, active and shutting down.
 */
export interface BrokerHeartbeatResponse {
  throttleTimeMs: number;
  errorCode: number;
  isCaughtUp: boolean;
  isFenced: boolean;
  shouldShutDown: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface BrokerHeartbeatResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly isCaughtUp?: boolean | undefined;
  readonly isFenced?: boolean | undefined;
  readonly shouldShutDown: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of BrokerHeartbeat (API key 63), versions 0 to 2.
 * Keeps the registration of a broker alive, and moves it between fenced, active and shutting down.
 */
export const BrokerHeartbeatResponse: MessageCodec<BrokerHeartbeatResponse, BrokerHeartbeatResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'BrokerHeartbeatResponse',
  apiKey: 63,
  minVersion: 0,
  maxVersion: 2,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readBrokerHeartbeatResponse,
  write: writeBrokerHeartbeatResponse,
  create: (partial) => ({ ...createBrokerHeartbeatResponse(), ...partial }),
});

function readBrokerHeartbeatResponse(reader: WireReader, _version: number): BrokerHeartbeatResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const isCaughtUp = reader.boolean();
  const isFenced = reader.boolean();
  const shouldShutDown = reader.boolean();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    isCaughtUp,
    isFenced,
    shouldShutDown,
    unknownTaggedFields,
  };
}

function writeBrokerHeartbeatResponse(
  writer: WireWriter,
  message: BrokerHeartbeatResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const isCaughtUp = message.isCaughtUp === undefined ? false : message.isCaughtUp;
  writer.boolean(isCaughtUp, 'isCaughtUp');
  const isFenced = message.isFenced === undefined ? true : message.isFenced;
  writer.boolean(isFenced, 'isFenced');
  const shouldShutDown = message.shouldShutDown;
  writer.boolean(shouldShutDown, 'shouldShutDown');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createBrokerHeartbeatResponse(): BrokerHeartbeatResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    isCaughtUp: false,
    isFenced: true,
    shouldShutDown: false,
    unknownTaggedFields: undefined,
  };
}
