import { type GroupShard, joinTimer, sessionTimer, syncTimer } from '../group-shard.ts';
import type { ClassicGroup } from './classic-group.ts';
import { answerJoin, answerSync, joinError, syncError } from './member-replies.ts';

/** Answers everything that waits for this group. */
export function answerAll(shard: GroupShard, group: ClassicGroup, errorCode: number): void {
  for (const member of group.members.values()) {
    answerJoin(shard, group, member, joinError(errorCode, member.memberId));
    answerSync(shard, member, syncError(errorCode));
  }
}

/** Drops a group whose first record was lost: for the log it has never been. Its members look for it again. */
export function disbandGroup(shard: GroupShard, group: ClassicGroup, errorCode: number): void {
  if (shard.groups.get(group.groupId) === group) shard.groups.delete(group.groupId);
  answerAll(shard, group, errorCode);
  for (const memberId of [...group.members.keys(), ...group.pendingJoinMembers]) {
    shard.cancelTimer(sessionTimer(group.groupId, memberId));
  }
  shard.cancelTimer(joinTimer(group.groupId));
  shard.cancelTimer(syncTimer(group.groupId));
}
