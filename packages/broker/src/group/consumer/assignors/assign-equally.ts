import { partitionsOf, type TopicPartitions } from '../topic-partitions.ts';
import type { AssignorMember, PartitionCounts } from './server-assignor.ts';

/**
 * The uniform assignment of members that all subscribe the same topics. Each gets its quota, the rest of the division
 * goes to those who would otherwise have to give up most, in the order of the members.
 */
export function assignEqually(
  members: readonly AssignorMember[],
  partitionCounts: PartitionCounts,
): ReadonlyMap<string, TopicPartitions> {
  const quotas = shareOut(members, partitionCounts);
  const taken = new Map([...partitionCounts].map(([topicId]) => [topicId, new Set<number>()]));
  const assignment = new Map<string, Map<string, number[]>>();
  for (const { memberId, previous } of members) {
    let room = quotas.get(memberId)!;
    const kept = new Map<string, number[]>();
    for (const [topicId, count] of partitionCounts) {
      const takenOfTopic = taken.get(topicId)!;
      const partitions = partitionsOf(previous, topicId)
        .filter((partition) => partition < count && !takenOfTopic.has(partition))
        .slice(0, room);
      if (partitions.length === 0) continue;
      kept.set(topicId, [...partitions]);
      for (const partition of partitions) takenOfTopic.add(partition);
      room -= partitions.length;
    }
    quotas.set(memberId, room);
    assignment.set(memberId, kept);
  }
  fillUp(members, { partitionCounts, taken, quotas, assignment });
  return assignment;
}

/** How many partitions each member is to have. */
function shareOut(members: readonly AssignorMember[], partitionCounts: PartitionCounts): Map<string, number> {
  let total = 0;
  for (const count of partitionCounts.values()) total += count;
  const quota = Math.floor(total / members.length);
  let withOneMore = total % members.length;
  const quotas = new Map(members.map(({ memberId }) => [memberId, quota]));
  const holders = members.filter(({ previous }) => countOf(previous, partitionCounts) > quota);
  for (const { memberId } of new Set([...holders, ...members])) {
    if (withOneMore-- <= 0) break;
    quotas.set(memberId, quota + 1);
  }
  return quotas;
}

function countOf(partitions: TopicPartitions, partitionCounts: PartitionCounts): number {
  let count = 0;
  for (const [topicId, indexes] of partitions) if (partitionCounts.has(topicId)) count += indexes.length;
  return count;
}

/** Deals out what nobody has kept. */
function fillUp(
  members: readonly AssignorMember[],
  state: {
    readonly partitionCounts: PartitionCounts;
    readonly taken: ReadonlyMap<string, ReadonlySet<number>>;
    readonly quotas: ReadonlyMap<string, number>;
    readonly assignment: ReadonlyMap<string, Map<string, number[]>>;
  },
): void {
  const { partitionCounts, taken, quotas, assignment } = state;
  const free = [...partitionCounts].flatMap(([topicId, count]) =>
    Array.from({ length: count }, (_, partition) => ({ topicId, partition })).filter(
      ({ partition }) => !taken.get(topicId)!.has(partition),
    ),
  );
  let next = 0;
  for (const { memberId } of members) {
    const parts = assignment.get(memberId)!;
    const end = next + quotas.get(memberId)!;
    for (const { topicId, partition } of free.slice(next, end)) {
      const partitions = parts.get(topicId);
      if (partitions === undefined) parts.set(topicId, [partition]);
      else partitions.push(partition);
    }
    next = end;
    for (const partitions of parts.values()) partitions.sort((a, b) => a - b);
  }
}
