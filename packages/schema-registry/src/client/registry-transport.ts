import type { Host } from '@millrace/host';
import {
  RegistryBadResponseError,
  RegistryRefusedError,
  RegistryUnavailableError,
  SubjectNameError,
} from '../errors.ts';
import type { RegistryCredentials } from './registry-credentials.ts';

/** One request to the REST API. */
export interface RegistryRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Segments of the path, not encoded. */
  readonly path: readonly (string | number)[];
  /** Members that are undefined are left out; an array repeats the name. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** A value of the query string. */
export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** How a transport reaches the registries. */
export interface RegistryTransportOptions {
  readonly urls: readonly string[];
  readonly maxRetries: number;
  readonly retryWaitMs: number;
  readonly maxRetryWaitMs: number;
  readonly timeoutMs: number;
  readonly credentials: RegistryCredentials;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof globalThis.fetch;
  readonly host: Pick<Host, 'timers' | 'random'>;
}

const MEDIA_TYPE = 'application/vnd.schemaregistry.v1+json';
/** Answers that may be others a moment later: a time-out, too many requests, an election, a proxy without a backend. */
const passingStatus = new Set([408, 429, 500, 502, 503, 504]);
/** Of an answer that is no JSON, this much is quoted. */
const MAX_QUOTED = 120;

/** Sends requests to the first registry that answers, and tries again what may pass. */
export class RegistryTransport {
  readonly #options: RegistryTransportOptions;
  readonly #urls: readonly URL[];
  /** The registry that answered last: the next request goes there first. */
  #preferred = 0;

  constructor(options: RegistryTransportOptions) {
    this.#options = options;
    this.#urls = options.urls.map((url) => new URL(url));
  }

  /** The JSON of the answer, undefined when it has no body. */
  async json<T>(request: RegistryRequest): Promise<T> {
    const text = await this.text(request);
    if (text === '') return undefined as T;
    try {
      return JSON.parse(text) as T;
    } catch (cause) {
      throw new RegistryBadResponseError(
        `The answer to ${describe(request)} is no JSON but "${quote(text)}"`,
        { cause },
      );
    }
  }

  /** The text of the answer. @throws RegistryRefusedError, RegistryUnavailableError, or the reason of the signal */
  async text(request: RegistryRequest): Promise<string> {
    const failures: unknown[] = [];
    for (let round = 0; ; round += 1) {
      const answer = await this.#tryEach(request, failures);
      if (answer !== undefined) return answer;
      if (round >= this.#options.maxRetries) throw this.#finalError(request, failures);
      await this.#wait(round, request.signal);
    }
  }

  async #tryEach(request: RegistryRequest, failures: unknown[]): Promise<string | undefined> {
    const first = this.#preferred;
    for (let turn = 0; turn < this.#urls.length; turn += 1) {
      const index = (first + turn) % this.#urls.length;
      try {
        const text = await this.#attempt(this.#urls[index] as URL, request);
        this.#preferred = index;
        return text;
      } catch (error) {
        request.signal?.throwIfAborted();
        if (!mayPass(error)) throw error;
        failures.push(error);
        // A bound for the text of the final error; the newest failures tell most.
        if (failures.length > this.#urls.length) failures.shift();
      }
    }
    return undefined;
  }

  async #attempt(base: URL, request: RegistryRequest): Promise<string> {
    const { host, timeoutMs } = this.#options;
    const abort = new AbortController();
    const timer = host.timers.schedule(timeoutMs, () => {
      abort.abort(new RegistryUnavailableError(`${base.host} did not answer within ${timeoutMs} ms`));
    });
    const signal =
      request.signal === undefined ? abort.signal : AbortSignal.any([abort.signal, request.signal]);
    try {
      const response = await this.#send(base, request, signal);
      const text = await response.text();
      if (response.ok) return text;
      throw refusal(request, response.status, text);
    } catch (cause) {
      if (abort.signal.aborted) throw abort.signal.reason;
      if (cause instanceof TypeError) {
        throw new RegistryUnavailableError(`${base.host} cannot be reached: ${networkReason(cause)}`, {
          cause,
        });
      }
      throw cause;
    } finally {
      timer.cancel();
    }
  }

