import type { Connection, Host, Logger, SocketAddress, Timer } from '@millrace/host';
import { encodeRequest, FrameReader, readResponseHeader, WireReader } from '@millrace/protocol';
import type { ConnectionObserver } from '../observability/connection-observer.ts';
import { BadResponseError, DisconnectedError, RequestTimeoutError } from '../errors.ts';
import type { Api } from './api.ts';
import { formatAddress } from './bootstrap-addresses.ts';
import type { PendingRequest } from './pending-request.ts';
import { throttleMs } from './throttle.ts';

export interface BrokerConnectionOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly clientId: string | null;
  readonly maxInFlight: number;
  /** Closed after this time without a request; 0 or less: never. */
  readonly maxIdleMs: number;
  /** Longest answer accepted; checked before anything is allocated for it. */
  readonly maxResponseBytes: number;
  /** Called once, when the connection has ended for whatever reason. */
  readonly onClose: (error: Error | undefined) => void;
  /** Whose connection it is, as far as known: negative for a bootstrap address. Default: -1. */
  readonly nodeId?: () => number;
  readonly observer?: ConnectionObserver | undefined;
  /** Where numbering starts; only tests that wrap around need another value than 0. */
  readonly firstCorrelationId?: number;
}

export interface RequestOptions {
  readonly timeoutMs: number;
  readonly expectsResponse?: boolean;
  /** For SASL only: goes ahead of requests that wait, and while they are held back. Default false. */
  readonly isAuthentication?: boolean;
}

/**
 * One socket to one broker: pipelined requests out, answers in, matched strictly in order.
 *
 * A request that times out closes the connection, because answers carry no other identity than their place in the
 * order: skipping one would hand every later answer to the wrong caller.
 */
export class BrokerConnection {
  readonly address: SocketAddress;
  readonly #options: BrokerConnectionOptions;
  readonly #socket: Connection;
  readonly #frames: FrameReader;
  /** Accepted but not written: the in-flight limit is reached or the broker asked for silence. */
  readonly #waiting: PendingRequest[] = [];
  readonly #inFlight: PendingRequest[] = [];
  #outgoing: Buffer[] = [];
  #isFlushScheduled = false;
  #nextCorrelationId: number;
  #throttledUntilMs = 0;
  #throttleTimer: Timer | undefined;
  #timeoutTimer: Timer | undefined;
  #timeoutAtMs = Infinity;
  #idleTimer: Timer | undefined;
  #sessionTimer: Timer | undefined;
  #isRenewing = false;
  #lastUsedMs: number;
  #isClosed = false;
  #closeReason: Error | undefined;
  #onDrained: (() => void) | undefined;

  constructor(socket: Connection, address: SocketAddress, options: BrokerConnectionOptions) {
    this.address = address;
    this.#options = options;
    this.#socket = socket;
    this.#frames = new FrameReader({ maxFrameBytes: options.maxResponseBytes });
    this.#nextCorrelationId = options.firstCorrelationId ?? 0;
    this.#lastUsedMs = this.#nowMs();
    socket.start({
      onData: (chunk) => this.#receive(() => this.#frames.push(chunk)),
      memory: () => this.#frames.memory(),
      onFilled: (byteCount) => this.#receive(() => this.#frames.filled(byteCount)),
      onDrain: () => {},
      onClose: (error) => this.#closed(error),
    });
    this.#armIdle();
    options.observer?.opened(this);
  }

  /** Negative for a bootstrap address. */
  get nodeId(): number {
    return this.#options.nodeId?.() ?? -1;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Requests sent or about to be sent. */
  get pendingCount(): number {
    return this.#inFlight.length + this.#waiting.length;
  }

  /** Resolves with the decoded answer; with `undefined` at once when none is expected. */
  request<Input extends object, Output>(
    api: Api<Input, Output>,
    version: number,
    message: Input,
    options: RequestOptions,
  ): Promise<Output> {
    return new Promise<Output>((resolve, reject) => {
      if (this.#isClosed) return reject(this.#disconnected(api.name));
      const createdMs = this.#nowMs();
      this.#enqueue({
        api,
        version,
        message,
        timeoutMs: options.timeoutMs,
        deadlineMs: createdMs + options.timeoutMs,
        createdMs,
        sentMs: createdMs,
        sizeBytes: 0,
        expectsResponse: options.expectsResponse ?? true,
        isAuthentication: options.isAuthentication ?? false,
        correlationId: 0,
        resolve,
        reject,
      });
    });
  }

