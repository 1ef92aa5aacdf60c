// Generated from definitions/apis/22-init-producer-id.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Gives a producer its id and epoch.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of InitProducerId (API key 22), versions 0 to 6.
 * Gives a producer its id and epoch.
 */
export interface InitProducerIdRequest {
  transactionalId: string | null;
  transactionTimeoutMs: number;
  producerId: number;
  producerEpoch: number;
  enable2Pc: boolean;
  keepPreparedTxn: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitProducerIdRequestInput {
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  readonly producerId?: number | undefined;
  readonly producerEpoch?: number | undefined;
  readonly enable2Pc?: boolean | undefined;
  readonly keepPreparedTxn?: boolean | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of InitProducerId (API key 22), versions 0 to 6.
 * Gives a producer its id and epoch.
 */
export const InitProducerIdRequest: MessageCodec<InitProducerIdRequest, InitProducerIdRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'InitProducerIdRequest',
  apiKey: 22,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 2,
  latestVersionUnstable: true,
  read: readInitProducerIdRequest,
  write: writeInitProducerIdRequest,
  create: (partial) => ({ ...createInitProducerIdRequest(), ...partial }),
});

function readInitProducerIdRequest(reader: WireReader, version: number): InitProducerIdRequest {
  const flexible = version >= 2;
  const transactionalId = reader.nullableString(flexible);
  const transactionTimeoutMs = reader.int32();
  const producerId = version >= 3 ? reader.int64() : -1;
  const producerEpoch = version >= 3 ? reader.int16() : -1;
  const enable2Pc = version >= 6 ? reader.boolean() : false;
  const keepPreparedTxn = version >= 6 ? reader.boolean() : false;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    transactionalId,
    transactionTimeoutMs,
    producerId,
    producerEpoch,
    enable2Pc,
    keepPreparedTxn,
    unknownTaggedFields,
  };
}

function writeInitProducerIdRequest(
  writer: WireWriter,
  message: InitProducerIdRequestInput,
  version: number,
): void {
  const flexible = version >= 2;
  const transactionalId = message.transactionalId;
  writer.nullableString(transactionalId, flexible, 'transactionalId');
  const transactionTimeoutMs = message.transactionTimeoutMs;
  writer.int32(transactionTimeoutMs, 'transactionTimeoutMs');
  const producerId = message.producerId === undefined ? -1 : message.producerId;
  if (version >= 3) {
    writer.int64(producerId, 'producerId');
  } else if (producerId !== -1) {
    throw writer.notInVersion('producerId');
  }
  const producerEpoch = message.producerEpoch === undefined ? -1 : message.producerEpoch;
  if (version >= 3) {
    writer.int16(producerEpoch, 'producerEpoch');
  } else if (producerEpoch !== -1) {
    throw writer.notInVersion('producerEpoch');
  }
  const enable2Pc = message.enable2Pc === undefined ? false : message.enable2Pc;
  if (version >= 6) {
    writer.boolean(enable2Pc, 'enable2Pc');
  } else if (enable2Pc) {
    throw writer.notInVersion('enable2Pc');
  }
  const keepPreparedTxn = message.keepPreparedTxn === undefined ? false : message.keepPreparedTxn;
  if (version >= 6) {
    writer.boolean(keepPreparedTxn, 'keepPreparedTxn');
  } else if (keepPreparedTxn) {
    throw writer.notInVersion('keepPreparedTxn');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createInitProducerIdRequest(): InitProducerIdRequest {
  return {
    transactionalId: '',
    transactionTimeoutMs: 0,
    producerId: -1,
    producerEpoch: -1,
    enable2Pc: false,
    keepPreparedTxn: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of InitProducerId (API key 22), versions 0 to 6.
 * Gives a producer its id and epoch.
 */
export interface InitProducerIdResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerId: number;
  producerEpoch: number;
  ongoingTxnProducerId: number;
  ongoingTxnProducerEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface InitProducerIdResponseInput {
  readonly throttleTimeMs?: number | undefined;
  readonly errorCode: number;
  readonly producerId?: number | undefined;
  readonly producerEpoch: number;
  readonly ongoingTxnProducerId?: number | undefined;
  readonly ongoingTxnProducerEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of InitProducerId (API key 22), versions 0 to 6.
 * Gives a producer its id and epoch.
 */
export const InitProducerIdResponse: MessageCodec<InitProducerIdResponse, InitProducerIdResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'InitProducerIdResponse',
  apiKey: 22,
  minVersion: 0,
  maxVersion: 6,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readInitProducerIdResponse,
  write: writeInitProducerIdResponse,
  create: (partial) => ({ ...createInitProducerIdResponse(), ...partial }),
});

function readInitProducerIdResponse(reader: WireReader, version: number): InitProducerIdResponse {
  const flexible = version >= 2;
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const ongoingTxnProducerId = version >= 6 ? reader.int64() : -1;
  const ongoingTxnProducerEpoch = version >= 6 ? reader.int16() : -1;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    producerId,
    producerEpoch,
    ongoingTxnProducerId,
    ongoingTxnProducerEpoch,
    unknownTaggedFields,
  };
}

function writeInitProducerIdResponse(
  writer: WireWriter,
  message: InitProducerIdResponseInput,
  version: number,
): void {
  const flexible = version >= 2;
  const throttleTimeMs = message.throttleTimeMs === undefined ? 0 : message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const producerId = message.producerId === undefined ? -1 : message.producerId;
  writer.int64(producerId, 'producerId');
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'producerEpoch');
  const ongoingTxnProducerId = message.ongoingTxnProducerId === undefined ? -1 : message.ongoingTxnProducerId;
  if (version >= 6) {
    writer.int64(ongoingTxnProducerId, 'ongoingTxnProducerId');
  } else if (ongoingTxnProducerId !== -1) {
    throw writer.notInVersion('ongoingTxnProducerId');
  }
  const ongoingTxnProducerEpoch =
    message.ongoingTxnProducerEpoch === undefined ? -1 : message.ongoingTxnProducerEpoch;
  if (version >= 6) {
    writer.int16(ongoingTxnProducerEpoch, 'ongoingTxnProducerEpoch');
  } else if (ongoingTxnProducerEpoch !== -1) {
    throw writer.notInVersion('ongoingTxnProducerEpoch');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createInitProducerIdResponse(): InitProducerIdResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    producerId: -1,
    producerEpoch: 0,
    ongoingTxnProducerId: -1,
    ongoingTxnProducerEpoch: -1,
    unknownTaggedFields: undefined,
  };
}
