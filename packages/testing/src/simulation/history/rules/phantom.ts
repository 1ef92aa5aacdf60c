import { partitionKey, type History } from '../history.ts';
import type { Violation } from '../violation.ts';

/** Something was read that nobody had sent by then, or not to that partition. */
export function phantom(history: History): Violation[] {
  const violations: Violation[] = [];
  for (const poll of history.polls) {
    for (const record of poll.records) {
      const send = history.sendOf(record.value);
      const isSent = send !== undefined && send.fromMs <= poll.toMs;
      if (isSent && partitionKey(send) === partitionKey(record)) continue;
      const place = `${partitionKey(record)}@${record.offset}`;
      const what = `"${record.value}" was read, but ${isSent ? `sent to ${partitionKey(send)}` : 'not sent before'}`;
      violations.push({ rule: 'phantom', place, what, events: send === undefined ? [poll] : [send, poll] });
    }
  }
  return violations;
}
