import { openSslCipherSuites, type PropertyValues } from '@millrace/config';
import type { Disk, TlsClientOptions, TlsVersion } from '@millrace/host';
import { InvalidConfigError } from '../errors.ts';
import type { securityProperties } from './security-properties.ts';

export type SecurityValues = PropertyValues<typeof securityProperties>;

/** Reads what a connection needs, each time anew: a file that was renewed counts from the next connection on. */
export async function loadTls(disk: Disk, values: SecurityValues): Promise<TlsClientOptions> {
  const versions = values['ssl.enabled.protocols'] as readonly TlsVersion[];
  const ciphers = values['ssl.cipher.suites'];
  return {
    ...(ciphers.length === 0 ? {} : { cipherSuites: openSslCipherSuites(ciphers) }),
    ...(await loadTrust(disk, values)),
    ...(await loadKey(disk, values)),
    minVersion: versions.includes('TLSv1.2') ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: versions.includes('TLSv1.3') ? 'TLSv1.3' : 'TLSv1.2',
    verifiesHost: values['ssl.endpoint.identification.algorithm'] === 'https',
  };
}

async function loadTrust(disk: Disk, values: SecurityValues): Promise<TlsClientOptions> {
  const text = values['ssl.truststore.certificates'];
  if (text !== '') return { trustedCertificates: text };
  const location = values['ssl.truststore.location'];
  if (location === '') return {};
  return {
    trustedCertificates: (await readFile(disk, 'ssl.truststore.location', location)).toString('utf8'),
  };
}

async function loadKey(disk: Disk, values: SecurityValues): Promise<TlsClientOptions> {
  const password = values['ssl.key.password'];
  const passwordOption = password === '' ? {} : { privateKeyPassword: password };
  if (values['ssl.keystore.key'] !== '') {
    return {
      privateKey: values['ssl.keystore.key'],
      certificateChain: values['ssl.keystore.certificate.chain'],
      ...passwordOption,
    };
  }
  const location = values['ssl.keystore.location'];
  if (location === '') return {};
  const content = await readFile(disk, 'ssl.keystore.location', location);
  if (values['ssl.keystore.type'] === 'PKCS12') {
    return { pkcs12: content, pkcs12Password: values['ssl.keystore.password'] };
  }
  // OpenSSL picks the key and the certificates out of one PEM file.
  const text = content.toString('utf8');
  return { privateKey: text, certificateChain: text, ...passwordOption };
}

async function readFile(disk: Disk, property: string, path: string): Promise<Buffer> {
  try {
    return await disk.readFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidConfigError(property, `names ${path}, which cannot be read: ${reason}`, { cause });
  }
}
