import { getCiphers } from 'node:tls';
import { expect, test } from 'vitest';
import { openSslCipherSuites } from './cipher-suites.ts';

test.each([
  'TLS_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
])('OpenSSL knows %s', (name) => {
  expect(getCiphers()).toContain(openSslCipherSuites([name]).toLowerCase());
});

test('several are joined', () => {
  expect(openSslCipherSuites(['TLS_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_256_GCM_SHA384'])).toBe(
    'TLS_AES_128_GCM_SHA256:AES256-GCM-SHA384',
  );
});
