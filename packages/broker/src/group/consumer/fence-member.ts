import { canDowngrade, downgradeGroup } from './classic-members/downgrade.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupChange } from './group-change.ts';
import { removeMembers } from './remove-member.ts';

/**
 * Takes a member out for good: it has left, or its time is over. If only classic members stay, the group is theirs again.
 * @returns what is left to do once the change is written: the members of a downgraded group are to join again.
 */
export function fenceMember(change: GroupChange, group: ConsumerGroup, memberId: string): () => void {
  if (canDowngrade(change.shard, group, memberId)) return downgradeGroup(change, group, memberId);
  removeMembers(change, group, [memberId]);
  return () => undefined;
}
