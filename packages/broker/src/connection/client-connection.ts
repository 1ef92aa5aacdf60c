import type { Connection, Host, Logger, Timer } from '@millrace/host';
import { FrameReader } from '@millrace/protocol';
import { closeConnection, noResponse, type ConnectionInfo } from '../apis/handler.ts';
import { messageOf } from '../errors.ts';
import type { SaslSession } from '../security/sasl/sasl-session.ts';
import type { ListenerTraffic } from '../metrics/listener-traffic.ts';
import { ServedRequest } from '../metrics/served-request.ts';
import type { PeerIdentity } from '../security/listener-security.ts';
import type { SecurityProtocol } from '../security/security-protocol.ts';
import type { MemoryReservation, RequestMemory } from './request-memory.ts';
import type { DispatchResult, RequestDispatcher } from './request-dispatcher.ts';

/** A chunk of 64 KiB may hold thousands of small requests; this many cost less than a millisecond. */
const MAX_REQUESTS_PER_TURN = 16;

/** Smaller requests come in one chunk or two, of which a connection holds no more. */
const LARGE_REQUEST_BYTES = 65_536;

export interface ClientConnectionOptions {
  readonly id: number;
  readonly connection: Connection;
  readonly listenerName: string;
  readonly dispatcher: RequestDispatcher;
  readonly host: Host;
  readonly logger: Logger;
  readonly maxRequestBytes: number;
  readonly securityProtocol: SecurityProtocol;
  readonly identity: PeerIdentity;
  /** Limit for requests before the peer has authenticated. */
  readonly maxBytesBefore: number;
  readonly traffic: ListenerTraffic;
  /** For so long nothing is taken from the peer. Default 0. */
  readonly quietMs?: number;
  /** Of all connections together. */
  readonly memory: RequestMemory;
  readonly onClosed: (connection: ClientConnection) => void;
}

/**
 * One peer. Requests are taken one at a time: the next frame is looked at when the response of the one before is
 * queued, so responses leave in the order of the requests and a peer cannot pile up work. While a request is in
 * progress, at most one more chunk is read; then TCP holds the peer back. The same goes for a peer that does not read
 * its responses: nothing more is taken from it until they are gone.
 */
export class ClientConnection {
  readonly info: ConnectionInfo;
  readonly #options: ClientConnectionOptions;
  readonly #frames: FrameReader;
  readonly #closed = new AbortController();
  readonly #served = new ServedRequest();
  #waiting: Buffer[] = [];
  #nextFrame = 0;
  #isBusy = false;
  #isPaused = false;
  #isWritable = true;
  #isDraining = false;
  #isGone = false;
  #lastActiveMs: number;
  #arrivedMs = 0;
  #hasAuthenticated = false;
  /** Of the request whose answer is not taken yet. */
  #unsentApiKey = -1;
  /** Set by the request in progress. */
  #throttleMs = 0;
  #quietTimer: Timer | undefined;
  /** For the large request that is arriving, for those that have arrived, and for the one in progress. */
  #arriving: MemoryReservation | undefined;
  readonly #arrived = new Map<Buffer, MemoryReservation>();
  #serving: MemoryReservation | undefined;
  /** Memory of answers: of the one that is being made, and of those that are not taken. */
  #holds: { release(): void }[] = [];
  #untakenHolds: { release(): void }[] = [];
  /** For the answer that is being made, and for those that were written. */
  #whenSent: (() => void)[] = [];
  #whenTaken: (() => void)[] = [];

