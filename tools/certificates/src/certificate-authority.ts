import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { der } from './der.ts';

/** What goes into a certificate. */
export interface CertificateRequest {
  /** Attributes in the order in which they are written, for example `[['O', 'Shop'], ['CN', 'orders']]`. */
  readonly subject: readonly (readonly [attribute: SubjectAttribute, value: string])[];
  /** Names and addresses the holder is reached at. Default: `localhost` and `127.0.0.1`. */
  readonly altNames?: readonly string[];
  /** Default: a day ago. */
  readonly validFrom?: Date;
  /** Default: in a day. */
  readonly validTo?: Date;
}

export type SubjectAttribute = keyof typeof attributeIds;

/** A certificate with its key, as PEM text. */
export interface IssuedCertificate {
  readonly certificate: string;
  /** PKCS #8. */
  readonly key: string;
}

const attributeIds = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  emailAddress: '1.2.840.113549.1.9.1',
} as const;

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = der.sequence(der.objectId('1.2.840.10045.4.3.2'));
const KEY_CERT_SIGN = Buffer.from([0x04]);
const DIGITAL_SIGNATURE = Buffer.from([0x80]);

/** Issues certificates that nobody but the tests of one run trusts: keys are made anew each time, on P-256. */
export class CertificateAuthority {
  /** PEM of its own certificate: what the other side is to trust. */
  readonly certificate: string;
  readonly #name: Buffer;
  readonly #key: KeyObject;

  constructor(commonName = 'Test Authority') {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#key = privateKey;
    this.#name = nameOf([['CN', commonName]]);
    const extensions = [
      extension('2.5.29.19', der.sequence(der.boolean(true)), true),
      extension('2.5.29.15', der.bits(KEY_CERT_SIGN, 2), true),
    ];
    this.certificate = this.#sign({ subject: this.#name, publicKey, extensions, ...defaultTimes() });
  }

  issue(request: CertificateRequest): IssuedCertificate {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { altNames = ['localhost', '127.0.0.1'], validFrom, validTo } = request;
    const extensions = [
      extension('2.5.29.15', der.bits(DIGITAL_SIGNATURE, 7), true),
      extension('2.5.29.17', der.sequence(...altNames.map(generalName)), false),
    ];
    const times = defaultTimes();
    const certificate = this.#sign({
      subject: nameOf(request.subject),
      publicKey,
      extensions,
      validFrom: validFrom ?? times.validFrom,
      validTo: validTo ?? times.validTo,
    });
    return { certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
  }

  #sign(content: {
    readonly subject: Buffer;
    readonly publicKey: KeyObject;
    readonly extensions: readonly Buffer[];
    readonly validFrom: Date;
    readonly validTo: Date;
  }): string {
    const serial = randomBytes(8);
    serial[0] = (serial[0]! & 0x3f) | 0x40;
    const body = der.sequence(
      der.tagged(0, der.smallInteger(2), true),
      der.integer(serial),
      ECDSA_WITH_SHA256,
      this.#name,
      der.sequence(der.time(content.validFrom), der.time(content.validTo)),
      content.subject,
      content.publicKey.export({ type: 'spki', format: 'der' }),
      der.tagged(3, der.sequence(...content.extensions), true),
    );
    const signature = sign('sha256', body, this.#key);
    return pem(der.sequence(body, ECDSA_WITH_SHA256, der.bits(signature)));
  }
}

function defaultTimes(): { validFrom: Date; validTo: Date } {
  const nowMs = Date.now();
  return { validFrom: new Date(nowMs - DAY_MS), validTo: new Date(nowMs + DAY_MS) };
}

function nameOf(attributes: CertificateRequest['subject']): Buffer {
  const relativeNames = attributes.map(([attribute, value]) =>
    der.set(der.sequence(der.objectId(attributeIds[attribute]), der.text(value))),
  );
  return der.sequence(...relativeNames);
}

function generalName(name: string): Buffer {
  if (isIP(name) === 4) return der.tagged(7, Buffer.from(name.split('.').map(Number)), false);
  return der.tagged(2, Buffer.from(name, 'ascii'), false);
}

function extension(id: string, value: Buffer, isCritical: boolean): Buffer {
  const critical = isCritical ? [der.boolean(true)] : [];
  return der.sequence(der.objectId(id), ...critical, der.octets(value));
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').replace(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines.trimEnd()}\n-----END CERTIFICATE-----\n`;
}
