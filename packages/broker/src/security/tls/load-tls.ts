import { openSslCipherSuites } from '@millrace/config';
import type { Disk, TlsClientOptions, TlsCredentials, TlsServerOptions, TlsVersion } from '@millrace/host';
import type { ListenerPropertyValues } from '../../config/listener-property.ts';
import { InvalidConfigurationError, messageOf } from '../../errors.ts';

/**
 * Reads keys and certificates of a listener, from the properties themselves or from the files they name.
 * @throws InvalidConfigurationError
 */
export async function loadTls(
  disk: Disk,
  listenerName: string,
  values: ListenerPropertyValues,
): Promise<TlsServerOptions> {
  const versions = values['ssl.enabled.protocols'] as readonly TlsVersion[];
  const ciphers = values['ssl.cipher.suites'];
  return {
    ...(await loadKey(disk, listenerName, values)),
    ...(await loadTrust(disk, values)),
    minVersion: versions.includes('TLSv1.2') ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: versions.includes('TLSv1.3') ? 'TLSv1.3' : 'TLSv1.2',
    ...(ciphers.length === 0 ? {} : { cipherSuites: openSslCipherSuites(ciphers) }),
    clientAuthentication: values['ssl.client.auth'],
  };
}

/**
 * The same for connections of this node to such a listener of another one. A key is shown where there is one.
 * @throws InvalidConfigurationError
 */
export async function loadClientTls(
  disk: Disk,
  listenerName: string,
  values: ListenerPropertyValues,
): Promise<TlsClientOptions> {
  const versions = values['ssl.enabled.protocols'] as readonly TlsVersion[];
  const hasKey = values['ssl.keystore.location'] !== '' || values['ssl.keystore.key'] !== '';
  return {
    ...(hasKey ? await loadKey(disk, listenerName, values) : {}),
    ...(await loadTrust(disk, values)),
    minVersion: versions.includes('TLSv1.2') ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: versions.includes('TLSv1.3') ? 'TLSv1.3' : 'TLSv1.2',
    verifiesHost: values['ssl.endpoint.identification.algorithm'] !== '',
  };
}

async function loadKey(
  disk: Disk,
  listenerName: string,
  values: ListenerPropertyValues,
): Promise<TlsCredentials> {
  const location = values['ssl.keystore.location'];
  const password = optional(values['ssl.key.password']);
  if (values['ssl.keystore.type'] === 'PKCS12') {
    const pkcs12 = await readFile(disk, 'ssl.keystore.location', location);
    return { pkcs12, pkcs12Password: values['ssl.keystore.password'] };
  }
  const passwordOption = password === undefined ? {} : { privateKeyPassword: password };
  if (values['ssl.keystore.key'] !== '') {
    const certificateChain = values['ssl.keystore.certificate.chain'];
    if (certificateChain === '') {
      throw new InvalidConfigurationError('ssl.keystore.certificate.chain', 'must go with ssl.keystore.key');
    }
    return { privateKey: values['ssl.keystore.key'], certificateChain, ...passwordOption };
  }
  if (location === '') {
    throw new InvalidConfigurationError(
      'ssl.keystore.location',
      `is not set, but listener ${listenerName} needs a key and a certificate, in one PEM file or in ssl.keystore.key and ssl.keystore.certificate.chain`,
    );
  }
  const text = (await readFile(disk, 'ssl.keystore.location', location)).toString('utf8');
  for (const [what, pattern] of keystoreParts) {
    if (pattern.test(text)) continue;
    throw new InvalidConfigurationError(
      'ssl.keystore.location',
      `names ${location}, which holds no ${what} in PEM`,
    );
  }
  return { privateKey: text, certificateChain: text, ...passwordOption };
}

const keystoreParts: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['private key', /-----BEGIN (?:\w+ )*PRIVATE KEY-----/],
  ['certificate', /-----BEGIN CERTIFICATE-----/],
];

async function loadTrust(disk: Disk, values: ListenerPropertyValues): Promise<TlsCredentials> {
  const inline = optional(values['ssl.truststore.certificates']);
  if (inline !== undefined) return { trustedCertificates: inline };
  const location = optional(values['ssl.truststore.location']);
  if (location === undefined) return {};
  return {
    trustedCertificates: (await readFile(disk, 'ssl.truststore.location', location)).toString('utf8'),
  };
}

async function readFile(disk: Disk, property: string, path: string): Promise<Buffer> {
  try {
    return await disk.readFile(path);
  } catch (cause) {
    throw new InvalidConfigurationError(property, `names ${path}, which cannot be read: ${messageOf(cause)}`);
  }
}

function optional(text: string): string | undefined {
  return text === '' ? undefined : text;
}
