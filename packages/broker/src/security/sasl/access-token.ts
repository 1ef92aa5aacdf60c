import type { Clock, Disk } from '@millrace/host';
import { jwtVerify } from 'jose';
import type { ListenerPropertyValues } from '../../config/listener-property.ts';
import { InvalidConfigurationError } from '../../errors.ts';
import { JsonWebKeys } from './json-web-keys.ts';
import type { TokenCheck } from './oauthbearer.ts';

/** Signatures by a key pair: a secret that both sides know could be used by either to make tokens. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * Checks JSON web tokens by the keys of their issuer: signature, expiry, issuer, audience.
 * @throws InvalidConfigurationError
 */
export function accessTokenCheck(
  values: ListenerPropertyValues,
  host: { readonly clock: Clock; readonly disk: Disk },
): TokenCheck {
  const url = values['sasl.oauthbearer.jwks.endpoint.url'];
  if (!/^(https?|file):\/\//.test(url)) {
    throw new InvalidConfigurationError(
      'sasl.oauthbearer.jwks.endpoint.url',
      `is "${url}", but OAUTHBEARER needs an https://, http:// or file:/// address of the keys that sign tokens`,
    );
  }
  const refreshMs = values['sasl.oauthbearer.jwks.endpoint.refresh.ms'];
  const keys = new JsonWebKeys({ url, refreshMs }, host);
  const issuer = values['sasl.oauthbearer.expected.issuer'];
  const audience = values['sasl.oauthbearer.expected.audience'];
  const nameClaim = values['sasl.oauthbearer.sub.claim.name'];
  return async (token) => {
    const { payload } = await jwtVerify(token, keys.find, {
      algorithms: ALGORITHMS,
      clockTolerance: values['sasl.oauthbearer.clock.skew.seconds'],
      currentDate: new Date(host.clock.nowMs()),
      requiredClaims: ['exp', nameClaim],
      ...(issuer === '' ? {} : { issuer }),
      ...(audience.length === 0 ? {} : { audience: [...audience] }),
    });
    const userName = payload[nameClaim];
    if (typeof userName !== 'string' || userName === '') throw new Error(`the claim ${nameClaim} is no name`);
    return { userName, expiresAtMs: payload.exp! * 1000 };
  };
}
