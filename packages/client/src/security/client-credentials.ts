import { AuthenticationError, InvalidConfigError } from '../errors.ts';
import type { TokenProvider } from './oauthbearer.ts';
import type { OauthToken } from './sasl-options.ts';

const FETCH_TIMEOUT_MS = 10_000;
/** Request Timeout and Too Many Requests say nothing about the credentials. */
const passing: ReadonlySet<number> = new Set([408, 429]);

/** Whose tokens, and what for. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string | undefined;
  /** Sent along with each token (KIP-342). */
  readonly extensions: Readonly<Record<string, string>>;
}

/** Gets access tokens for a client id and its secret (RFC 6749, 4.4). @throws InvalidConfigError */
export function clientCredentialsProvider(
  url: string,
  { clientId, clientSecret, scope, extensions }: ClientCredentials,
  nowMs: () => number,
): TokenProvider {
  if (!URL.canParse(url))
    throw new InvalidConfigError('sasl.oauthbearer.token.endpoint.url', `is no address: ${url}`);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope === undefined ? {} : { scope }),
  });
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  return async ({ signal }) => {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { authorization, accept: 'application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]),
    });
    if (response.status >= 500 || passing.has(response.status))
      throw new Error(`the token endpoint ${url} answers ${response.status}`);
    if (!response.ok) {
      throw new AuthenticationError(url, 'OAUTHBEARER', `the token endpoint answers ${response.status}`);
    }
    return tokenOf(await response.json(), extensions, nowMs());
  };
}

function tokenOf(answer: unknown, extensions: OauthToken['extensions'], nowMs: number): OauthToken {
  const { access_token: value, expires_in: seconds } = answer as Record<string, unknown>;
  if (typeof value !== 'string') throw new Error('the token endpoint answers without an access_token');
  return {
    value,
    ...(typeof seconds === 'number' ? { expiresAtMs: nowMs + seconds * 1000 } : {}),
    ...(extensions === undefined ? {} : { extensions }),
  };
}
