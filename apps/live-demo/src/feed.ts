import type { Producer } from '@millrace/client';
import type { Host } from '@millrace/host';
import type { Flight } from './flight.ts';
import type { RateMeter } from './rate-meter.ts';

export interface FeedOptions {
  readonly producer: Producer;
  readonly host: Host;
  readonly topic: string;
  readonly flights: readonly Flight[];
  /** Flights the topic holds already: where an earlier run stopped. */
  readonly alreadySent: number;
  readonly recordsPerSecond: number;
  readonly meter: RateMeter;
  readonly signal: AbortSignal;
}

const TICK_MS = 50;

/**
 * Sends the flights in order of departure at a rate one can watch, keyed by airport of origin, and returns when all are
 * sent or the signal aborts. Each tick sends what is due, so a slow tick is caught up by the next.
 */
export async function feedFlights(options: FeedOptions): Promise<void> {
  const { producer, host, topic, flights, alreadySent, recordsPerSecond, meter, signal } = options;
  const beganMs = host.clock.monotonicMs();
  let next = alreadySent;
  while (next < flights.length && !signal.aborted) {
    const elapsedMs = host.clock.monotonicMs() - beganMs;
    const due = Math.min(flights.length, alreadySent + Math.floor((elapsedMs / 1000) * recordsPerSecond) + 1);
    if (due > next) {
      const batch = flights.slice(next, due);
      await producer.send(
        batch.map((flight) => ({ topic, key: flight.origin, value: JSON.stringify(flight) })),
      );
      meter.add(batch.length);
      next = due;
    }
    await new Promise<void>((resolve) => void host.timers.schedule(TICK_MS, resolve));
  }
}
