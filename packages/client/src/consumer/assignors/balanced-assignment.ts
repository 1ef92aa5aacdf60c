import { comparePartitions, partitionKey, type TopicPartition } from '../topic-partition.ts';
import {
  emptyAssignment,
  sortMembers,
  subscribedTopics,
  type GroupAssignment,
  type MemberSubscription,
} from './assignor.ts';
import { evenOutLoads } from './even-out-loads.ts';
import { RackMatching, racksMatter, type PartitionRacks } from './partition-racks.ts';

/** Whether a member and a partition are in the same rack, as far as that is known. */
type IsNear = (memberId: string, partition: TopicPartition) => boolean;

/**
 * The assignment both sticky assignors start from: balanced first, then by rack (KIP-881), then with as few moves as that
 * allows.
 *
 * @param owned what each member held before, free of contradictions (see `previousOwners`).
 */
export function balancedAssignment(
  partitionCounts: ReadonlyMap<string, number>,
  members: readonly MemberSubscription[],
  owned: ReadonlyMap<string, readonly TopicPartition[]>,
  racks?: PartitionRacks,
): GroupAssignment {
  const sorted = sortMembers(members);
  const partitions = subscribedTopics(partitionCounts, members).flatMap((topic) =>
    Array.from({ length: partitionCounts.get(topic) ?? 0 }, (_, partition) => ({ topic, partition })),
  );
  const isNear = nearness(partitionCounts, sorted, racks);
  const kept = stillWanted(partitionCounts, sorted, owned);
  if (isNear !== undefined)
    for (const [memberId, held] of kept)
      kept.set(
        memberId,
        held.filter((one) => isNear(memberId, one)),
      );
  return haveEqualSubscriptions(sorted)
    ? assignEqualSubscriptions(sorted, partitions, kept, isNear)
    : assignDifferentSubscriptions(sorted, partitions, kept, isNear);
}

/** Undefined where racks make no difference. */
function nearness(
  partitionCounts: ReadonlyMap<string, number>,
  members: readonly MemberSubscription[],
  racks: PartitionRacks | undefined,
): IsNear | undefined {
  const wanted = subscribedTopics(partitionCounts, members).map(
    (topic) => [topic, partitionCounts.get(topic) ?? 0] as const,
  );
  if (racks === undefined || !racksMatter(wanted, members, racks)) return undefined;
  const matching = new RackMatching(members, racks);
  return (memberId, { topic, partition }) => matching.matches(memberId, topic, partition);
}

/** Drops partitions that no longer exist, and topics the member has unsubscribed from. */
function stillWanted(
  partitionCounts: ReadonlyMap<string, number>,
  members: readonly MemberSubscription[],
  owned: ReadonlyMap<string, readonly TopicPartition[]>,
): GroupAssignment {
  const kept = emptyAssignment(members);
  for (const { memberId, topics } of members) {
    const wanted = new Set(topics);
    const partitions = (owned.get(memberId) ?? []).filter(
      ({ topic, partition }) => wanted.has(topic) && partition < (partitionCounts.get(topic) ?? 0),
    );
    kept.set(memberId, partitions.toSorted(comparePartitions));
  }
  return kept;
}

function haveEqualSubscriptions(members: readonly MemberSubscription[]): boolean {
  const first = new Set(members[0]?.topics);
  return members.every(({ topics }) => {
    const own = new Set(topics);
    return own.size === first.size && topics.every((topic) => first.has(topic));
  });
}

/**
 * Everybody may take everything, so the target sizes are known: `membersWithOneMore` members hold one partition more
 * than the others. Members keep what fits into their share; the rest is dealt out in a circle.
 */
