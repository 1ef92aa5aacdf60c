import { ErrorCode } from '@millrace/protocol';
import {
  SaslAuthenticateRequest,
  SaslAuthenticateResponse,
} from '@millrace/protocol/messages/sasl-authenticate';
import { SaslHandshakeRequest, SaslHandshakeResponse } from '@millrace/protocol/messages/sasl-handshake';
import type { Host } from '@millrace/host';
import { PeerLoginError } from '../errors.ts';
import { peerApi, type PeerApi } from './peer-api.ts';
import { ScramLogin } from './scram-login.ts';

/** How this node proves who it is to another one: SASL, as clients do (KIP-43). */
export interface PeerLogin {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  readonly username: string;
  readonly password: string;
}

/** One exchange of tokens. */
export interface LoginExchange {
  first(): Buffer;
  /** @returns `undefined` when there is nothing more to say. @throws Error for a peer that is not what it says */
  next(challenge: Buffer): Promise<Buffer | undefined>;
}

const HANDSHAKE = peerApi(SaslHandshakeRequest, SaslHandshakeResponse);
const AUTHENTICATE = peerApi(SaslAuthenticateRequest, SaslAuthenticateResponse);

/** Sends a request over the new connection, ahead of all that wait for it. */
export type LoginSend = <Request extends object, Response>(
  api: PeerApi<Request, Response>,
  message: Request,
) => Promise<Response>;

/** Logs in on a connection that was just opened. @param peer For messages. @throws PeerLoginError */
export async function logIn(host: Host, login: PeerLogin, peer: string, send: LoginSend): Promise<void> {
  const { mechanism, username } = login;
  const handshake = await send(HANDSHAKE, { mechanism });
  if (handshake.errorCode !== ErrorCode.NONE) {
    const known = handshake.mechanisms.join(', ');
    throw new PeerLoginError(peer, `it does not know ${mechanism}, only ${known || 'nothing'}`);
  }
  const exchange = beginExchange(host, login);
  let token: Buffer | undefined = exchange.first();
  while (token !== undefined) {
    const answer: SaslAuthenticateResponse = await send(AUTHENTICATE, { authBytes: token });
    if (answer.errorCode !== ErrorCode.NONE) {
      throw new PeerLoginError(peer, answer.errorMessage ?? `user "${username}" is not accepted`);
    }
    token = await exchange.next(answer.authBytes);
  }
}

function beginExchange(host: Host, login: PeerLogin): LoginExchange {
  const { mechanism, username, password } = login;
  if (mechanism !== 'PLAIN') return new ScramLogin(host, mechanism, { username, password });
  return {
    first: () => Buffer.from(`\0${username}\0${password}`),
    next: async () => undefined,
  };
}
