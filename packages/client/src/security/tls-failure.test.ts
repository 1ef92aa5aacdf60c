import { expect, test } from 'vitest';
import { DisconnectedError } from '../errors.ts';
import { tlsFailure } from './tls-failure.ts';

const ADDRESS = { host: 'broker', port: 9093 };

/** With TLS 1.3 the alert comes when the handshake is over on this side, in place of the first answer. */
function lostBecauseOf(code: string): DisconnectedError {
  const alert = Object.assign(new Error('ssl alert'), { code });
  return new DisconnectedError('broker:9093', 'ApiVersions', { cause: alert });
}

test.each([
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'it wants a certificate of this client'],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'the certificate of this client has expired'],
  ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'the certificate of this client has expired'],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'it does not trust the authority of the certificate of this client'],
  ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 'it refuses the certificate of this client'],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN', 'it refuses the certificate of this client'],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REVOKED', 'the certificate of this client was revoked'],
  ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'it wants a certificate of this client'],
])('%s instead of an answer is final: %s', (code, problem) => {
  const failure = tlsFailure(ADDRESS, lostBecauseOf(code), true);
  expect(failure).toMatchObject({ retriable: false, reason: code, address: 'broker:9093' });
  expect(failure?.message).toContain(problem);
});

test('a bad certificate of a client that has none is one that is missing', () => {
  const failure = tlsFailure(ADDRESS, lostBecauseOf('ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE'), false);
  expect(failure?.message).toContain('it wants a certificate of this client; set ssl.keystore.location');
});

test('a connection that was only lost is not', () => {
  expect(tlsFailure(ADDRESS, lostBecauseOf('ECONNRESET'), true)).toBeUndefined();
});
