// Generated from definitions/apis/82-update-raft-voter.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Tells the quorum the endpoints and versions of a voter.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of UpdateRaftVoter (API key 82), version 0.
 * Tells the quorum the endpoints and versions of a voter.
 */
export interface UpdateRaftVoterRequest {
  clusterId: string | null;
  currentLeaderEpoch: number;
  voterId: number;
  voterDirectoryId: string;
  listeners: UpdateRaftVoterRequestListener[];
  kRaftVersionFeature: UpdateRaftVoterRequestKRaftVersionFeature;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterRequestInput {
  readonly clusterId: string | null;
  readonly currentLeaderEpoch: number;
  readonly voterId: number;
  readonly voterDirectoryId: string;
  readonly listeners: readonly UpdateRaftVoterRequestListenerInput[];
  readonly kRaftVersionFeature: UpdateRaftVoterRequestKRaftVersionFeatureInput;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterRequestKRaftVersionFeature {
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterRequestKRaftVersionFeatureInput {
  readonly minSupportedVersion: number;
  readonly maxSupportedVersion: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterRequestListener {
  name: string;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterRequestListenerInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of UpdateRaftVoter (API key 82), version 0.
 * Tells the quorum the endpoints and versions of a voter.
 */
export const UpdateRaftVoterRequest: MessageCodec<UpdateRaftVoterRequest, UpdateRaftVoterRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UpdateRaftVoterRequest',
  apiKey: 82,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUpdateRaftVoterRequest,
  write: writeUpdateRaftVoterRequest,
  create: (partial) => ({ ...createUpdateRaftVoterRequest(), ...partial }),
});

function readUpdateRaftVoterRequestListener(
  reader: WireReader,
  _version: number,
): UpdateRaftVoterRequestListener {
  const name = reader.string(true);
  const host = reader.string(true);
  const port = reader.uint16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    name,
    host,
    port,
    unknownTaggedFields,
  };
}

function writeUpdateRaftVoterRequestListener(
  writer: WireWriter,
  message: UpdateRaftVoterRequestListenerInput,
  _version: number,
): void {
  const name = message.name;
  writer.string(name, true, 'listeners.name');
  const host = message.host;
  writer.string(host, true, 'listeners.host');
  const port = message.port;
  writer.uint16(port, 'listeners.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readUpdateRaftVoterRequestKRaftVersionFeature(
  reader: WireReader,
  _version: number,
): UpdateRaftVoterRequestKRaftVersionFeature {
  const minSupportedVersion = reader.int16();
  const maxSupportedVersion = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    minSupportedVersion,
    maxSupportedVersion,
    unknownTaggedFields,
  };
}

function writeUpdateRaftVoterRequestKRaftVersionFeature(
  writer: WireWriter,
  message: UpdateRaftVoterRequestKRaftVersionFeatureInput,
  _version: number,
): void {
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion, 'kRaftVersionFeature.minSupportedVersion');
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion, 'kRaftVersionFeature.maxSupportedVersion');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUpdateRaftVoterRequestKRaftVersionFeature(): UpdateRaftVoterRequestKRaftVersionFeature {
  return {
    minSupportedVersion: 0,
    maxSupportedVersion: 0,
    unknownTaggedFields: undefined,
  };
}

function readUpdateRaftVoterRequest(reader: WireReader, version: number): UpdateRaftVoterRequest {
  const clusterId = reader.nullableString(true);
  const currentLeaderEpoch = reader.int32();
  const voterId = reader.int32();
  const voterDirectoryId = reader.uuid();
  const listenersCount = reader.arrayLength(true, 5);
  const listeners = new Array<UpdateRaftVoterRequestListener>(listenersCount);
  for (let i = 0; i < listenersCount; i++) {
    listeners[i] = readUpdateRaftVoterRequestListener(reader, version);
  }
  const kRaftVersionFeature = readUpdateRaftVoterRequestKRaftVersionFeature(reader, version);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    clusterId,
    currentLeaderEpoch,
    voterId,
    voterDirectoryId,
    listeners,
    kRaftVersionFeature,
    unknownTaggedFields,
  };
}

