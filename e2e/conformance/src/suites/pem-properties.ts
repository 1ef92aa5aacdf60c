interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** The properties by which a node shows a certificate that is given in place of a file. */
export function pemKeystore({ certificate, key }: KeyPair): Record<string, string> {
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.key': pemInOneLine(key),
    'ssl.keystore.certificate.chain': pemInOneLine(certificate),
  };
}

/** PEM as a value of a properties file. */
export function pemInOneLine(pem: string): string {
  return pem.trim().replaceAll('\n', String.raw`\n`);
}
