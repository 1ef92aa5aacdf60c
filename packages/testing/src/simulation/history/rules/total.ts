import type { History, ReadToEndEvent } from '../history.ts';
import type { Violation } from '../violation.ts';

export interface TotalOptions {
  readonly topic: string;
  readonly total: number;
  readonly amountOf: (value: string) => number;
}

/** T6: amounts move between accounts, but whoever reads all of them to the end finds the same total. */
export function total(history: History, { topic, total: expected, amountOf }: TotalOptions): Violation[] {
  const ends = history.events.filter(
    (event): event is ReadToEndEvent =>
      event.kind === 'read-to-end' &&
      event.isolation === 'read_committed' &&
      event.partitions.some((name) => name.topic === topic),
  );
  return ends.flatMap((end) => {
    const values = new Set<string>();
    for (const poll of history.polls) {
      if (poll.process !== end.process) continue;
      for (const record of poll.records) if (record.topic === topic) values.add(record.value);
    }
    let sum = 0;
    for (const value of values) sum += amountOf(value);
    if (sum === expected) return [];
    const what = `${end.process} found ${sum} instead of ${expected}`;
    return [{ rule: 'total' as const, place: topic, what, events: [end] }];
  });
}
