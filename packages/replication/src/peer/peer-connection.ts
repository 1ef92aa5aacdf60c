import type { Connection, Host, Timer } from '@millrace/host';
import { encodeRequest, FrameReader, readResponseHeader, WireReader } from '@millrace/protocol';
import { messageOf, PeerAnswerError, PeerTimeoutError, PeerUnavailableError } from '../errors.ts';
import type { PeerTraffic } from './peer-traffic.ts';
import type { PendingRequest } from './pending-request.ts';

export interface PeerConnectionOptions {
  readonly host: Host;
  readonly clientId: string;
  /** For messages: the node and its address. */
  readonly peer: string;
  readonly maxResponseBytes: number;
  /** This node has shown a certificate: one that is not trusted is answered by closing. */
  readonly usesTls: boolean;
  /** To be added to. */
  readonly traffic: PeerTraffic | undefined;
  /** The first answer shows that something that speaks the protocol is there. */
  readonly onAnswer: () => void;
  readonly onClose: () => void;
}

/**
 * One socket to another node: pipelined requests out, answers matched by their correlation ids.
 *
 * A request that times out closes the socket. The peer answers in order, so what hangs keeps everything behind it
 * waiting, and a socket through a dead network never says that it is dead.
 */
export class PeerConnection {
  readonly #options: PeerConnectionOptions;
  readonly #socket: Connection;
  readonly #frames: FrameReader;
  readonly #inFlight = new Map<number, PendingRequest>();
  #outgoing: Buffer[] = [];
  #nextCorrelationId = 0;
  #timer: Timer | undefined;
  #timerAtMs = Infinity;
  #isClosed = false;
  #hasAnswered = false;
  #reason: Error | undefined;

  constructor(socket: Connection, options: PeerConnectionOptions) {
    this.#options = options;
    this.#socket = socket;
    this.#frames = new FrameReader({ maxFrameBytes: options.maxResponseBytes });
    socket.start({
      onData: (chunk) => this.#receive(chunk),
      onDrain: () => {},
      onClose: (error) => this.#closed(error),
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  send(request: PendingRequest): void {
    const correlationId = this.#nextCorrelationId;
    let chunks: Buffer[];
    try {
      const { api, message } = request;
      const { clientId } = this.#options;
      chunks = encodeRequest({
        codec: api.request,
        version: api.version,
        correlationId,
        clientId,
        message,
      });
    } catch (error) {
      request.reject(error);
      return;
    }
    this.#nextCorrelationId = (correlationId + 1) & 0x7fffffff;
    this.#inFlight.set(correlationId, request);
    this.#armTimer(request.deadlineMs);
    if (this.#options.traffic !== undefined) this.#options.traffic.requests++;
    this.#write(chunks);
  }

  /** Drops what is in flight. */
  destroy(reason?: Error): void {
    if (this.#isClosed) return;
    this.#reason = reason;
    this.#socket.destroy();
    this.#closed(reason);
  }

  /** All requests of one turn leave in one gathered write. */
  #write(chunks: readonly Buffer[]): void {
    if (this.#outgoing.length === 0) queueMicrotask(() => this.#flush());
    for (const chunk of chunks) this.#outgoing.push(chunk);
  }

  #flush(): void {
    const chunks = this.#outgoing;
    this.#outgoing = [];
    if (this.#isClosed || chunks.length === 0) return;
    const { traffic } = this.#options;
    if (traffic !== undefined) for (const { length } of chunks) traffic.bytesOut += length;
    this.#socket.write(chunks);
  }

  #receive(chunk: Buffer): void {
    if (this.#options.traffic !== undefined) this.#options.traffic.bytesIn += chunk.length;
    try {
      for (const frame of this.#frames.push(chunk)) {
        if (this.#isClosed) return;
        this.#answer(frame);
      }
    } catch (cause) {
      this.destroy(new PeerAnswerError(this.#options.peer, messageOf(cause), { cause }));
    }
  }

  #answer(frame: Buffer): void {
    // The id is the first field of every response header.
    const correlationId = frame.length < 4 ? -1 : frame.readInt32BE(0);
    const request = this.#inFlight.get(correlationId);
    if (request === undefined) throw new Error(`nobody asked for an answer with the id ${correlationId}`);
    const { api } = request;
    const reader = new WireReader(frame);
    readResponseHeader(reader, api.apiKey, api.version);
    const response = api.response.read(reader, api.version);
    this.#inFlight.delete(correlationId);
    this.#hasAnswered = true;
    if (this.#options.traffic !== undefined) this.#options.traffic.responses++;
    this.#options.onAnswer();
    request.resolve(response);
  }

  #armTimer(deadlineMs: number): void {
    if (deadlineMs >= this.#timerAtMs) return;
    this.#timer?.cancel();
    this.#timerAtMs = deadlineMs;
    const { host } = this.#options;
    const delayMs = deadlineMs - host.clock.monotonicMs();
    this.#timer = host.timers.schedule(delayMs, () => this.#expire(), { background: true });
  }

  #expire(): void {
    this.#timerAtMs = Infinity;
    const nowMs = this.#options.host.clock.monotonicMs();
    let nextMs = Infinity;
    for (const request of this.#inFlight.values()) {
      if (request.deadlineMs <= nowMs) {
        this.destroy(new PeerTimeoutError(this.#options.peer, request.api.name, request.timeoutMs));
        return;
      }
      nextMs = Math.min(nextMs, request.deadlineMs);
    }
    if (nextMs !== Infinity) this.#armTimer(nextMs);
  }

  #closed(error: Error | undefined): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#reason ??= error;
    this.#timer?.cancel();
    this.#outgoing = [];
    const lost = [...this.#inFlight.values()];
    this.#inFlight.clear();
    for (const request of lost) request.reject(this.#rejection(request));
    this.#options.onClose();
  }

  /** A time-out names one request; its neighbours only lost their connection by it. */
  #rejection(request: PendingRequest): Error {
    const { peer, host } = this.#options;
    if (this.#reason instanceof PeerTimeoutError && request.deadlineMs <= host.clock.monotonicMs()) {
      return new PeerTimeoutError(peer, request.api.name, request.timeoutMs);
    }
    const closed = 'the connection was closed';
    const isRefusal = this.#options.usesTls && !this.#hasAnswered;
    const distrust = `${closed} before anything was answered; does it trust the certificate of this node?`;
    const problem = this.#reason?.message ?? (isRefusal ? distrust : closed);
    return new PeerUnavailableError(peer, problem, { cause: this.#reason });
  }
}
