import type { Connection, ConnectionHandlers, SocketAddress } from '../network.ts';
import { systemError } from '../system-error.ts';
import type { ByteStream, StreamReceiver, StreamSender } from './byte-stream.ts';
import type { Incarnation } from './incarnation.ts';
import type { Simulation } from './simulation.ts';

/** Node's default for sockets: from so many queued bytes on, `write` returns false. */
const WRITE_HIGH_WATER_MARK_BYTES = 64 * 1024;

export interface SimulatedConnectionParts {
  readonly simulation: Simulation;
  readonly owner: Incarnation;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly onClosed: (connection: SimulatedConnection) => void;
}

/** One end of a connection, behaving as Node's sockets do: handlers are never called from within a call to it. */
export class SimulatedConnection implements Connection, StreamReceiver, StreamSender {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly tls = undefined;
  readonly owner: Incarnation;
  readonly #parts: SimulatedConnectionParts;
  #outgoing: ByteStream | undefined;
  #incoming: ByteStream | undefined;
  #handlers: ConnectionHandlers | undefined;
  #unread: Buffer[] = [];
  #isPaused = false;
  #needsDrain = false;
  #isEnding = false;
  #hasEndArrived = false;
  #isEndRead = false;
  #isClosed = false;
  #error: Error | undefined;

  constructor(parts: SimulatedConnectionParts) {
    this.#parts = parts;
    this.owner = parts.owner;
    this.local = parts.local;
    this.remote = parts.remote;
  }

  attach(outgoing: ByteStream, incoming: ByteStream): void {
    this.#outgoing = outgoing;
    this.#incoming = incoming;
  }

  get bufferedBytes(): number {
    return this.#outgoing?.queuedBytes ?? 0;
  }

  start(handlers: ConnectionHandlers): void {
    if (this.#handlers !== undefined) throw new Error('Connection.start() was called twice');
    this.#handlers = handlers;
    if (this.#isClosed) this.#announceClose();
    else this.#readSoon();
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#isClosed || this.#isEnding || this.#outgoing === undefined) return true;
    let totalBytes = this.#outgoing.queuedBytes;
    for (const chunk of chunks) totalBytes += chunk.length;
    const hasRoom = totalBytes < WRITE_HIGH_WATER_MARK_BYTES;
    if (!hasRoom) this.#needsDrain = true;
    this.#outgoing.send(chunks);
    return hasRoom;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#readSoon();
  }

  end(): void {
    if (this.#isClosed || this.#isEnding) return;
    this.#isEnding = true;
    this.#outgoing?.end();
  }

  destroy(error?: Error): void {
    if (this.#isClosed) return;
    this.#closeByKernel();
    this.#close(error);
  }

  receive(segment: Buffer): boolean {
    if (this.#isClosed || this.owner.hasEnded) return false;
    this.#unread.push(segment);
    this.#read();
    return true;
  }

  receiveEnd(): boolean {
    if (this.#isClosed || this.owner.hasEnded) return false;
    this.#hasEndArrived = true;
    this.#read();
    return true;
  }

  receiveReset(code: string): void {
    if (this.#isClosed || this.owner.hasEnded) return;
    this.#outgoing?.close();
    this.#close(systemError(code, { syscall: 'read' }));
  }

  drained(): void {
    if (!this.#needsDrain) return;
    this.#needsDrain = false;
    this.#soon('drain', () => {
      if (!this.#isClosed && !this.#isEnding) this.#handlers?.onDrain();
    });
  }

  endSent(): void {
    this.#closeIfBothEnded();
  }

  /** The process was killed: its machine closes the socket. */
  ownerKilled(): void {
    if (!this.#isClosed) this.#closeByKernel();
    this.#isClosed = true;
  }

  /** The machine lost power: nobody tells the peer. */
  ownerVanished(): void {
    this.#isClosed = true;
    this.#outgoing?.close();
  }

  /** As Linux does: what was sent still arrives, unless something was left unread, which resets the connection. */
  #closeByKernel(): void {
    if (this.#unread.length > 0) {
      this.#incoming?.reset('ECONNRESET');
      this.#outgoing?.close();
    } else {
      this.#outgoing?.abandon();
    }
  }

  #readSoon(): void {
    if (this.#unread.length === 0 && !this.#hasEndArrived) return;
    this.#soon('read', () => {
      this.#read();
    });
  }

  #read(): void {
    while (this.#canRead()) {
      const segment = this.#unread.shift();
      if (segment === undefined) break;
      this.#incoming?.acknowledge(segment.length);
      this.#handlers?.onData(segment);
    }
    if (this.#hasEndArrived && !this.#isEndRead && this.#canRead()) {
      this.#isEndRead = true;
      this.end();
      this.#closeIfBothEnded();
    }
  }

  #canRead(): boolean {
    return this.#handlers !== undefined && !this.#isPaused && !this.#isClosed;
  }

  #closeIfBothEnded(): void {
    if (this.#isEndRead && this.#outgoing?.isEndSent === true && !this.#isClosed) this.#close(undefined);
  }

  #close(error: Error | undefined): void {
    this.#isClosed = true;
    this.#error = error;
    this.#unread = [];
    this.#parts.onClosed(this);
    if (this.#handlers !== undefined) this.#announceClose();
  }

  #announceClose(): void {
    this.#soon('close', () => this.#handlers?.onClose(this.#error));
  }

  #soon(what: string, run: () => void): void {
    const { local, remote } = this;
    const label = `${local.host}:${local.port} ${remote.host}:${remote.port} ${what}`;
    this.#parts.simulation.schedule({ kind: 'network', label, delayUs: 0, owner: this.owner, run });
  }
}
