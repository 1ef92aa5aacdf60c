import type { Host, Logger, TlsClientOptions } from '@millrace/host';
import type { PeerLogin } from './peer-login.ts';
import type { PeerTraffic } from './peer-traffic.ts';

/** How nodes protect what they say to each other. */
export interface PeerSecurity {
  /** Default: no TLS. */
  readonly tls?: TlsClientOptions;
  /** Default: no login. */
  readonly login?: PeerLogin;
}

/** What all connections of one listener between nodes have in common. */
export interface PeerOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly clientId: string;
  /** How long an answer may take where the caller does not say. */
  readonly requestTimeoutMs: number;
  /** Default: `requestTimeoutMs`. */
  readonly connectTimeoutMs?: number;
  /** Longest answer accepted; checked before anything is allocated for it. Default 100 MiB. */
  readonly maxResponseBytes?: number;
  readonly security?: PeerSecurity;
  /** Added to by every connection. Default: nobody counts. */
  readonly traffic?: PeerTraffic;
}

export const DEFAULT_MAX_RESPONSE_BYTES = 100 << 20;
