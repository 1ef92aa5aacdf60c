// Generated from definitions/structures/headers.def
// by "npm run generate -w packages/protocol". Do not edit.
//
// Headers of requests and responses. The client id keeps its int16 length in flexible headers too.

import { defineMessage, type MessageCodec } from '../../wire/message-codec.ts';
import type { UnknownTaggedField } from '../../wire/tagged-field.ts';
import type { WireReader } from '../../wire/wire-reader.ts';
import type { WireWriter } from '../../wire/wire-writer.ts';

/** RequestHeader, versions 1 to 2. */
export interface RequestHeader {
  requestApiKey: number;
  requestApiVersion: number;
  correlationId: number;
  clientId: string | null;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface RequestHeaderInput {
  readonly requestApiKey: number;
  readonly requestApiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** RequestHeader, versions 1 to 2. */
export const RequestHeader: MessageCodec<RequestHeader, RequestHeaderInput> = /* @__PURE__ */ defineMessage({
  name: 'RequestHeader',
  apiKey: -1,
  minVersion: 1,
  maxVersion: 2,
  flexibleFrom: 2,
  latestVersionUnstable: false,
  read: readRequestHeader,
  write: writeRequestHeader,
  create: (partial) => ({ ...createRequestHeader(), ...partial }),
});

function readRequestHeader(reader: WireReader, version: number): RequestHeader {
  const flexible = version >= 2;
  const requestApiKey = reader.int16();
  const requestApiVersion = reader.int16();
  const correlationId = reader.int32();
  const clientId = reader.nullableString(false);
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    requestApiKey,
    requestApiVersion,
    correlationId,
    clientId,
    unknownTaggedFields,
  };
}

function writeRequestHeader(writer: WireWriter, message: RequestHeaderInput, version: number): void {
  const flexible = version >= 2;
  const requestApiKey = message.requestApiKey;
  writer.int16(requestApiKey, 'requestApiKey');
  const requestApiVersion = message.requestApiVersion;
  writer.int16(requestApiVersion, 'requestApiVersion');
  const correlationId = message.correlationId;
  writer.int32(correlationId, 'correlationId');
  const clientId = message.clientId;
  writer.nullableString(clientId, false, 'clientId');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createRequestHeader(): RequestHeader {
  return {
    requestApiKey: 0,
    requestApiVersion: 0,
    correlationId: 0,
    clientId: '',
    unknownTaggedFields: undefined,
  };
}

/** ResponseHeader, versions 0 to 1. */
export interface ResponseHeader {
  correlationId: number;
  unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

export interface ResponseHeaderInput {
  readonly correlationId: number;
  readonly unknownTaggedFields?: readonly UnknownTaggedField[] | undefined;
}

/** ResponseHeader, versions 0 to 1. */
export const ResponseHeader: MessageCodec<ResponseHeader, ResponseHeaderInput> =
  /* @__PURE__ */ defineMessage({
  name: 'ResponseHeader',
  apiKey: -1,
  minVersion: 0,
  maxVersion: 1,
  flexibleFrom: 1,
  latestVersionUnstable: false,
  read: readResponseHeader,
  write: writeResponseHeader,
  create: (partial) => ({ ...createResponseHeader(), ...partial }),
});

function readResponseHeader(reader: WireReader, version: number): ResponseHeader {
  const flexible = version >= 1;
  const correlationId = reader.int32();
  const unknownTaggedFields = flexible ? reader.unknownTaggedFields() : undefined;
  return {
    correlationId,
    unknownTaggedFields,
  };
}

function writeResponseHeader(writer: WireWriter, message: ResponseHeaderInput, version: number): void {
  const flexible = version >= 1;
  const correlationId = message.correlationId;
  writer.int32(correlationId, 'correlationId');
  if (flexible) {
    writer.unknownTaggedFields(message.unknownTaggedFields);
  }
}

function createResponseHeader(): ResponseHeader {
  return {
    correlationId: 0,
    unknownTaggedFields: undefined,
  };
}
