// Generated from definitions/apis/80-add-raft-voter.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Adds a voter to the metadata quorum (KIP-853).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AddRaftVoter (API key 80), versions 0 to 1.
 * Adds a voter to the metadata quorum (KIP-853).
 */
export interface AddRaftVoterRequest {
  clusterId: string | null;
  timeoutMs: number;
  voterId: number;
  voterDirectoryId: string;
  listeners: AddRaftVoterRequestListener[];
  ackWhenCommitted: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddRaftVoterRequestInput {
  readonly clusterId: string | null;
  readonly timeoutMs: number;
  readonly voterId: number;
  readonly voterDirectoryId: string;
  readonly listeners: readonly AddRaftVoterRequestListenerInput[];
  readonly ackWhenCommitted?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface AddRaftVoterRequestListener {
  name: string;
  host: string;
  port: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddRaftVoterRequestListenerInput {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AddRaftVoter (API key 80), versions 0 to 1.
 * Adds a voter to the metadata quorum (KIP-853).
 */
export const AddRaftVoterRequest: MessageCodec<AddRaftVoterRequest, AddRaftVoterRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AddRaftVoterRequest',
  apiKey: 80,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAddRaftVoterRequest,
  write: writeAddRaftVoterRequest,
  create: (partial) => ({ ...createAddRaftVoterRequest(), ...partial }),
});

function readAddRaftVoterRequestListener(reader: WireReader, _version: number): AddRaftVoterRequestListener {
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

function writeAddRaftVoterRequestListener(
  writer: WireWriter,
  message: AddRaftVoterRequestListenerInput,
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

function readAddRaftVoterRequest(reader: WireReader, version: number): AddRaftVoterRequest {
  const clusterId = reader.nullableString(true);
  const timeoutMs = reader.int32();
  const voterId = reader.int32();
  const voterDirectoryId = reader.uuid();
  const listenersCount = reader.arrayLength(true, 5);
  const listeners = new Array<AddRaftVoterRequestListener>(listenersCount);
  for (let i = 0; i < listenersCount; i++) {
    listeners[i] = readAddRaftVoterRequestListener(reader, version);
  }
  const ackWhenCommitted = version >= 1 ? reader.boolean() : true;
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    clusterId,
    timeoutMs,
    voterId,
    voterDirectoryId,
    listeners,
    ackWhenCommitted,
    unknownTaggedFields,
  };
}

function writeAddRaftVoterRequest(
  writer: WireWriter,
  message: AddRaftVoterRequestInput,
  version: number,
): void {
  const clusterId = message.clusterId;
  writer.nullableString(clusterId, true, 'clusterId');
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs, 'timeoutMs');
  const voterId = message.voterId;
  writer.int32(voterId, 'voterId');
  const voterDirectoryId = message.voterDirectoryId;
  writer.uuid(voterDirectoryId, 'voterDirectoryId');
  const listeners = message.listeners;
  const listenersCount = writer.arrayLength(listeners, true, 'listeners');
  for (let i = 0; i < listenersCount; i++) {
    writeAddRaftVoterRequestListener(writer, listeners[i]!, version);
  }
  const ackWhenCommitted = message.ackWhenCommitted === undefined ? true : message.ackWhenCommitted;
  if (version >= 1) {
    writer.boolean(ackWhenCommitted, 'ackWhenCommitted');
  } else if (!ackWhenCommitted) {
    throw writer.notInVersion('ackWhenCommitted');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAddRaftVoterRequest(): AddRaftVoterRequest {
  return {
    clusterId: '',
    timeoutMs: 0,
    voterId: 0,
    voterDirectoryId: ZERO_UUID,
    listeners: [],
    ackWhenCommitted: true,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AddRaftVoter (API key 80), versions 0 to 1.
 * Adds a voter to the metadata quorum (KIP-853).
 */
export interface AddRaftVoterResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddRaftVoterResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AddRaftVoter (API key 80), versions 0 to 1.
 * Adds a voter to the metadata quorum (KIP-853).
 */
export const AddRaftVoterResponse: MessageCodec<AddRaftVoterResponse, AddRaftVoterResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AddRaftVoterResponse',
  apiKey: 80,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAddRaftVoterResponse,
  write: writeAddRaftVoterResponse,
  create: (partial) => ({ ...createAddRaftVoterResponse(), ...partial }),
});

function readAddRaftVoterResponse(reader: WireReader, _version: number): AddRaftVoterResponse {
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

function writeAddRaftVoterResponse(
  writer: WireWriter,
  message: AddRaftVoterResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const errorMessage = message.errorMessage === undefined ? '' : message.errorMessage;
  writer.nullableString(errorMessage, true, 'errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAddRaftVoterResponse(): AddRaftVoterResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    unknownTaggedFields: undefined,
  };
}
