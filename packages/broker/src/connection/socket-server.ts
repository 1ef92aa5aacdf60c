import type { Connection, Host, Listener, Logger, Timer } from '@millrace/host';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { SecuredAddress } from '../config/listeners.ts';
import { errorCodeOf, InvalidConfigurationError, ListenError, messageOf } from '../errors.ts';
import type { ListenerSecurity, PeerIdentity } from '../security/listener-security.ts';
import { ListenerTraffic } from '../metrics/listener-traffic.ts';
import type { ClientQuotas } from '../quota/client-quota.ts';
import { ClientConnection } from './client-connection.ts';
import { ConnectionLimits } from './connection-limits.ts';
import { RequestMemory } from './request-memory.ts';
import type { RequestDispatcher } from './request-dispatcher.ts';

export interface SocketServerOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly config: () => BrokerPropertyValues;
  /** Those of the newest cluster state. */
  readonly quotas: () => ClientQuotas;
}

/** Refused connections that are kept for a while; further ones are closed at once. */
const MAX_HELD = 1000;

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
  readonly #traffic = new Map<string, ListenerTraffic>();
  /** Of large requests that are arriving or in progress. */
  readonly requestMemory: RequestMemory;
  readonly #limits: ConnectionLimits;
  /** Refused ones, that are closed after a while. */
  readonly #held = new Set<Connection>();
  /** By listener name. */
  readonly #dispatchers = new Map<string, RequestDispatcher>();
  /** Where other nodes come in. */
  readonly #listenersForNodes = new Set<string>();
  #nextId = 1;
  #idleTimer: Timer | undefined;
  #isClosed = false;
  #whenEmpty: (() => void) | undefined;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    this.#limits = new ConnectionLimits(options);
    const { host, config } = options;
    this.requestMemory = new RequestMemory(host, config()['queued.max.request.bytes']);
  }

  /** Those that are served right now. */
  get connections(): ReadonlySet<ClientConnection> {
    return this.#connections;
  }

  /** What went through each listener, by its name. */
  get traffic(): ReadonlyMap<string, ListenerTraffic> {
    return this.#traffic;
  }

  /**
   * Binds the addresses. Peers that connect before `serve` are turned away.
   * @throws ListenError
   */
  async bind(addresses: readonly ListenerToBind[]): Promise<BoundListener[]> {
    const bound: BoundListener[] = [];
    for (const wanted of addresses) {
      try {
        this.#traffic.set(wanted.name, new ListenerTraffic());
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

  /**
   * Opens the doors of some listeners.
   * @param forNodes those of them that are for other nodes
   */
  serve(
    listenerNames: readonly string[],
    dispatcher: RequestDispatcher,
    forNodes: readonly string[] = [],
  ): void {
    for (const name of listenerNames) this.#dispatchers.set(name, dispatcher);
    for (const name of forNodes) this.#listenersForNodes.add(name);
  }

  /** Stops listening and lets requests in progress finish, for at most `timeoutMs`; then drops who is left. */
  async close(timeoutMs: number): Promise<void> {
    this.#isClosed = true;
    this.#idleTimer?.cancel();
    await this.#stopListening();
    for (const connection of this.#held) connection.destroy();
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
    const dispatcher = this.#dispatchers.get(security.listenerName);
    if (this.#isClosed || dispatcher === undefined) return this.#turnAway(connection, undefined);
    const remoteHost = connection.remote.host;
    const admission = this.#limits.admit(remoteHost, this.#listenersForNodes.has(security.listenerName));
    if (admission.type === 'refused') return this.#turnAway(connection, admission.reason, admission.delayMs);
    const { host, logger, config } = this.#options;
    const id = this.#nextId++;
    let identity: PeerIdentity;
    try {
      identity = security.identify(connection, id);
    } catch (error) {
      this.#limits.release(remoteHost);
      return this.#turnAway(connection, messageOf(error));
    }
    const traffic = this.#traffic.get(security.listenerName)!;
    traffic.opened(host.clock.monotonicMs());
    this.#connections.add(
      new ClientConnection({
        id,
        connection,
        listenerName: security.listenerName,
        securityProtocol: security.protocol,
        identity,
        maxBytesBefore: security.maxBytesBefore,
        traffic,
        dispatcher,
        host,
        logger,
        maxRequestBytes: config()['socket.request.max.bytes'],
        quietMs: admission.delayMs,
        memory: this.requestMemory,
        onClosed: (closed) => this.#forget(closed),
      }),
    );
    this.#armIdleTimer();
  }

  #turnAway(connection: Connection, reason: string | undefined, delayMs = 0): void {
    connection.start({ onData() {}, onDrain() {}, onClose: () => this.#held.delete(connection) });
    if (delayMs > 0 && this.#held.size < MAX_HELD) {
      this.#held.add(connection);
      connection.pause();
      this.#options.host.timers.schedule(delayMs, () => connection.destroy(), { background: true });
    } else connection.destroy();
    if (reason === undefined) return;
    this.#options.logger.warn('Connection refused', { remote: connection.remote.host, reason });
  }

  #forget(connection: ClientConnection): void {
    this.#connections.delete(connection);
    const { remoteHost, listenerName } = connection.info;
    this.#traffic.get(listenerName)!.closed(this.#options.host.clock.monotonicMs());
    this.#limits.release(remoteHost);
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
