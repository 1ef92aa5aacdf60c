import { partitionKey, type History, type HistoryEvent } from '../history.ts';
import type { Violation } from '../violation.ts';

/** E5 and R3: two readers, or a reader and an acknowledgement, know different records by one offset. */
export function divergence(history: History): Violation[] {
  const known = new Map<string, { readonly value: string; readonly event: HistoryEvent }>();
  const reported = new Set<string>();
  const violations: Violation[] = [];
  const claim = (place: string, value: string, event: HistoryEvent): void => {
    const before = known.get(place);
    if (before === undefined) known.set(place, { value, event });
    else if (before.value !== value && !reported.has(place)) {
      reported.add(place);
      const what = `one says "${before.value}", another "${value}"`;
      violations.push({ rule: 'divergence', place, what, events: [before.event, event] });
    }
  };
  for (const event of history.events) {
    if (event.kind === 'poll') {
      for (const record of event.records) {
        claim(`${partitionKey(record)}@${record.offset}`, record.value, event);
      }
    } else if (event.kind === 'send' && event.offset >= 0 && history.isCommitted(event)) {
      claim(`${partitionKey(event)}@${event.offset}`, event.value, event);
    }
  }
  return violations;
}
