import type { RequestContext } from '../apis/handler.ts';

/**
 * What one request takes: its bytes, and the time for which it keeps the event loop. Measured are decoding and the
 * handler up to where it waits for something; the little that it does afterwards is not.
 */
export class RequestUsage {
  readonly #requestBytes: number;
  readonly #context: RequestContext;
  readonly #beganMs: number;
  #busyMs: number | undefined;

  constructor(requestBytes: number, context: RequestContext) {
    this.#requestBytes = requestBytes;
    this.#context = context;
    this.#beganMs = this.#nowMs();
  }

  /** The handler waits. */
  pause(): void {
    this.#busyMs = this.#nowMs() - this.#beganMs;
  }

  /** @returns how long the peer is to be quiet */
  charge(): number {
    const busyMs = this.#busyMs ?? this.#nowMs() - this.#beganMs;
    return this.#context.broker.quotas.charge(this.#context, this.#requestBytes, busyMs);
  }

  #nowMs(): number {
    return this.#context.broker.host.clock.monotonicMs();
  }
}
