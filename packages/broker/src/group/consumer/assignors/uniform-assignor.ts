import type { AssignorMember, PartitionCounts, ServerAssignor } from './server-assignor.ts';
import { assignEqually } from './assign-equally.ts';
import { assignByLoad } from './assign-by-load.ts';

/**
 * Balance first, then as few moves as possible: members keep what they had as far as their share goes. Where all
 * subscribe the same topics, shares differ by one at most; otherwise no single move could make them more equal.
 */
export const uniformAssignor: ServerAssignor = {
  name: 'uniform',

  assign(members, partitionCounts) {
    return subscribeTheSame(members, partitionCounts)
      ? assignEqually(members, partitionCounts)
      : assignByLoad(members, partitionCounts);
  },
};

function subscribeTheSame(members: readonly AssignorMember[], partitionCounts: PartitionCounts): boolean {
  return members.every(({ topicIds }) => topicIds.size === partitionCounts.size);
}
