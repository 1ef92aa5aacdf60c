import { type GroupShard, memberRebalanceTimer, sessionTimer } from '../group-shard.ts';
import type { StreamsGroup } from './streams-group.ts';
import { type StreamsMember, StreamsMemberState } from './streams-member.ts';

/** Gives a member its full session from now on. */
export function restartStreamsSession(shard: GroupShard, { groupId }: StreamsGroup, memberId: string): void {
  const timeoutMs = shard.configOf(groupId)['streams.session.timeout.ms'];
  shard.setTimer(sessionTimer(groupId, memberId), timeoutMs, { type: 'session', groupId, memberId });
}

/** Starts or stops the clock for what the member has to give up. */
export function watchStreamsRevocation(
  shard: GroupShard,
  { groupId }: StreamsGroup,
  { memberId, metadata, current }: StreamsMember,
): void {
  const key = memberRebalanceTimer(groupId, memberId);
  shard.cancelTimer(key);
  if (current.state !== StreamsMemberState.unrevoked) return;
  const { memberEpoch } = current;
  const timer = { type: 'member-rebalance', groupId, memberId, memberEpoch } as const;
  shard.setTimer(key, metadata.rebalanceTimeoutMs, timer);
}

/** Starts the clocks of a member that a replay, or a change taken back, has brought here. */
export function watchStreamsMember(shard: GroupShard, group: StreamsGroup, memberId: string): void {
  const member = group.members.get(memberId);
  if (member === undefined) return;
  restartStreamsSession(shard, group, memberId);
  watchStreamsRevocation(shard, group, member);
}
