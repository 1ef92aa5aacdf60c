import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Connection, ConnectionHandlers, SocketAddress, TlsSession } from '../network.ts';
import type { InPlaceReading } from './in-place-reading.ts';

/** A connection on a `net.Socket`, a `TLSSocket`, or whatever else carries bytes both ways. A peer's end is answered with ours (no half-open sockets), as Kafka does. */
export class NodeConnection implements Connection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly tls: TlsSession | undefined;
  readonly #socket: Duplex;
  readonly #reading: InPlaceReading | undefined;
  #handlers: ConnectionHandlers | undefined;
  #error: Error | undefined;
  #isClosed = false;

  /** @param reading what the socket was opened with instead of telling of data by events */
  constructor(socket: Duplex, reading?: InPlaceReading) {
    this.#socket = socket;
    this.#reading = reading;
    const { localAddress, localPort, remoteAddress, remotePort } = socket as Partial<Socket>;
    this.local = { host: localAddress ?? '', port: localPort ?? 0 };
    this.remote = { host: remoteAddress ?? '', port: remotePort ?? 0 };
    this.tls = socket instanceof TLSSocket ? sessionOf(socket) : undefined;
    // Before start(), too: an unhandled 'error' event would end the process.
    socket.on('error', (error) => {
      this.#error ??= error;
    });
    socket.on('close', () => {
      this.#isClosed = true;
      this.#handlers?.onClose(this.#error);
    });
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength;
  }

  start(handlers: ConnectionHandlers): void {
    if (this.#handlers !== undefined) throw new Error('Connection.start() was called twice');
    this.#handlers = handlers;
    if (this.#isClosed) {
      setImmediate(() => {
        handlers.onClose(this.#error);
      });
      return;
    }
    this.#socket.on('drain', () => {
      handlers.onDrain();
    });
    if (this.#reading !== undefined) {
      this.#reading.start(handlers);
      return;
    }
    this.#socket.on('data', (chunk: Buffer) => {
      handlers.onData(chunk);
    });
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const socket = this.#socket;
    // After the end or a failure the bytes have nowhere to go; onClose tells the owner, a second error would not.
    if (!socket.writable) return true;
    let hasRoom = true;
    socket.cork();
    for (const chunk of chunks) hasRoom = socket.write(chunk);
    socket.uncork();
    return hasRoom;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.end();
  }

  destroy(error?: Error): void {
    this.#socket.destroy(error);
  }
}

function sessionOf(socket: TLSSocket): TlsSession {
  return {
    protocol: socket.getProtocol() ?? '',
    cipherSuite: socket.getCipher().standardName,
    peerCertificate: socket.authorized ? socket.getPeerX509Certificate()?.raw : undefined,
  };
}
