import { type GroupShard, sessionTimer } from '../group-shard.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { ClassicMember } from './classic-member.ts';

/** Gives a member its full session timeout, or `timeoutMs`, from now on. */
export function restartSession(
  shard: GroupShard,
  group: ClassicGroup,
  member: ClassicMember,
  timeoutMs: number = member.sessionTimeoutMs,
): void {
  startSession(shard, group.groupId, member.memberId, timeoutMs);
}

/** The same for an id that is no member yet. */
export function startSession(shard: GroupShard, groupId: string, memberId: string, timeoutMs: number): void {
  shard.setTimer(sessionTimer(groupId, memberId), timeoutMs, { type: 'session', groupId, memberId });
}
