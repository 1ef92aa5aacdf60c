/** Stream connections. Errors are those of Node's `net` (`ECONNREFUSED`, `ECONNRESET`, `EADDRINUSE`, ...). */
export interface Network {
  /** Port 0 picks a free one; the listener tells which. With TLS a connection is handed over after its handshake. */
  listen(
    address: SocketAddress,
    onConnection: (connection: Connection) => void,
    options?: ListenOptions,
  ): Promise<Listener>;
  /** Rejects with `ETIMEDOUT` after `timeoutMs`, and with the signal's reason when aborted. */
  connect(address: SocketAddress, options?: ConnectOptions): Promise<Connection>;
  /**
   * The addresses of a name, in the order in which they should be tried; an address is its own. Rejects with `ENOTFOUND`.
   * A network without it takes names in `connect` only.
   */
  resolve?(host: string): Promise<readonly string[]>;
  /** The name that an address is known by, or the address itself where it has none. */
  canonicalName?(address: string): Promise<string>;
}

/** A host, by name or address, and a port. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** For `connect()`. */
export interface ConnectOptions {
  /** Default: that of the operating system. */
  readonly timeoutMs?: number;
  /** Gives up connecting; an open connection stays. */
  readonly signal?: AbortSignal;
  /** Default: no TLS. The time-out covers the handshake. */
  readonly tls?: TlsClientOptions;
  /**
   * The handlers have `memory` and `onFilled`: what is received goes straight where it is wanted, as far as the network
   * can do that. Default: chunks of memory made for them.
   */
  readonly asksForMemory?: boolean;
}

/** For `listen()`. */
export interface ListenOptions {
  /** Default: no TLS. */
  readonly tls?: TlsServerOptions;
  /** Told of peers that never became a connection, since their handshake failed. */
  readonly onHandshakeError?: (error: Error, remoteHost: string) => void;
}

/** Keys and certificates, as PEM text, and what may be spoken. */
export interface TlsCredentials {
  /** The certificate of this side, followed by those between it and the authority. */
  readonly certificateChain?: string;
  readonly privateKey?: string;
  readonly privateKeyPassword?: string;
  /** Instead of chain and key: a PKCS #12 file. */
  readonly pkcs12?: Buffer;
  readonly pkcs12Password?: string;
  /** Authorities whose certificates are accepted. Default: those that come with Node.js. */
  readonly trustedCertificates?: string;
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** OpenSSL's names, separated by colons. Default: Node's. */
  readonly cipherSuites?: string;
}

/** Versions of TLS, as OpenSSL names them. */
export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

/** TLS of the side that listens. */
export interface TlsServerOptions extends TlsCredentials {
  /**
   * May, or must, a peer show a certificate? One that is shown must be valid in either case. Default none; fixed when
   * the listener opens.
   */
  readonly clientAuthentication?: 'none' | 'requested' | 'required';
}

/** TLS of the side that connects. */
export interface TlsClientOptions extends TlsCredentials {
  /** Whether the certificate must name the host that was connected to. Default true. */
  readonly verifiesHost?: boolean;
  /** The name that the certificate must have. Default: the host that is connected to. */
  readonly serverName?: string;
}

/** What the handshake of a TLS connection came to. */
export interface TlsSession {
  /** For example `TLSv1.3`. */
  readonly protocol: string;
  readonly cipherSuite: string;
  /** The verified certificate of the peer in DER, if it has shown one. */
  readonly peerCertificate: Buffer | undefined;
}

/** A bound address. */
export interface Listener {
  readonly address: SocketAddress;
  /**
   * Uses other keys, certificates and authorities for connections from now on; those that are open stay as they are.
   * @throws Error for what OpenSSL cannot use, and where there is no TLS; the old ones stay in use
   */
  updateTls(credentials: TlsCredentials): void;
  /** Stops accepting; connections already open stay open. A second call is fine. */
  close(): Promise<void>;
}

/** One open connection, of either side. */
export interface Connection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** `undefined` without TLS. */
  readonly tls: TlsSession | undefined;
  /** Bytes handed to `write` that the operating system has not taken yet. */
  readonly bufferedBytes: number;
  /** Must be called once, in the turn in which the connection was handed over; data flows from then on. */
  start(handlers: ConnectionHandlers): void;
  /**
   * Queues all chunks as one gathered write, without copying: they must not be changed before `bufferedBytes` is 0.
   * @returns false when the caller should wait for `onDrain` before writing more.
   */
  write(chunks: readonly Uint8Array[]): boolean;
  /** Stops `onData` until `resume()`; lets TCP push back on the peer. */
  pause(): void;
  resume(): void;
  /** Sends what is queued, then closes. */
  end(): void;
  /** Drops what is queued and closes at once. `onClose` still comes, with `error` if one is given. */
  destroy(error?: Error): void;
}

/** What the owner of a connection is told. */
export interface ConnectionHandlers {
  /** The chunk belongs to the receiver. */
  onData(chunk: Buffer): void;
  /**
   * Where to put what is received next, at least one byte; asked before each read, and left alone until `onFilled`. Only
   * of connections opened with `asksForMemory`, and not all of them can read so: with TLS, for one, `onData` is called.
   */
  memory?(): Uint8Array;
  /** So many bytes have come, and are at the beginning of what `memory` answered. */
  onFilled?(byteCount: number): void;
  onDrain(): void;
  /** Exactly once, and last. */
  onClose(error: Error | undefined): void;
}
