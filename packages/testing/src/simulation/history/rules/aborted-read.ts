import { partitionKey, type History } from '../history.ts';
import type { Violation } from '../violation.ts';

/** E3 and T2: a `read_committed` reader was given a record of a transaction that was aborted. */
export function abortedRead(history: History): Violation[] {
  const violations: Violation[] = [];
  for (const poll of history.polls) {
    if (poll.isolation !== 'read_committed') continue;
    for (const record of poll.records) {
      const send = history.sendOf(record.value);
      if (send?.transaction === undefined) continue;
      const end = history.transactions.get(send.transaction);
      if (end?.decision !== 'aborted') continue;
      const place = `${partitionKey(record)}@${record.offset}`;
      const what = `"${record.value}" of the aborted ${send.transaction} was read`;
      violations.push({ rule: 'aborted read', place, what, events: [send, end, poll] });
    }
  }
  return violations;
}
