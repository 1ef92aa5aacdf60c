import type { Connection, Host, Listener, Logger, Timer } from '@millrace/host';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { SecuredAddress } from '../config/listeners.ts';
import { errorCodeOf, InvalidConfigurationError, ListenError, messageOf } from '../errors.ts';
import type { ListenerSecurity, PeerIdentity } from '../security/listener-security.ts';
import { ClientConnection } from './client-connection.ts';
import type { RequestDispatcher } from './request-dispatcher.ts';

export interface SocketServerOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly config: () => BrokerPropertyValues;
}

/** An open listener: what was asked for, with the port it got. */
export interface BoundListener extends SecuredAddress {
  readonly boundHost: string;
  readonly security: ListenerSecurity;
  readonly listener: Listener;
}

/** An address to bind, and who may come in there. */
export interface ListenerToBind extends SecuredAddress {
  readonly security: ListenerSecurity;
}

/** Listens, takes connections within the limits, and closes those that are idle for too long. */
export class SocketServer {
  readonly #options: SocketServerOptions;
  readonly #listeners: Listener[] = [];
  readonly #connections = new Set<ClientConnection>();
  readonly #connectionsByHost = new Map<string, number>();
  #dispatcher: RequestDispatcher | undefined;
  #nextId = 1;
  #idleTimer: Timer | undefined;
  #isClosed = false;
  #whenEmpty: (() => void) | undefined;

  constructor(options: SocketServerOptions) {
    this.#options = options;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /**
   * Binds the addresses. Peers that connect before `serve` are turned away.
   * @throws ListenError
   */
  async bind(addresses: readonly ListenerToBind[]): Promise<BoundListener[]> {
    const bound: BoundListener[] = [];
    for (const wanted of addresses) {
      try {
        const listener = await this.#listen(wanted);
        const { host: boundHost, port } = listener.address;
        bound.push({ ...wanted, port, boundHost, listener });
      } catch (cause) {
        await this.#stopListening();
        throw listenError(wanted, cause);
      }
    }
    return bound;
  }

  async #listen({ name, host, port, security }: ListenerToBind): Promise<Listener> {
    const { tls } = security;
    const onHandshakeError = (error: Error, remote: string) => {
      const fields = { remote, listener: name, reason: messageOf(error) };
      this.#options.logger.info('TLS handshake failed', fields);
    };
    const listener = await this.#options.host.network.listen(
      { host: host === '' ? '::' : host, port },
      (connection) => this.#accept(connection, security),
      tls === undefined ? {} : { tls, onHandshakeError },
    );
    this.#listeners.push(listener);
    return listener;
  }

  /** Opens the doors. */
  serve(dispatcher: RequestDispatcher): void {
    this.#dispatcher = dispatcher;
  }

  /** Stops listening and lets requests in progress finish, for at most `timeoutMs`; then drops who is left. */
  async close(timeoutMs: number): Promise<void> {
    this.#isClosed = true;
    this.#idleTimer?.cancel();
    await this.#stopListening();
    for (const connection of this.#connections) connection.drain();
    if (this.#connections.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#whenEmpty = resolve;
    const timer = this.#options.host.timers.schedule(timeoutMs, () => {
      for (const connection of this.#connections) connection.destroy('the broker stops');
    });
    await promise;
    timer.cancel();
  }

  async #stopListening(): Promise<void> {
    await Promise.all(this.#listeners.splice(0).map((listener) => listener.close()));
  }

  #accept(connection: Connection, security: ListenerSecurity): void {
    const refusal = this.#refusal(connection.remote.host);
    if (this.#dispatcher === undefined || refusal !== undefined) return this.#turnAway(connection, refusal);
    const { host, logger, config } = this.#options;
    const id = this.#nextId++;
    let identity: PeerIdentity;
    try {
      identity = security.identify(connection, id);
    } catch (error) {
      return this.#turnAway(connection, messageOf(error));
    }
    const remoteHost = connection.remote.host;
    this.#connectionsByHost.set(remoteHost, (this.#connectionsByHost.get(remoteHost) ?? 0) + 1);
    this.#connections.add(
      new ClientConnection({
        id,
        connection,
        listenerName: security.listenerName,
        securityProtocol: security.protocol,
        identity,
        maxBytesBefore: security.maxBytesBefore,
        dispatcher: this.#dispatcher,
        host,
        logger,
        maxRequestBytes: config()['socket.request.max.bytes'],
        onClosed: (closed) => this.#forget(closed),
      }),
    );
    this.#armIdleTimer();
  }

  #turnAway(connection: Connection, reason: string | undefined): void {
    connection.start({ onData() {}, onDrain() {}, onClose() {} });
    connection.destroy();
    if (reason === undefined) return;
    this.#options.logger.warn('Connection refused', { remote: connection.remote.host, reason });
  }

  #refusal(remoteHost: string): string | undefined {
    if (this.#isClosed) return 'the broker stops';
    const config = this.#options.config();
    if (this.#connections.size >= config['max.connections']) return 'max.connections is reached';
    const fromHost = this.#connectionsByHost.get(remoteHost) ?? 0;
    return fromHost >= config['max.connections.per.ip'] ? 'max.connections.per.ip is reached' : undefined;
  }

  #forget(connection: ClientConnection): void {
    this.#connections.delete(connection);
    const { remoteHost } = connection.info;
    const left = (this.#connectionsByHost.get(remoteHost) ?? 1) - 1;
    if (left === 0) this.#connectionsByHost.delete(remoteHost);
    else this.#connectionsByHost.set(remoteHost, left);
    if (this.#connections.size === 0) this.#whenEmpty?.();
  }

  /** One timer for all connections, set to when the first of them may be idle for too long. */
  #armIdleTimer(delayMs = this.#options.config()['connections.max.idle.ms']): void {
    if (this.#idleTimer !== undefined || this.#isClosed || delayMs < 0) return;
    this.#idleTimer = this.#options.host.timers.schedule(delayMs, () => this.#closeIdle(), {
      background: true,
    });
  }

  #closeIdle(): void {
    this.#idleTimer = undefined;
    const maxIdleMs = this.#options.config()['connections.max.idle.ms'];
    const nowMs = this.#options.host.clock.monotonicMs();
    let nextMs = maxIdleMs;
    for (const connection of this.#connections) {
      const { idleSinceMs } = connection;
      if (idleSinceMs === undefined) continue;
      const leftMs = idleSinceMs + maxIdleMs - nowMs;
      if (leftMs <= 0) connection.destroy('idle for longer than connections.max.idle.ms');
      else nextMs = Math.min(nextMs, leftMs);
    }
    if (this.#connections.size > 0) this.#armIdleTimer(nextMs);
  }
}

/** What OpenSSL refuses is a matter of the configuration, not of the address. */
function listenError({ name, host, port }: ListenerToBind, cause: unknown): Error {
  if (!/^ERR_(OSSL|SSL|CRYPTO|TLS)/.test(errorCodeOf(cause) ?? ''))
    return new ListenError(`${host}:${port}`, cause);
  const problem = `cannot be used for listener ${name}: ${messageOf(cause)}`;
  return new InvalidConfigurationError('ssl.keystore.location', problem);
}
