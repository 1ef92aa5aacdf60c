/**
 * OpenSSL's names of cipher suites: those of TLS 1.3 are the IANA names, the older ones are spelled in another way
 * (`TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256` is `ECDHE-RSA-AES128-GCM-SHA256`).
 */
export function openSslCipherSuites(ianaNames: readonly string[]): string {
  return ianaNames.map(openSslName).join(':');
}

function openSslName(name: string): string {
  const older = /^TLS_(\w+?)_WITH_(\w+)$/.exec(name);
  if (older === null) return name;
  const keyExchange = older[1] === 'RSA' ? '' : `${older[1]!.replaceAll('_', '-')}-`;
  const cipher = older[2]!
    .replace(/AES_(\d+)/, 'AES$1')
    .replace(/CHACHA20_POLY1305_SHA256/, 'CHACHA20-POLY1305')
    .replaceAll('_', '-');
  return keyExchange + cipher;
}
