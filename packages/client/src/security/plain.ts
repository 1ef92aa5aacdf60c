import type { SaslMechanism } from './sasl-mechanism.ts';

/** PLAIN (RFC 4616). */
export function plainMechanism({
  username,
  password,
}: {
  readonly username: string;
  readonly password: string;
}): SaslMechanism {
  const token = Buffer.from(`\0${username}\0${password}`);
  return {
    name: 'PLAIN',
    begin: () => ({ first: async () => token, next: async () => undefined }),
  };
}