  constructor(options: ClientConnectionOptions) {
    this.#options = options;
    const { sasl, principal } = options.identity;
    const maxFrameBytes = sasl === undefined ? options.maxRequestBytes : options.maxBytesBefore;
    this.#frames = new FrameReader({ maxFrameBytes });
    this.#lastActiveMs = options.host.clock.monotonicMs();
    const { remote } = options.connection;
    this.info = {
      id: options.id,
      remoteHost: remote.host,
      remotePort: remote.port,
      listenerName: options.listenerName,
      securityProtocol: options.securityProtocol,
      get principal() {
        return sasl?.principal ?? principal;
      },
      sasl,
      software: undefined,
      closed: this.#closed.signal,
      whenSent: (callback) => this.#whenSent.push(callback),
      throttle: (durationMs) => (this.#throttleMs = durationMs),
      holds: (memory) => (this.#isGone ? memory.release() : this.#holds.push(memory)),
    };
    options.connection.start({
      onData: (chunk) => this.#receive(chunk),
      onDrain: () => this.#drained(),
      onClose: (error) => this.#closedBy(error),
    });
    this.#throttleMs = options.quietMs ?? 0;
    this.#keepQuiet();
  }

  /** Monotonic time since which nothing happened; `undefined` while a request is in progress. */
  get idleSinceMs(): number | undefined {
    return this.#isBusy ? undefined : this.#lastActiveMs;
  }

  /** Requests that have arrived and are not looked at yet. */
  get queuedRequests(): number {
    return this.#waiting.length - this.#nextFrame;
  }

  /** Whether the peer has not taken all of its answers. */
  get hasUnsentAnswers(): boolean {
    return this.#options.connection.bufferedBytes > 0;
  }

  /** Takes no further request, lets the one in progress finish, and closes. */
  drain(): void {
    this.#isDraining = true;
    // Long polls give up and are answered with what there is.
    this.#closed.abort();
    if (!this.#isBusy || this.#quietTimer !== undefined) this.#end();
  }

  /** Drops the peer at once, saying why in the log. */
  destroy(reason: string): void {
    this.#options.logger.debug('Connection closed', { ...this.#place(), reason });
    this.#options.connection.destroy();
  }

  #receive(chunk: Buffer): void {
    if (this.#isGone || this.#isDraining) return;
    this.#lastActiveMs = this.#options.host.clock.monotonicMs();
    this.#arrivedMs = this.#lastActiveMs;
    this.#options.traffic.bytesIn += chunk.length;
    try {
      const frames = this.#frames.push(chunk);
      this.#noteArrival(frames);
      if (frames.length > 0) this.#waiting = this.#hasWaiting() ? [...this.#rest(), ...frames] : frames;
    } catch (error) {
      this.#reject(error);
      return;
    }
    this.#noteTaken();
    this.#proceed();
    if ((this.#isBusy || !this.#isWritable || this.#isStarved) && !this.#isPaused && !this.#isGone) {
      this.#isPaused = true;
      this.#options.connection.pause();
    }
  }

  /** Whether there is no room for the request that is arriving. */
  get #isStarved(): boolean {
    return this.#arriving?.isGranted === false;
  }

  /** A large request needs room before it is read on. */
  #noteArrival(frames: readonly Buffer[]): void {
    const arriving = this.#arriving;
    if (arriving !== undefined && frames.length > 0) {
      arriving.arrived();
      this.#arrived.set(frames[0]!, arriving);
      this.#arriving = undefined;
    }
    const { unfinishedBytes } = this.#frames;
    if (unfinishedBytes <= LARGE_REQUEST_BYTES || this.#arriving !== undefined) return;
    this.#arriving = this.#options.memory.reserve(unfinishedBytes, {
      onGranted: () => this.#readOn(),
      drop: (reason) => this.#drop(reason),
    });
  }

  /** Works through what has arrived, as far as handlers answer at once, and not for so long that others wait. */
  #proceed(): void {
    let served = 0;
    while (!this.#isBusy && this.#isWritable && !this.#isGone && !this.#isDraining) {
      const frame = this.#takeFrame();
      if (frame === undefined) break;
      this.#serve(frame);
      if (++served === MAX_REQUESTS_PER_TURN) this.#yield();
    }
    this.#readOn();
  }

  #readOn(): void {
    const mustWait = this.#isBusy || !this.#isWritable || this.#isStarved;
    if (!this.#isPaused || mustWait || this.#isGone) return;
    this.#isPaused = false;
    this.#options.connection.resume();
  }

