/** Who a peer has shown to be. */
export interface AuthenticatedUser {
  readonly userName: string;
  /** Wall time until which that may be believed; `undefined` for as long as the connection lives. */
  readonly expiresAtMs: number | undefined;
}

/** The answer to one token of the peer; with `user`, it was the last one. */
export interface SaslStep {
  readonly challenge: Buffer;
  readonly user?: AuthenticatedUser;
}

/** One exchange with one peer. */
export interface SaslExchange {
  /** @throws AuthenticationError */
  respond(token: Buffer): SaslStep | Promise<SaslStep>;
}

/** A way to authenticate that a listener offers. */
export interface SaslMechanism {
  readonly name: string;
  begin(): SaslExchange;
}

/** Why a peer was refused, in words it may see: they tell neither what exists nor what would have been right. */
export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError';
}

export const NO_BYTES = Buffer.alloc(0);
