// Generated from definitions/apis/71-get-telemetry-subscriptions.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Tells a client which metrics to push (KIP-714).

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import { ZERO_UUID } from '../../wire/uuid.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/**
 * Request of GetTelemetrySubscriptions (API key 71), version 0.
 * Tells a client which metrics to push (KIP-714).
 */
export interface GetTelemetrySubscriptionsRequest {
  clientInstanceId: string;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface GetTelemetrySubscriptionsRequestInput {
  readonly clientInstanceId: string;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Request of GetTelemetrySubscriptions (API key 71), version 0.
 * Tells a client which metrics to push (KIP-714).
 */
export const GetTelemetrySubscriptionsRequest: MessageCodec<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsRequestInput> =
  /* @__PURE__ */ defineMessage({
  name: 'GetTelemetrySubscriptionsRequest',
  apiKey: 71,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readGetTelemetrySubscriptionsRequest,
  write: writeGetTelemetrySubscriptionsRequest,
  create: (partial) => ({ ...createGetTelemetrySubscriptionsRequest(), ...partial }),
});

function readGetTelemetrySubscriptionsRequest(
  reader: WireReader,
  _version: number,
): GetTelemetrySubscriptionsRequest {
  const clientInstanceId = reader.uuid();
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    clientInstanceId,
    unknownTaggedFields,
  };
}

function writeGetTelemetrySubscriptionsRequest(
  writer: WireWriter,
  message: GetTelemetrySubscriptionsRequestInput,
  _version: number,
): void {
  const clientInstanceId = message.clientInstanceId;
  writer.uuid(clientInstanceId, 'clientInstanceId');
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createGetTelemetrySubscriptionsRequest(): GetTelemetrySubscriptionsRequest {
  return {
    clientInstanceId: ZERO_UUID,
    unknownTaggedFields: undefined,
  };
}

/**
 * Response of GetTelemetrySubscriptions (API key 71), version 0.
 * Tells a client which metrics to push (KIP-714).
 */
export interface GetTelemetrySubscriptionsResponse {
  throttleTimeMs: number;
  errorCode: number;
  clientInstanceId: string;
  subscriptionId: number;
  acceptedCompressionTypes: number[];
  pushIntervalMs: number;
  telemetryMaxBytes: number;
  deltaTemporality: boolean;
  requestedMetrics: string[];
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface GetTelemetrySubscriptionsResponseInput {
  readonly throttleTimeMs: number;
  readonly errorCode: number;
  readonly clientInstanceId: string;
  readonly subscriptionId: number;
  readonly acceptedCompressionTypes: readonly number[];
  readonly pushIntervalMs: number;
  readonly telemetryMaxBytes: number;
  readonly deltaTemporality: boolean;
  readonly requestedMetrics: readonly string[];
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/**
 * Response of GetTelemetrySubscriptions (API key 71), version 0.
 * Tells a client which metrics to push (KIP-714).
 */
export const GetTelemetrySubscriptionsResponse: MessageCodec<GetTelemetrySubscriptionsResponse, GetTelemetrySubscriptionsResponseInput> =
  /* @__PURE__ */ defineMessage({
  name: 'GetTelemetrySubscriptionsResponse',
  apiKey: 71,
  minVersion: 0,
  maxVersion: 0,
  flexibleFrom: 0,
  latestVersionUnstable: false,
  read: readGetTelemetrySubscriptionsResponse,
  write: writeGetTelemetrySubscriptionsResponse,
  create: (partial) => ({ ...createGetTelemetrySubscriptionsResponse(), ...partial }),
});

function readGetTelemetrySubscriptionsResponse(
  reader: WireReader,
  _version: number,
): GetTelemetrySubscriptionsResponse {
  const throttleTimeMs = reader.int32();
  const errorCode = reader.int16();
  const clientInstanceId = reader.uuid();
  const subscriptionId = reader.int32();
  const acceptedCompressionTypesCount = reader.arrayLength(true, 1);
  const acceptedCompressionTypes = new Array<number>(acceptedCompressionTypesCount);
  for (let i = 0; i < acceptedCompressionTypesCount; i++) {
    acceptedCompressionTypes[i] = reader.int8();
  }
  const pushIntervalMs = reader.int32();
  const telemetryMaxBytes = reader.int32();
  const deltaTemporality = reader.boolean();
  const requestedMetricsCount = reader.arrayLength(true, 1);
  const requestedMetrics = new Array<string>(requestedMetricsCount);
  for (let i = 0; i < requestedMetricsCount; i++) {
    requestedMetrics[i] = reader.string(true);
  }
  const unknownTaggedFields = reader.unknownTaggedFields();
  return {
    throttleTimeMs,
    errorCode,
    clientInstanceId,
    subscriptionId,
    acceptedCompressionTypes,
    pushIntervalMs,
    telemetryMaxBytes,
    deltaTemporality,
    requestedMetrics,
    unknownTaggedFields,
  };
}

function writeGetTelemetrySubscriptionsResponse(
  writer: WireWriter,
  message: GetTelemetrySubscriptionsResponseInput,
  _version: number,
): void {
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs, 'throttleTimeMs');
  const errorCode = message.errorCode;
  writer.int16(errorCode, 'errorCode');
  const clientInstanceId = message.clientInstanceId;
  writer.uuid(clientInstanceId, 'clientInstanceId');
  const subscriptionId = message.subscriptionId;
  writer.int32(subscriptionId, 'subscriptionId');
  const acceptedCompressionTypes = message.acceptedCompressionTypes;
  const acceptedCompressionTypesCount =
    writer.arrayLength(acceptedCompressionTypes, true, 'acceptedCompressionTypes');
  for (let i = 0; i < acceptedCompressionTypesCount; i++) {
    writer.int8(acceptedCompressionTypes[i]!, 'acceptedCompressionTypes');
  }
  const pushIntervalMs = message.pushIntervalMs;
  writer.int32(pushIntervalMs, 'pushIntervalMs');
  const telemetryMaxBytes = message.telemetryMaxBytes;
  writer.int32(telemetryMaxBytes, 'telemetryMaxBytes');
  const deltaTemporality = message.deltaTemporality;
  writer.boolean(deltaTemporality, 'deltaTemporality');
  const requestedMetrics = message.requestedMetrics;
  const requestedMetricsCount = writer.arrayLength(requestedMetrics, true, 'requestedMetrics');
  for (let i = 0; i < requestedMetricsCount; i++) {
    writer.string(requestedMetrics[i]!, true, 'requestedMetrics');
  }
  writer.unknownTaggedFields(message.unknownTaggedFields);
}

function createGetTelemetrySubscriptionsResponse(): GetTelemetrySubscriptionsResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    clientInstanceId: ZERO_UUID,
    subscriptionId: 0,
    acceptedCompressionTypes: [],
    pushIntervalMs: 0,
    telemetryMaxBytes: 0,
    deltaTemporality: false,
    requestedMetrics: [],
    unknownTaggedFields: undefined,
  };
}
