import { parseJaasConfig } from '@millrace/config';
import type { Host } from '@millrace/host';
import { InvalidConfigError } from '../errors.ts';
import { clientCredentialsProvider } from './client-credentials.ts';
import { oauthBearerMechanism, type TokenProvider } from './oauthbearer.ts';
import { plainMechanism } from './plain.ts';
import type { SaslMechanism } from './sasl-mechanism.ts';
import type { SaslOptions } from './sasl-options.ts';
import { scramMechanism } from './scram.ts';
import type { SecurityValues } from './tls-settings.ts';

const EXTENSION_PREFIX = 'extension_';

/** What a SASL connection authenticates by, from the option or from the properties. @throws InvalidConfigError */
export function chooseMechanism(
  values: SecurityValues,
  option: SaslOptions | undefined,
  host: Host,
): SaslMechanism {
  const named = values['sasl.mechanism'];
  if (option !== undefined && named !== '' && named !== option.mechanism) {
    throw new InvalidConfigError(
      'sasl.mechanism',
      `is ${named}, but the option "sasl" has ${option.mechanism}; give one of them`,
    );
  }
  const sasl = option ?? optionsFromJaas(values, host);
  if (sasl.mechanism === 'OAUTHBEARER') {
    return oauthBearerMechanism(host, sasl.token, values['sasl.login.refresh.window.factor']);
  }
  if (sasl.mechanism === 'PLAIN') return plainMechanism(sasl);
  return scramMechanism(sasl.mechanism, { host, username: sasl.username, password: sasl.password });
}

function optionsFromJaas(values: SecurityValues, host: Host): SaslOptions {
  const mechanism = values['sasl.mechanism'];
  const text = values['sasl.jaas.config'];
  if (mechanism === '') {
    throw new InvalidConfigError(
      'sasl.mechanism',
      `is not set, but security.protocol is ${values['security.protocol']}; set it, or the option "sasl"`,
    );
  }
  if (mechanism === 'OAUTHBEARER') return { mechanism, token: tokensFromProperties(values, host) };
  if (text === '') {
    throw new InvalidConfigError(
      'sasl.jaas.config',
      `is not set, but ${mechanism} needs it; set it, or the option "sasl"`,
    );
  }
  const jaas = parseJaasConfig(text);
  const username = jaas.options.get('username');
  const password = jaas.options.get('password');
  if (username === undefined || password === undefined) {
    throw new InvalidConfigError('sasl.jaas.config', `must have username and password for ${mechanism}`);
  }
  return { mechanism: mechanism as 'PLAIN', username, password };
}

/** Kafka 4.1 has properties of its own for what only stood in the JAAS configuration before; they win. */
function tokensFromProperties(values: SecurityValues, host: Host): TokenProvider {
  const url = values['sasl.oauthbearer.token.endpoint.url'];
  if (url === '') {
    throw new InvalidConfigError(
      'sasl.oauthbearer.token.endpoint.url',
      'is not set; set it, or give a token by the option "sasl"',
    );
  }
  const text = values['sasl.jaas.config'];
  const jaas = text === '' ? new Map<string, string>() : parseJaasConfig(text).options;
  const clientId = values['sasl.oauthbearer.client.credentials.client.id'] || jaas.get('clientId');
  const clientSecret =
    values['sasl.oauthbearer.client.credentials.client.secret'] || jaas.get('clientSecret');
  if (clientId === undefined || clientSecret === undefined) {
    throw new InvalidConfigError(
      'sasl.oauthbearer.client.credentials.client.id',
      'and …client.secret, or clientId and clientSecret in sasl.jaas.config, must be set with sasl.oauthbearer.token.endpoint.url',
    );
  }
  const scope = values['sasl.oauthbearer.scope'] || jaas.get('scope');
  const credentials = { clientId, clientSecret, scope, extensions: extensionsOf(jaas) };
  return clientCredentialsProvider(url, credentials, () => host.clock.nowMs());
}

function extensionsOf(jaas: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...jaas]
      .filter(([name]) => name.startsWith(EXTENSION_PREFIX))
      .map(([name, value]) => [name.slice(EXTENSION_PREFIX.length), value]),
  );
}
