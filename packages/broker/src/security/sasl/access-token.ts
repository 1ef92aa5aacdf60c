import type { Clock, Disk } from '@millrace/host';
import { jwtVerify, UnsecuredJWT, type JWTPayload, type JWTClaimVerificationOptions } from 'jose';
import type { ListenerPropertyValues } from '../../config/listener-property.ts';
import { UNSIGNED_TOKENS } from '../../config/security-properties.ts';
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
 * Checks JSON web tokens by the keys of their issuer: signature, expiry, issuer, audience. Only where it is asked for by
 * name, all but the signature, which there is none of.
 * @throws InvalidConfigurationError
 */
export function accessTokenCheck(
  values: ListenerPropertyValues,
  host: { readonly clock: Clock; readonly disk: Disk },
): TokenCheck {
  const payloadOf =
    values['sasl.server.callback.handler.class'] === UNSIGNED_TOKENS ? unsigned : signed(values, host);
  const issuer = values['sasl.oauthbearer.expected.issuer'];
  const audience = values['sasl.oauthbearer.expected.audience'];
  const nameClaim = values['sasl.oauthbearer.sub.claim.name'];
  return async (token) => {
    const payload = await payloadOf(token, {
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

/** @throws Error for a token that is not to be believed */
type PayloadOf = (token: string, claims: JWTClaimVerificationOptions) => Promise<JWTPayload> | JWTPayload;

/** What anybody may write. */
const unsigned: PayloadOf = (token, claims) => UnsecuredJWT.decode(token, claims).payload;

function signed(
  values: ListenerPropertyValues,
  host: { readonly clock: Clock; readonly disk: Disk },
): PayloadOf {
  const url = values['sasl.oauthbearer.jwks.endpoint.url'];
  if (!/^(https?|file):\/\//.test(url)) {
    throw new InvalidConfigurationError(
      'sasl.oauthbearer.jwks.endpoint.url',
      `is "${url}", but OAUTHBEARER needs an https://, http:// or file:/// address of the keys that sign tokens`,
    );
  }
  const refreshMs = values['sasl.oauthbearer.jwks.endpoint.refresh.ms'];
  const keys = new JsonWebKeys({ url, refreshMs }, host);
  return async (token, claims) =>
    (await jwtVerify(token, keys.find, { algorithms: ALGORITHMS, ...claims })).payload;
}
