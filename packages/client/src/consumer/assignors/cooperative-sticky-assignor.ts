import { partitionKey } from '../topic-partition.ts';
import type {
  SynchronousAssignor,
  GroupAssignment,
  MemberSubscription,
  PreviousAssignment,
} from './assignor.ts';
import { balancedAssignment } from './balanced-assignment.ts';
import type { PartitionRacks } from './partition-racks.ts';
import { previousOwners } from './previous-owners.ts';

const GENERATION_BYTES = 4;

/**
 * `cooperative-sticky` (KIP-429): the sticky assignment, reached in two rebalances. A partition that changes owner is
 * given to nobody at first; its old owner sees that it is gone, revokes it and joins again, and only then the new
 * owner gets it. Everything else is consumed throughout.
 */
export const cooperativeStickyAssignor: SynchronousAssignor = {
  name: 'cooperative-sticky',
  supportedProtocols: ['cooperative', 'eager'],

  userData(previous: PreviousAssignment): Buffer {
    const bytes = Buffer.alloc(GENERATION_BYTES);
    bytes.writeInt32BE(previous.generationId);
    return bytes;
  },

  assign(
    partitionCounts: ReadonlyMap<string, number>,
    members: readonly MemberSubscription[],
    racks?: PartitionRacks,
  ): GroupAssignment {
    const claims = members.map((member) => ({
      memberId: member.memberId,
      partitions: member.ownedPartitions,
      generationId: generationOf(member),
    }));
    const assignment = balancedAssignment(partitionCounts, members, previousOwners(claims), racks);
    return withholdMoving(assignment, members);
  },
};

/** Subscriptions before version 2 have no generation field; there it is in the user data. */
function generationOf({ generationId, userData }: MemberSubscription): number {
  if (generationId >= 0) return generationId;
  return userData !== null && userData.length >= GENERATION_BYTES ? userData.readInt32BE(0) : -1;
}

/**
 * Takes out what its new owner does not hold yet and somebody else does.
 *
 * All claims count here, also outdated and contradicting ones: whoever claims a partition may still be consuming it.
 */
function withholdMoving(
  assignment: GroupAssignment,
  members: readonly MemberSubscription[],
): GroupAssignment {
  const holders = new Map<string, Set<string>>();
  for (const { memberId, ownedPartitions } of members) {
    for (const { topic, partition } of ownedPartitions) {
      const key = partitionKey(topic, partition);
      const held = holders.get(key);
      if (held === undefined) holders.set(key, new Set([memberId]));
      else held.add(memberId);
    }
  }
  for (const [memberId, partitions] of assignment) {
    const safe = partitions.filter(({ topic, partition }) => {
      const held = holders.get(partitionKey(topic, partition));
      return held === undefined || held.has(memberId);
    });
    assignment.set(memberId, safe);
  }
  return assignment;
}
