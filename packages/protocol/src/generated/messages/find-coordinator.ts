// Generated from definitions/apis/10-find-coordinator.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Finds the broker that coordinates a group, a transactional id or a share group partition.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of FindCoordinator (API key 10), versions 0 to 6.
 * Finds the broker that coordinates a group, a transactional id or a share group partition.
 */
export interface FindCoordinatorRequest {
  key: string;
  keyType: number;
  coordinatorKeys: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FindCoordinatorRequestInput {
  readonly key?: string | undefined;
  readonly keyType?: number | undefined;
  readonly coordinatorKeys?: readonly string[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of FindCoordinator (API key 10), versions 0 to 6.
 * Finds the broker that coordinates a group, a transactional id or a share group partition.
 */
export const FindCoordinatorRequest: MessageCodec<FindCoordinatorRequest, FindCoordinatorRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'FindCoordinatorRequest',
  apiKey: 10,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readFindCoordinatorRequest,
  write: writeFindCoordinatorRequest,
  create: (partial) => ({ ...createFindCoordinatorRequest(), ...partial }),
});

function readFindCoordinatorRequest(reader: WireReader, version: number): FindCoordinatorRequest {
  const flexible = version >= 3;
  const key = version <= 3 ? reader.string(flexible) : '';
  const keyType = version >= 1 ? reader.int8() : 0;
  let coordinatorKeys: string[] = [];
  if (version >= 4) {
    const coordinatorKeysCount = reader.arrayLength(flexible, 1);
    coordinatorKeys = new Array<string>(coordinatorKeysCount);
    for (let i = 0; i < coordinatorKeysCount; i++) {
      coordinatorKeys[i] = reader.string(flexible);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    key,
    keyType,
    coordinatorKeys,
    unknownTaggedFields,
  };
}

function writeFindCoordinatorRequest(
  writer: WireWriter,
  message: FindCoordinatorRequestInput,
  version: number,
): void {
  const flexible = version >= 3;
  const key = message.key === undefined ? '' : message.key;
  if (version <= 3) {
    writer.string(key, flexible, 'key');
  } else if (key !== '') {
    throw writer.notInVersion('key');
  }
  const keyType = message.keyType === undefined ? 0 : message.keyType;
  if (version >= 1) {
    writer.int8(keyType, 'keyType');
  } else if (keyType !== 0) {
    throw writer.notInVersion('keyType');
  }
  const coordinatorKeys = message.coordinatorKeys === undefined ? [] : message.coordinatorKeys;
  if (version >= 4) {
    const coordinatorKeysCount = writer.arrayLength(coordinatorKeys, flexible, 'coordinatorKeys');
    for (let i = 0; i < coordinatorKeysCount; i++) {
      writer.string(coordinatorKeys[i]!, flexible, 'coordinatorKeys');
    }
  } else if (coordinatorKeys.length > 0) {
    throw writer.notInVersion('coordinatorKeys');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createFindCoordinatorRequest(): FindCoordinatorRequest {
  return {
    key: '',
    keyType: 0,
    coordinatorKeys: [],
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of FindCoordinator (API key 10), versions 0 to 6.
 * Finds the broker that coordinates a group, a transactional id or a share group partition.
 */
export interface FindCoordinatorResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  nodeId: number;
  host: string;
  port: number;
  coordinators: FindCoordinatorResponseCoordinator[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FindCoordinatorResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode?: number | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly nodeId?: number | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly coordinators?: readonly FindCoordinatorResponseCoordinatorInput[] | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

export interface FindCoordinatorResponseCoordinator {
  key: string;
  nodeId: number;
  host: string;
  port: number;
  errorCode: number;
  errorMessage: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface FindCoordinatorResponseCoordinatorInput {
  readonly key: string;
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly errorCode: number;
  readonly errorMessage?: string | null | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of FindCoordinator (API key 10), versions 0 to 6.
 * Finds the broker that coordinates a group, a transactional id or a share group partition.
 */
export const FindCoordinatorResponse: MessageCodec<FindCoordinatorResponse, FindCoordinatorResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'FindCoordinatorResponse',
  apiKey: 10,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readFindCoordinatorResponse,
  write: writeFindCoordinatorResponse,
  create: (partial) => ({ ...createFindCoordinatorResponse(), ...partial }),
});

function readFindCoordinatorResponseCoordinator(
  reader: WireReader,
  _version: number,
): FindCoordinatorResponseCoordinator {
  const key = reader.string(true);
  const nodeId = reader.int32();
  const host = reader.string(true);
  const port = reader.int32();
  const errorCode = reader.int16();
  const errorMessage = reader.nullableString(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    key,
    nodeId,
    host,
    port,
    errorCode,
    errorMessage,
    unknownTaggedFields,
  };
}

function writeFindCoordinatorResponseCoordinator(
  writer: WireWriter,
  message: FindCoordinatorResponseCoordinatorInput,
  _version: number,
): void {
  const key = message.key;
  writer.string(key, true, 'coordinators.key');
  const nodeId = message.nodeId;
  writer.int32(nodeId, 'coordinators.nodeId');
  const host = message.host;
  writer.string(host, true, 'coordinators.host');
  const port = message.port;
  writer.int32(port, 'coordinators.port');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'coordinators.errorCode');
  const errorMessage = message.errorMessage === undefined ? '' : message.errorMessage;
  writer.nullableString(errorMessage, true, 'coordinators.errorMessage');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function readFindCoordinatorResponse(reader: WireReader, version: number): FindCoordinatorResponse {
  const flexible = version >= 3;
  const throttleTimeMs = version >= 1 ? reader.int32() : 0;
  const errorCode = version <= 3 ? reader.int16() : 0;
  const errorMessage = version >= 1 && version <= 3 ? reader.nullableString(flexible) : '';
  const nodeId = version <= 3 ? reader.int32() : 0;
  const host = version <= 3 ? reader.string(flexible) : '';
  const port = version <= 3 ? reader.int32() : 0;
  let coordinators: FindCoordinatorResponseCoordinator[] = [];
  if (version >= 4) {
    const coordinatorsCount = reader.arrayLength(flexible, 14);
    coordinators = new Array<FindCoordinatorResponseCoordinator>(coordinatorsCount);
    for (let i = 0; i < coordinatorsCount; i++) {
      coordinators[i] = readFindCoordinatorResponseCoordinator(reader, version);
    }
  }
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    nodeId,
    host,
    port,
    coordinators,
    unknownTaggedFields,
  };
}

function writeFindCoordinatorResponse(
  writer: WireWriter,
  message: FindCoordinatorResponseInput,
  version: number,
): void {
  const flexible = version >= 3;
  if (version >= 1) {
    const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
    writer.int32(throttleTimeMs, 'throttleTimeMs');
  }
  const errorCode = message.errorCode === undefined ? 0 : message.errorCode;
  if (version <= 3) {
    writer.int16(errorCode, 'errorCode');
  } else if (errorCode !== 0) {
    throw writer.notInVersion('errorCode');
  }
  if (version >= 1 && version <= 3) {
    const errorMessage = message.errorMessage === undefined ? '' : message.errorMessage;
    writer.nullableString(errorMessage, flexible, 'errorMessage');
  }
  const nodeId = message.nodeId === undefined ? 0 : message.nodeId;
  if (version <= 3) {
    writer.int32(nodeId, 'nodeId');
  } else if (nodeId !== 0) {
    throw writer.notInVersion('nodeId');
  }
  const host = message.host === undefined ? '' : message.host;
  if (version <= 3) {
    writer.string(host, flexible, 'host');
  } else if (host !== '') {
    throw writer.notInVersion('host');
  }
  const port = message.port === undefined ? 0 : message.port;
  if (version <= 3) {
    writer.int32(port, 'port');
  } else if (port !== 0) {
    throw writer.notInVersion('port');
  }
  const coordinators = message.coordinators === undefined ? [] : message.coordinators;
  if (version >= 4) {
    const coordinatorsCount = writer.arrayLength(coordinators, flexible, 'coordinators');
    for (let i = 0; i < coordinatorsCount; i++) {
      writeFindCoordinatorResponseCoordinator(writer, coordinators[i]!, version);
    }
  } else if (coordinators.length > 0) {
    throw writer.notInVersion('coordinators');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createFindCoordinatorResponse(): FindCoordinatorResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: '',
    nodeId: 0,
    host: '',
    port: 0,
    coordinators: [],
    unknownTaggedFields: undefined,
  };
}
