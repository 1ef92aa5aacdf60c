import type { HistoryEvent } from './history.ts';

export type RuleName =
  | 'lost'
  | 'duplicate'
  | 'aborted read'
  | 'phantom'
  | 'order'
  | 'divergence'
  | 'unseen'
  | 'offset went back'
  | 'skipped'
  | 'fractured transaction'
  | 'total'
  | 'list'
  | 'copies'
  | 'delivery below a commit'
  | 'delivery beyond commits'
  | 'commit ahead';

/** A promise that was broken: where, what, and the events that prove it. */
export interface Violation {
  readonly rule: RuleName;
  /** For example `orders-1@17`. */
  readonly place: string;
  readonly what: string;
  readonly events: readonly HistoryEvent[];
}

/** Some lines that a reader of a failed run starts from. */
export function describeViolation({ rule, place, what, events }: Violation): string {
  return [`${rule}: ${place}: ${what}`, ...events.map((event) => `    ${describeEvent(event)}`)].join('\n');
}

export function describeEvent(event: HistoryEvent): string {
  const to = event.toMs === Infinity ? 'never' : event.toMs.toFixed(1);
  const when = `${event.fromMs.toFixed(1)}..${to} ms`;
  return `#${event.id} ${when} ${event.process} ${describeAct(event)}`;
}

function describeAct(event: HistoryEvent): string {
  if (event.kind === 'send') {
    const inside = event.transaction === undefined ? '' : ` in ${event.transaction}`;
    return `sent "${event.value}" to ${event.topic}-${event.partition}${inside}: ${event.outcome} @${event.offset}`;
  }
  if (event.kind === 'poll') return `polled ${event.records.length} (${event.isolation}): ${ranges(event)}`;
  if (event.kind === 'commit') {
    const offsets = event.offsets.map(({ topic, partition, offset }) => `${topic}-${partition}@${offset}`);
    return `committed ${offsets.join(' ')} for ${event.group}: ${event.outcome}`;
  }
  if (event.kind === 'transaction') return `ended ${event.transaction}: ${event.decision}`;
  const partitions = event.partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(' ');
  return event.kind === 'assign' ? `was given ${partitions}` : `read ${partitions} to the end`;
}

function ranges({
  records,
}: {
  readonly records: readonly { topic: string; partition: number; offset: number }[];
}) {
  const seen = new Map<string, { first: number; last: number }>();
  for (const { topic, partition, offset } of records) {
    const range = seen.get(`${topic}-${partition}`);
    if (range === undefined) seen.set(`${topic}-${partition}`, { first: offset, last: offset });
    else range.last = offset;
  }
  return [...seen].map(([name, { first, last }]) => `${name}@${first}..${last}`).join(' ');
}
