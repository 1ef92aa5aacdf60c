import type { Connection } from '../network.ts';

/** A started connection that remembers what happened to it and lets a test wait for it. */
export class RecordedConnection {
  readonly connection: Connection;
  /** Resolves with the error of `onClose`. */
  readonly closed: Promise<Error | undefined>;
  readonly chunks: Buffer[] = [];
  /** Handler calls in order: `data`, `drain`, `close`. */
  readonly calls: string[] = [];
  receivedBytes = 0;
  readonly #waiting = new Set<() => void>();
  readonly #memory = Buffer.alloc(10_000);

  constructor(connection: Connection, onData?: (chunk: Buffer, connection: Connection) => void) {
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    this.connection = connection;
    this.closed = promise;
    const received = (chunk: Buffer): void => {
      this.chunks.push(chunk);
      this.receivedBytes += chunk.length;
      this.#note('data');
      onData?.(chunk, connection);
    };
    connection.start({
      onData: received,
      memory: () => this.#memory,
      onFilled: (byteCount) => received(Buffer.from(this.#memory.subarray(0, byteCount))),
      onDrain: () => {
        this.#note('drain');
      },
      onClose: (error) => {
        this.#note('close');
        resolve(error);
      },
    });
  }

  get content(): Buffer {
    return Buffer.concat(this.chunks);
  }

  write(...chunks: readonly (string | Uint8Array)[]): boolean {
    return this.connection.write(
      chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)),
    );
  }

  receivedAtLeast(sizeBytes: number): Promise<void> {
    return this.#until(() => this.receivedBytes >= sizeBytes);
  }

  drained(): Promise<void> {
    return this.#until(() => this.calls.includes('drain'));
  }

  async #until(isReached: () => boolean): Promise<void> {
    while (!isReached()) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  #note(call: string): void {
    this.calls.push(call);
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }
}

/** Bytes in which a swap, loss or repetition of any part shows. */
export function countingBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let position = 0; position + 4 <= length; position += 4) bytes.writeUInt32LE(position, position);
  return bytes;
}
