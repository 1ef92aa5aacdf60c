import type { TopicPartition } from '../topic-partition.ts';
import type { PartitionRacks } from './partition-racks.ts';

/** What one member of a group says about itself when it joins. */
export interface MemberSubscription {
  readonly memberId: string;
  /** `group.instance.id`, or null for a dynamic member. */
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
  /** Bytes of the assignor's own, see `Assignor.userData`. */
  readonly userData: Buffer | null;
  readonly ownedPartitions: readonly TopicPartition[];
  /** The generation in which `ownedPartitions` were assigned, -1 if unknown. */
  readonly generationId: number;
  readonly rackId: string | null;
}

/** What a member held before it joined again. */
export interface PreviousAssignment {
  readonly partitions: readonly TopicPartition[];
  /** -1 when the member has never been assigned anything. */
  readonly generationId: number;
}

/**
 * How a member behaves while its group rebalances. `eager`: gives everything back before it joins. `cooperative`
 * (KIP-429): keeps what it has, gives back only what the new assignment takes away, and then joins again.
 */
export type RebalanceProtocol = 'eager' | 'cooperative';

/** The assignment by member id. Every member of the input has an entry, possibly an empty one. */
export type GroupAssignment = Map<string, TopicPartition[]>;

/**
 * Distributes the partitions of a group's topics among its members (`partition.assignment.strategy`). Runs on the
 * member that the coordinator made leader; the other members may be other people's clients, so `name`, `userData` and
 * the outcome must agree with what they expect.
 *
 * Assignors are pure: the same input gives the same output, and they keep nothing between calls. One that has to look
 * something up may answer with a promise; the group waits for it, up to the rebalance timeout.
 */
export interface Assignor {
  /** The name members vote for. Assignors of the same name must be compatible with each other. */
  readonly name: string;
  /** What the assignor can work with; the consumer uses the best protocol all of its assignors support. */
  readonly supportedProtocols: readonly RebalanceProtocol[];
  /** Bytes to carry in this member's subscription. */
  userData?(previous: PreviousAssignment): Buffer | null;
  /**
   * @param partitionCounts topics that exist, with their number of partitions; subscribed topics may be missing.
   * @param members in the coordinator's order.
   * @param racks where partitions are; only if a member says where it is (`client.rack`).
   */
  assign(
    partitionCounts: ReadonlyMap<string, number>,
    members: readonly MemberSubscription[],
    racks?: PartitionRacks,
  ): GroupAssignment | Promise<GroupAssignment>;
}

/** One that does not have to wait for anything, as all of Kafka's own. */
export interface SynchronousAssignor extends Assignor {
  assign(
    partitionCounts: ReadonlyMap<string, number>,
    members: readonly MemberSubscription[],
    racks?: PartitionRacks,
  ): GroupAssignment;
}

/** Static members by instance id first, then dynamic members by member id: the order all of Kafka's assignors use. */
export function sortMembers(members: readonly MemberSubscription[]): MemberSubscription[] {
  return members.toSorted((a, b) => {
    if (a.groupInstanceId !== null && b.groupInstanceId !== null)
      return compare(a.groupInstanceId, b.groupInstanceId);
    if (a.groupInstanceId !== null) return -1;
    if (b.groupInstanceId !== null) return 1;
    return compare(a.memberId, b.memberId);
  });
}

/** Topics at least one member wants and that exist, ascending by name. */
export function subscribedTopics(
  partitionCounts: ReadonlyMap<string, number>,
  members: readonly MemberSubscription[],
): string[] {
  const topics = new Set(members.flatMap((member) => member.topics));
  return [...topics].filter((topic) => partitionCounts.has(topic)).toSorted(compare);
}

/** An entry for every member, nothing assigned. */
export function emptyAssignment(members: readonly MemberSubscription[]): GroupAssignment {
  return new Map(members.map((member) => [member.memberId, []]));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
