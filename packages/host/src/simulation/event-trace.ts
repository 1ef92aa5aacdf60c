import { createHash } from 'node:crypto';

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

/** A running hash over all events with the bytes they moved. */
export class EventTrace {
  readonly #hash = createHash('sha256');
  readonly #last: SimulationEvent[] = [];

  add(event: SimulationEvent, bytes: readonly Uint8Array[]): void {
    this.#hash.update(`${event.timeMs} ${event.kind} ${event.host} ${event.label} `);
    for (const chunk of bytes) this.#hash.update(chunk);
    this.#last.push(event);
    if (this.#last.length > REMEMBERED_EVENTS) this.#last.shift();
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }

  /** The last few events, one a line. */
  describeLast(): string {
    return this.#last
      .map(({ step, timeMs, kind, host, label }) => `  #${step} ${timeMs} ms ${host} ${kind}: ${label}`)
      .join('\n');
  }
}
