import type { GroupShard } from './group-shard.ts';

/** "Not asked for" in the wire format; what a peer may do is filled in where it is known who asks. */
export const NO_AUTHORIZED_OPERATIONS = -2147483648;

/** Why there is no group of that kind to be described. */
export function notFoundText(
  shard: GroupShard,
  groupId: string,
  kind: 'consumer' | 'share' | 'streams',
): string {
  return shard.hasGroup(groupId) ? `Group ${groupId} is not a ${kind} group.` : `Group ${groupId} not found.`;
}
