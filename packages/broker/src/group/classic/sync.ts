import { ErrorCode } from '@millrace/protocol';
import type { SyncGroupRequest } from '@millrace/protocol/messages/sync-group';
import type { SyncCall } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import { invariant } from '../../coordinator/invariant.ts';
import type { AssignmentOutcome } from '../write-outcome.ts';
import { cancelAssignment, propagateAssignment } from './assignment.ts';
import type { ClassicGroup } from './classic-group.ts';
import { groupMetadataRecord } from './group-metadata.ts';
import { awaitSync, syncError, syncWelcome } from './member-replies.ts';
import { noteSync, rebalanceOrCompleteJoin } from './rebalance.ts';

/** SyncGroup: members wait for the leader's assignment, which is stored before anybody hears of it. */
export function syncGroup(shard: GroupShard, { request }: SyncCall, replyId: number): void {
  const group = shard.groups.get(request.groupId);
  const errorCode = checkSync(group, request);
  if (errorCode !== ErrorCode.NONE) {
    shard.reply(replyId, syncError(errorCode));
    return;
  }
  invariant(group !== undefined, `SyncGroup passed its checks without group ${request.groupId}`);
  const member = group.members.get(request.memberId)!;
  noteSync(shard, group, member.memberId);
  if (group.state === 'Stable') {
    shard.reply(replyId, syncWelcome(group, member));
    return;
  }
  awaitSync(shard, member, replyId);
  if (group.isLeader(member.memberId)) storeAssignment(shard, group, request);
}

function checkSync(group: ClassicGroup | undefined, request: SyncGroupRequest): number {
  if (request.groupId === '') return ErrorCode.INVALID_GROUP_ID;
  if (group === undefined || group.state === 'Empty') return ErrorCode.UNKNOWN_MEMBER_ID;
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  const memberError = group.checkMember(request.memberId, request.groupInstanceId);
  if (memberError !== ErrorCode.NONE) return memberError;
  if (request.generationId !== group.generation) return ErrorCode.ILLEGAL_GENERATION;
  if (
    differs(request.protocolType, group.protocolType) ||
    differs(request.protocolName, group.protocolName)
  ) {
    return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
  }
  return group.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
}

/** Old clients do not say which protocol they mean. */
function differs(claimed: string | null, actual: string | undefined): boolean {
  return claimed !== null && actual !== undefined && claimed !== actual;
}

/**
 * One assignment per generation. A leader that lost its connection sends SyncGroup again, perhaps with another one:
 *
 * 1. The leader sends assignment X; the append begins.
 * 2. It sends assignment Y before X is durable.
 * 3. X is durable and valid; members get it.
 *
 * Would Y be appended too, a coordinator that replays the log would know Y, and the members X.
 */
function storeAssignment(shard: GroupShard, group: ClassicGroup, request: SyncGroupRequest): void {
  if (group.storingGeneration === group.generation) return;
  group.storingGeneration = group.generation;
  const assignments = new Map<string, Buffer>();
  // Copied, so that the group does not keep the received frame alive.
  for (const { memberId, assignment } of request.assignments)
    assignments.set(memberId, Buffer.from(assignment));
  shard.append([groupMetadataRecord(group, assignments)], {
    type: 'assignment',
    group,
    generation: group.generation,
    assignments,
  });
}

/**
 * Is the assignment still wanted?
 *
 * 1. The leader of generation 4 sends its assignment; the append begins.
 * 2. A member joins: the group prepares generation 5, everybody who waited was told so.
 * 3. The append ends.
 *
 * Without this check step 3 would make the group stable in the middle of a rebalance.
 */
function isCurrent(shard: GroupShard, { group, generation }: AssignmentOutcome): boolean {
  const isAlive = shard.groups.get(group.groupId) === group;
  return isAlive && group.state === 'CompletingRebalance' && group.generation === generation;
}

function endStoring({ group, generation }: AssignmentOutcome): void {
  if (group.storingGeneration === generation) group.storingGeneration = -1;
}

export function onAssignmentStored(shard: GroupShard, outcome: AssignmentOutcome): void {
  endStoring(outcome);
  if (!isCurrent(shard, outcome)) return;
  propagateAssignment(shard, outcome.group, outcome.assignments);
  outcome.group.transitionTo('Stable', shard.now.wallMs);
  shard.log('Group is stable', outcome.group);
}

export function onAssignmentLost(shard: GroupShard, outcome: AssignmentOutcome, errorCode: number): void {
  endStoring(outcome);
  if (!isCurrent(shard, outcome)) return;
  cancelAssignment(shard, outcome.group, errorCode);
  rebalanceOrCompleteJoin(shard, outcome.group, 'the assignment could not be stored');
}
