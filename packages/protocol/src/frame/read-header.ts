import { protocolErrors } from '../errors.ts';
import type { UnknownTaggedField } from '../wire/tagged-field.ts';
import type { WireReader } from '../wire/wire-reader.ts';
import { apiDescription, requestHeaderVersion, responseHeaderVersion } from './header-version.ts';

/** The header of a request, versions 1 and 2. */
export interface RequestHeader {
  readonly apiKey: number;
  readonly apiVersion: number;
  /** Chosen by the client and echoed by the broker; wraps through negative numbers. */
  readonly correlationId: number;
  readonly clientId: string | null;
  readonly unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

/** The header of a response, versions 0 and 1. */
export interface ResponseHeader {
  readonly correlationId: number;
  readonly unknownTaggedFields?: UnknownTaggedField[] | undefined;
}

/**
 * Reads the header of a request and leaves the reader at its body. The version is not checked against what the API
 * supports: an ApiVersions request of the future has to be answered.
 *
 * @throws DecodeError ERR_PROTOCOL_UNKNOWN_API when there is no such API, so that the rest cannot be read
 */
export function readRequestHeader(reader: WireReader): RequestHeader {
  reader.messageName = 'RequestHeader';
  const apiKey = reader.int16();
  const apiVersion = reader.int16();
  const description = apiDescription(apiKey);
  if (description === undefined || description.maxVersion < 0) {
    throw reader.failure(protocolErrors.UNKNOWN_API, `API key ${apiKey} does not exist`, 4);
  }
  const headerVersion = requestHeaderVersion(apiKey, apiVersion);
  reader.messageVersion = headerVersion;
  const correlationId = reader.int32();
  // The client id keeps its int16 length in flexible headers too.
  const clientId = reader.nullableString();
  const unknownTaggedFields = headerVersion >= 2 ? reader.unknownTaggedFields() : undefined;
  return { apiKey, apiVersion, correlationId, clientId, unknownTaggedFields };
}

/** Reads the header of the response to a request of the given API and version. */
export function readResponseHeader(reader: WireReader, apiKey: number, version: number): ResponseHeader {
  const headerVersion = responseHeaderVersion(apiKey, version);
  reader.messageName = 'ResponseHeader';
  reader.messageVersion = headerVersion;
  const correlationId = reader.int32();
  const unknownTaggedFields = headerVersion >= 1 ? reader.unknownTaggedFields() : undefined;
  return { correlationId, unknownTaggedFields };
}
