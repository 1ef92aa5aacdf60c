import { pbkdf2, pbkdf2Sync } from 'node:crypto';
import { promisify } from 'node:util';
import type { Host } from '@millrace/host';

const digests = { 'SCRAM-SHA-256': 'sha256', 'SCRAM-SHA-512': 'sha512' } as const;
const keyBytes = { 'SCRAM-SHA-256': 32, 'SCRAM-SHA-512': 64 } as const;
const threadedPbkdf2 = promisify(pbkdf2);

export type ScramName = keyof typeof digests;

export function scramDigest(name: ScramName): string {
  return digests[name];
}

/** The slow step of SCRAM (PBKDF2), on another thread: it takes milliseconds, and is meant to. */
export async function saltPassword(
  host: Host,
  name: ScramName,
  password: string,
  { salt, iterations }: { readonly salt: Buffer; readonly iterations: number },
): Promise<Buffer> {
  const parameters = [password, salt, iterations, keyBytes[name], digests[name]] as const;
  return host.mayUseThreads === false ? pbkdf2Sync(...parameters) : threadedPbkdf2(...parameters);
}
