import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Host } from '@millrace/host';
import { saltPassword, scramDigest, type ScramName } from './salt-password.ts';
import type { SaslExchange, SaslMechanism } from './sasl-mechanism.ts';

export interface ScramParts {
  readonly host: Host;
  readonly username: string;
  readonly password: string;
}

const NONCE_BYTES = 24;
/** A broker that asks for less wants a password that is easy to guess; one that asks for more wants our time. */
const MIN_ITERATIONS = 4096;
const MAX_ITERATIONS = 1_000_000;
const GS2_HEADER = 'n,,';
const serverFirst = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d+)(?:,.*)?$/s;

/** SCRAM (RFC 5802): neither side shows the password, both prove to know it. */
export function scramMechanism(name: ScramName, parts: ScramParts): SaslMechanism {
  const passwords = new SaltedPasswords(name, parts);
  const random = parts.host.random.fork('scram-nonce');
  return {
    name,
    begin: () =>
      new ScramExchange(name, parts.username, random.bytes(NONCE_BYTES).toString('base64url'), passwords),
  };
}

/** The salted password, computed once per salt: each of a client's connections would ask for the same. */
class SaltedPasswords {
  readonly #name: ScramName;
  readonly #parts: ScramParts;
  #key = '';
  #salted: Promise<Buffer> | undefined;

  constructor(name: ScramName, parts: ScramParts) {
    this.#name = name;
    this.#parts = parts;
  }

  of(salt: Buffer, iterations: number): Promise<Buffer> {
    const key = `${salt.toString('base64')}:${iterations}`;
    if (this.#salted === undefined || key !== this.#key) {
      this.#key = key;
      const { host, password } = this.#parts;
      this.#salted = saltPassword(host, this.#name, password, { salt, iterations });
    }
    return this.#salted;
  }
}

class ScramExchange implements SaslExchange {
  readonly #name: ScramName;
  readonly #bare: string;
  readonly #nonce: string;
  readonly #passwords: SaltedPasswords;
  #expectedSignature: Buffer | undefined;
  #isOver = false;

  constructor(name: ScramName, username: string, nonce: string, passwords: SaltedPasswords) {
    this.#name = name;
    this.#nonce = nonce;
    this.#bare = `n=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
    this.#passwords = passwords;
  }

  async first(): Promise<Buffer> {
    return Buffer.from(GS2_HEADER + this.#bare);
  }

  async next(challenge: Buffer): Promise<Buffer | undefined> {
    const text = challenge.toString('utf8');
    if (this.#expectedSignature === undefined) return this.#prove(text);
    if (!this.#isOver) this.#verify(text, this.#expectedSignature);
    this.#isOver = true;
    return undefined;
  }

  async #prove(text: string): Promise<Buffer> {
    const [, nonce, salt, count] = serverFirst.exec(text) ?? [];
    const iterations = Number(count);
    if (nonce === undefined || !nonce.startsWith(this.#nonce) || nonce === this.#nonce) {
      throw new Error(`the broker's ${this.#name} challenge is malformed`);
    }
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new Error(
        `the broker asks for ${iterations} iterations, not ${MIN_ITERATIONS} to ${MAX_ITERATIONS}`,
      );
    }
    const digest = scramDigest(this.#name);
    const salted = await this.#passwords.of(Buffer.from(salt!, 'base64'), iterations);
    const clientKey = createHmac(digest, salted).update('Client Key').digest();
    const storedKey = createHash(digest).update(clientKey).digest();
    const withoutProof = `c=${Buffer.from(GS2_HEADER).toString('base64')},r=${nonce}`;
    const message = `${this.#bare},${text},${withoutProof}`;
    const signature = createHmac(digest, storedKey).update(message).digest();
    const serverKey = createHmac(digest, salted).update('Server Key').digest();
    this.#expectedSignature = createHmac(digest, serverKey).update(message).digest();
    const proof = clientKey.map((byte, index) => byte ^ signature[index]!);
    return Buffer.from(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`);
  }

  /** Whoever cannot sign does not know the password, and is not the broker. */
  #verify(text: string, expected: Buffer): void {
    const [, encoded = ''] = /^v=([A-Za-z0-9+/=]+)/.exec(text) ?? [];
    const signature = Buffer.from(encoded, 'base64');
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
      throw new Error(`the broker could not prove that it knows the password (${this.#name})`);
    }
  }
}
