import { createHash, createHmac } from 'node:crypto';
import { scramMechanisms, type ScramMechanismName } from './scram-mechanism.ts';

/** What is kept of a user's password (RFC 5802): enough to check it, not to log in elsewhere. */
export interface ScramCredential {
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
  readonly iterations: number;
}

/** @param saltedPassword PBKDF2 of the password, computed by the client that sets it */
export function credentialOf(
  mechanism: ScramMechanismName,
  saltedPassword: Buffer,
  { salt, iterations }: { readonly salt: Buffer; readonly iterations: number },
): ScramCredential {
  const { digest } = scramMechanisms[mechanism];
  const clientKey = createHmac(digest, saltedPassword).update('Client Key').digest();
  return {
    // Copied: they must not keep the frame they came in.
    salt: Buffer.from(salt),
    iterations,
    storedKey: createHash(digest).update(clientKey).digest(),
    serverKey: createHmac(digest, saltedPassword).update('Server Key').digest(),
  };
}
