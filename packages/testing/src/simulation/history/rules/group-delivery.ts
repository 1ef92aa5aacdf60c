import { partitionKey, type CommitEvent, type History, type PartitionName } from '../history.ts';
import { readingsOf, type Reading } from '../reading.ts';
import type { Violation } from '../violation.ts';

export interface GroupDeliveryOptions {
  /**
   * Requests may arrive after their sender has given up on them, repeated them and gone on. Nothing in the protocol orders
   * the commits of a member within a generation: a late one puts back what a newer one has committed.
   */
  readonly hasLateRequests?: boolean;
}

/**
 * Queue-like groups: at least once, bounded by commits.
 *
 * - a member starts a partition no lower than what was committed before it was given the partition
 * - and no higher than anybody had asked to commit by the time of its first record, so that nothing is skipped
 * - nobody commits beyond what was handed out
 */
export function groupDelivery(
  history: History,
  { hasLateRequests = false }: GroupDeliveryOptions,
): Violation[] {
  const commits = history.events.filter((event) => event.kind === 'commit');
  const readings = readingsOf(history).filter(({ assignment }) => assignment?.group !== undefined);
  // Markers and aborted records take offsets, too: only in a topic without transactions is every offset a record.
  const transactional = new Set(
    history.sends.flatMap((send) => (send.transaction === undefined ? [] : [send.topic])),
  );
  return [
    ...readings
      .flatMap((reading) => startOf(reading, commits, !transactional.has(reading.topic)))
      .filter((violation) => !(hasLateRequests && isPutBack(violation, commits))),
    ...commits.flatMap((commit) => commitAhead(commit, readings, transactional)),
  ];
}

function startOf(reading: Reading, commits: readonly CommitEvent[], isDense: boolean): Violation[] {
  const assignment = reading.assignment!;
  const first = reading.sightings[0]!;
  const place = `${partitionKey(reading)}@${first.offset}`;
  let [below, beyond] = [0, 0];
  let [belowEvent, beyondEvent]: (CommitEvent | undefined)[] = [undefined, undefined];
  for (const commit of commits) {
    const offset = offsetIn(commit, reading);
    if (commit.group !== assignment.group || offset === undefined) continue;
    if (commit.outcome === 'done' && commit.toMs < assignment.fromMs && offset > below) {
      [below, belowEvent] = [offset, commit];
    }
    if (commit.fromMs <= first.poll.toMs && offset > beyond) [beyond, beyondEvent] = [offset, commit];
  }
  if (first.offset < below) {
    const what = `${reading.process} was given what had been committed up to @${below}`;
    return [{ rule: 'delivery below a commit', place, what, events: [belowEvent!, assignment, first.poll] }];
  }
  if (isDense && first.offset > beyond) {
    const what = `${reading.process} starts here, but nobody has committed beyond @${beyond}`;
    const events = [...(beyondEvent === undefined ? [] : [beyondEvent]), assignment, first.poll];
    return [{ rule: 'delivery beyond commits', place, what, events }];
  }
  return [];
}

/** The group was given a partition where an older commit of the member that made the newest one had left it. */
function isPutBack({ rule, place, events }: Violation, commits: readonly CommitEvent[]): boolean {
  const [newest] = events;
  if (rule !== 'delivery below a commit' || newest?.kind !== 'commit') return false;
  return commits.some(
    (older) =>
      older.process === newest.process &&
      older.group === newest.group &&
      older.fromMs < newest.fromMs &&
      older.offsets.some((name) => `${partitionKey(name)}@${name.offset}` === place),
  );
}

function commitAhead(
  commit: CommitEvent,
  readings: readonly Reading[],
  transactional: ReadonlySet<string>,
): Violation[] {
  return commit.offsets.flatMap((name) => {
    if (transactional.has(name.topic)) return [];
    let highest = -1;
    for (const { assignment, sightings } of readings) {
      if (assignment?.group !== commit.group) continue;
      for (const sighting of sightings) {
        if (partitionKey(sighting) !== partitionKey(name) || sighting.poll.fromMs > commit.toMs) continue;
        highest = Math.max(highest, sighting.offset);
      }
    }
    if (name.offset <= highest + 1) return [];
    const what = `${commit.process} committed it, but nothing beyond @${highest} was handed out`;
    return [
      {
        rule: 'commit ahead' as const,
        place: `${partitionKey(name)}@${name.offset}`,
        what,
        events: [commit],
      },
    ];
  });
}

function offsetIn({ offsets }: CommitEvent, name: PartitionName): number | undefined {
  return offsets.find((offset) => partitionKey(offset) === partitionKey(name))?.offset;
}
