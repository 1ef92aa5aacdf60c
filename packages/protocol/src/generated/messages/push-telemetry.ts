// Generated from definitions/apis/72-push-telemetry.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Pushes the metrics of a client.

import type { Buffer } from 'node:buffer';

import { EMPTY_BYTES } from '../../wire/empty-bytes.ts';
import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of PushTelemetry (API key 72), version 0.
 * Pushes the metrics of a client.
 */
export interface PushTelemetryRequest {
  clientInstanceId: string;
  subscriptionId: number;
  terminating: boolean;
  compressionType: number;
  metrics: Buffer;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface PushTelemetryRequestInput {
  readonly clientInstanceId: string;
  readonly subscriptionId: number;
  readonly terminating: boolean;
  readonly compressionType: number;
  readonly metrics: Uint8Array;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of PushTelemetry (API key 72), version 0.
 * Pushes the metrics of a client.
 */
export const PushTelemetryRequest: MessageCodec<PushTelemetryRequest, PushTelemetryRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'PushTelemetryRequest',
  apiKey: 72,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readPushTelemetryRequest,
  write: writePushTelemetryRequest,
  create: (partial) => ({ ...createPushTelemetryRequest(), ...partial }),
});

function readPushTelemetryRequest(reader: WireReader, _version: number): PushTelemetryRequest {
  const clientInstanceId = reader.uuid();
  const subscriptionId = reader.int32();
  const terminating = reader.boolean();
  const compressionType = reader.int8();
  const metrics = reader.bytes(true);
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    clientInstanceId,
    subscriptionId,
    terminating,
    compressionType,
    metrics,
    unknownTaggedFields,
  };
}

function writePushTelemetryRequest(
  writer: WireWriter,
  message: PushTelemetryRequestInput,
  _version: number,
): void {
  const clientInstanceId = message.clientInstanceId;
  writer.uuid(clientInstanceId, 'clientInstanceId');
  const subscriptionId = message.subscriptionId;
  writer.int32(subscriptionId, 'subscriptionId');
  const terminating = message.terminating;
  writer.boolean(terminating, 'terminating');
  const compressionType = message.compressionType;
  writer.int8(compressionType, 'compressionType');
  const metrics = message.metrics;
  writer.bytes(metrics, true, 'metrics');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createPushTelemetryRequest(): PushTelemetryRequest {
  return {
    clientInstanceId: ZERO_UUID,
    subscriptionId: 0,
    terminating: false,
    compressionType: 0,
    metrics: EMPTY_BYTES,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of PushTelemetry (API key 72), version 0.
 * Pushes the metrics of a client.
 */
export interface PushTelemetryResponse {
  throttleTimeMs: number;
  errorCode: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface PushTelemetryResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of PushTelemetry (API key 72), version 0.
 * Pushes the metrics of a client.
 */
export const PushTelemetryResponse: MessageCodec<PushTelemetryResponse, PushTelemetryResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'PushTelemetryResponse',
  apiKey: 72,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readPushTelemetryResponse,
  write: writePushTelemetryResponse,
  create: (partial) => ({ ...createPushTelemetryResponse(), ...partial }),
});

function readPushTelemetryResponse(reader: WireReader, _version: number): PushTelemetryResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    unknownTaggedFields,
  };
}

function writePushTelemetryResponse(
  writer: WireWriter,
  message: PushTelemetryResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createPushTelemetryResponse(): PushTelemetryResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    unknownTaggedFields: undefined,
  };
}