  /**
   * Runs `renew` in `delayMs`, unless the connection has ended by then. Requests wait until it has run; when it fails,
   * the connection ends with what it threw.
   */
  renewSessionAfter(delayMs: number, renew: () => Promise<void>): void {
    if (this.#isClosed) return;
    const begin = () => void this.#renewSession(renew);
    this.#sessionTimer = this.#options.host.timers.schedule(delayMs, begin, { background: true });
  }

  /** Takes no new requests, waits for the answers of those in flight, then closes. */
  async drain(): Promise<void> {
    if (!this.#isClosed && this.pendingCount > 0) {
      await new Promise<void>((resolve) => {
        this.#onDrained = resolve;
      });
    }
    this.destroy();
  }

  /** Closes at once; everything pending is rejected with `reason`, or as disconnected. */
  destroy(reason?: Error): void {
    if (this.#isClosed) return;
    this.#closeReason = reason;
    this.#socket.destroy();
    this.#closed(reason);
  }

  async #renewSession(renew: () => Promise<void>): Promise<void> {
    this.#isRenewing = true;
    try {
      await renew();
    } catch (error) {
      if (!this.#isClosed) this.#fail(error as Error);
    } finally {
      this.#isRenewing = false;
    }
    if (!this.#isClosed) this.#writeWaiting();
  }

  #enqueue(request: PendingRequest): void {
    this.#lastUsedMs = request.createdMs;
    this.#armTimeout(request.deadlineMs);
    if (request.isAuthentication) {
      this.#write(request);
      return;
    }
    this.#waiting.push(request);
    this.#writeWaiting();
  }

  #writeWaiting(): void {
    if (this.#waiting.length === 0 || this.#isThrottled() || this.#isRenewing) return;
    while (this.#waiting.length > 0 && this.#inFlight.length < this.#options.maxInFlight) {
      this.#write(this.#waiting.shift()!);
    }
  }

  #write(request: PendingRequest): void {
    request.correlationId = this.#nextCorrelationId;
    let chunks: Buffer[];
    try {
      chunks = encodeRequest({
        codec: request.api.request,
        version: request.version,
        correlationId: request.correlationId,
        clientId: this.#options.clientId,
        message: request.message,
      });
    } catch (error) {
      request.reject(error);
      return;
    }
    this.#nextCorrelationId = (this.#nextCorrelationId + 1) | 0;
    for (const chunk of chunks) {
      this.#outgoing.push(chunk);
      request.sizeBytes += chunk.length;
    }
    // What did not have to wait was sent when it came; asking the clock again would say the same.
    if (request.sentMs < this.#lastUsedMs) request.sentMs = this.#nowMs();
    this.#options.observer?.sent(this, request);
    if (request.expectsResponse) this.#inFlight.push(request);
    else request.resolve(undefined);
    this.#scheduleFlush();
  }

  /** All requests of one turn leave in one gathered write. */
  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return;
    this.#isFlushScheduled = true;
    queueMicrotask(() => {
      this.#isFlushScheduled = false;
      const chunks = this.#outgoing;
      this.#outgoing = [];
      if (!this.#isClosed && chunks.length > 0) this.#socket.write(chunks);
    });
  }

  #receive(cut: () => Buffer[]): void {
    try {
      for (const frame of cut()) {
        if (this.#isClosed) return;
        this.#answer(frame);
      }
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      this.#fail(new BadResponseError(formatAddress(this.address), problem, { cause }));
    }
  }

  #answer(frame: Buffer): void {
    const request = this.#inFlight[0];
    if (request === undefined) throw new Error('an answer that nobody asked for');
    const reader = new WireReader(frame);
    const { correlationId } = readResponseHeader(reader, request.api.apiKey, request.version);
    if (correlationId !== request.correlationId) {
      throw new Error(
        `correlation id ${correlationId}, expected ${request.correlationId} (${request.api.name})`,
      );
    }
    const response = request.api.response.read(reader, request.version);
    this.#inFlight.shift();
    this.#lastUsedMs = this.#nowMs();
    const silenceMs = throttleMs(request.api.apiKey, request.version, response);
    this.#throttle(silenceMs);
    this.#options.observer?.answered(this, request, frame.length, this.#lastUsedMs, silenceMs);
    request.resolve(response);
    this.#writeWaiting();
    if (this.pendingCount === 0) this.#onDrained?.();
  }

  #throttle(delayMs: number): void {
    if (delayMs === 0) return;
    this.#throttledUntilMs = Math.max(this.#throttledUntilMs, this.#nowMs() + delayMs);
    this.#throttleTimer?.cancel();
    this.#throttleTimer = this.#options.host.timers.schedule(this.#throttledUntilMs - this.#nowMs(), () => {
      this.#throttleTimer = undefined;
      this.#throttledUntilMs = 0;
      this.#writeWaiting();
    });
  }

  #isThrottled(): boolean {
    return this.#throttleTimer !== undefined;
  }

  #armTimeout(deadlineMs: number): void {
    if (deadlineMs >= this.#timeoutAtMs) return;
    this.#timeoutTimer?.cancel();
    this.#timeoutAtMs = deadlineMs;
    this.#timeoutTimer = this.#options.host.timers.schedule(deadlineMs - this.#nowMs(), () => {
      this.#timeoutAtMs = Infinity;
      this.#expire();
    });
  }

  #expire(): void {
    const nowMs = this.#nowMs();
    const late = this.#inFlight.find((request) => request.deadlineMs <= nowMs);
    if (late !== undefined) return this.#fail(this.#timedOut(late));
    for (let index = this.#waiting.length - 1; index >= 0; index--) {
      const request = this.#waiting[index]!;
      if (request.deadlineMs > nowMs) continue;
      this.#waiting.splice(index, 1);
      request.reject(this.#timedOut(request));
    }
    const next = Math.min(...[...this.#inFlight, ...this.#waiting].map((request) => request.deadlineMs));
    if (next !== Infinity) this.#armTimeout(next);
  }

  #armIdle(): void {
    const { maxIdleMs, host } = this.#options;
    if (maxIdleMs <= 0) return;
    // While answers are due the connection is in use, however long ago the last request was.
    const idleSinceMs = this.pendingCount > 0 ? this.#nowMs() : this.#lastUsedMs;
    const delayMs = Math.max(1, idleSinceMs + maxIdleMs - this.#nowMs());
    this.#idleTimer = host.timers.schedule(
      delayMs,
      () => {
        if (this.pendingCount === 0 && this.#nowMs() - this.#lastUsedMs >= maxIdleMs) this.destroy();
        else this.#armIdle();
      },
      { background: true },
    );
  }

  #fail(error: Error): void {
    this.#options.logger.warn('connection to broker failed', { address: formatAddress(this.address), error });
    this.destroy(error);
  }

  #closed(error: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closeReason ??= error;
    const timers = [this.#timeoutTimer, this.#idleTimer, this.#throttleTimer, this.#sessionTimer];
    for (const timer of timers) timer?.cancel();
    this.#outgoing = [];
    for (const request of this.#inFlight.splice(0)) {
      const rejection = this.#rejection(request);
      this.#options.observer?.lost(this, request, rejection);
      request.reject(rejection);
    }
    for (const request of this.#waiting.splice(0)) request.reject(this.#rejection(request));
    this.#options.observer?.closed(this, this.#closeReason);
    this.#onDrained?.();
    this.#options.onClose(this.#closeReason);
  }

  /** A request timeout names one request; its neighbours were merely disconnected by it. */
  #rejection(request: PendingRequest): Error {
    const reason = this.#closeReason;
    if (reason instanceof RequestTimeoutError && request.deadlineMs <= this.#nowMs())
      return this.#timedOut(request);
    return this.#disconnected(request.api.name);
  }

  #timedOut(request: PendingRequest): RequestTimeoutError {
    return new RequestTimeoutError(formatAddress(this.address), request.api.name, request.timeoutMs);
  }

  #disconnected(api: string): DisconnectedError {
    return new DisconnectedError(formatAddress(this.address), api, { cause: this.#closeReason });
  }

  #nowMs(): number {
    return this.#options.host.clock.monotonicMs();
  }
}
