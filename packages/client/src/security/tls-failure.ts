import { systemErrorCode, type SocketAddress } from '@millrace/host';
import { formatAddress } from '../cluster/bootstrap-addresses.ts';
import { TlsError } from '../errors.ts';

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
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    'it wants a certificate of this client; set ssl.keystore.location',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the certificate of this client has expired',
};

/** The error of a TLS handshake that no second try will help; `undefined` for everything else. */
export function tlsFailure(address: SocketAddress, error: unknown): TlsError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = systemErrorCode(cause) ?? '';
    const isOpenSsl = /^ERR_(SSL|OSSL|TLS)_/.test(code);
    if (certificateProblems[code] === undefined && !isOpenSsl) continue;
    const problem = certificateProblems[code] ?? cause.message;
    return new TlsError(formatAddress(address), code, problem, { cause });
  }
  return undefined;
}
