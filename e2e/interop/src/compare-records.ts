import type { InteropClient } from './foreign-client.ts';
import type { InteropRecord } from './interop-record.ts';

/** The first difference between what was sent and what arrived, or `undefined`. Order counts. */
export function firstDifference(
  sent: readonly InteropRecord[],
  received: readonly InteropRecord[],
  clients: readonly InteropClient[],
): string | undefined {
  if (sent.length !== received.length) return `${sent.length} records sent, ${received.length} received`;
  const lacks = new Set(clients.flatMap((client) => client.lacks));
  for (let index = 0; index < sent.length; index++) {
    const expected = JSON.stringify(comparable(sent[index]!, lacks));
    const actual = JSON.stringify(comparable(received[index]!, lacks));
    if (expected !== actual) return `record ${index}: sent ${shorten(expected)}, received ${shorten(actual)}`;
  }
  return undefined;
}

function comparable(record: InteropRecord, lacks: ReadonlySet<string>): InteropRecord {
  const orNull = (value: string | null) => (lacks.has('empty values') && value === '' ? null : value);
  return {
    key: orNull(record.key),
    value: orNull(record.value),
    headers: lacks.has('headers') ? [] : record.headers,
    timestampMs: lacks.has('timestamps') ? 0 : record.timestampMs,
  };
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
