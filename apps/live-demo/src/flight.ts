import { readFile } from 'node:fs/promises';

/** One departure of the data set: United States, first quarter of 2001. */
export interface Flight {
  readonly date: string;
  /** Minutes late on arrival; negative when early. */
  readonly delay: number;
  /** Miles. */
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

/**
 * The 20,000 flights that come inside the npm package `vega-datasets` (source: Bureau of Transportation Statistics),
 * in order of departure.
 */
export async function readFlights(): Promise<readonly Flight[]> {
  const entry = import.meta.resolve('vega-datasets');
  const flights = JSON.parse(await readFile(new URL('../data/flights-20k.json', entry), 'utf8')) as Flight[];
  return flights.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
