import type {
  SynchronousAssignor,
  GroupAssignment,
  MemberSubscription,
  PreviousAssignment,
} from './assignor.ts';
import { balancedAssignment } from './balanced-assignment.ts';
import type { PartitionRacks } from './partition-racks.ts';
import { previousOwners } from './previous-owners.ts';
import { readStickyUserData, writeStickyUserData } from './sticky-user-data.ts';

/**
 * `sticky` (KIP-54): as balanced as subscriptions allow, and then as close to the previous assignment as balance
 * allows. Members give everything back before a rebalance, so what they held travels in the user data.
 */
export const stickyAssignor: SynchronousAssignor = {
  name: 'sticky',
  supportedProtocols: ['eager'],

  userData(previous: PreviousAssignment): Buffer | null {
    return previous.generationId < 0 && previous.partitions.length === 0
      ? null
      : writeStickyUserData(previous);
  },

  assign(
    partitionCounts: ReadonlyMap<string, number>,
    members: readonly MemberSubscription[],
    racks?: PartitionRacks,
  ): GroupAssignment {
    const claims = members.map(({ memberId, userData }) => ({ memberId, ...readStickyUserData(userData) }));
    return balancedAssignment(partitionCounts, members, previousOwners(claims), racks);
  },
};
