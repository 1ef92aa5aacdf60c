/** One authentication of one connection: tokens out, challenges in, until the mechanism has nothing more to say. */
export interface SaslExchange {
  /** The first token. */
  first(): Promise<Buffer>;
  /**
   * The answer to a challenge; `undefined` when the exchange is over.
   * @throws Error when the broker cannot prove that it knows the password, or says nonsense
   */
  next(challenge: Buffer): Promise<Buffer | undefined>;
}

/** A way to authenticate, with the secrets for it. */
export interface SaslMechanism {
  readonly name: string;
  begin(signal: AbortSignal): SaslExchange;
}
