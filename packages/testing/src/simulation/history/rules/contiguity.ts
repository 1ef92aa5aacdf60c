import { partitionKey, type History, type HistoryEvent, type Isolation } from '../history.ts';
import { readingsOf, type Reading } from '../reading.ts';
import type { Violation } from '../violation.ts';

interface KnownRecord {
  readonly offset: number;
  readonly value: string;
  readonly event: HistoryEvent;
}

/**
 * Offsets of a reading rise, and nothing between two of them was left out that is known to be there: read by
 * another, or acknowledged. So a transaction, of which one record was read, is not left out in part (T1).
 */
export function contiguity(history: History): Violation[] {
  const known = {
    read_committed: knownRecords(history, 'read_committed'),
    read_uncommitted: knownRecords(history, 'read_uncommitted'),
  };
  return readingsOf(history).flatMap((reading) => {
    const records = known[reading.isolation].get(partitionKey(reading)) ?? [];
    return [...wentBack(reading), ...skipped(reading, records)];
  });
}

function wentBack({ sightings, process, ...name }: Reading): Violation[] {
  for (let index = 1; index < sightings.length; index++) {
    const [before, now] = [sightings[index - 1]!, sightings[index]!];
    if (now.offset > before.offset) continue;
    const what = `${process} was given it after @${before.offset}`;
    const place = `${partitionKey(name)}@${now.offset}`;
    return [{ rule: 'offset went back', place, what, events: [before.poll, now.poll] }];
  }
  return [];
}

/** The first thing that was skipped is enough. */
function skipped(reading: Reading, known: readonly KnownRecord[]): Violation[] {
  const { sightings, assignment, process } = reading;
  const first = assignment?.startOffset ?? sightings[0]!.offset;
  const last = sightings.at(-1)!;
  const read = new Set(sightings.map(({ offset }) => offset));
  const missing = known.find(({ offset }) => offset >= first && offset < last.offset && !read.has(offset));
  if (missing === undefined) return [];
  const what = `"${missing.value}" was not given to ${process}, which read on to @${last.offset}`;
  const place = `${partitionKey(reading)}@${missing.offset}`;
  const next = sightings.find(({ offset }) => offset > missing.offset) ?? last;
  return [{ rule: 'skipped', place, what, events: [missing.event, next.poll] }];
}

/** By partition, rising offsets. */
function knownRecords(history: History, isolation: Isolation): Map<string, KnownRecord[]> {
  const places = new Map<string, Map<number, KnownRecord>>();
  const note = (key: string, record: KnownRecord): void => {
    const offsets = places.get(key) ?? new Map<number, KnownRecord>();
    places.set(key, offsets);
    if (!offsets.has(record.offset)) offsets.set(record.offset, record);
  };
  for (const event of history.events) {
    if (event.kind === 'poll' && (isolation === 'read_uncommitted' || event.isolation === isolation)) {
      for (const record of event.records) note(partitionKey(record), { ...record, event });
    } else if (event.kind === 'send' && event.offset >= 0 && history.isCommitted(event)) {
      note(partitionKey(event), { offset: event.offset, value: event.value, event });
    }
  }
  const sorted = new Map<string, KnownRecord[]>();
  for (const [key, offsets] of places) {
    sorted.set(
      key,
      [...offsets.values()].toSorted((left, right) => left.offset - right.offset),
    );
  }
  return sorted;
}
