import { parseJaasConfig } from '@millrace/config';
import type { Host } from '@millrace/host';
import { InvalidConfigError } from '../errors.ts';
import { clientCredentialsProvider } from './client-credentials.ts';
import { oauthBearerMechanism } from './oauthbearer.ts';
import { plainMechanism } from './plain.ts';
import type { SaslMechanism } from './sasl-mechanism.ts';
import type { SaslOptions } from './sasl-options.ts';
import { scramMechanism } from './scram.ts';
import type { SecurityValues } from './tls-settings.ts';

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
  if (text === '') {
    throw new InvalidConfigError(
      'sasl.jaas.config',
      `is not set, but ${mechanism} needs it; set it, or the option "sasl"`,
    );
  }
  const jaas = parseJaasConfig(text);
  if (mechanism === 'OAUTHBEARER') {
    const url = values['sasl.oauthbearer.token.endpoint.url'];
    if (url === '') {
      throw new InvalidConfigError(
        'sasl.oauthbearer.token.endpoint.url',
        'is not set; set it, or give a token by the option "sasl"',
      );
    }
    return { mechanism, token: clientCredentialsProvider(url, jaas, () => host.clock.nowMs()) };
  }
  const username = jaas.options.get('username');
  const password = jaas.options.get('password');
  if (username === undefined || password === undefined) {
    throw new InvalidConfigError('sasl.jaas.config', `must have username and password for ${mechanism}`);
  }
  return { mechanism: mechanism as 'PLAIN', username, password };
}
