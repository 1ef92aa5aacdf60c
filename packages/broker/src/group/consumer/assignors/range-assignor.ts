import type { TopicPartitions } from '../topic-partitions.ts';
import type { AssignorMember, ServerAssignor } from './server-assignor.ts';

/**
 * Contiguous ranges per topic: members in order of instance id (static members first), then member id; the first ones get
 * one partition more where the number does not divide. Topics with equal subscribers and partition counts are dealt out
 * alike, so that they can be joined.
 */
export const rangeAssignor: ServerAssignor = {
  name: 'range',

  assign(members, partitionCounts) {
    const ordered = members.toSorted(byInstanceThenId);
    const assignment = new Map(members.map(({ memberId }) => [memberId, new Map<string, number[]>()]));
    for (const [topicId, count] of partitionCounts) assignTopic(ordered, topicId, count, assignment);
    return assignment satisfies ReadonlyMap<string, TopicPartitions>;
  },
};

function assignTopic(
  members: readonly AssignorMember[],
  topicId: string,
  count: number,
  assignment: ReadonlyMap<string, Map<string, number[]>>,
): void {
  const subscribers = members.filter(({ topicIds }) => topicIds.has(topicId));
  const quota = Math.floor(count / subscribers.length);
  let withOneMore = count % subscribers.length;
  let next = 0;
  for (const { memberId } of subscribers) {
    const length = quota + (withOneMore > 0 ? 1 : 0);
    withOneMore--;
    const start = next;
    if (length > 0)
      assignment.get(memberId)!.set(
        topicId,
        Array.from({ length }, (_, at) => start + at),
      );
    next += length;
  }
}

function byInstanceThenId(a: AssignorMember, b: AssignorMember): number {
  if (a.instanceId !== null && b.instanceId !== null) return compareText(a.instanceId, b.instanceId);
  if (a.instanceId !== null) return -1;
  if (b.instanceId !== null) return 1;
  return compareText(a.memberId, b.memberId);
}

/** By UTF-16 units, as Java compares strings: no locale may decide who owns what. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
