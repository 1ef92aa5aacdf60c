import type { Host } from '@millrace/host';
import { createHash, timingSafeEqual } from 'node:crypto';
import { RegistryPropertyError } from '../errors.ts';

const PROPERTY = 'authentication.users.file';
/** Any role, also none. */
const ANY_ROLE = '*';

interface User {
  /** As it stands in the file. */
  readonly credential: string;
  readonly roles: readonly string[];
}

/** Says whether a user with this password may ask the registry. */
export type Authenticate = (user: string, password: string) => boolean | Promise<boolean>;

/**
 * Reads users from a file as Confluent's registry takes it (Jetty's `PropertyFileLoginModule`).
 *
 * @param roles a user needs one of them; `*` lets in every user of the file
 * @throws RegistryPropertyError for a file that cannot be read, or a line that names no password
 */
export async function readUserFile(
  host: Host,
  path: string,
  roles: readonly string[],
): Promise<Authenticate> {
  let text: string;
  try {
    text = (await host.disk.readFile(path)).toString('utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RegistryPropertyError(PROPERTY, `names a file that cannot be read: ${reason}`);
  }
  const users = parseUsers(text, path);
  return (name, password) => {
    const user = users.get(name);
    // An unknown user takes as long as a wrong password.
    const isRight = matches(user?.credential ?? '', password);
    return (
      isRight &&
      user !== undefined &&
      (roles.includes(ANY_ROLE) || user.roles.some((role) => roles.includes(role)))
    );
  };
}

/** Lines `name: credential[,role,...]`; `#` and `!` begin comments. */
function parseUsers(text: string, path: string): ReadonlyMap<string, User> {
  const users = new Map<string, User>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:[#!].*)?$/.test(line)) continue;
    const [, name, value = ''] = /^\s*([^\s:=]+)\s*[\s:=]\s*(.*?)\s*$/.exec(line) ?? [];
    const [credential = '', ...roles] = value.split(',').map((part) => part.trim());
    if (name === undefined || credential === '') {
      throw new RegistryPropertyError(
        PROPERTY,
        `names ${path}, whose line ${index + 1} is not "name: password" or "name: password,role"`,
      );
    }
    users.set(name, { credential, roles });
  }
  return users;
}

/** Plain text, or `MD5:` and the digest in hexadecimal digits. */
function matches(credential: string, password: string): boolean {
  const isDigest = credential.startsWith('MD5:');
  const given = isDigest ? `MD5:${createHash('md5').update(password).digest('hex')}` : password;
  return timingSafeEqual(
    digestOf(isDigest ? credential.toLowerCase() : credential),
    digestOf(isDigest ? given.toLowerCase() : given),
  );
}

/** Of one length, whatever the text is. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
