import type { Socket } from 'node:net';
import type { Connection, ConnectionHandlers, SocketAddress } from '../network.ts';

/** A TCP connection on a `net.Socket`. A peer's end is answered with ours (no half-open sockets), as Kafka does. */
export class NodeConnection implements Connection {
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly #socket: Socket;
  #handlers: ConnectionHandlers | undefined;
  #error: Error | undefined;
  #isClosed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.local = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    this.remote = { host: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
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
