import { type GroupShard, joinTimer, syncTimer } from '../group-shard.ts';
import { cancelAssignment } from './assignment.ts';
import type { ClassicGroup } from './classic-group.ts';
import { recordEmptyGroup } from './record-empty-group.ts';
import { answerJoin, dismissMember, joinWelcome } from './member-replies.ts';
import { restartSession } from './session.ts';

/** Starts a rebalance where one can start; in one that is under way, sees whether everybody is there. */
export function rebalanceOrCompleteJoin(shard: GroupShard, group: ClassicGroup, reason: string): void {
  if (group.canRebalance()) prepareRebalance(shard, group, reason);
  else completeJoinIfAllJoined(shard, group);
}

/** Opens the join phase. Members learn of it from their heartbeats. */
export function prepareRebalance(shard: GroupShard, group: ClassicGroup, reason: string): void {
  shard.log('Group prepares to rebalance', group, { reason });
  if (group.state === 'CompletingRebalance') cancelAssignment(shard, group);
  stopAwaitingSync(shard, group);
  const isInitial = group.state === 'Empty';
  group.transitionTo('PreparingRebalance', shard.now.wallMs);
  if (isInitial) delayInitialRebalance(shard, group);
  else if (group.hasAllMembersJoined) completeJoin(shard, group);
  else armJoinTimer(shard, group);
}

/**
 * Members of a new group tend to start at about the same time: waiting a little for the others saves each of them a
 * rebalance. The wait is renewed while members come, but not beyond the rebalance timeout.
 */
function delayInitialRebalance(shard: GroupShard, group: ClassicGroup): void {
  const delayMs = shard.properties['group.initial.rebalance.delay.ms'];
  const remainingMs = Math.max(group.rebalanceTimeoutMs - delayMs, 0);
  const { groupId } = group;
  shard.setTimer(joinTimer(groupId), delayMs, { type: 'initial-delay', groupId, delayMs, remainingMs });
}

/** The initial delay is over: wait once more if somebody has come in the meantime. */
export function onInitialDelay(
  shard: GroupShard,
  group: ClassicGroup,
  { delayMs, remainingMs }: { readonly delayMs: number; readonly remainingMs: number },
): void {
  if (group.state !== 'PreparingRebalance') return;
  if (!group.newMemberAdded || remainingMs === 0) {
    completeJoin(shard, group);
    return;
  }
  group.newMemberAdded = false;
  const nextDelayMs = Math.min(shard.properties['group.initial.rebalance.delay.ms'], remainingMs);
  shard.setTimer(joinTimer(group.groupId), nextDelayMs, {
    type: 'initial-delay',
    groupId: group.groupId,
    delayMs: nextDelayMs,
    remainingMs: Math.max(remainingMs - delayMs, 0),
  });
}

/** The join phase has lasted as long as it may. */
export function onJoinTimer(shard: GroupShard, group: ClassicGroup): void {
  if (group.state === 'PreparingRebalance') completeJoin(shard, group);
}

/** Ends the join phase early when nobody is missing; the initial delay always runs to its end. */
export function completeJoinIfAllJoined(shard: GroupShard, group: ClassicGroup): void {
  if (group.state !== 'PreparingRebalance' || group.previousState === 'Empty') return;
  if (group.hasAllMembersJoined) completeJoin(shard, group);
}

/** Ends the join phase with those who are there. */
export function completeJoin(shard: GroupShard, group: ClassicGroup): void {
  shard.cancelTimer(joinTimer(group.groupId));
  for (const member of group.members.values()) {
    // A static member that is late may be restarting: it stays until its session runs out.
    if (!member.isAwaitingJoin && !member.isStatic) dismissMember(shard, group, member.memberId);
  }
  if (group.members.size > 0 && !group.electJoinedLeader()) {
    // Only static members are left and none has joined: wait on, until they do or their sessions end.
    armJoinTimer(shard, group);
    return;
  }
  group.startNextGeneration(shard.now.wallMs);
  if (group.state === 'Empty') recordEmptyGroup(shard, group);
  else welcomeMembers(shard, group);
}

function welcomeMembers(shard: GroupShard, group: ClassicGroup): void {
  for (const member of group.members.values()) {
    answerJoin(shard, group, member, joinWelcome(group, member.memberId));
    restartSession(shard, group, member);
    member.isNew = false;
    group.pendingSyncMembers.add(member.memberId);
  }
  const { groupId, generation } = group;
  shard.log('Group has a new generation', group, {
    members: group.members.size,
    protocol: group.protocolName,
  });
  shard.setTimer(syncTimer(groupId), group.rebalanceTimeoutMs, { type: 'sync', groupId, generation });
}

function armJoinTimer(shard: GroupShard, group: ClassicGroup): void {
  const { groupId } = group;
  shard.setTimer(joinTimer(groupId), group.rebalanceTimeoutMs, { type: 'join', groupId });
}

function stopAwaitingSync(shard: GroupShard, group: ClassicGroup): void {
  group.pendingSyncMembers.clear();
  shard.cancelTimer(syncTimer(group.groupId));
}

/** A member has sent SyncGroup; when it was the last one, the sync phase is over. */
export function noteSync(shard: GroupShard, group: ClassicGroup, memberId: string): void {
  group.pendingSyncMembers.delete(memberId);
  if (group.pendingSyncMembers.size === 0) shard.cancelTimer(syncTimer(group.groupId));
}

/** The sync phase has lasted as long as it may: whoever has not asked for its assignment is gone. */
export function onSyncTimer(shard: GroupShard, group: ClassicGroup, generation: number): void {
  if (generation !== group.generation || group.pendingSyncMembers.size === 0) return;
  if (group.state !== 'CompletingRebalance' && group.state !== 'Stable') return;
  for (const memberId of group.pendingSyncMembers) dismissMember(shard, group, memberId);
  prepareRebalance(shard, group, 'members did not ask for their assignment in time');
}
