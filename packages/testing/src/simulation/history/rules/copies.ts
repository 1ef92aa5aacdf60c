import { partitionKey, type History, type ReadToEndEvent, type Sighting } from '../history.ts';
import type { Violation } from '../violation.ts';

export interface CopiesOptions {
  readonly input: string;
  readonly output: string;
  /** Which input a record of `output` was made from. */
  readonly originOf: (value: string) => string;
}

/**
 * Consume, transform, produce: whoever read the output to the end (`read_committed`) has each committed input once,
 * and those of a partition in their order.
 */
export function copies(history: History, options: CopiesOptions): Violation[] {
  const ends = history.events.filter(
    (event): event is ReadToEndEvent =>
      event.kind === 'read-to-end' &&
      event.isolation === 'read_committed' &&
      event.partitions.some(({ topic }) => topic === options.output),
  );
  return ends.flatMap((end) => {
    const seen = new Map<string, Sighting>();
    const violations: Violation[] = [];
    for (const poll of history.polls) {
      if (poll.process !== end.process) continue;
      for (const record of poll.records) {
        if (record.topic !== options.output) continue;
        const origin = options.originOf(record.value);
        const before = seen.get(origin);
        if (before === undefined) seen.set(origin, { ...record, poll });
        else violations.push(twice(origin, before, { ...record, poll }));
      }
    }
    return [...violations, ...missing(history, options, end, seen)];
  });
}

function twice(origin: string, before: Sighting, again: Sighting): Violation {
  const what = `"${origin}" was copied again; the first copy is at ${partitionKey(before)}@${before.offset}`;
  const place = `${partitionKey(again)}@${again.offset}`;
  return { rule: 'copies', place, what, events: [before.poll, again.poll] };
}

function missing(
  history: History,
  { input }: CopiesOptions,
  end: ReadToEndEvent,
  seen: ReadonlyMap<string, Sighting>,
): Violation[] {
  return history.sends
    .filter((send) => send.topic === input && history.isCommitted(send) && !seen.has(send.value))
    .map((send) => {
      const what = `"${send.value}" has no copy`;
      return { rule: 'copies', place: partitionKey(send), what, events: [send, end] };
    });
}
