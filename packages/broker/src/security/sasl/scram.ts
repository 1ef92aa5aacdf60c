import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Random } from '@millrace/host';
import type { ScramCredential } from '../scram/scram-credential.ts';
import { scramMechanisms, type ScramMechanismName } from '../scram/scram-mechanism.ts';
import {
  AuthenticationError,
  type SaslExchange,
  type SaslMechanism,
  type SaslStep,
} from './sasl-mechanism.ts';

const NONCE_BYTES = 24;
const clientFirst = /^(n,(?:a=([^,]*))?,)(?:m=[^,]*,)?(n=([^,]+),r=([\x21-\x2b\x2d-\x7e]+)(?:,(.*))?)$/s;
const clientFinal = /^(c=([A-Za-z0-9+/=]+),r=([^,]+)(?:,[^p].*)?),p=([A-Za-z0-9+/=]+)$/s;

export interface ScramParts {
  readonly random: Random;
  readonly credentialOf: (userName: string) => ScramCredential | undefined;
}

/** SCRAM (RFC 5802, RFC 7677): the password is proved in both directions and travels in neither. */
export function scramMechanism(name: ScramMechanismName, parts: ScramParts): SaslMechanism {
  return { name, begin: () => new ScramExchange(name, parts) };
}

/** What the first message has settled. */
interface Proposal {
  readonly userName: string;
  readonly credential: ScramCredential;
  readonly gs2Header: string;
  readonly serverNonce: string;
  /** `client-first-message-bare,server-first-message` */
  readonly messages: string;
}

class ScramExchange implements SaslExchange {
  readonly #name: ScramMechanismName;
  readonly #parts: ScramParts;
  #proposal: Proposal | undefined;

  constructor(name: ScramMechanismName, parts: ScramParts) {
    this.#name = name;
    this.#parts = parts;
  }

  respond(token: Buffer): SaslStep {
    const text = token.toString('utf8');
    return this.#proposal === undefined ? this.#propose(text) : this.#verify(text, this.#proposal);
  }

  #propose(text: string): SaslStep {
    const [, gs2Header, authorizationId, bare, escapedName, clientNonce, extensions] =
      clientFirst.exec(text) ?? [];
    if (bare === undefined) throw this.#refusal();
    const userName = unescape(escapedName!);
    if (authorizationId !== undefined && unescape(authorizationId) !== userName) {
      throw new AuthenticationError(
        'Authentication failed: Client requested an authorization id that is different from username',
      );
    }
    const credential = this.#parts.credentialOf(userName);
    // Delegation tokens announce themselves by this extension; there are none.
    if (credential === undefined || /(^|,)tokenauth=true(,|$)/.test(extensions ?? '')) throw this.#refusal();
    const serverNonce = this.#parts.random.bytes(NONCE_BYTES).toString('base64url');
    const serverFirst = `r=${clientNonce}${serverNonce},s=${credential.salt.toString('base64')},i=${credential.iterations}`;
    const messages = `${bare},${serverFirst}`;
    this.#proposal = { userName, credential, gs2Header: gs2Header!, serverNonce, messages };
    return { challenge: Buffer.from(serverFirst) };
  }

  #verify(text: string, { userName, credential, gs2Header, serverNonce, messages }: Proposal): SaslStep {
    const [, withoutProof, channelBinding, echoedNonce, proofText] = clientFinal.exec(text) ?? [];
    // librdkafka before 2.6 repeats its own nonce in front of both; what counts is ours, as in Apache Kafka.
    if (proofText === undefined || echoedNonce?.endsWith(serverNonce) !== true) throw this.#refusal();
    if (Buffer.from(channelBinding!, 'base64').toString() !== gs2Header) throw this.#refusal();
    const { digest, keyBytes } = scramMechanisms[this.#name];
    const message = `${messages},${withoutProof}`;
    const signature = createHmac(digest, credential.storedKey).update(message).digest();
    const proof = Buffer.from(proofText, 'base64');
    if (proof.length !== keyBytes) throw this.#refusal();
    const clientKey = proof.map((byte, index) => byte ^ signature[index]!);
    const storedKey = createHash(digest).update(clientKey).digest();
    if (!timingSafeEqual(storedKey, credential.storedKey)) throw this.#refusal();
    const serverSignature = createHmac(digest, credential.serverKey).update(message).digest('base64');
    return { challenge: Buffer.from(`v=${serverSignature}`), user: { userName, expiresAtMs: undefined } };
  }

  /** The same words for a user who does not exist, a wrong password, and nonsense. */
  #refusal(): AuthenticationError {
    return new AuthenticationError(
      `Authentication failed during authentication due to invalid credentials with SASL mechanism ${this.#name}`,
    );
  }
}

function unescape(name: string): string {
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=');
}
