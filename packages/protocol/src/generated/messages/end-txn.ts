// Generated from definitions/apis/26-end-txn.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Commits or aborts a transaction.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of EndTxn (API key 26), versions 0 to 5.
 * Commits or aborts a transaction.
 */
export interface EndTxnRequest {
  transactionalId: string;
  producerId: number;
  producerEpoch: number;
  committed: boolean;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndTxnRequestInput {
  readonly transactionalId: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly committed: boolean;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of EndTxn (API key 26), versions 0 to 5.
 * Commits or aborts a transaction.
 */
export const EndTxnRequest: MessageCodec<EndTxnRequest, EndTxnRequestInput> = /* @__PURE__ */ defineMessage({
  name: 'EndTxnRequest',
  apiKey: 26,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readEndTxnRequest,
  write: writeEndTxnRequest,
  create: (partial) => ({ ...createEndTxnRequest(), ...partial }),
});

function readEndTxnRequest(reader: WireReader, version: number): EndTxnRequest {
  const flexible = version >= 3;
  const transactionalId = reader.string(flexible);
  const producerId = reader.int64();
  const producerEpoch = reader.int16();
  const committed = reader.boolean();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    transactionalId,
    producerId,
    producerEpoch,
    committed,
    unknownTaggedFields,
  };
}

function writeEndTxnRequest(writer: WireWriter, message: EndTxnRequestInput, version: number): void {
  const flexible = version >= 3;
  const transactionalId = message.transactionalId;
  writer.string(transactionalId, flexible, 'transactionalId');
  const producerId = message.producerId;
  writer.int64(producerId, 'producerId');
  const producerEpoch = message.producerEpoch;
  writer.int16(producerEpoch, 'producerEpoch');
  const committed = message.committed;
  writer.boolean(committed, 'committed');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createEndTxnRequest(): EndTxnRequest {
  return {
    transactionalId: '',
    producerId: 0,
    producerEpoch: 0,
    committed: false,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of EndTxn (API key 26), versions 0 to 5.
 * Commits or aborts a transaction.
 */
export interface EndTxnResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerId: number;
  producerEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface EndTxnResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly producerId?: number | undefined;
  readonly producerEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of EndTxn (API key 26), versions 0 to 5.
 * Commits or aborts a transaction.
 */
export const EndTxnResponse: MessageCodec<EndTxnResponse, EndTxnResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'EndTxnResponse',
  apiKey: 26,
  minVersion: 0,
  maxVersion: 5,
  flexibleFrom: 3,
  latestVersionUnstable: false,
  read: readEndTxnResponse,
  write: writeEndTxnResponse,
  create: (partial) => ({ ...createEndTxnResponse(), ...partial }),
});

function readEndTxnResponse(reader: WireReader, version: number): EndTxnResponse {
  const flexible = version >= 3;
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const producerId = version >= 5 ? reader.int64() : -1;
  const producerEpoch = version >= 5 ? reader.int16() : -1;
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    throttleTimeMs,
    errorCode,
    producerId,
    producerEpoch,
    unknownTaggedFields,
  };
}

function writeEndTxnResponse(writer: WireWriter, message: EndTxnResponseInput, version: number): void {
  const flexible = version >= 3;
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  if (version >= 5) {
    const producerId = message.producerId === undefined ? -1 : message.producerId;
    writer.int64(producerId, 'producerId');
  }
  if (version >= 5) {
    const producerEpoch = message.producerEpoch === undefined ? -1 : message.producerEpoch;
    writer.int16(producerEpoch, 'producerEpoch');
  }
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createEndTxnResponse(): EndTxnResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    producerId: -1,
    producerEpoch: -1,
    unknownTaggedFields: undefined,
  };
}
