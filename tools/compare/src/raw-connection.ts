import { connect, type Socket } from 'node:net';
import { encodeRequest, FrameReader, readResponseHeader, WireReader } from '@millrace/protocol';
import type { Api } from './apis.ts';

/** What a peer did instead of answering; compared like an answer. */
export interface NoAnswer {
  readonly noAnswer: 'connection closed' | 'silence' | 'unreadable';
  readonly detail?: string;
}

interface Waiting {
  readonly settle: (frame: Buffer | NoAnswer) => void;
  readonly timer: NodeJS.Timeout;
}

/** Kafka may hold a JoinGroup back for its initial delay; nothing in a script waits longer. */
const patienceMs = 10_000;

/** One connection that sends exactly what a script says and hands out the answers in order. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  readonly #waiting: Waiting[] = [];
  #correlationId = 0;
  #isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      for (const frame of this.#frames.push(chunk)) this.#settleNext(frame);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#isClosed = true;
      while (this.#waiting.length > 0) this.#settleNext({ noAnswer: 'connection closed' });
    });
  }

  static open(address: { readonly host: string; readonly port: number }): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(address, () => {
        socket.off('error', reject);
        resolve(new RawConnection(socket));
      });
      socket.once('error', reject);
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  async ask<Input extends object, Response extends object>(
    { request, response }: Api<Input, Response>,
    version: number,
    message: Input,
  ): Promise<Response | NoAnswer> {
    const correlationId = ++this.#correlationId;
    const frame = await this.exchange(
      encodeRequest({ codec: request, version, correlationId, clientId: 'compare', message }),
    );
    if (!Buffer.isBuffer(frame)) return frame;
    try {
      const reader = new WireReader(frame);
      readResponseHeader(reader, request.apiKey, version);
      return response.read(reader, version);
    } catch (error) {
      return { noAnswer: 'unreadable', detail: (error as Error).message };
    }
  }

  /** Sends bytes as they are, frame length included, and waits for the next frame. */
  exchange(bytes: readonly Uint8Array[]): Promise<Buffer | NoAnswer> {
    if (this.#isClosed) return Promise.resolve({ noAnswer: 'connection closed' });
    return new Promise((settle) => {
      const timer = setTimeout(() => this.#socket.destroy(), patienceMs);
      this.#waiting.push({ settle, timer });
      this.#socket.write(Buffer.concat(bytes));
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #settleNext(frame: Buffer | NoAnswer): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    waiting.settle(frame);
  }
}
