import { canDowngrade, downgradeGroup } from './classic-members/downgrade.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupChange } from './group-change.ts';
import { removeMembers } from './remove-member.ts';

/**
 * Takes members out for good: they have left, or their time is over. If only classic members stay, the group is theirs
 * again.
 * @returns what is left to do once the change is written: the members of a downgraded group are to join again.
 */
export function fenceMembers(
  change: GroupChange,
  group: ConsumerGroup,
  memberIds: ReadonlySet<string>,
): () => void {
  if (canDowngrade(change.shard, group, memberIds)) return downgradeGroup(change, group, memberIds);
  removeMembers(change, group, memberIds);
  return () => undefined;
}
