import type { Connection, Host, Listener, SocketAddress } from '@millrace/host';
import {
  encodeResponse,
  FrameReader,
  readRequestHeader,
  WireReader,
  type MessageCodec,
} from '@millrace/protocol';

/** The part of a generated request message that a server uses. */
interface ServedRequest<Request extends object> {
  readonly apiKey: number;
  read(reader: WireReader, version: number): Request;
}

/** One API of a server that a test runs. */
export interface ServedApi {
  readonly request: ServedRequest<object>;
  readonly response: MessageCodec<object>;
  /** `undefined`: no answer, and the connection is closed. */
  handle(request: object, version: number): Promise<object | undefined> | object | undefined;
}

export function servedApi<Request extends object, Input extends object>(
  request: ServedRequest<Request>,
  response: MessageCodec<object, Input>,
  handle: (request: Request, version: number) => Promise<Input | undefined> | Input | undefined,
): ServedApi {
  return { request, response, handle };
}

/** Answers requests of one connection one after the other, as a broker does. */
export class RequestServer {
  readonly connections = new Set<Connection>();
  readonly #apis: ReadonlyMap<number, ServedApi>;
  #listener: Listener | undefined;

  constructor(apis: readonly ServedApi[]) {
    this.#apis = new Map(apis.map((api) => [api.request.apiKey, api]));
  }

  async listen(host: Host, address: SocketAddress): Promise<SocketAddress> {
    this.#listener = await host.network.listen(address, (connection) => this.#serve(connection));
    return this.#listener.address;
  }

  async close(): Promise<void> {
    await this.#listener?.close();
    for (const connection of this.connections) connection.destroy();
  }

  #serve(connection: Connection): void {
    const frames = new FrameReader();
    let last: Promise<void> = Promise.resolve();
    this.connections.add(connection);
    connection.start({
      onData: (chunk) => {
        for (const frame of frames.push(chunk)) last = last.then(() => this.#answer(connection, frame));
      },
      onDrain: () => {},
      onClose: () => this.connections.delete(connection),
    });
  }

  async #answer(connection: Connection, frame: Buffer): Promise<void> {
    const reader = new WireReader(frame);
    const { apiKey, apiVersion, correlationId } = readRequestHeader(reader);
    const api = this.#apis.get(apiKey);
    // What a node that stops cannot answer ends the connection.
    const handled = Promise.resolve(api?.handle(api.request.read(reader, apiVersion), apiVersion));
    const answer = await handled.catch(() => undefined);
    if (api === undefined || answer === undefined) return connection.destroy();
    connection.write(
      encodeResponse({ codec: api.response, version: apiVersion, correlationId, message: answer }),
    );
  }
}
