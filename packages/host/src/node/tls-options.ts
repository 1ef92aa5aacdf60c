import type { SecureContextOptions } from 'node:tls';
import type { TlsCredentials } from '../network.ts';

/** What OpenSSL is given, in Node's terms. */
export function secureContextOptions(credentials: TlsCredentials): SecureContextOptions {
  const { trustedCertificates, certificateChain, privateKey, privateKeyPassword } = credentials;
  const { pkcs12, pkcs12Password, minVersion, maxVersion, cipherSuites } = credentials;
  return {
    ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }),
    ...(certificateChain === undefined ? {} : { cert: certificateChain }),
    ...(privateKey === undefined ? {} : { key: privateKey }),
    ...(pkcs12 === undefined ? {} : { pfx: pkcs12 }),
    ...passphraseOf(pkcs12 === undefined ? privateKeyPassword : pkcs12Password),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(cipherSuites === undefined ? {} : { ciphers: cipherSuites }),
  };
}

function passphraseOf(passphrase: string | undefined): SecureContextOptions {
  return passphrase === undefined ? {} : { passphrase };
}
