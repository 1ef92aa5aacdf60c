import { RestError } from '../registry/rest-error.ts';
import type { AppAnswer, AppRequest } from './http/create-app.ts';

/** Says that a request was forwarded, so that it is not forwarded again. */
export const FORWARDED_HEADER = 'x-forward';
/** On answers to writes: how far one has to read to see them. */
export const OFFSET_HEADER = 'x-millrace-offset';

/** Belong to one connection, or are set by whoever sends the body. */
const ownHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export interface ForwardedAnswer extends AppAnswer {
  /** Undefined from a leader that does not tell, such as the Java registry. */
  readonly offset: number | undefined;
}

/** Lets the instance that leads answer. @throws RestError FORWARDING_FAILED */
export async function forwardRequest(
  leaderUrl: string,
  request: AppRequest,
  timeoutMs: number,
): Promise<ForwardedAnswer> {
  const { method, originalUrl, body, headers } = request;
  const passedOn = Object.entries(headers).filter(
    ([name, value]) => typeof value === 'string' && !ownHeaders.has(name),
  ) as [string, string][];
  try {
    const response = await fetch(`${leaderUrl}${originalUrl}`, {
      method,
      headers: { ...Object.fromEntries(passedOn), [FORWARDED_HEADER]: 'true' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    const text = await response.text();
    const offset = response.headers.get(OFFSET_HEADER);
    return {
      status: response.status,
      body: text === '' ? undefined : text,
      mediaType: response.headers.get('content-type') ?? 'application/json',
      offset: offset === null ? undefined : Number(offset),
    };
  } catch (error) {
    const details = error instanceof Error ? error.message : String(error);
    throw new RestError(
      'FORWARDING_FAILED',
      `Error while forwarding the request to the leader ${leaderUrl}: ${details}`,
      { cause: error },
    );
  }
}
