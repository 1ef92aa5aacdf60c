import { partitionKey, type History, type ReadToEndEvent, type SendEvent } from '../history.ts';
import type { Violation } from '../violation.ts';

/** T1 over partitions: who read everything to the end saw all records of a transaction or none. */
export function fracturedTransaction(history: History): Violation[] {
  const parts = Map.groupBy(
    history.sends.filter(({ transaction }) => transaction !== undefined),
    ({ transaction }) => transaction as string,
  );
  const ends = history.events.filter(
    (event): event is ReadToEndEvent => event.kind === 'read-to-end' && event.isolation === 'read_committed',
  );
  return ends.flatMap((end) =>
    [...parts].flatMap(([transaction, sends]) => fracture(history, { end, transaction, sends })),
  );
}

interface Case {
  readonly end: ReadToEndEvent;
  readonly transaction: string;
  readonly sends: readonly SendEvent[];
}

function fracture(history: History, { end, transaction, sends }: Case): Violation[] {
  const over = history.transactions.get(transaction);
  if (over === undefined || over.decision === 'aborted' || over.toMs > end.fromMs) return [];
  const keys = new Set(end.partitions.map(partitionKey));
  const own = sends.filter((send) => keys.has(partitionKey(send)));
  const isSeen = ({ value }: SendEvent): boolean =>
    history.sightingsOf(value).some(({ poll }) => poll.process === end.process);
  const seen = own.find(isSeen);
  const missing = own.find((send) => !isSeen(send));
  if (seen === undefined || missing === undefined) return [];
  const place = `${partitionKey(missing)}@${missing.offset < 0 ? '?' : missing.offset}`;
  const what = `"${missing.value}" of ${transaction} was not read, but "${seen.value}" was`;
  return [{ rule: 'fractured transaction', place, what, events: [seen, missing, over, end] }];
}
