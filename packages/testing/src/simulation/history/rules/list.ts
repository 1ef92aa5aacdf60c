import { partitionKey, type History } from '../history.ts';
import { readingsOf, type Reading } from '../reading.ts';
import type { Violation } from '../violation.ts';

interface KeyList {
  readonly reading: Reading;
  readonly values: readonly string[];
}

/**
 * The records of a key are a list to which clients append: of two who read it from the start, one has read a prefix of
 * what the other has.
 */
export function list(history: History): Violation[] {
  const longest = new Map<string, KeyList>();
  const violations: Violation[] = [];
  for (const reading of readingsOf(history)) {
    if (reading.assignment?.startOffset !== 0) continue;
    for (const [key, values] of listsOf(reading)) {
      const name = `${partitionKey(reading)} ${reading.isolation} key ${key}`;
      const other = longest.get(name);
      if (other === undefined || other.values.length < values.length) longest.set(name, { reading, values });
      if (other === undefined) continue;
      const at = values.findIndex(
        (value, index) => index < other.values.length && value !== other.values[index],
      );
      if (at < 0) continue;
      const what = `element ${at} is "${values[at]}" to ${reading.process}, "${other.values[at]}" to ${other.reading.process}`;
      const events = [pollOf(other.reading, other.values[at]!), pollOf(reading, values[at]!)];
      violations.push({ rule: 'list', place: name, what, events });
    }
  }
  return violations;
}

function listsOf({ sightings }: Reading): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const { key, value } of sightings) {
    if (key === undefined) continue;
    const values = lists.get(key);
    if (values === undefined) lists.set(key, [value]);
    else values.push(value);
  }
  return lists;
}

function pollOf({ sightings }: Reading, value: string) {
  return sightings.find((sighting) => sighting.value === value)!.poll;
}
