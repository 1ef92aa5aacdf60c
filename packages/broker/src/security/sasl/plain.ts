import { createHash, timingSafeEqual } from 'node:crypto';
import { AuthenticationError, NO_BYTES, type SaslMechanism, type SaslStep } from './sasl-mechanism.ts';

const NUL = '\0';

/** PLAIN (RFC 4616): name and password in one token. Only for listeners whose bytes nobody else can read. */
export function plainMechanism(passwords: ReadonlyMap<string, string>): SaslMechanism {
  return { name: 'PLAIN', begin: () => ({ respond: (token) => check(token, passwords) }) };
}

function check(token: Buffer, passwords: ReadonlyMap<string, string>): SaslStep {
  const parts = token.toString('utf8').split(NUL);
  if (parts.length !== 3) {
    throw new AuthenticationError(`Invalid SASL/PLAIN response: expected 3 tokens, got ${parts.length}`);
  }
  const [authorizationId, userName, password] = parts as [string, string, string];
  if (userName === '') throw new AuthenticationError('Authentication failed: username not specified');
  if (password === '') throw new AuthenticationError('Authentication failed: password not specified');
  if (!isSame(password, passwords.get(userName))) {
    throw new AuthenticationError('Authentication failed: Invalid username or password');
  }
  if (authorizationId !== '' && authorizationId !== userName) {
    throw new AuthenticationError(
      'Authentication failed: Client requested an authorization id that is different from username',
    );
  }
  return { challenge: NO_BYTES, user: { userName, expiresAtMs: undefined } };
}

/** Takes the same time wherever the texts differ, and for users that do not exist. */
function isSame(given: string, expected: string | undefined): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected ?? '')) && expected !== undefined;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