function assignEqualSubscriptions(
  members: readonly MemberSubscription[],
  partitions: readonly TopicPartition[],
  kept: GroupAssignment,
  isNear: IsNear | undefined,
): GroupAssignment {
  const share = Math.floor(partitions.length / members.length);
  let membersWithOneMore = partitions.length % members.length;
  const assignment = emptyAssignment(members);
  for (const { memberId } of members) {
    const held = kept.get(memberId) ?? [];
    const keepsOneMore = held.length > share && membersWithOneMore > 0;
    if (keepsOneMore) membersWithOneMore--;
    assignment.set(memberId, held.slice(0, keepsOneMore ? share + 1 : share));
  }
  const free = unassigned(partitions, assignment);
  const rest =
    isNear === undefined ? free : dealOutNear(free, assignment, { share, membersWithOneMore, isNear });
  dealOut(rest, [...assignment.values()], share);
  return assignment;
}

interface NearShares {
  readonly share: number;
  readonly membersWithOneMore: number;
  readonly isNear: IsNear;
}

/** To the least loaded member of their racks that has room; those first that few members are near. @returns the rest */
function dealOutNear(
  free: readonly TopicPartition[],
  assignment: GroupAssignment,
  { share, membersWithOneMore, isNear }: NearShares,
): TopicPartition[] {
  let left = membersWithOneMore;
  const choices = free.map((partition) => ({
    partition,
    near: [...assignment].filter(([memberId]) => isNear(memberId, partition)).map(([, list]) => list),
  }));
  const rest: TopicPartition[] = [];
  for (const { partition, near } of choices.toSorted((one, other) => one.near.length - other.near.length)) {
    const list = near.reduce<TopicPartition[] | undefined>(shorter, undefined);
    if (list === undefined || list.length > share || (list.length === share && left === 0))
      rest.push(partition);
    else {
      if (list.length === share) left--;
      list.push(partition);
    }
  }
  return rest.toSorted(comparePartitions);
}

function shorter(best: TopicPartition[] | undefined, list: TopicPartition[]): TopicPartition[] {
  return best === undefined || list.length < best.length ? list : best;
}

/** In a circle over the lists below their share, then one more to each list that has exactly its share. */
function dealOut(rest: readonly TopicPartition[], lists: TopicPartition[][], share: number): void {
  let below = lists.filter((list) => list.length < share);
  let dealt = 0;
  while (below.length > 0) {
    for (const list of below) {
      const partition = rest[dealt++];
      if (partition !== undefined) list.push(partition);
    }
    below = below.filter((list) => list.length < share);
  }
  const exact = lists.filter((list) => list.length === share);
  for (const [index, partition] of rest.slice(dealt).entries()) exact[index]?.push(partition);
}

/** Subscriptions differ: give every free partition to the least loaded member that wants it, then even out. */
function assignDifferentSubscriptions(
  members: readonly MemberSubscription[],
  partitions: readonly TopicPartition[],
  kept: GroupAssignment,
  isNear: IsNear | undefined,
): GroupAssignment {
  const subscribers = new Map<string, MemberSubscription[]>();
  for (const member of members) {
    for (const topic of new Set(member.topics)) {
      const list = subscribers.get(topic);
      if (list === undefined) subscribers.set(topic, [member]);
      else list.push(member);
    }
  }
  for (const partition of unassigned(partitions, kept)) {
    const candidates = subscribers.get(partition.topic) ?? [];
    const near = isNear && candidates.filter(({ memberId }) => isNear(memberId, partition));
    leastLoaded(near === undefined || near.length === 0 ? candidates : near, kept)?.push(partition);
  }
  evenOutLoads(kept, (topic) => (subscribers.get(topic) ?? []).map((member) => member.memberId), isNear);
  for (const list of kept.values()) list.sort(comparePartitions);
  return kept;
}

function leastLoaded(
  candidates: readonly MemberSubscription[],
  assignment: GroupAssignment,
): TopicPartition[] | undefined {
  return candidates
    .map(({ memberId }) => assignment.get(memberId) ?? [])
    .reduce<TopicPartition[] | undefined>(shorter, undefined);
}

function unassigned(partitions: readonly TopicPartition[], assignment: GroupAssignment): TopicPartition[] {
  const taken = new Set<string>();
  for (const list of assignment.values()) {
    for (const { topic, partition } of list) taken.add(partitionKey(topic, partition));
  }
  return partitions.filter(({ topic, partition }) => !taken.has(partitionKey(topic, partition)));
}
