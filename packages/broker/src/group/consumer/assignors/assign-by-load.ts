import { partitionsOf, type TopicPartitions } from '../topic-partitions.ts';
import type { AssignorMember, PartitionCounts } from './server-assignor.ts';

/** A member while partitions are dealt out. */
interface Bearer {
  readonly member: AssignorMember;
  /** How many partitions it has so far. */
  load: number;
}

interface Topic {
  readonly topicId: string;
  readonly subscribers: readonly Bearer[];
  /** By partition. */
  readonly owners: (Bearer | undefined)[];
}

/**
 * The uniform assignment of members whose subscriptions differ: who has something keeps it, what is free goes to the
 * subscriber with the least, and then partitions move from those with more to those with less while that makes them more
 * equal. Each move lowers the sum of the squared loads, so it ends.
 */
export function assignByLoad(
  members: readonly AssignorMember[],
  partitionCounts: PartitionCounts,
): ReadonlyMap<string, TopicPartitions> {
  const bearers = members.map((member): Bearer => ({ member, load: 0 }));
  const topics = [...partitionCounts].map(([topicId, count]): Topic => {
    const subscribers = bearers.filter(({ member }) => member.topicIds.has(topicId));
    return { topicId, subscribers, owners: Array.from({ length: count }, () => undefined) };
  });
  for (const topic of topics) keepPrevious(topic);
  // Topics with few subscribers first: their partitions have the least choice.
  for (const topic of topics.toSorted((a, b) => a.subscribers.length - b.subscribers.length)) dealOut(topic);
  let hasMoved = true;
  while (hasMoved) hasMoved = topics.map(evenOut).includes(true);
  return collect(members, topics);
}

function keepPrevious({ topicId, subscribers, owners }: Topic): void {
  for (const bearer of subscribers) {
    for (const partition of partitionsOf(bearer.member.previous, topicId)) {
      if (partition < owners.length && owners[partition] === undefined) give(owners, partition, bearer);
    }
  }
}

function dealOut({ subscribers, owners }: Topic): void {
  for (const [partition, owner] of owners.entries()) {
    if (owner === undefined && subscribers.length > 0) give(owners, partition, leastLoaded(subscribers));
  }
}

/** @returns whether anything was moved. */
function evenOut({ subscribers, owners }: Topic): boolean {
  let hasMoved = false;
  for (const [partition, owner] of owners.entries()) {
    if (owner === undefined) continue;
    const least = leastLoaded(subscribers);
    if (least.load + 1 >= owner.load) continue;
    owner.load--;
    give(owners, partition, least);
    hasMoved = true;
  }
  return hasMoved;
}

function give(owners: (Bearer | undefined)[], partition: number, bearer: Bearer): void {
  owners[partition] = bearer;
  bearer.load++;
}

/** The first of those with the least. */
function leastLoaded(subscribers: readonly Bearer[]): Bearer {
  let least = subscribers[0]!;
  for (const bearer of subscribers) if (bearer.load < least.load) least = bearer;
  return least;
}

function collect(
  members: readonly AssignorMember[],
  topics: readonly Topic[],
): ReadonlyMap<string, TopicPartitions> {
  const assignment = new Map(members.map(({ memberId }) => [memberId, new Map<string, number[]>()]));
  for (const { topicId, owners } of topics) {
    for (const [partition, owner] of owners.entries()) {
      if (owner === undefined) continue;
      const parts = assignment.get(owner.member.memberId)!;
      const partitions = parts.get(topicId);
      if (partitions === undefined) parts.set(topicId, [partition]);
      else partitions.push(partition);
    }
  }
  return assignment;
}
