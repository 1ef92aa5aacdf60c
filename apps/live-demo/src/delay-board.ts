import type { Flight } from './flight.ts';

export interface AirportDelays {
  readonly airport: string;
  readonly flights: number;
  readonly averageDelayMinutes: number;
  readonly worstDelayMinutes: number;
}

/** The running aggregation: flights and delays per airport of origin. */
export class DelayBoard {
  readonly #totals = new Map<string, { flights: number; delayMinutes: number; worstMinutes: number }>();
  #lastDate = '';

  add(flight: Flight): void {
    let totals = this.#totals.get(flight.origin);
    if (totals === undefined) {
      totals = { flights: 0, delayMinutes: 0, worstMinutes: -Infinity };
      this.#totals.set(flight.origin, totals);
    }
    totals.flights++;
    totals.delayMinutes += flight.delay;
    totals.worstMinutes = Math.max(totals.worstMinutes, flight.delay);
    if (flight.date > this.#lastDate) this.#lastDate = flight.date;
  }

  /** Latest departure seen: how far the data's own clock has come. */
  get lastDate(): string {
    return this.#lastDate;
  }

  get airports(): number {
    return this.#totals.size;
  }

  /** The busiest airports, busiest first. */
  busiest(limit: number): AirportDelays[] {
    return [...this.#totals]
      .map(([airport, totals]) => ({
        airport,
        flights: totals.flights,
        averageDelayMinutes: totals.delayMinutes / totals.flights,
        worstDelayMinutes: totals.worstMinutes,
      }))
      .toSorted((a, b) => b.flights - a.flights || a.airport.localeCompare(b.airport))
      .slice(0, limit);
  }
}
