import type { Connection, Host, Listener } from '@millrace/host';
import {
  ApiKey,
  encodeResponse,
  FrameReader,
  readRequestHeader,
  WireReader,
  type MessageCodec,
} from '@millrace/protocol';
import { ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';

/** One request as it came over the wire, with the ways to answer it. */
export interface ScriptedRequest {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
  readonly connection: Connection;
  /** Decodes the body. */
  body<Message extends object>(codec: MessageCodec<Message, never>): Message;
  answer<Input extends object>(codec: MessageCodec<object, Input>, message: Input): void;
}

export type Script = (request: ScriptedRequest) => void;

/**
 * A peer at the byte level, for error paths that a healthy broker does not show: every request goes to the script,
 * which answers with real frames, wrong ones, or not at all. ApiVersions is answered here unless the script wants it.
 */
export class ScriptedBroker {
  /** Requests other than ApiVersions, in order of arrival. */
  readonly requests: ScriptedRequest[] = [];
  readonly connections = new Set<Connection>();
  /** Answers the handshake with these ranges; `undefined` hands ApiVersions to the script too. */
  versions: ReadonlyMap<number, readonly [min: number, max: number]> | undefined;
  script: Script;
  #listener: Listener | undefined;

  constructor(
    versions: ReadonlyMap<number, readonly [min: number, max: number]> | undefined,
    script: Script,
  ) {
    this.versions = versions;
    this.script = script;
  }

  static async start(
    host: Host,
    versions: ReadonlyMap<number, readonly [min: number, max: number]> | undefined,
    script: Script,
  ): Promise<ScriptedBroker> {
    const broker = new ScriptedBroker(versions, script);
    broker.#listener = await host.network.listen({ host: '127.0.0.1', port: 0 }, (connection) =>
      broker.#accept(connection),
    );
    return broker;
  }

  get port(): number {
    return this.#listener!.address.port;
  }

  get bootstrapServers(): string {
    return `127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#listener?.close();
    for (const connection of this.connections) connection.destroy();
  }

  #accept(connection: Connection): void {
    const frames = new FrameReader();
    this.connections.add(connection);
    connection.start({
      onData: (chunk) => {
        try {
          for (const frame of frames.push(chunk)) this.#request(connection, frame);
        } catch (error) {
          // A script with a mistake: nobody is to wait for the answer that it could not write.
          connection.destroy();
          throw error;
        }
      },
      onDrain: () => {},
      onClose: () => this.connections.delete(connection),
    });
  }

  #request(connection: Connection, frame: Buffer): void {
    const reader = new WireReader(frame);
    const { apiKey, apiVersion: version, correlationId } = readRequestHeader(reader);
    const bodyAt = reader.position;
    const request: ScriptedRequest = {
      apiKey,
      version,
      correlationId,
      connection,
      body: (codec) => codec.read(new WireReader(frame, bodyAt), version),
      answer: (codec, message) => {
        connection.write(encodeResponse({ codec, version, correlationId, message }));
      },
    };
    if (apiKey === ApiKey.API_VERSIONS && this.versions !== undefined)
      this.#answerVersions(request, this.versions);
    else {
      this.requests.push(request);
      this.script(request);
    }
  }

  #answerVersions(
    request: ScriptedRequest,
    versions: ReadonlyMap<number, readonly [min: number, max: number]>,
  ): void {
    const apiKeys = [...versions].map(([apiKey, [minVersion, maxVersion]]) => ({
      apiKey,
      minVersion,
      maxVersion,
    }));
    request.answer(ApiVersionsResponse, { errorCode: 0, apiKeys });
  }
}
