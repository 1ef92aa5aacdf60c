import type { OnReadOpts } from 'node:net';
import type { ConnectionHandlers } from '../network.ts';

/** Enough for what a peer may send before the connection has been handed over. */
const FIRST_BYTES = 4096;

/**
 * Lets a socket read into the memory that the receiver names. A socket by itself makes 64 KiB for each read, and the
 * collection of those costs a reader of large messages more than anything he does with them.
 */
export class InPlaceReading {
  /** For `net.connect`. */
  readonly onread: OnReadOpts = {
    buffer: () => this.#memory(),
    callback: (byteCount, bytes) => this.#received(byteCount, bytes),
  };
  #handlers: ConnectionHandlers | undefined;
  /** What came before there were handlers. */
  #early: Buffer[] = [];
  /** Whether the socket has memory of the receiver, not of its own. */
  #isReceivers = false;

  /** From now on the receiver is asked, and told. */
  start(handlers: ConnectionHandlers): void {
    this.#handlers = handlers;
    for (const chunk of this.#early) handlers.onData(chunk);
    this.#early = [];
  }

  #memory(): Uint8Array {
    const wanted = this.#handlers?.memory?.();
    this.#isReceivers = wanted !== undefined;
    return wanted ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
  }

  #received(byteCount: number, bytes: Uint8Array): boolean {
    if (this.#isReceivers) this.#handlers?.onFilled?.(byteCount);
    else this.#take(Buffer.from(bytes.buffer, bytes.byteOffset, byteCount));
    return true;
  }

  #take(chunk: Buffer): void {
    if (this.#handlers === undefined) this.#early.push(chunk);
    else this.#handlers.onData(chunk);
  }
}
