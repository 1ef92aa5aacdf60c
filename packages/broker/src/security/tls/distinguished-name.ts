import { X509Certificate } from 'node:crypto';

const OBJECT_ID = 0x06;
const VERSION = 0xa0;
/** Version, serial number, signature, issuer, validity come before the subject; the first may be missing. */
const FIELDS_BEFORE_SUBJECT = 4;

/** Keywords of RFC 2253; other attributes are written as the number of the attribute and the bytes of the value. */
const keywords: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
};

/** Encodings of text, by tag. */
const decoders: Readonly<Record<number, (bytes: Buffer) => string>> = {
  0x0c: (bytes) => bytes.toString('utf8'),
  0x13: (bytes) => bytes.toString('latin1'),
  0x14: (bytes) => bytes.toString('latin1'),
  0x16: (bytes) => bytes.toString('latin1'),
  0x1e: (bytes) => Buffer.from(bytes).swap16().toString('utf16le'),
};

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly whole: Buffer;
}

/**
 * The subject of a certificate as Java's `X500Principal.getName()` writes it (RFC 2253): the last attribute first,
 * `CN=alice,O=Shop,C=DE`. Principals of Kafka's ACLs are written like this.
 * @param certificate DER
 */
export function subjectName(certificate: Buffer): string {
  // OpenSSL has verified it; reading it once more refuses what is no certificate at all.
  const [body] = elements(elements(new X509Certificate(certificate).raw)[0]!.content);
  const fields = elements(body!.content);
  const hasVersion = fields[0]!.tag === VERSION;
  const subject = fields[FIELDS_BEFORE_SUBJECT + (hasVersion ? 1 : 0)]!;
  return elements(subject.content).toReversed().map(relativeName).join(',');
}

function relativeName(set: Element): string {
  return elements(set.content)
    .map((pair) => attribute(elements(pair.content)))
    .join('+');
}

function attribute([type, value]: readonly Element[]): string {
  const id = type!.tag === OBJECT_ID ? objectId(type!.content) : '';
  const keyword = keywords[id];
  const decode = decoders[value!.tag];
  if (keyword === undefined || decode === undefined)
    return `${keyword ?? id}=#${value!.whole.toString('hex')}`;
  return `${keyword}=${escape(decode(value!.content))}`;
}

function escape(text: string): string {
  return text
    .replace(/[,+"\\<>;]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
}

function objectId(bytes: Buffer): string {
  const arcs: number[] = [];
  let value = 0;
  for (const byte of bytes) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (arcs.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      arcs.push(first, value - first * 40);
    } else arcs.push(value);
    value = 0;
  }
  return arcs.join('.');
}

function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at]!;
    const short = bytes[at + 1]!;
    const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
    const length = lengthBytes === 0 ? short : bytes.readUIntBE(at + 2, lengthBytes);
    const start = at + 2 + lengthBytes;
    const end = start + length;
    found.push({ tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return found;
}