  async #send(base: URL, request: RegistryRequest, signal: AbortSignal): Promise<Response> {
    const headers = {
      accept: `${MEDIA_TYPE}, application/vnd.schemaregistry+json, application/json`,
      ...(request.body === undefined ? {} : { 'content-type': MEDIA_TYPE }),
      'confluent-accept-unknown-properties': 'true',
      ...this.#options.headers,
      ...(await this.#options.credentials.headers(base, signal)),
    };
    return this.#options.fetch(address(base, request), {
      method: request.method,
      headers,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal,
    });
  }

  /** A random part of a time that doubles: clients that lost the same registry do not come back all at once. */
  async #wait(round: number, signal: AbortSignal | undefined): Promise<void> {
    const { host, retryWaitMs, maxRetryWaitMs } = this.#options;
    const longest = Math.min(maxRetryWaitMs, retryWaitMs * 2 ** Math.min(round, 30));
    signal?.throwIfAborted();
    await new Promise<void>((resolve) => {
      const stop = () => {
        timer.cancel();
        resolve();
      };
      const timer = host.timers.schedule(longest * (0.5 + host.random.float() / 2), () => {
        signal?.removeEventListener('abort', stop);
        resolve();
      });
      signal?.addEventListener('abort', stop, { once: true });
    });
    signal?.throwIfAborted();
  }

  #finalError(request: RegistryRequest, failures: readonly unknown[]): unknown {
    const last = failures.at(-1);
    if (last instanceof RegistryRefusedError) return last;
    const hosts = this.#urls.map((url) => url.host).join(', ');
    const cause = failures.length === 1 ? last : new AggregateError(failures, 'No registry answered');
    return new RegistryUnavailableError(
      `No schema registry of ${hosts} answered ${describe(request)} in ${this.#options.maxRetries + 1} rounds; ` +
        `last: ${(last as Error).message}`,
      { cause },
    );
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof RegistryRefusedError) return passingStatus.has(error.status);
  return error instanceof RegistryUnavailableError;
}

function address(base: URL, { path, query = {} }: RegistryRequest): string {
  const url = new URL(base);
  url.username = '';
  url.password = '';
  const folder = base.pathname.replace(/\/$/, '');
  const dots = path.find((segment) => segment === '.' || segment === '..');
  // Addresses cannot hold such a segment in any spelling: it would name another path.
  if (dots !== undefined)
    throw new SubjectNameError(`"${dots}" cannot be named in a request to the registry`);
  // Colons of contexts stay as they are: the registry routes on them.
  url.pathname = `${folder}/${path.map((segment) => encodeURIComponent(segment).replaceAll('%3A', ':')).join('/')}`;
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (typeof value === 'object') for (const item of value) url.searchParams.append(name, item);
    else url.searchParams.set(name, String(value));
  }
  return url.href;
}

function refusal(request: RegistryRequest, status: number, text: string): RegistryRefusedError {
  const { error_code: errorCode, message } = errorBody(text);
  return new RegistryRefusedError(describe(request), {
    status,
    errorCode: typeof errorCode === 'number' ? errorCode : status,
    message: typeof message === 'string' ? message : `HTTP ${status} "${quote(text)}"`,
  });
}

function errorBody(text: string): { error_code?: unknown; message?: unknown } {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    // A proxy or another server answered: its status says enough, and the text is quoted.
    return {};
  }
}

function describe({ method, path }: RegistryRequest): string {
  return `${method} /${path.join('/')}`;
}

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}...` : line;
}

function networkReason(error: TypeError): string {
  const { cause } = error;
  return cause instanceof Error && cause.message !== ''
    ? cause.message
    : ((cause as { code?: string })?.code ?? error.message);
}
