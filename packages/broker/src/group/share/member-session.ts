import { type GroupShard, sessionTimer } from '../group-shard.ts';
import type { ShareGroup } from './share-group.ts';

/** Gives a member its full session from now on. */
export function restartShareSession(shard: GroupShard, { groupId }: ShareGroup, memberId: string): void {
  const timeoutMs = shard.configOf(groupId)['share.session.timeout.ms'];
  shard.setTimer(sessionTimer(groupId, memberId), timeoutMs, { type: 'session', groupId, memberId });
}
