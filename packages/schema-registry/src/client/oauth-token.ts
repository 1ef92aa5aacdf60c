import { RegistryAuthenticationError, RegistryUnavailableError } from '../errors.ts';
import { abortable } from './abortable.ts';

/** What the client credentials flow (RFC 6749, section 4.4) needs. */
export interface OAuthTokenOptions {
  /** The token endpoint. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Empty for none. */
  readonly scope: string;
  /** How long before its end a token is replaced. */
  readonly bufferMs: number;
  readonly timeoutMs: number;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
}

/** A token that is fetched when it is first needed and replaced before it ends. */
export class OAuthToken {
  readonly #options: OAuthTokenOptions;
  #token: string | undefined;
  #useUntilMs = -Infinity;
  #pending: Promise<string> | undefined;

  constructor(options: OAuthTokenOptions) {
    this.#options = options;
  }

  /** The token; everybody who asks while one is being fetched gets that one. @throws RegistryAuthenticationError */
  get(signal: AbortSignal): string | Promise<string> {
    if (this.#token !== undefined && this.#options.nowMs() < this.#useUntilMs) return this.#token;
    if (this.#pending === undefined) {
      this.#pending = this.#fetch();
      const forget = () => {
        this.#pending = undefined;
      };
      this.#pending.then(forget, forget);
    }
    return abortable(this.#pending, signal);
  }

  async #fetch(): Promise<string> {
    const { url, clientId, bufferMs, nowMs } = this.#options;
    const response = await this.#send();
    const answer = (await response.json().catch(() => ({}))) as {
      access_token?: unknown;
      expires_in?: unknown;
    };
    if (!response.ok || typeof answer.access_token !== 'string') {
      throw new RegistryAuthenticationError(
        `The token endpoint ${new URL(url).host} answered client "${clientId}" with HTTP ${response.status} and no token`,
      );
    }
    const livesMs = typeof answer.expires_in === 'number' ? answer.expires_in * 1000 : Infinity;
    this.#token = answer.access_token;
    // A token shorter than the buffer is used for half its life rather than never.
    this.#useUntilMs = nowMs() + Math.max(livesMs - bufferMs, livesMs / 2);
    return this.#token;
  }

  /** The request belongs to all who wait, so nobody's signal ends it. */
  async #send(): Promise<Response> {
    const { url, clientId, clientSecret, scope, timeoutMs } = this.#options;
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) });
    const userInfo = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`);
    try {
      return await this.#options.fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Basic ${userInfo.toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        body: form.toString(),
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (cause) {
      throw new RegistryUnavailableError(`The token endpoint ${new URL(url).host} gives no answer`, {
        cause,
      });
    }
  }
}
