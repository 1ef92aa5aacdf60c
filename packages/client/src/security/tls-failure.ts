import { X509Certificate } from 'node:crypto';
import { systemErrorCode, type SocketAddress, type TlsClientOptions } from '@millrace/host';
import { formatAddress } from '../cluster/bootstrap-addresses.ts';
import { ConnectionError, DisconnectedError, TlsError } from '../errors.ts';

/** What OpenSSL finds wrong with a certificate, in words that say what to do. */
const certificateProblems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; look at the clocks of both machines',
  CERT_REVOKED: 'its certificate was revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself; add it to ssl.truststore.location',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not trusted; add it to ssl.truststore.location',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not trusted; add it to ssl.truststore.location',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not trusted; add it to ssl.truststore.location',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not trusted; add it to ssl.truststore.location',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; look at security.protocol and at the port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS; look at security.protocol and at the port',
};

/** Brokers on Java call a certificate that is missing a bad one. */
const missingCertificate = 'it wants a certificate of this client; set ssl.keystore.location';

/**
 * What a broker says of the certificate of this client, after the handshake with TLS 1.3. OpenSSL's names of versions vary.
 * Brokers on Java have one word for every chain that leads to no authority they trust: CERTIFICATE_UNKNOWN.
 */
const alertProblems: readonly (readonly [alert: RegExp, problem: string])[] = [
  [/ALERT_CERTIFICATE_REQUIRED$/, missingCertificate],
  [/ALERT_CERTIFICATE_EXPIRED$/, 'the certificate of this client has expired'],
  [/ALERT_CERTIFICATE_REVOKED$/, 'the certificate of this client was revoked'],
  [/ALERT_UNKNOWN_CA$/, 'it does not trust the authority of the certificate of this client'],
  [
    /ALERT_CERTIFICATE_UNKNOWN$/,
    'it refuses the certificate of this client, most likely as it does not trust its authority',
  ],
  [/ALERT_(BAD|UNSUPPORTED)_CERTIFICATE$/, 'it refuses the certificate of this client'],
  [
    /ALERT_HANDSHAKE_FAILURE$/,
    'it wants a certificate of this client (ssl.keystore.location), or other versions or ciphers',
  ],
];

/**
 * The error of a TLS handshake that no second try will help; `undefined` for everything else.
 * @param showsCertificate whether this client has a certificate to show
 */
export function tlsFailure(
  address: SocketAddress,
  error: unknown,
  showsCertificate: boolean,
): TlsError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = systemErrorCode(cause) ?? '';
    const isOpenSsl = /^ERR_(SSL|OSSL|TLS)_/.test(code);
    if (certificateProblems[code] === undefined && !isOpenSsl) continue;
    const problem = certificateProblems[code] ?? alertProblem(code, showsCertificate) ?? cause.message;
    return new TlsError(formatAddress(address), code, problem, { cause });
  }
  return undefined;
}

function alertProblem(code: string, showsCertificate: boolean): string | undefined {
  if (!showsCertificate && code.endsWith('ALERT_BAD_CERTIFICATE')) return missingCertificate;
  return alertProblems.find(([pattern]) => pattern.test(code))?.[1];
}

/**
 * What a connection that ended without a word, before the broker had answered anything, has to do with the certificate of
 * this client. Some brokers close the connection of a client whose certificate they refuse, as Node.js has no way to send
 * the alert; that a certificate has expired can be seen here as well.
 * @returns `undefined` where it has nothing to do with it; a TlsError where the certificate cannot be the right one
 */
export function silentRefusal(
  address: SocketAddress,
  own: TlsClientOptions,
  error: unknown,
  nowMs: number,
): TlsError | ConnectionError | undefined {
  if (own.certificateChain === undefined || !endedSilently(error)) return undefined;
  const at = formatAddress(address);
  const { validFrom, validTo } = new X509Certificate(own.certificateChain);
  if (Date.parse(validTo) < nowMs) {
    const problem = `the certificate of this client has expired: it was valid until ${validTo}`;
    return new TlsError(at, 'CERT_HAS_EXPIRED', problem, { cause: error });
  }
  if (Date.parse(validFrom) > nowMs) {
    const problem = `the certificate of this client is not valid yet: it will be from ${validFrom} on`;
    return new TlsError(at, 'CERT_NOT_YET_VALID', problem, { cause: error });
  }
  const problem = 'closed during the handshake; it may have refused the certificate of this client';
  return new ConnectionError(at, problem, { cause: error });
}

function endedSilently(error: unknown): boolean {
  if (error instanceof DisconnectedError) return error.cause === undefined || wasReset(error.cause);
  return wasReset(error);
}

/** EPIPE is what a reset is called by whoever was about to write. */
function wasReset(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === 'ECONNRESET' || code === 'EPIPE';
}
