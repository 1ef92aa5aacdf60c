import type { SocketAddress } from '@millrace/host';
import type { MillraceError } from '@millrace/protocol';
import {
  AuthenticationError,
  ClientClosedError,
  ConnectionError,
  InvalidConfigError,
  TlsError,
} from '../errors.ts';
import { tlsFailure } from '../security/tls-failure.ts';
import type { BrokerVersions } from './api-versions.ts';
import { formatAddress } from './bootstrap-addresses.ts';
import { BrokerAddresses } from './broker-addresses.ts';
import { BrokerConnection } from './broker-connection.ts';
import { negotiateVersions, type HandshakeKnowledge } from './broker-handshake.ts';
import type { ClusterSettings } from './cluster-settings.ts';
import type { ConnectionKind } from './connection-kind.ts';
import { delay } from './delay.ts';
import { ExponentialBackoff } from './exponential-backoff.ts';

/** An open connection that has told its versions. */
export interface ReadyConnection {
  readonly connection: BrokerConnection;
  readonly versions: BrokerVersions;
}

export interface BrokerNodeEvents {
  /** An open connection ended, or one could not be opened. */
  onConnectionLost(node: BrokerNode, error: Error | undefined): void;
  /** A new connection has told its versions. */
  onVersions(versions: BrokerVersions): void;
  knownOf(nodeId: number): HandshakeKnowledge;
}

/**
 * One broker address with its connections, one per kind, opened on demand. Reconnect back-off and the growing setup
 * time-out are shared by the kinds: when the machine is gone, it is gone for all of them.
 */
export class BrokerNode {
  readonly address: SocketAddress;
  #id: number;
  readonly #addresses: BrokerAddresses;
  readonly #settings: ClusterSettings;
  readonly #events: BrokerNodeEvents;
  readonly #reconnectBackoff: ExponentialBackoff;
  readonly #setupTimeout: ExponentialBackoff;
  readonly #ready = new Map<ConnectionKind, ReadyConnection>();
  readonly #opening = new Map<ConnectionKind, Promise<ReadyConnection>>();
  readonly #closing = new AbortController();
  #failures = 0;
  #isInDoubt = false;
  #nextAttemptAtMs = 0;
  #lastAttemptAtMs = -Infinity;

