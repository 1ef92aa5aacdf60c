import type { MessageCodec, WireReader } from '@millrace/protocol';

/** The part of a generated response message that a channel uses. */
export interface PeerResponseCodec<Response> {
  readonly name: string;
  readonly apiKey: number;
  readonly maxVersion: number;
  read(reader: WireReader, version: number): Response;
}

/** A request with its answer, in the version in which nodes speak to each other. */
export interface PeerApi<Request extends object, Response> {
  /** Without the suffix, for example `Vote`. */
  readonly name: string;
  readonly apiKey: number;
  readonly version: number;
  readonly request: MessageCodec<object, Request>;
  readonly response: PeerResponseCodec<Response>;
}

/** Pairs the generated codecs: `const VOTE = peerApi(VoteRequest, VoteResponse)`. @param version Default: the newest */
export function peerApi<Request extends object, Response>(
  request: MessageCodec<object, Request>,
  response: PeerResponseCodec<Response>,
  version: number = request.maxVersion,
): PeerApi<Request, Response> {
  return { name: request.name.replace(/Request$/, ''), apiKey: request.apiKey, version, request, response };
}