  /** Lets the other connections have their turn. */
  #yield(): void {
    if (this.#isBusy || !this.#hasWaiting()) return;
    this.#isBusy = true;
    this.#options.host.timers.defer(() => {
      this.#lastActiveMs = this.#options.host.clock.monotonicMs();
      this.#finish(() => {});
    });
  }

  #serve(frame: Buffer): void {
    this.#served.begin(frame.length, this.#arrivedMs, this.#lastActiveMs);
    this.#options.traffic.requests++;
    this.#serving = this.#arrived.get(frame);
    if (this.#serving !== undefined) this.#arrived.delete(frame);
    try {
      const result = this.#options.dispatcher.dispatch(frame, this.info, this.#served);
      if (!(result instanceof Promise)) {
        this.#respond(result);
        this.#releaseRequest();
        return;
      }
      this.#isBusy = true;
      result.then(
        (late) => this.#finish(() => this.#respond(late)),
        (error: unknown) => this.#finish(() => this.#reject(error)),
      );
    } catch (error) {
      this.#reject(error);
      this.#releaseRequest();
    }
  }

  #releaseRequest(): void {
    this.#serving?.release();
    this.#serving = undefined;
  }

  #finish(step: () => void): void {
    this.#isBusy = false;
    this.#releaseRequest();
    if (this.#isGone) return;
    step();
    if (this.#isDraining) this.#end();
    else this.#proceed();
  }

  #respond(result: DispatchResult): void {
    this.#lastActiveMs = this.#options.host.clock.monotonicMs();
    this.#served.answeredMs = this.#lastActiveMs;
    this.#keepQuiet();
    if (result === closeConnection) this.#close();
    else if (result !== noResponse) this.#write(result);
    this.#options.dispatcher.observer.onServed(this.#served, this.info);
    if (this.info.sasl !== undefined) this.#afterAuthentication(this.info.sasl);
  }

  /** A peer that has used up its quota is not listened to for a while (KIP-219). It has its answer already. */
  #keepQuiet(): void {
    const durationMs = this.#throttleMs;
    if (durationMs === 0 || this.#isGone) return;
    this.#throttleMs = 0;
    this.#isBusy = true;
    const { timers, clock } = this.#options.host;
    this.#quietTimer = timers.schedule(
      durationMs,
      () => {
        this.#quietTimer = undefined;
        this.#lastActiveMs = clock.monotonicMs();
        this.#finish(() => {});
      },
      { background: true },
    );
  }

  #write(chunks: readonly Buffer[]): void {
    let sizeBytes = 0;
    for (const { length } of chunks) sizeBytes += length;
    this.#served.responseBytes = sizeBytes;
    this.#options.traffic.bytesOut += sizeBytes;
    this.#options.traffic.responses++;
    this.#isWritable = this.#options.connection.write(chunks);
    this.#served.isSent = this.#isWritable;
    if (!this.#isWritable) this.#unsentApiKey = this.#served.apiKey;
    if (this.#holds.length > 0) this.#keepHolds();
    if (this.#whenSent.length === 0) return;
    this.#whenTaken.push(...this.#whenSent);
    this.#whenSent = [];
  }

  /** Up to the mark of the socket an answer is as good as taken. */
  #keepHolds(): void {
    this.#untakenHolds.push(...this.#holds);
    this.#holds = [];
    if (this.#isWritable) this.#releaseAnswers();
  }

  #releaseAnswers(): void {
    const holds = this.#untakenHolds;
    this.#untakenHolds = [];
    for (const hold of holds) hold.release();
  }

  /** A peer that sends its next request has read the answer, as a rule; what counts is that nothing is queued. */
  #noteTaken(): void {
    if (this.#whenTaken.length === 0 || this.#options.connection.bufferedBytes > 0) return;
    const taken = this.#whenTaken;
    this.#whenTaken = [];
    for (const callback of taken) callback();
  }

  #afterAuthentication(sasl: SaslSession): void {
    if (sasl.hasFailed) {
      this.#options.traffic.failedAuthentications++;
      this.#close();
    } else if (sasl.principal !== undefined) {
      this.#frames.maxFrameBytes = this.#options.maxRequestBytes;
      if (!this.#hasAuthenticated) this.#options.traffic.successfulAuthentications++;
      this.#hasAuthenticated = true;
    }
  }

  #drained(): void {
    this.#isWritable = true;
    this.#releaseAnswers();
    this.#noteTaken();
    const nowMs = this.#options.host.clock.monotonicMs();
    this.#options.dispatcher.observer.onSent(this.#unsentApiKey, nowMs - this.#lastActiveMs, nowMs);
    this.#unsentApiKey = -1;
    this.#lastActiveMs = nowMs;
    this.#proceed();
  }

  /** What Kafka answers by closing: garbage, sizes over the limit, unknown APIs and versions. */
  #reject(error: unknown): void {
    this.#options.logger.warn('Connection closed: the peer sent an illegal request', {
      ...this.#place(),
      reason: messageOf(error),
    });
    this.#close();
  }

  #drop(reason: string): void {
    this.#options.logger.warn('Connection closed', { ...this.#place(), reason });
    this.#options.connection.destroy();
  }

  /** Earlier answers still go out. */
  #close(): void {
    this.#isGone = true;
    this.#waiting = [];
    this.#releaseArrivals();
    this.#end();
  }

  /** Reads on, though nothing is taken any more: the end of the peer's side must be seen. */
  #end(): void {
    if (this.#isPaused) this.#options.connection.resume();
    this.#isPaused = false;
    this.#options.connection.end();
  }

  #closedBy(error: Error | undefined): void {
    this.#isGone = true;
    this.#waiting = [];
    if (error !== undefined) {
      this.#options.logger.debug('Connection lost', { ...this.#place(), reason: messageOf(error) });
    }
    this.#quietTimer?.cancel();
    this.#releaseArrivals();
    this.#untakenHolds.push(...this.#holds);
    this.#holds = [];
    this.#releaseAnswers();
    this.#closed.abort();
    this.#options.onClosed(this);
  }

  /** That of the request in progress is needed until it is done. */
  #releaseArrivals(): void {
    this.#arriving?.release();
    this.#arriving = undefined;
    for (const reservation of this.#arrived.values()) reservation.release();
    this.#arrived.clear();
  }

  #hasWaiting(): boolean {
    return this.#nextFrame < this.#waiting.length;
  }

  #rest(): Buffer[] {
    const rest = this.#waiting.slice(this.#nextFrame);
    this.#nextFrame = 0;
    return rest;
  }

  #takeFrame(): Buffer | undefined {
    if (!this.#hasWaiting()) {
      this.#waiting = [];
      this.#nextFrame = 0;
      return undefined;
    }
    return this.#waiting[this.#nextFrame++];
  }

  #place() {
    const { remoteHost, remotePort, listenerName, id } = this.info;
    return { remote: `${remoteHost}:${remotePort}`, listener: listenerName, connection: id };
  }
}
