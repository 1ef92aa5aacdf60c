import type { Buffer } from 'node:buffer';

import type { MessageCodec } from '../wire/message-codec.ts';
import { WireWriter } from '../wire/wire-writer.ts';
import { requestHeaderVersion, responseHeaderVersion } from './header-version.ts';

const SIZE_BYTES = 4;

/** A request to be put on the wire. */
export interface OutgoingRequest<Input extends object> {
  readonly codec: MessageCodec<object, Input>;
  readonly version: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  readonly message: Input;
}

/** A response to be put on the wire. */
export interface OutgoingResponse<Input extends object> {
  readonly codec: MessageCodec<object, Input>;
  readonly version: number;
  /** That of the request. */
  readonly correlationId: number;
  readonly message: Input;
}

/**
 * Encodes size, header and body of a request, for one gathered write. Large byte fields of the message are among the
 * chunks themselves and must not change until they are written.
 *
 * @throws EncodeError
 */
export function encodeRequest<Input extends object>(request: OutgoingRequest<Input>): Buffer[] {
  const { codec, version } = request;
  const headerVersion = requestHeaderVersion(codec.apiKey, version);
  const writer = new WireWriter();
  writer.int32(0);
  writer.int16(codec.apiKey);
  writer.int16(version);
  writer.int32(request.correlationId);
  writer.nullableString(request.clientId);
  if (headerVersion >= 2) writer.unknownTaggedFields(undefined);
  codec.write(writer, request.message, version);
  return finishFrame(writer);
}

/**
 * Encodes size, header and body of a response, as `encodeRequest` does for requests.
 *
 * @throws EncodeError
 */
export function encodeResponse<Input extends object>(response: OutgoingResponse<Input>): Buffer[] {
  const { codec, version } = response;
  const headerVersion = responseHeaderVersion(codec.apiKey, version);
  const writer = new WireWriter();
  writer.int32(0);
  writer.int32(response.correlationId);
  if (headerVersion >= 1) writer.unknownTaggedFields(undefined);
  codec.write(writer, response.message, version);
  return finishFrame(writer);
}

/** Fills in the size, now that it is known. */
function finishFrame(writer: WireWriter): Buffer[] {
  const payloadBytes = writer.size - SIZE_BYTES;
  const chunks = writer.finish();
  (chunks[0] as Buffer).writeInt32BE(payloadBytes, 0);
  return chunks;
}
