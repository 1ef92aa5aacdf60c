// Generated from definitions/apis/67-allocate-producer-ids.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Gives a broker a block of producer ids.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of AllocateProducerIds (API key 67), version 0.
 * Gives a broker a block of producer ids.
 */
export interface AllocateProducerIdsRequest {
  brokerId: number;
  brokerEpoch: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AllocateProducerIdsRequestInput {
  readonly brokerId: number;
  readonly brokerEpoch?: number | undefined;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of AllocateProducerIds (API key 67), version 0.
 * Gives a broker a block of producer ids.
 */
export const AllocateProducerIdsRequest: MessageCodec<AllocateProducerIdsRequest, AllocateProducerIdsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AllocateProducerIdsRequest',
  apiKey: 67,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAllocateProducerIdsRequest,
  write: writeAllocateProducerIdsRequest,
  create: (partial) => ({ ...createAllocateProducerIdsRequest(), ...partial }),
});

function readAllocateProducerIdsRequest(reader: WireReader, _version: number): AllocateProducerIdsRequest {
  const brokerId = reader.int32();
  const brokerEpoch = reader.int64();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    brokerId,
    brokerEpoch,
    unknownTaggedFields,
  };
}

function writeAllocateProducerIdsRequest(
  writer: WireWriter,
  message: AllocateProducerIdsRequestInput,
  _version: number,
): void {
  const brokerId = message.brokerId;
  writer.int32(brokerId, 'brokerId');
  const brokerEpoch = message.brokerEpoch === undefined ? -1 : message.brokerEpoch;
  writer.int64(brokerEpoch, 'brokerEpoch');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAllocateProducerIdsRequest(): AllocateProducerIdsRequest {
  return {
    brokerId: 0,
    brokerEpoch: -1,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of AllocateProducerIds (API key 67), version 0.
 * Gives a broker a block of producer ids.
 */
export interface AllocateProducerIdsResponse {
  throttleTimeMs: number;
  errorCode: number;
  producerIdStart: number;
  producerIdLen: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface AllocateProducerIdsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly producerIdStart: number;
  readonly producerIdLen: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of AllocateProducerIds (API key 67), version 0.
 * Gives a broker a block of producer ids.
 */
export const AllocateProducerIdsResponse: MessageCodec<AllocateProducerIdsResponse, AllocateProducerIdsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'AllocateProducerIdsResponse',
  apiKey: 67,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readAllocateProducerIdsResponse,
  write: writeAllocateProducerIdsResponse,
  create: (partial) => ({ ...createAllocateProducerIdsResponse(), ...partial }),
});

function readAllocateProducerIdsResponse(reader: WireReader, _version: number): AllocateProducerIdsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const producerIdStart = reader.int64();
  const producerIdLen = reader.int32();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    producerIdStart,
    producerIdLen,
    unknownTaggedFields,
  };
}

function writeAllocateProducerIdsResponse(
  writer: WireWriter,
  message: AllocateProducerIdsResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const producerIdStart = message.producerIdStart;
  writer.int64(producerIdStart, 'producerIdStart');
  const producerIdLen = message.producerIdLen;
  writer.int32(producerIdLen, 'producerIdLen');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createAllocateProducerIdsResponse(): AllocateProducerIdsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    producerIdStart: 0,
    producerIdLen: 0,
    unknownTaggedFields: undefined,
  };
}
