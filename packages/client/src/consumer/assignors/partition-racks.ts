import { partitionKey } from '../topic-partition.ts';
import type { MemberSubscription } from './assignor.ts';

/** The racks that replicas of partitions are in; racks nobody has named are left out. */
export interface PartitionRacks {
  racksOf(topic: string, partition: number): readonly string[];
}

/** Who is near which partition (KIP-881). */
export class RackMatching {
  readonly #rackOfMember: ReadonlyMap<string, string | null>;
  readonly #racks: PartitionRacks;
  readonly #byPartition = new Map<string, ReadonlySet<string>>();

  constructor(members: readonly MemberSubscription[], racks: PartitionRacks) {
    this.#rackOfMember = new Map(members.map(({ memberId, rackId }) => [memberId, rackId]));
    this.#racks = racks;
  }

  /** A member that does not say where it is matches everything. */
  matches(memberId: string, topic: string, partition: number): boolean {
    const rack = this.#rackOfMember.get(memberId) ?? null;
    return rack === null || this.#of(topic, partition).has(rack);
  }

  #of(topic: string, partition: number): ReadonlySet<string> {
    const key = partitionKey(topic, partition);
    let racks = this.#byPartition.get(key);
    if (racks === undefined)
      this.#byPartition.set(key, (racks = new Set(this.#racks.racksOf(topic, partition))));
    return racks;
  }
}

/**
 * Whether racks can make a difference for these topics: members are in racks that partitions have, and not every partition
 * is in all of them.
 */
export function racksMatter(
  partitionCounts: readonly (readonly [topic: string, count: number])[],
  members: readonly MemberSubscription[],
  racks: PartitionRacks,
): boolean {
  const ofMembers = new Set(members.flatMap(({ rackId }) => rackId ?? []));
  if (ofMembers.size === 0) return false;
  const ofPartitions = partitionCounts.flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, partition) => new Set(racks.racksOf(topic, partition))),
  );
  const all = new Set(ofPartitions.flatMap((own) => [...own]));
  return [...ofMembers].some((rack) => all.has(rack)) && ofPartitions.some((own) => own.size < all.size);
}
