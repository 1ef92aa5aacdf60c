import type { Connection, Host, SocketAddress } from '@millrace/host';
import {
  encodeRequest,
  FrameReader,
  readResponseHeader,
  WireReader,
  type MessageCodec,
} from '@millrace/protocol';
import type { PeerResponseCodec } from '@millrace/replication';

/** A request and how to read its answer. */
export interface RawRequest<Input extends object, Response extends object> {
  readonly request: MessageCodec<object, Input>;
  readonly response: PeerResponseCodec<Response>;
  readonly version: number;
  readonly message: Input;
  readonly clientId?: string;
}

/** A connection that sends exactly what a test wants, bytes or requests, and hands out answers in order. */
export class RawConnection {
  /** Resolves when the broker closed the connection. */
  readonly closed: Promise<void>;
  readonly #connection: Connection;
  readonly #frames: Buffer[] = [];
  readonly #waiting: {
    readonly resolve: (frame: Buffer) => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  #isClosed = false;
  #correlationId = 0;

  private constructor(connection: Connection) {
    this.#connection = connection;
    const reader = new FrameReader();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    connection.start({
      onData: (chunk) => {
        for (const frame of reader.push(chunk)) this.#deliver(frame);
      },
      onDrain() {},
      onClose: () => {
        this.#isClosed = true;
        for (const { reject } of this.#waiting.splice(0))
          reject(new Error('The broker closed the connection'));
        resolve();
      },
    });
  }

  static async open(host: Host, address: SocketAddress): Promise<RawConnection> {
    return new RawConnection(await host.network.connect(address));
  }

  sendBytes(...chunks: readonly Uint8Array[]): void {
    this.#connection.write(chunks);
  }

  /** Sends without waiting; `receive` hands out the answer. @returns the correlation id */
  post<Input extends object>(request: RawRequest<Input, object>): number {
    const correlationId = ++this.#correlationId;
    const { request: codec, version, message, clientId = 'raw' } = request;
    this.sendBytes(...encodeRequest({ codec, version, correlationId, clientId, message }));
    return correlationId;
  }

  /** The next frame from the broker. */
  nextFrame(): Promise<Buffer> {
    const frame = this.#frames.shift();
    if (frame !== undefined) return Promise.resolve(frame);
    if (this.#isClosed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Sends one request and decodes its answer. */
  async send<Input extends object, Response extends object>(
    raw: RawRequest<Input, Response>,
  ): Promise<Response> {
    const correlationId = this.post(raw);
    const reader = new WireReader(await this.nextFrame());
    const header = readResponseHeader(reader, raw.request.apiKey, raw.version);
    if (header.correlationId !== correlationId) {
      throw new Error(`Answer ${header.correlationId} came for request ${correlationId}`);
    }
    const response = raw.response.read(reader, raw.version);
    if (reader.remaining > 0)
      throw new Error(`${reader.remaining} bytes are left after ${raw.response.name}`);
    return response;
  }

  destroy(): void {
    this.#connection.destroy();
  }

  #deliver(frame: Buffer): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#frames.push(frame);
    else waiting.resolve(frame);
  }
}

function closedError(): Error {
  return new Error('The broker closed the connection');
}
