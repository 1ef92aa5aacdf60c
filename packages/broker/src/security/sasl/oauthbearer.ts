import type { Logger } from '@millrace/host';
import { messageOf } from '../../errors.ts';
import {
  AuthenticationError,
  NO_BYTES,
  type AuthenticatedUser,
  type SaslExchange,
  type SaslMechanism,
  type SaslStep,
} from './sasl-mechanism.ts';

/** Stands between the fields of a message. */
const SEPARATOR = '\x01';
/** What a client sends to say that it has seen the error (RFC 7628, 3.2.3). */
const ACKNOWLEDGEMENT = '\x01';

/** @throws Error for a token that is not to be believed; its message goes to the log, not to the peer */
export type TokenCheck = (token: string) => Promise<AuthenticatedUser>;

/** OAUTHBEARER (RFC 7628): an access token of somebody whom this node trusts. */
export function oauthBearerMechanism(check: TokenCheck, logger: Logger): SaslMechanism {
  return { name: 'OAUTHBEARER', begin: () => new OauthBearerExchange(check, logger) };
}

class OauthBearerExchange implements SaslExchange {
  readonly #check: TokenCheck;
  readonly #logger: Logger;
  #failure: string | undefined;

  constructor(check: TokenCheck, logger: Logger) {
    this.#check = check;
    this.#logger = logger;
  }

  async respond(message: Buffer): Promise<SaslStep> {
    const text = message.toString('utf8');
    if (this.#failure !== undefined && text === ACKNOWLEDGEMENT) throw new AuthenticationError(this.#failure);
    const first = parseFirstMessage(text);
    if (first === undefined || this.#failure !== undefined) {
      throw new AuthenticationError('Invalid OAUTHBEARER client first message');
    }
    const { token, authorizationId } = first;
    const user = await this.#verify(token);
    if (user === undefined) {
      this.#failure = '{"status":"invalid_token"}';
      return { challenge: Buffer.from(this.#failure) };
    }
    if (authorizationId !== '' && authorizationId !== user.userName) {
      throw new AuthenticationError(
        "Authentication failed: Client requested an authorization id that is different from the token's principal name",
      );
    }
    return { challenge: NO_BYTES, user };
  }

  async #verify(token: string): Promise<AuthenticatedUser | undefined> {
    try {
      return await this.#check(token);
    } catch (error) {
      this.#logger.info('An access token was refused', { reason: messageOf(error) });
      return undefined;
    }
  }
}

interface FirstMessage {
  readonly token: string;
  readonly authorizationId: string;
}

/** `n,a=name,` and fields `key=value`, each with a separator behind it, and one more at the end. */
function parseFirstMessage(text: string): FirstMessage | undefined {
  const [header = '', ...fields] = text.split(SEPARATOR);
  const [, authorizationId = ''] = /^n,(?:a=([^,]*))?,$/.exec(header) ?? [undefined];
  const authorization = fields.find((field) => /^auth=/i.test(field));
  const [, token] = /^auth=Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  const isWellFormed = header.startsWith('n,') && text.endsWith(SEPARATOR + SEPARATOR);
  return token === undefined || !isWellFormed ? undefined : { token, authorizationId };
}