  constructor(id: number, address: SocketAddress, settings: ClusterSettings, events: BrokerNodeEvents) {
    this.#id = id;
    this.address = address;
    this.#settings = settings;
    this.#events = events;
    this.#addresses = new BrokerAddresses(settings.host, address);
    const random = settings.host.random.fork(`broker-node-${id}`);
    this.#reconnectBackoff = new ExponentialBackoff(
      settings.reconnectBackoffMs,
      settings.reconnectBackoffMaxMs,
      random,
    );
    this.#setupTimeout = new ExponentialBackoff(
      settings.connectionSetupTimeoutMs,
      settings.connectionSetupTimeoutMaxMs,
      random,
    );
  }

  /** Negative for a bootstrap address. */
  get id(): number {
    return this.#id;
  }

  /** The address turned out to be that broker's. */
  becomes(id: number): this {
    this.#id = id;
    return this;
  }

  /** Requests sent or about to be, over all connections. */
  get pendingCount(): number {
    let count = 0;
    for (const { connection } of this.#ready.values()) count += connection.pendingCount;
    return count;
  }

  get isReady(): boolean {
    return this.#ready.size > 0;
  }

  get isConnecting(): boolean {
    return this.#opening.size > 0;
  }

  /** Its last connection ended with an error, or did not come about, and none has been opened since. */
  get isInDoubt(): boolean {
    return this.#isInDoubt;
  }

  get lastAttemptAtMs(): number {
    return this.#lastAttemptAtMs;
  }

  /** Milliseconds until a new connection may be tried; 0 when at once. */
  get backoffLeftMs(): number {
    return Math.max(0, this.#nextAttemptAtMs - this.#settings.host.clock.monotonicMs());
  }

  /** The open connection of that kind, if there is one: no waiting, no promise. */
  ready(kind: ConnectionKind): ReadyConnection | undefined {
    return this.#ready.get(kind);
  }

  /** The connection of that kind, opened first if need be, after the node's back-off. */
  connect(kind: ConnectionKind): Promise<ReadyConnection> {
    const ready = this.#ready.get(kind);
    if (ready !== undefined) return Promise.resolve(ready);
    let opening = this.#opening.get(kind);
    if (opening === undefined) {
      opening = this.#open(kind).finally(() => this.#opening.delete(kind));
      this.#opening.set(kind, opening);
    }
    return opening;
  }

  /** The client goes on without this node: answers in flight are awaited, and who waits for a connection asks another. */
  async leave(): Promise<void> {
    await this.#end(
      new ConnectionError(formatAddress(this.address), 'left for the brokers of the cluster'),
      true,
    );
  }

  /** Answers in flight are awaited when `drain` is set; everything else ends at once. */
  async close(options: { readonly drain: boolean }): Promise<void> {
    await this.#end(new ClientClosedError(this.#settings.clientName), options.drain);
  }

  async #end(reason: Error, drains: boolean): Promise<void> {
    this.#closing.abort(reason);
    const connections = [...this.#ready.values()].map(({ connection }) => connection);
    if (drains) await Promise.all(connections.map((connection) => connection.drain()));
    else for (const connection of connections) connection.destroy();
  }

  async #open(kind: ConnectionKind): Promise<ReadyConnection> {
    const { signal } = this.#closing;
    while (this.backoffLeftMs > 0) await delay(this.#settings.host, this.backoffLeftMs, signal);
    if (signal.aborted) throw signal.reason as Error;
    this.#lastAttemptAtMs = this.#settings.host.clock.monotonicMs();
    const timeoutMs = this.#setupTimeout.delayMs(this.#failures + 1);
    let connection: BrokerConnection | undefined;
    try {
      connection = await this.#connect(kind, timeoutMs);
      const versions = await negotiateVersions(connection, this.#events.knownOf(this.id), timeoutMs);
      this.#events.onVersions(versions);
      await this.#settings.security?.authenticate(connection, versions, { timeoutMs, signal });
      if (connection.isClosed) throw new ConnectionError(formatAddress(this.address), 'closed by the broker');
      if (signal.aborted) throw signal.reason as Error;
      return this.#opened(kind, { connection, versions });
    } catch (cause) {
      if (connection !== undefined) this.#addresses.wasUseless();
      connection?.destroy();
      const { security } = this.#settings;
      if (signal.aborted || security?.showsCertificate !== true) throw this.#failed(cause);
      const refusal = await security.silentRefusal(this.address, cause).catch(() => undefined);
      throw this.#failed(refusal ?? cause);
    }
  }

  async #connect(kind: ConnectionKind, timeoutMs: number): Promise<BrokerConnection> {
    const { host, logger, clientId, connectionsMaxIdleMs, maxResponseBytes, maxInFlightPerConnection } =
      this.#settings;
    const { security } = this.#settings;
    const limits = { timeoutMs, signal: this.#closing.signal, asksForMemory: true };
    const socket =
      security === undefined
        ? await this.#addresses.connect(
            (at, signal) => host.network.connect(at, { ...limits, signal }),
            limits.signal,
          )
        : await security.open(this.address, limits, this.#addresses);
    const connection = new BrokerConnection(socket, this.address, {
      host,
      logger,
      clientId,
      maxInFlight: maxInFlightPerConnection,
      maxIdleMs: connectionsMaxIdleMs,
      maxResponseBytes,
      nodeId: () => this.#id,
      observer: this.#settings.instruments,
      onClose: (error) => this.#lost(kind, connection, error),
    });
    return connection;
  }

  #opened(kind: ConnectionKind, ready: ReadyConnection): ReadyConnection {
    this.#failures = 0;
    this.#isInDoubt = false;
    this.#nextAttemptAtMs = 0;
    this.#ready.set(kind, ready);
    return ready;
  }

  #lost(kind: ConnectionKind, connection: BrokerConnection, error: Error | undefined): void {
    if (this.#ready.get(kind)?.connection !== connection) return;
    this.#ready.delete(kind);
    this.#isInDoubt ||= error !== undefined;
    this.#backOff();
    if (!this.#closing.signal.aborted) this.#events.onConnectionLost(this, error);
  }

  #failed(cause: unknown): unknown {
    if (this.#closing.signal.aborted) return this.#closing.signal.reason;
    this.#failures++;
    this.#isInDoubt = true;
    this.#backOff();
    const error = this.#errorOf(cause);
    this.#events.onConnectionLost(this, error);
    return error;
  }

  /** Credentials, certificates and properties that are wrong stay what they are: trying again would not help. */
  #errorOf(cause: unknown): MillraceError {
    const isFinal =
      cause instanceof AuthenticationError ||
      cause instanceof TlsError ||
      cause instanceof InvalidConfigError;
    if (isFinal || cause instanceof ConnectionError) return cause;
    const problem = connectProblem(cause);
    const showsCertificate = this.#settings.security?.showsCertificate === true;
    return (
      tlsFailure(this.address, cause, showsCertificate) ??
      new ConnectionError(formatAddress(this.address), problem, { cause })
    );
  }

  #backOff(): void {
    const { clock } = this.#settings.host;
    this.#nextAttemptAtMs = clock.monotonicMs() + this.#reconnectBackoff.delayMs(Math.max(1, this.#failures));
  }
}

/** A name with several addresses fails with one error for each, and without a message of its own. */
function connectProblem(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (cause.message !== '' || !(cause instanceof AggregateError)) return cause.message;
  return cause.errors.map(connectProblem).join('; ');
}
