import { createHash } from 'node:crypto';

/** Fingerprints of the specification. */
export type FingerprintAlgorithm = 'CRC-64-AVRO' | 'MD5' | 'SHA-256';

/** The fingerprint of the empty text, from which the specification's polynomial is made too. */
const EMPTY = 0xc15d213aa4d7a795n;

const table: readonly bigint[] = Array.from({ length: 256 }, (_, index) => {
  let fingerprint = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1)
    fingerprint = (fingerprint >> 1n) ^ (EMPTY & -(fingerprint & 1n) & 0xffffffffffffffffn);
  return fingerprint;
});

/**
 * The fingerprint of a text in Parsing Canonical Form. CRC-64-AVRO comes in the byte order that the single-object encoding
 * writes: little-endian.
 */
export function fingerprint(canonicalForm: string, algorithm: FingerprintAlgorithm): Buffer {
  switch (algorithm) {
    case 'CRC-64-AVRO': {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(crc64(Buffer.from(canonicalForm)));
      return bytes;
    }
    case 'MD5':
      return createHash('md5').update(canonicalForm).digest();
    case 'SHA-256':
      return createHash('sha256').update(canonicalForm).digest();
  }
}

function crc64(bytes: Buffer): bigint {
  let result = EMPTY;
  for (const byte of bytes) {
    result = (result >> 8n) ^ (table[Number((result ^ BigInt(byte)) & 0xffn)] as bigint);
  }
  return result;
}
