import type { Random, SocketAddress, Timer } from '@millrace/host';
import { MillraceError } from '@millrace/protocol';
import { messageOf, PeerLoginError, PeerTimeoutError, PeerUnavailableError } from '../errors.ts';
import type { PeerApi } from './peer-api.ts';
import { PeerConnection } from './peer-connection.ts';
import { DEFAULT_MAX_RESPONSE_BYTES, type PeerOptions } from './peer-options.ts';
import { logIn, type LoginSend, type PeerLogin } from './peer-login.ts';
import type { PendingRequest } from './pending-request.ts';

/** For `PeerChannel`. */
export interface PeerChannelOptions extends PeerOptions {
  /** Where the peer listens now; `undefined` while nobody knows. */
  readonly address: () => SocketAddress | undefined;
  /** For messages, for example `node 3`. Default: its address alone. */
  readonly name?: string;
}

/** For `send()` of a channel. */
export interface PeerSendOptions {
  /** From the call to the answer, connecting included. Default: `requestTimeoutMs` of the channel. */
  readonly timeoutMs?: number;
  /** Give up waiting as soon as one of them is aborted; the request may have left. */
  readonly signals?: readonly AbortSignal[];
}

const MIN_BACKOFF_MS = 20;
const MAX_BACKOFF_MS = 1000;

/**
 * The requests of this node to another one: a connection that is opened at first use and again when it is lost.
 * Requests are pipelined and never change their order.
 *
 * After a failure the next attempt waits, 20 ms at first and up to a second, so a caller may simply try again in a
 * loop. What is sent meanwhile waits for the attempt, and fails with it.
 */
export class PeerChannel {
  readonly #options: PeerChannelOptions;
  /** For an attempt under way, or one that has to wait. */
  #waiting: PendingRequest[] = [];
  #connection: PeerConnection | undefined;
  #connectedTo: SocketAddress | undefined;
  #isConnecting = false;
  #backoffTimer: Timer | undefined;
  #expiryTimer: Timer | undefined;
  #expiryAtMs = Infinity;
  readonly #random: Random;
  #failures = 0;
  #nextAttemptMs = 0;
  readonly #closing = new AbortController();

  constructor(options: PeerChannelOptions) {
    this.#options = options;
    this.#random = options.host.random.fork(`back-off ${options.name ?? ''}`);
  }

  /**
   * @throws PeerUnavailableError: not sent, or the connection was lost and the peer may have acted; PeerTimeoutError;
   * the reason of a signal
   */
  send<Request extends object, Response>(
    api: PeerApi<Request, Response>,
    message: Request,
    { timeoutMs = this.#options.requestTimeoutMs, signals = [] }: PeerSendOptions = {},
  ): Promise<Response> {
    return new Promise<Response>((resolve, reject) => {
      if (this.#closing.signal.aborted) return reject(this.#unavailable('this node is stopping'));
      const aborted = signals.find((signal) => signal.aborted);
      if (aborted !== undefined) return reject(aborted.reason as Error);
      const request: PendingRequest = {
        api,
        message,
        timeoutMs,
        deadlineMs: this.#nowMs() + timeoutMs,
        isWanted: true,
        resolve: (response) => resolve(response as Response),
        reject,
      };
      if (signals.length > 0) giveUpOn(signals, request);
      this.#enqueue(request);
    });
  }

  /** Rejects what is under way, and everything from now on. */
  close(): void {
    this.#closing.abort();
    this.#backoffTimer?.cancel();
    this.#connection?.destroy();
    this.#rejectWaiting(this.#unavailable('this node is stopping'));
  }

  #enqueue(request: PendingRequest): void {
    const connection = this.#usableConnection();
    if (connection !== undefined) return connection.send(request);
    this.#waiting.push(request);
    this.#armExpiry(request.deadlineMs);
    this.#connectSoon();
  }

  /** A peer that has moved is connected to anew. */
  #usableConnection(): PeerConnection | undefined {
    if (this.#connection === undefined) return undefined;
    const address = this.#options.address();
    if (address === undefined || sameAddress(address, this.#connectedTo)) return this.#connection;
    const moved = this.#connection;
    this.#connection = undefined;
    this.#failures = 0;
    moved.destroy(new Error('the node has moved'));
    return undefined;
  }

  #connectSoon(): void {
    if (this.#isConnecting || this.#backoffTimer !== undefined) return;
    const delayMs = this.#nextAttemptMs - this.#nowMs();
    if (delayMs <= 0) return void this.#connect();
    const attempt = (): void => {
      this.#backoffTimer = undefined;
      if (this.#waiting.length > 0) void this.#connect();
    };
    this.#backoffTimer = this.#options.host.timers.schedule(delayMs, attempt, { background: true });
  }

  async #connect(): Promise<void> {
    const { host, security, connectTimeoutMs, requestTimeoutMs } = this.#options;
    const address = this.#options.address();
    if (address === undefined) {
      // Not in the turn of the call, so that a failure looks the same whatever its reason is.
      queueMicrotask(() => this.#failed(this.#unavailable('its address is not known')));
      return;
    }
    this.#isConnecting = true;
    try {
      const socket = await host.network.connect(address, {
        timeoutMs: connectTimeoutMs ?? requestTimeoutMs,
        signal: this.#closing.signal,
        ...(security?.tls === undefined ? {} : { tls: security.tls }),
      });
      const connection = this.#connectionOver(socket, address);
      if (security?.login !== undefined) await this.#logIn(connection, security.login, address);
      this.#use(connection, address);
    } catch (cause) {
      this.#isConnecting = false;
      this.#failed(cause instanceof PeerLoginError ? cause : this.#unavailable(messageOf(cause), cause));
    }
  }

  #connectionOver(
    socket: ConstructorParameters<typeof PeerConnection>[0],
    address: SocketAddress,
  ): PeerConnection {
    const {
      host,
      clientId,
      security,
      traffic,
      maxResponseBytes = DEFAULT_MAX_RESPONSE_BYTES,
    } = this.#options;
    const connection: PeerConnection = new PeerConnection(socket, {
      host,
      clientId,
      maxResponseBytes,
      usesTls: security?.tls !== undefined,
      traffic,
      peer: this.#describe(address),
      onAnswer: () => {
        // The answers to a login are not yet those of a node that takes requests.
        if (this.#connection === connection) this.#failures = 0;
      },
      onClose: () => this.#lost(connection),
    });
    return connection;
  }

  async #logIn(connection: PeerConnection, login: PeerLogin, address: SocketAddress): Promise<void> {
    const { host, logger, requestTimeoutMs } = this.#options;
    const peer = this.#describe(address);
    const send: LoginSend = (api, message) =>
      new Promise((resolve, reject) => {
        connection.send({
          api,
          message,
          timeoutMs: requestTimeoutMs,
          deadlineMs: this.#nowMs() + requestTimeoutMs,
          isWanted: true,
          resolve: (response) => resolve(response as never),
          reject,
        });
      });
    try {
      await logIn(host, login, peer, send);
    } catch (error) {
      connection.destroy();
      const refusal = error instanceof MillraceError ? error : new PeerLoginError(peer, messageOf(error));
      logger.warn('A node refuses the login of this one', { peer, error: refusal.message });
      throw refusal;
    }
  }

  #use(connection: PeerConnection, address: SocketAddress): void {
    this.#isConnecting = false;
    if (this.#closing.signal.aborted || connection.isClosed) {
      connection.destroy();
      return this.#failed(this.#unavailable('the connection was closed'));
    }
    this.#connection = connection;
    this.#connectedTo = address;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) if (request.isWanted) connection.send(request);
  }

  #lost(connection: PeerConnection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.#backOff();
  }

  #failed(error: Error): void {
    this.#backOff();
    this.#rejectWaiting(error);
  }

