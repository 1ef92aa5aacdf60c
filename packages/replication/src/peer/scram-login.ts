import { createHash, createHmac, pbkdf2, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Host } from '@millrace/host';
import type { LoginExchange } from './peer-login.ts';

const hashes = {
  'SCRAM-SHA-256': { name: 'sha256', bytes: 32 },
  'SCRAM-SHA-512': { name: 'sha512', bytes: 64 },
} as const;

const HEADER = 'n,,';
const NONCE_BYTES = 24;
const MIN_ITERATIONS = 4096;
const MAX_ITERATIONS = 1_000_000;
const CHALLENGE = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d+)/;

const inAnotherThread = promisify(pbkdf2);

/** SCRAM (RFC 5802): neither node shows the password, both prove that they know it. */
export class ScramLogin implements LoginExchange {
  readonly #host: Host;
  readonly #hash: (typeof hashes)[keyof typeof hashes];
  readonly #password: string;
  readonly #nonce: string;
  readonly #firstBare: string;
  #serverSignature: Buffer | undefined;

  constructor(
    host: Host,
    mechanism: keyof typeof hashes,
    { username, password }: { readonly username: string; readonly password: string },
  ) {
    this.#host = host;
    this.#hash = hashes[mechanism];
    this.#password = password;
    this.#nonce = host.random.bytes(NONCE_BYTES).toString('base64url');
    this.#firstBare = `n=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${this.#nonce}`;
  }

  first(): Buffer {
    return Buffer.from(HEADER + this.#firstBare);
  }

  async next(challenge: Buffer): Promise<Buffer | undefined> {
    const text = challenge.toString();
    if (this.#serverSignature === undefined) return this.#prove(text);
    const signature = Buffer.from(/^v=([A-Za-z0-9+/=]+)/.exec(text)?.[1] ?? '', 'base64');
    const expected = this.#serverSignature;
    if (signature.length === expected.length && timingSafeEqual(signature, expected)) return undefined;
    throw new Error('it cannot prove that it knows the password');
  }

  async #prove(text: string): Promise<Buffer> {
    const [, nonce = '', salt = '', count] = CHALLENGE.exec(text) ?? [];
    const iterations = Number(count);
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce)
      throw new Error('its challenge is malformed');
    if (!(iterations >= MIN_ITERATIONS && iterations <= MAX_ITERATIONS)) {
      throw new Error(`it asks for ${iterations} iterations, not ${MIN_ITERATIONS} to ${MAX_ITERATIONS}`);
    }
    const salted = await this.#salt(Buffer.from(salt, 'base64'), iterations);
    const withoutProof = `c=${Buffer.from(HEADER).toString('base64')},r=${nonce}`;
    const message = `${this.#firstBare},${text},${withoutProof}`;
    const clientKey = this.#hmac(salted, 'Client Key');
    const signature = this.#hmac(createHash(this.#hash.name).update(clientKey).digest(), message);
    this.#serverSignature = this.#hmac(this.#hmac(salted, 'Server Key'), message);
    const proof = Buffer.from(clientKey.map((byte, index) => byte ^ signature[index]!));
    return Buffer.from(`${withoutProof},p=${proof.toString('base64')}`);
  }

  /** The slow step, which is meant to be slow. */
  async #salt(salt: Buffer, iterations: number): Promise<Buffer> {
    const parameters = [this.#password, salt, iterations, this.#hash.bytes, this.#hash.name] as const;
    return this.#host.mayUseThreads === false ? pbkdf2Sync(...parameters) : inAnotherThread(...parameters);
  }

  #hmac(key: Buffer, text: string): Buffer {
    return createHmac(this.#hash.name, key).update(text).digest();
  }
}
