import type { Duplex } from 'node:stream';
import type { SocketAddress } from '@millrace/host';
import type { ClientObserver } from '../observability/client-observer.ts';

/** An access token. */
export interface OauthToken {
  readonly value: string;
  /** Wall time in milliseconds. Default: the `exp` claim of the token, if it is a JSON web token. */
  readonly expiresAtMs?: number;
  /** Sent along with the token (KIP-342). */
  readonly extensions?: Readonly<Record<string, string>>;
}

/** How the client authenticates; the typed form of `sasl.mechanism` and `sasl.jaas.config`. */
export type SaslOptions =
  | {
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      readonly username: string;
      readonly password: string;
    }
  | {
      readonly mechanism: 'OAUTHBEARER';
      /** Called when a token is needed, and again before it expires. */
      readonly token: (request: { readonly signal: AbortSignal }) => Promise<OauthToken | string>;
    };

/** Opens the socket to a broker, for example through a proxy; TLS and Kafka's protocol go over what it returns. */
export type SocketFactory = (
  address: SocketAddress,
  options: { readonly timeoutMs: number; readonly signal: AbortSignal },
) => Promise<Duplex>;

/** Options of every client about its connections. */
export interface ConnectionOptions {
  readonly sasl?: SaslOptions;
  readonly socketFactory?: SocketFactory;
  /** Hears of every request. */
  readonly observer?: ClientObserver;
}
