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
const MAX_ASCII = 0x7f;
const SEPARATOR = 0x20;
const TIME_BYTES = 8;

/** A running hash over all events with the bytes they moved. */
export class EventTrace {
  readonly #hash = createHash('sha256');
  readonly #block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  readonly #view = new DataView(this.#block.buffer);
  readonly #last: SimulationEvent[] = [];
  #filledBytes = 0;

  add(event: SimulationEvent, bytes: readonly Uint8Array[]): void {
    this.#makeRoom(TIME_BYTES);
    // As a number: to print it takes longer than all the rest.
    this.#view.setFloat64(this.#filledBytes, event.timeMs);
    this.#filledBytes += TIME_BYTES;
    this.#addText(event.kind);
    this.#addText(event.host);
    this.#addText(event.label);
    for (const chunk of bytes) this.#addBytes(chunk);
    this.#last.push(event);
    if (this.#last.length > REMEMBERED_EVENTS) this.#last.shift();
  }

  digest(): string {
    this.#makeRoom(BLOCK_BYTES);
    return this.#hash.copy().digest('hex');
  }

  /** Labels are short and nearly always ASCII: a loop is done before a call into native code would have begun. */
  #addText(text: string): void {
    this.#makeRoom((text.length + 1) * MAX_CHARACTER_BYTES);
    const block = this.#block;
    const start = this.#filledBytes;
    let end = start;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code > MAX_ASCII) {
        end = start + block.write(text, start);
        break;
      }
      block[end++] = code;
    }
    block[end++] = SEPARATOR;
    this.#filledBytes = end;
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
