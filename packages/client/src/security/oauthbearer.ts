import type { Host } from '@millrace/host';
import type { SaslExchange, SaslMechanism } from './sasl-mechanism.ts';
import type { OauthToken } from './sasl-options.ts';

const SEPARATOR = '\x01';

export type TokenProvider = (request: { readonly signal: AbortSignal }) => Promise<OauthToken | string>;

/** OAUTHBEARER (RFC 7628): an access token, replaced before it expires. */
export function oauthBearerMechanism(
  host: Host,
  provider: TokenProvider,
  refreshWindowFactor: number,
): SaslMechanism {
  const tokens = new TokenCache(host, provider, refreshWindowFactor);
  return { name: 'OAUTHBEARER', begin: (signal) => new OauthBearerExchange(() => tokens.current(signal)) };
}

/** The token that is good for now; connections that need one at the same time wait for the same. */
class TokenCache {
  readonly #host: Host;
  readonly #provider: TokenProvider;
  readonly #refreshWindowFactor: number;
  #token: OauthToken | undefined;
  #refreshAtMs = -Infinity;
  #expiresAtMs = -Infinity;
  #asking: Promise<OauthToken> | undefined;

  constructor(host: Host, provider: TokenProvider, refreshWindowFactor: number) {
    this.#host = host;
    this.#provider = provider;
    this.#refreshWindowFactor = refreshWindowFactor;
  }

  current(signal: AbortSignal): Promise<OauthToken> {
    const isGood = this.#token !== undefined && this.#host.clock.nowMs() < this.#refreshAtMs;
    if (isGood) return Promise.resolve(this.#token!);
    this.#asking ??= this.#renewed(signal).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** The time between the refresh and the end of a token is there for an issuer that does not answer just now. */
  async #renewed(signal: AbortSignal): Promise<OauthToken> {
    try {
      return await this.#ask(signal);
    } catch (error) {
      if (this.#token === undefined || this.#host.clock.nowMs() >= this.#expiresAtMs) throw error;
      return this.#token;
    }
  }

  async #ask(signal: AbortSignal): Promise<OauthToken> {
    const answer = await this.#provider({ signal });
    const token = typeof answer === 'string' ? { value: answer } : answer;
    const nowMs = this.#host.clock.nowMs();
    const expiresAtMs = token.expiresAtMs ?? expiryOf(token.value) ?? nowMs;
    this.#token = token;
    this.#expiresAtMs = expiresAtMs;
    this.#refreshAtMs = nowMs + (expiresAtMs - nowMs) * this.#refreshWindowFactor;
    return token;
  }
}

/** The `exp` claim of a JSON web token; `undefined` for tokens that only their issuer can read. */
function expiryOf(token: string): number | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined) return undefined;
  try {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

class OauthBearerExchange implements SaslExchange {
  readonly #token: () => Promise<OauthToken>;

  constructor(token: () => Promise<OauthToken>) {
    this.#token = token;
  }

  async first(): Promise<Buffer> {
    const { value, extensions = {} } = await this.#token();
    const fields = Object.entries(extensions).map(([name, text]) => `${name}=${text}${SEPARATOR}`);
    return Buffer.from(`n,,${SEPARATOR}auth=Bearer ${value}${SEPARATOR}${fields.join('')}${SEPARATOR}`);
  }

  /** A challenge holds an error, which the broker tells once it is acknowledged. */
  async next(challenge: Buffer): Promise<Buffer | undefined> {
    return challenge.length === 0 ? undefined : Buffer.from(SEPARATOR);
  }
}
