import { partitionKey, type History } from '../history.ts';
import type { Violation } from '../violation.ts';

/** E2: one record was read at two places. */
export function duplicate(history: History): Violation[] {
  const violations: Violation[] = [];
  for (const send of history.sends) {
    const [first, ...others] = history.sightingsOf(send.value);
    if (first === undefined) continue;
    const place = `${partitionKey(first)}@${first.offset}`;
    const other = others.find((sighting) => `${partitionKey(sighting)}@${sighting.offset}` !== place);
    if (other === undefined) continue;
    const what = `"${send.value}" was also read at ${partitionKey(other)}@${other.offset}`;
    violations.push({ rule: 'duplicate', place, what, events: [send, first.poll, other.poll] });
  }
  return violations;
}
