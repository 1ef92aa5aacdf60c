/** Stream connections. Errors are those of Node's `net` (`ECONNREFUSED`, `ECONNRESET`, `EADDRINUSE`, ...). */
export interface Network {
  /** Port 0 picks a free one; the listener tells which. */
  listen(address: SocketAddress, onConnection: (connection: Connection) => void): Promise<Listener>;
  /** Rejects with `ETIMEDOUT` after `timeoutMs`, and with the signal's reason when aborted. */
  connect(address: SocketAddress, options?: ConnectOptions): Promise<Connection>;
}

export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

export interface ConnectOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Listener {
  readonly address: SocketAddress;
  /** Stops accepting; connections already open stay open. A second call is fine. */
  close(): Promise<void>;
}

export interface Connection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** Bytes handed to `write` that the operating system has not taken yet. */
  readonly bufferedBytes: number;
  /** Must be called once, in the turn in which the connection was handed over; data flows from then on. */
  start(handlers: ConnectionHandlers): void;
  /**
   * Queues all chunks as one gathered write, without copying: they must not be changed afterwards.
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

export interface ConnectionHandlers {
  /** The chunk belongs to the receiver. */
  onData(chunk: Buffer): void;
  onDrain(): void;
  /** Exactly once, and last. */
  onClose(error: Error | undefined): void;
}
