// Generated from definitions/apis/25-add-offsets-to-txn.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Adds the offsets of a group to a transaction.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AddOffsetsToTxn (API key 25), versions 0 to 4.
 * Adds the offsets of a group to a transaction.
 */
export interface AddOffsetsToTxnRequest {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  groupId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddOffsetsToTxnRequestInput {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly groupId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AddOffsetsToTxn (API key 25), versions 0 to 4.
 * Adds the offsets of a group to a transaction.
 */
export const AddOffsetsToTxnRequest: MessageCodec<AddOffsetsToTxnRequest, AddOffsetsToTxnRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AddOffsetsToTxnRequest',
  apiKey: 25,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readAddOffsetsToTxnRequest,
  write: writeAddOffsetsToTxnRequest,
  create: (partial) => ({ ...createAddOffsetsToTxnRequest(), ...partial }),
});

function readAddOffsetsToTxnRequest(reader: WireReader, version: number): AddOffsetsToTxnRequest {
  const flexible = version >= 3;
  const transactionalId = reader.string(flexible);
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const groupId = reader.string(flexible);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    transactionalId,
    producerId,
    producerEpoch,
    groupId,
    unknownTaggedFields,
  };
}

function writeAddOffsetsToTxnRequest(
  writer: WireWriter,
  message: AddOffsetsToTxnRequestInput,
  version: number,
): void {
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, flexible, 'transactionalId');
  const producerId = message.producerId;
  writer.int64(producerId, 'producerId');
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'producerEpoch');
  const groupId = message.groupId;
  writer.string(groupId, flexible, 'groupId');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAddOffsetsToTxnRequest(): AddOffsetsToTxnRequest {
  return {
    transactionalId: '',
    producerId: 0,
    producerEpoch: 0,
    groupId: '',
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AddOffsetsToTxn (API key 25), versions 0 to 4.
 * Adds the offsets of a group to a transaction.
 */
export interface AddOffsetsToTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AddOffsetsToTxnResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AddOffsetsToTxn (API key 25), versions 0 to 4.
 * Adds the offsets of a group to a transaction.
 */
export const AddOffsetsToTxnResponse: MessageCodec<AddOffsetsToTxnResponse, AddOffsetsToTxnResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AddOffsetsToTxnResponse',
  apiKey: 25,
  minVersion: 0,
  maxVersion: 4,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readAddOffsetsToTxnResponse,
  write: writeAddOffsetsToTxnResponse,
  create: (partial) => ({ ...createAddOffsetsToTxnResponse(), ...partial }),
});

function readAddOffsetsToTxnResponse(reader: WireReader, version: number): AddOffsetsToTxnResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    unknownTaggedFields,
  };
}

function writeAddOffsetsToTxnResponse(
  writer: WireWriter,
  message: AddOffsetsToTxnResponseInput,
  version: number,
): void {
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createAddOffsetsToTxnResponse(): AddOffsetsToTxnResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    unknownTaggedFields: undefined,
  };
}
