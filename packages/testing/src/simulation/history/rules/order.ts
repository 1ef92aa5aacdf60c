import { partitionKey, type History, type SendEvent } from '../history.ts';
import type { Violation } from '../violation.ts';

/** E4: two records of one producer were read in a partition in another order than they were sent. */
export function order(history: History): Violation[] {
  const last = new Map<string, { readonly send: SendEvent; readonly offset: number }>();
  const violations: Violation[] = [];
  for (const send of history.sends) {
    const sighting = history.sightingsOf(send.value)[0];
    const offset = sighting?.offset ?? send.offset;
    if (offset < 0) continue;
    const key = `${send.process} ${partitionKey(send)}`;
    const before = last.get(key);
    last.set(key, { send, offset });
    if (before === undefined || before.offset < offset) continue;
    const what = `"${send.value}" is before "${before.send.value}" (@${before.offset}), which was sent earlier`;
    violations.push({
      rule: 'order',
      place: `${partitionKey(send)}@${offset}`,
      what,
      events: [before.send, send],
    });
  }
  return violations;
}
