import { partitionKey, type History, type ReadToEndEvent, type SendEvent } from '../history.ts';
import type { Violation } from '../violation.ts';

/**
 * E1 and E6: an acknowledged record was never read, though later offsets were (lost), or though somebody read to the
 * end after it was acknowledged (unseen).
 */
export function lostAndUnseen(history: History): Violation[] {
  const ends = history.events.filter((event) => event.kind === 'read-to-end');
  const violations: Violation[] = [];
  for (const send of history.sends) {
    if (!history.isCommitted(send) || history.sightingsOf(send.value).length > 0) continue;
    const violation = lostTo(history, send) ?? unseenBy(history, send, ends);
    if (violation !== undefined) violations.push(violation);
  }
  return violations;
}

function lostTo(history: History, send: SendEvent): Violation | undefined {
  if (send.offset < 0) return undefined;
  const later = history.sightingsIn(send).find(({ offset }) => offset > send.offset);
  if (later === undefined) return undefined;
  const what = `"${send.value}" was acknowledged and never read, but offset ${later.offset} was`;
  return {
    rule: 'lost',
    place: `${partitionKey(send)}@${send.offset}`,
    what,
    events: [send, later.poll],
  };
}

function unseenBy(history: History, send: SendEvent, ends: readonly ReadToEndEvent[]): Violation | undefined {
  const key = partitionKey(send);
  const knownMs =
    send.transaction === undefined
      ? send.toMs
      : Math.max(send.fromMs, history.transactions.get(send.transaction)?.toMs ?? Infinity);
  const reader = ends.find(
    ({ fromMs, partitions }) => fromMs >= knownMs && partitions.some((name) => partitionKey(name) === key),
  );
  if (reader === undefined) return undefined;
  const what = `"${send.value}" was acknowledged, but who read to the end afterwards did not get it`;
  return {
    rule: 'unseen',
    place: `${key}@${send.offset < 0 ? '?' : send.offset}`,
    what,
    events: [send, reader],
  };
}
