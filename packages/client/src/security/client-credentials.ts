import type { JaasConfig } from '@millrace/config';
import { AuthenticationError, InvalidConfigError } from '../errors.ts';
import type { TokenProvider } from './oauthbearer.ts';
import type { OauthToken } from './sasl-options.ts';

const FETCH_TIMEOUT_MS = 10_000;
const EXTENSION_PREFIX = 'extension_';

/** Gets access tokens for a client id and its secret (RFC 6749, 4.4). @throws InvalidConfigError */
export function clientCredentialsProvider(
  url: string,
  { options }: JaasConfig,
  nowMs: () => number,
): TokenProvider {
  const clientId = options.get('clientId');
  const clientSecret = options.get('clientSecret');
  if (clientId === undefined || clientSecret === undefined) {
    throw new InvalidConfigError(
      'sasl.jaas.config',
      'must have clientId and clientSecret with sasl.oauthbearer.token.endpoint.url',
    );
  }
  if (!URL.canParse(url))
    throw new InvalidConfigError('sasl.oauthbearer.token.endpoint.url', `is no address: ${url}`);
  const scope = options.get('scope');
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope === undefined ? {} : { scope }),
  });
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const extensions = extensionsOf(options);
  return async ({ signal }) => {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { authorization, accept: 'application/json' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]),
    });
    if (response.status >= 500) throw new Error(`the token endpoint ${url} answers ${response.status}`);
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

function extensionsOf(options: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...options]
      .filter(([name]) => name.startsWith(EXTENSION_PREFIX))
      .map(([name, value]) => [name.slice(EXTENSION_PREFIX.length), value]),
  );
}
