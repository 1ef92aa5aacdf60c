import type { MessageCodec, WireReader } from '@millrace/protocol';

/** The part of a generated response message that the client uses. */
export interface ResponseCodec<Output> {
  readonly name: string;
  readonly apiKey: number;
  read(reader: WireReader, version: number): Output;
}

/** A request with the response it gets: what `Cluster.send` needs to type both. */
export interface Api<Input extends object, Output> {
  /** Without the suffix, for example `Fetch`. */
  readonly name: string;
  readonly apiKey: number;
  readonly request: MessageCodec<object, Input>;
  readonly response: ResponseCodec<Output>;
}

/** Pairs the generated codecs: `const FETCH = defineApi(FetchRequest, FetchResponse)`. */
export function defineApi<Input extends object, Output>(
  request: MessageCodec<object, Input>,
  response: ResponseCodec<Output>,
): Api<Input, Output> {
  return { name: request.name.replace(/Request$/, ''), apiKey: request.apiKey, request, response };
}
