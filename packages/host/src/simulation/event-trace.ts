import { createHash } from 'node:crypto';

/** What can happen in a simulation. */
export type EventKind = 'timer' | 'defer' | 'disk' | 'network' | 'fault';

/** One thing that happened in a simulation. */
export interface SimulationEvent {
  readonly step: number;
  readonly timeMs: number;
  readonly kind: EventKind;
  /** Empty for what belongs to no host. */
  readonly host: string;
  /** What happened, for example `write /data/orders-0/00000000000000000000.log`. */
  readonly label: string;
}

/** How many events an error message tells about. */
const REMEMBERED_EVENTS = 8;

/** What the hash is given at once: events are many and short, and each call of it costs as much as an event. */
const BLOCK_BYTES = 64 * 1024;
/** In UTF-8, at most, of one character. */
const MAX_CHARACTER_BYTES = 3;

/** A running hash over all events with the bytes they moved. */
export class EventTrace {
  readonly #hash = createHash('sha256');
  readonly #block = Buffer.allocUnsafe(BLOCK_BYTES);
  readonly #last: SimulationEvent[] = [];
  #filledBytes = 0;

  add(event: SimulationEvent, bytes: readonly Uint8Array[]): void {
    const text = `${event.timeMs} ${event.kind} ${event.host} ${event.label} `;
    this.#makeRoom(text.length * MAX_CHARACTER_BYTES);
    this.#filledBytes += this.#block.write(text, this.#filledBytes);
    for (const chunk of bytes) this.#addBytes(chunk);
    this.#last.push(event);
    if (this.#last.length > REMEMBERED_EVENTS) this.#last.shift();
  }

  digest(): string {
    this.#makeRoom(BLOCK_BYTES);
    return this.#hash.copy().digest('hex');
  }

  #addBytes(chunk: Uint8Array): void {
    if (chunk.length > BLOCK_BYTES) {
      this.#makeRoom(BLOCK_BYTES);
      this.#hash.update(chunk);
      return;
    }
    this.#makeRoom(chunk.length);
    this.#block.set(chunk, this.#filledBytes);
    this.#filledBytes += chunk.length;
  }

  #makeRoom(sizeBytes: number): void {
    if (this.#filledBytes + sizeBytes <= BLOCK_BYTES) return;
    this.#hash.update(this.#block.subarray(0, this.#filledBytes));
    this.#filledBytes = 0;
  }

  /** The last few events, one a line. */
  describeLast(): string {
    return this.#last
      .map(({ step, timeMs, kind, host, label }) => `  #${step} ${timeMs} ms ${host} ${kind}: ${label}`)
      .join('\n');
  }
}
