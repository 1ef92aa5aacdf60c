import { partitionKey, type TopicPartition } from '../topic-partition.ts';

/** What one member says it held, and since when. */
export interface OwnershipClaim {
  readonly memberId: string;
  readonly partitions: readonly TopicPartition[];
  readonly generationId: number;
}

/**
 * Settles who really held which partition, by member id.
 *
 * Only claims of the newest generation count: an older one comes from a member that missed a rebalance, after which
 * its partitions may have gone to somebody else. Two claims of the same generation contradict each other (a member
 * missed that it was fenced), so nobody keeps the partition.
 */
export function previousOwners(claims: readonly OwnershipClaim[]): Map<string, TopicPartition[]> {
  const newest = Math.max(-1, ...claims.map((claim) => claim.generationId));
  const current = claims.filter((claim) => claim.generationId === newest);
  const claimants = new Map<string, number>();
  for (const claim of current) {
    for (const { topic, partition } of claim.partitions) {
      const key = partitionKey(topic, partition);
      claimants.set(key, (claimants.get(key) ?? 0) + 1);
    }
  }
  const owned = new Map<string, TopicPartition[]>();
  for (const claim of current) {
    owned.set(
      claim.memberId,
      claim.partitions.filter(({ topic, partition }) => claimants.get(partitionKey(topic, partition)) === 1),
    );
  }
  return owned;
}