function writeUpdateRaftVoterRequest(
  writer: WireWriter,
  message: UpdateRaftVoterRequestInput,
  version: number,
): void {
  const clusterId = message.clusterId;
  writer.nullableString(clusterId, true, 'clusterId');
  const currentLeaderEpoch = message.currentLeaderEpoch;
  writer.int32(currentLeaderEpoch, 'currentLeaderEpoch');
  const voterId = message.voterId;
  writer.int32(voterId, 'voterId');
  const voterDirectoryId = message.voterDirectoryId;
  writer.uuid(voterDirectoryId, 'voterDirectoryId');
  const listeners = message.listeners;
  const listenersCount = writer.arrayLength(listeners, true, 'listeners');
  for (let i = 0; i < listenersCount; i++) {
    writeUpdateRaftVoterRequestListener(writer, listeners[i]!, version);
  }
  const kRaftVersionFeature = message.kRaftVersionFeature;
  writeUpdateRaftVoterRequestKRaftVersionFeature(writer, kRaftVersionFeature, version);
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUpdateRaftVoterRequest(): UpdateRaftVoterRequest {
  return {
    clusterId: '',
    currentLeaderEpoch: 0,
    voterId: 0,
    voterDirectoryId: ZERO_UUID,
    listeners: [],
    kRaftVersionFeature: createUpdateRaftVoterRequestKRaftVersionFeature(),
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of UpdateRaftVoter (API key 82), version 0.
 * Tells the quorum the endpoints and versions of a voter.
 */
export interface UpdateRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  currentLeader: UpdateRaftVoterResponseCurrentLeader;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly currentLeader?: UpdateRaftVoterResponseCurrentLeaderInput | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterResponseCurrentLeader {
  leaderId: number;
  leaderEpoch: number;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface UpdateRaftVoterResponseCurrentLeaderInput {
  readonly leaderId?: number | undefined;
  readonly leaderEpoch?: number | undefined;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of UpdateRaftVoter (API key 82), version 0.
 * Tells the quorum the endpoints and versions of a voter.
 */
export const UpdateRaftVoterResponse: MessageCodec<UpdateRaftVoterResponse, UpdateRaftVoterResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'UpdateRaftVoterResponse',
  apiKey: 82,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readUpdateRaftVoterResponse,
  write: writeUpdateRaftVoterResponse,
  create: (partial) => ({ ...createUpdateRaftVoterResponse(), ...partial }),
});

function readUpdateRaftVoterResponseCurrentLeader(
  reader: WireReader,
  _version: number,
): UpdateRaftVoterResponseCurrentLeader {
  const leaderId = reader.int32();
  const leaderEpoch = reader.int32();
  const host = reader.string(true);
  const port = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    leaderId,
    leaderEpoch,
    host,
    port,
    unknownTaggedFields,
  };
}

function writeUpdateRaftVoterResponseCurrentLeader(
  writer: WireWriter,
  message: UpdateRaftVoterResponseCurrentLeaderInput,
  _version: number,
): void {
  const leaderId = message.leaderId === undefined ? -1 : message.leaderId;
  writer.int32(leaderId, 'currentLeader.leaderId');
  const leaderEpoch = message.leaderEpoch === undefined ? -1 : message.leaderEpoch;
  writer.int32(leaderEpoch, 'currentLeader.leaderEpoch');
  const host = message.host;
  writer.string(host, true, 'currentLeader.host');
  const port = message.port;
  writer.int32(port, 'currentLeader.port');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createUpdateRaftVoterResponseCurrentLeader(): UpdateRaftVoterResponseCurrentLeader {
  return {
    leaderId: -1,
    leaderEpoch: -1,
    host: '',
    port: 0,
    unknownTaggedFields: undefined,
  };
}

function hasValueUpdateRaftVoterResponseCurrentLeader(message: UpdateRaftVoterResponseCurrentLeaderInput): boolean {
  return (
    (message.leaderId !== undefined && message.leaderId !== -1) ||
    (message.leaderEpoch !== undefined && message.leaderEpoch !== -1) ||
    message.host !== '' ||
    message.port !== 0 ||
    (message.unknownTaggedFields !== undefined && message.unknownTaggedFields.length > 0)
  );
}

function readUpdateRaftVoterResponse(reader: WireReader, version: number): UpdateRaftVoterResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  let currentLeader: UpdateRaftVoterResponseCurrentLeader = createUpdateRaftVoterResponseCurrentLeader();
  let unknownTaggedFields: UnknownTaggedField[] | undefined;
  for (let count = reader.tagCount(), previous = -1; count > 0; count--) {
    const tag = reader.nextTag(previous);
    const size = reader.tagSize();
    const end = reader.position + size;
    switch (tag) {
      case 0: {
        currentLeader = readUpdateRaftVoterResponseCurrentLeader(reader, version);
        break;
      }
      default:
        (unknownTaggedFields ??= []).push({ tag, value: reader.slice(size) });
    }
    reader.endTag(tag, end);
    previous = tag;
  }
  return {
    throttleTimeMs,
    errorCode,
    currentLeader,
    unknownTaggedFields,
  };
}

function writeUpdateRaftVoterResponse(
  writer: WireWriter,
  message: UpdateRaftVoterResponseInput,
  version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const currentLeader =
    message.currentLeader === undefined ? createUpdateRaftVoterResponseCurrentLeader() : message.currentLeader;
  const unknown = message.unknownTaggedFields;
  const has0 = hasValueUpdateRaftVoterResponseCurrentLeader(currentLeader);
  let tagCount = unknown === undefined ? 0 : unknown.length;
  if (has0) tagCount++;
  writer.unsignedVarint(tagCount);
  let next = 0;
  if (has0) {
    next = writer.unknownTagsBelow(unknown, next, 0);
    const mark = writer.beginTag(0);
    writeUpdateRaftVoterResponseCurrentLeader(writer, currentLeader, version);
    writer.endTag(mark);
  }
  writer.unknownTagsBelow(unknown, next, Number.POSITIVE_INFINITY);
}

function createUpdateRaftVoterResponse(): UpdateRaftVoterResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    currentLeader: createUpdateRaftVoterResponseCurrentLeader(),
    unknownTaggedFields: undefined,
  };
}
