import { RegistryConfigError } from '../errors.ts';
import { OAuthToken } from './oauth-token.ts';
import type { RegistryClientSettings } from './registry-client-properties.ts';

/** Headers that say who asks. */
export type CredentialHeaders = Readonly<Record<string, string>>;

/** What the credentials of a client are made from, beside its properties. */
export interface CredentialOptions {
  /** Gives a token, for `bearer.auth.credentials.source=CUSTOM`. Asked for each request; it may keep its token. */
  readonly token?: () => string | Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly nowMs: () => number;
}

/** Says for each request who asks. */
export class RegistryCredentials {
  readonly #supply: (url: URL, signal: AbortSignal) => CredentialHeaders | Promise<CredentialHeaders>;

  /** @throws RegistryConfigError when a property that the source needs is missing */
  constructor(settings: RegistryClientSettings, explicit: ReadonlySet<string>, options: CredentialOptions) {
    this.#supply = supplier(settings, explicit, options);
  }

  /** The headers for a request to `url`, which may carry a name and a password. */
  headers(url: URL, signal: AbortSignal): CredentialHeaders | Promise<CredentialHeaders> {
    return this.#supply(url, signal);
  }
}

function supplier(
  settings: RegistryClientSettings,
  explicit: ReadonlySet<string>,
  options: CredentialOptions,
) {
  const bearer = bearerToken(settings, explicit, options);
  if (bearer === undefined) return basicSupplier(settings);
  const beside = {
    ...(settings['bearer.auth.logical.cluster'] && {
      'target-sr-cluster': settings['bearer.auth.logical.cluster'],
    }),
    ...(settings['bearer.auth.identity.pool.id'] && {
      'confluent-identity-pool-id': settings['bearer.auth.identity.pool.id'],
    }),
  };
  return async (_url: URL, signal: AbortSignal) => ({
    authorization: `Bearer ${await bearer(signal)}`,
    ...beside,
  });
}

function basicSupplier(settings: RegistryClientSettings): (url: URL) => CredentialHeaders {
  const source = settings['basic.auth.credentials.source'];
  if (source === 'URL') {
    return (url) => {
      if (url.username === '') return {};
      return basic(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`);
    };
  }
  const headers = basic(
    source === 'USER_INFO' ? required(settings, 'basic.auth.user.info') : saslUserInfo(settings),
  );
  return () => headers;
}

function basic(userInfo: string): CredentialHeaders {
  return { authorization: `Basic ${Buffer.from(userInfo).toString('base64')}` };
}

function saslUserInfo(settings: RegistryClientSettings): string {
  const login = required(settings, 'sasl.jaas.config');
  const field = (name: string) => new RegExp(`\\b${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(login)?.[1];
  const [username, password] = [field('username'), field('password')];
  if (username === undefined || password === undefined) {
    throw new RegistryConfigError(
      'basic.auth.credentials.source is SASL_INHERIT, but sasl.jaas.config has no username="..." and password="..."',
    );
  }
  return `${username}:${password}`.replaceAll(/\\(.)/g, '$1');
}

function bearerToken(
  settings: RegistryClientSettings,
  explicit: ReadonlySet<string>,
  { token, fetch, nowMs }: CredentialOptions,
): ((signal: AbortSignal) => string | Promise<string>) | undefined {
  if (!explicit.has('bearer.auth.credentials.source') && !explicit.has('bearer.auth.token')) {
    return token;
  }
  const source = settings['bearer.auth.credentials.source'];
  if (source === 'STATIC_TOKEN') {
    const fixed = required(settings, 'bearer.auth.token');
    return () => fixed;
  }
  if (source === 'CUSTOM') {
    if (token !== undefined) return token;
    throw new RegistryConfigError(
      'bearer.auth.credentials.source is CUSTOM, but the options hold no function "token"',
    );
  }
  const oauth = new OAuthToken({
    url: required(settings, 'bearer.auth.issuer.endpoint.url'),
    clientId: required(settings, 'bearer.auth.client.id'),
    clientSecret: required(settings, 'bearer.auth.client.secret'),
    scope: settings['bearer.auth.scope'],
    bufferMs: settings['bearer.auth.cache.expiry.buffer.seconds'] * 1000,
    timeoutMs: settings['http.read.timeout.ms'],
    fetch,
    nowMs,
  });
  return (signal) => oauth.get(signal);
}

function required(settings: RegistryClientSettings, name: keyof RegistryClientSettings): string {
  const value = settings[name] as string;
  if (value !== '') return value;
  const source = name.startsWith('bearer')
    ? 'bearer.auth.credentials.source'
    : 'basic.auth.credentials.source';
  throw new RegistryConfigError(`${source} is ${settings[source]}, which needs the property ${name}`);
}
