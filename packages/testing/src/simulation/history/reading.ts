import { partitionKey, type AssignEvent, type History, type Isolation, type Sighting } from './history.ts';

/** What one process read of one partition between two assignments (or jumps): offsets that follow on each other. */
export interface Reading {
  readonly process: string;
  readonly topic: string;
  readonly partition: number;
  readonly isolation: Isolation;
  /** What it began with, undefined when the history does not say. */
  readonly assignment: AssignEvent | undefined;
  readonly sightings: readonly Sighting[];
}

interface OpenReading {
  readonly assignment: AssignEvent | undefined;
  readonly sightings: Sighting[];
}

/** All readings in which anything was read, in the order in which they began. */
export function readingsOf(history: History): Reading[] {
  const open = new Map<string, OpenReading>();
  const all: OpenReading[] = [];
  const begin = (key: string, assignment: AssignEvent | undefined): OpenReading => {
    const reading = { assignment, sightings: [] };
    open.set(key, reading);
    all.push(reading);
    return reading;
  };
  for (const event of history.events) {
    if (event.kind === 'assign') {
      for (const name of event.partitions) begin(`${event.process} ${partitionKey(name)}`, event);
    } else if (event.kind === 'poll') {
      for (const record of event.records) {
        const key = `${event.process} ${partitionKey(record)}`;
        (open.get(key) ?? begin(key, undefined)).sightings.push({ ...record, poll: event });
      }
    }
  }
  return all.filter(({ sightings }) => sightings.length > 0).map(asReading);
}

function asReading({ assignment, sightings }: OpenReading): Reading {
  const { topic, partition, poll } = sightings[0] as Sighting;
  return { process: poll.process, topic, partition, isolation: poll.isolation, assignment, sightings };
}
