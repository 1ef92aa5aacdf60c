import { RegistryPropertyError } from '../errors.ts';

/** Where to listen. */
export interface ListenerAddress {
  readonly scheme: 'http' | 'https';
  /** Without brackets. */
  readonly host: string;
  /** 0: the system picks one. */
  readonly port: number;
}

/** @throws RegistryPropertyError */
export function parseListener(
  text: string,
  pem: { readonly 'ssl.keystore.certificate.chain': string; readonly 'ssl.keystore.key': string },
): ListenerAddress {
  const match = /^(https?):\/\/(\[[^\]]+\]|[^:/]*):(\d+)\/?$/i.exec(text.trim());
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) {
    throw new RegistryPropertyError(
      'listeners',
      `has "${text}"; write http://host:port or https://host:port, for example http://127.0.0.1:8081`,
    );
  }
  const scheme = match[1]!.toLowerCase() === 'https' ? 'https' : 'http';
  const isEncrypted = pem['ssl.keystore.certificate.chain'] !== '' && pem['ssl.keystore.key'] !== '';
  if (scheme === 'https' && !isEncrypted) {
    throw new RegistryPropertyError(
      'listeners',
      `has "${text}", which needs ssl.keystore.certificate.chain and ssl.keystore.key`,
    );
  }
  const host = match[2]!.replace(/^\[|\]$/g, '');
  return { scheme, host: host === '' ? '0.0.0.0' : host, port };
}
