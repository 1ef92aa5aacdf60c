import type { Connection, ConnectionHandlers, SocketAddress, Timers } from '@millrace/host';

export interface FaultyConnectionParts {
  readonly connection: Connection;
  readonly timers: Timers;
  /** Whether bytes get through, in each direction. */
  readonly isInCut: () => boolean;
  readonly isOutCut: () => boolean;
  readonly delayMs: () => number;
  /** Told that something may get through again. @returns a function that ends it */
  readonly onHealed: (retry: () => void) => () => void;
  readonly onClosed: () => void;
}

interface Queued {
  readonly isCut: () => boolean;
  readonly run: () => void;
}

/**
 * A connection over links that may be cut or slow. What was sent over a cut link is not lost: it waits, as TCP would
 * send it again.
 */
export class FaultyConnection implements Connection {
  readonly #connection: Connection;
  readonly #parts: FaultyConnectionParts;
  readonly #stopListening: () => void;
  /** Everything behind the first that cannot go waits, too, each direction for itself. */
  readonly #waiting = { in: [] as Queued[], out: [] as Queued[] };
  #handlers: ConnectionHandlers | undefined;
  #isDestroyed = false;

  constructor(parts: FaultyConnectionParts) {
    this.#parts = parts;
    this.#connection = parts.connection;
    this.#stopListening = parts.onHealed(() => this.#retry());
  }

  get local(): SocketAddress {
    return this.#connection.local;
  }

  get remote(): SocketAddress {
    return this.#connection.remote;
  }

  get tls() {
    return this.#connection.tls;
  }

  get bufferedBytes(): number {
    return this.#connection.bufferedBytes;
  }

  start(handlers: ConnectionHandlers): void {
    this.#handlers = handlers;
    this.#connection.start({
      onData: (chunk) => this.#pass('in', () => this.#handlers?.onData(chunk)),
      onDrain: () => this.#handlers?.onDrain(),
      onClose: (error) => this.#pass('in', () => this.#closed(error)),
    });
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#isAtOnce('out')) return this.#connection.write(chunks);
    const copies = chunks.map((chunk) => Buffer.from(chunk));
    this.#pass('out', () => this.#connection.write(copies));
    return true;
  }

  pause(): void {
    this.#connection.pause();
  }

  resume(): void {
    this.#connection.resume();
  }

  end(): void {
    this.#pass('out', () => this.#connection.end());
  }

  /** The other side hears of it when the link lets it. */
  destroy(error?: Error): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    const handlers = this.#handlers;
    this.#waiting.in.length = 0;
    this.#pass('out', () => this.#connection.destroy());
    if (handlers === undefined) return;
    this.#handlers = undefined;
    this.#parts.timers.defer(() => handlers.onClose(error));
  }

  /** The process is gone; nothing is left to be told. */
  kill(): void {
    this.#handlers = undefined;
    this.#stopListening();
    this.#connection.destroy();
  }

  #closed(error: Error | undefined): void {
    this.#stopListening();
    this.#parts.onClosed();
    const handlers = this.#handlers;
    this.#handlers = undefined;
    handlers?.onClose(error);
  }

  #isAtOnce(direction: 'in' | 'out'): boolean {
    const isCut = direction === 'in' ? this.#parts.isInCut : this.#parts.isOutCut;
    return this.#waiting[direction].length === 0 && this.#parts.delayMs() === 0 && !isCut();
  }

  #pass(direction: 'in' | 'out', run: () => void): void {
    if (this.#isAtOnce(direction)) {
      run();
      return;
    }
    const isCut = direction === 'in' ? this.#parts.isInCut : this.#parts.isOutCut;
    const queue = this.#waiting[direction];
    queue.push({ isCut, run });
    const delayMs = this.#parts.delayMs();
    if (queue.length === 1) this.#parts.timers.schedule(delayMs, () => this.#retry(), { background: true });
  }

  #retry(): void {
    for (const queue of [this.#waiting.in, this.#waiting.out]) {
      // A callback may destroy the connection, which empties the queue.
      while (queue.length > 0 && !queue[0]!.isCut()) queue.shift()!.run();
    }
  }
}