  #backOff(): void {
    const delayMs = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** Math.min(this.#failures, 10));
    this.#failures++;
    this.#nextAttemptMs = this.#nowMs() + delayMs * (0.8 + 0.4 * this.#random.float());
  }

  #rejectWaiting(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) request.reject(error);
  }

  #armExpiry(deadlineMs: number): void {
    if (deadlineMs >= this.#expiryAtMs) return;
    this.#expiryTimer?.cancel();
    this.#expiryAtMs = deadlineMs;
    const { timers } = this.#options.host;
    const delayMs = deadlineMs - this.#nowMs();
    this.#expiryTimer = timers.schedule(delayMs, () => this.#expire(), { background: true });
  }

  #expire(): void {
    this.#expiryAtMs = Infinity;
    const nowMs = this.#nowMs();
    const late = this.#waiting.filter(({ deadlineMs }) => deadlineMs <= nowMs);
    this.#waiting = this.#waiting.filter(({ deadlineMs }) => deadlineMs > nowMs);
    for (const { deadlineMs } of this.#waiting) this.#armExpiry(deadlineMs);
    const peer = this.#describe(this.#options.address());
    for (const request of late)
      request.reject(new PeerTimeoutError(peer, request.api.name, request.timeoutMs));
  }

  #unavailable(problem: string, cause?: unknown): PeerUnavailableError {
    const peer = this.#describe(this.#options.address());
    return new PeerUnavailableError(peer, problem, cause === undefined ? undefined : { cause });
  }

  #describe(address: SocketAddress | undefined): string {
    const place = address === undefined ? undefined : `${address.host}:${address.port}`;
    const { name } = this.#options;
    if (name === undefined) return place ?? 'A node without address';
    return place === undefined ? name : `${name} at ${place}`;
  }

  #nowMs(): number {
    return this.#options.host.clock.monotonicMs();
  }
}

/**
 * The order of the connection stays as it is: an answer that comes for it is dropped.
 *
 * Not `AbortSignal.any`: the process holds such a signal, and whoever listens to it, until one of its sources is
 * aborted, so a request without an answer would keep its node in memory.
 */
function giveUpOn(signals: readonly AbortSignal[], request: PendingRequest): void {
  const { resolve, reject } = request;
  const abort = (event: Event): void => {
    request.isWanted = false;
    request.reject((event.target as AbortSignal).reason);
  };
  const letGo = (): void => {
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
  for (const signal of signals) signal.addEventListener('abort', abort, { once: true });
  request.resolve = (response) => {
    letGo();
    resolve(response);
  };
  request.reject = (error) => {
    letGo();
    reject(error);
  };
}

function sameAddress(left: SocketAddress, right: SocketAddress | undefined): boolean {
  return left.host === right?.host && left.port === right.port;
}
