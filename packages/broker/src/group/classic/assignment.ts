import { ErrorCode } from '@millrace/protocol';
import type { GroupShard } from '../group-shard.ts';
import { invariant } from '../../coordinator/invariant.ts';
import type { ClassicGroup } from './classic-group.ts';
import { NO_ASSIGNMENT } from './classic-member.ts';
import { answerSync, syncError, syncWelcome } from './member-replies.ts';
import { restartSession } from './session.ts';

/** Gives every member its part and answers those that wait for it. Members that are not named get an empty one. */
export function propagateAssignment(
  shard: GroupShard,
  group: ClassicGroup,
  assignments: ReadonlyMap<string, Buffer>,
): void {
  invariant(group.state === 'CompletingRebalance', `assignment of ${group.groupId} in state ${group.state}`);
  for (const member of group.members.values()) {
    member.assignment = assignments.get(member.memberId) ?? NO_ASSIGNMENT;
    // Its session may have run out while it waited, which does not count, but nothing would watch it from then on.
    if (answerSync(shard, member, syncWelcome(group, member))) restartSession(shard, group, member);
  }
}

/** Takes the generation's assignment back: whoever waits for it is told to join again, or what else went wrong. */
export function cancelAssignment(
  shard: GroupShard,
  group: ClassicGroup,
  errorCode: number = ErrorCode.REBALANCE_IN_PROGRESS,
): void {
  invariant(
    group.state === 'CompletingRebalance',
    `assignment of ${group.groupId} ends in state ${group.state}`,
  );
  for (const member of group.members.values()) {
    member.assignment = NO_ASSIGNMENT;
    if (answerSync(shard, member, syncError(errorCode))) restartSession(shard, group, member);
  }
}
