import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server of other people may answer: a status and a text, silence, or a connection that breaks. */
export type ScriptedAnswer = { readonly status: number; readonly text: string } | 'silence' | 'reset';

/** A request as it came in. */
export interface SeenRequest {
  /** As `GET /subjects`, not decoded. */
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers what it is told to, one answer per request, the last one from then on. */
export class ScriptedServer implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  readonly #server: Server;

  private constructor(answers: readonly ScriptedAnswer[]) {
    const script = [...answers];
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method, url, headers } = request;
        this.requests.push({ line: `${method} ${url}`, headers, body: Buffer.concat(parts).toString() });
        const answer = (script.length > 1 ? script.shift() : script[0]) ?? 'silence';
        if (answer === 'reset') request.socket.destroy();
        else if (answer !== 'silence') response.writeHead(answer.status).end(answer.text);
      });
    });
  }

  static async start(...answers: readonly ScriptedAnswer[]): Promise<ScriptedServer> {
    const scripted = new ScriptedServer(answers);
    scripted.#server.listen(0, '127.0.0.1');
    await once(scripted.#server, 'listening');
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** An answer of 200 with a JSON body. */
export function ok(body: unknown): ScriptedAnswer {
  return { status: 200, text: JSON.stringify(body) };
}

/** A refusal of the REST API. */
export function refused(errorCode: number, message: string): ScriptedAnswer {
  return {
    status: Number(String(errorCode).slice(0, 3)),
    text: JSON.stringify({ error_code: errorCode, message }),
  };
}
