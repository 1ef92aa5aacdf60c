import { ErrorCode } from '@millrace/protocol';
import { onStaticReplaced, onStaticReplacementFailed } from './classic/replace-static-member.ts';
import { onAssignmentLost, onAssignmentStored } from './classic/sync.ts';
import { onEmptyRecordLost } from './classic/record-empty-group.ts';
import { disbandGroup } from './classic/disband.ts';
import { refuse } from './group-refusal.ts';
import type { GroupShard } from './group-shard.ts';
import { invariant } from '../coordinator/invariant.ts';
import { undo } from './undo-entry.ts';
import type { GroupsRemovedOutcome, ReplyOutcome, WriteOutcome } from './write-outcome.ts';

const producerErrors: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_PRODUCER_EPOCH,
  ErrorCode.INVALID_TXN_STATE,
  ErrorCode.TRANSACTION_COORDINATOR_FENCED,
  ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
]);

/** An append is durable: what waited for it goes on. */
export function onWritten(shard: GroupShard, writeId: number): void {
  const { outcome, reads } = shard.writes.takeOldest(writeId);
  follow(shard, outcome);
  for (const { replyId, reply } of reads) shard.reply(replyId, reply);
}

/**
 * Appends are lost. Memory goes back to what the log says, newest change first, before anybody is answered: later
 * appends were computed from the state that earlier ones have changed, so all of them go.
 */
export function onWriteFailed(shard: GroupShard, writeIds: readonly number[], errorCode: number): void {
  const writes = shard.writes.takeNewest(writeIds);
  for (const write of writes.toReversed()) undo(shard, write.undo);
  for (const { outcome, reads } of writes) {
    giveUp(shard, outcome, errorFor(outcome, errorCode));
    // Once more, with what earlier appends did to memory, which may be open still.
    for (const { replyId, again } of reads) shard.replyWhenDurable(replyId, again);
  }
}

/**
 * An append of a transaction may fail because its producer is fenced; what was lost with it has nothing to do with that,
 * and may simply be tried again.
 */
function errorFor(outcome: WriteOutcome, errorCode: number): number {
  if (!producerErrors.has(errorCode)) return errorCode;
  const api = outcome.type === 'reply' ? outcome.call.api : undefined;
  const isTransactional = api === 'commitInTransaction' || api === 'endTransaction';
  return isTransactional ? errorCode : ErrorCode.COORDINATOR_NOT_AVAILABLE;
}

function follow(shard: GroupShard, outcome: WriteOutcome): void {
  switch (outcome.type) {
    case 'reply':
      shard.reply(outcome.replyId, outcome.reply);
      break;
    case 'groups-removed':
      removeGroups(shard, outcome);
      break;
    case 'assignment':
      onAssignmentStored(shard, outcome);
      break;
    case 'static-replaced':
      onStaticReplaced(shard, outcome);
      break;
    case 'group-emptied':
    case 'group-reserved':
    case 'nothing':
      break;
  }
}

function giveUp(shard: GroupShard, outcome: WriteOutcome, errorCode: number): void {
  switch (outcome.type) {
    case 'reply':
      replyError(shard, outcome, errorCode);
      break;
    case 'groups-removed':
      if (outcome.reply !== undefined) replyError(shard, outcome.reply, errorCode);
      break;
    case 'assignment':
      onAssignmentLost(shard, outcome, errorCode);
      break;
    case 'static-replaced':
      onStaticReplacementFailed(shard, outcome, errorCode);
      break;
    case 'group-emptied':
      onEmptyRecordLost(shard, outcome);
      break;
    case 'group-reserved':
      disbandGroup(shard, outcome.group, errorCode);
      break;
    case 'nothing':
      break;
  }
}

function replyError(shard: GroupShard, { replyId, call }: ReplyOutcome, errorCode: number): void {
  shard.reply(replyId, refuse(call, errorCode));
}

function removeGroups(shard: GroupShard, { groups, reply }: GroupsRemovedOutcome): void {
  for (const group of groups) {
    invariant(shard.groups.get(group.groupId) === group, `group ${group.groupId} was replaced while it died`);
    shard.groups.delete(group.groupId);
  }
  if (reply !== undefined) shard.reply(reply.replyId, reply.reply);
}
