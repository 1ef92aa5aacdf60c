import { ErrorCode } from '@millrace/protocol';
import type { DeleteGroupsResponseDeletableGroupResult } from '@millrace/protocol/messages/delete-groups';
import type { ClassicGroup } from './classic/classic-group.ts';
import { groupTombstone } from './classic/group-metadata.ts';
import type { DeleteGroupsCall } from './group-calls.ts';
import type { GroupRecord } from './group-records.ts';
import type { GroupShard } from './group-shard.ts';
import { offsetTombstonesOf } from './offsets/delete.ts';
import { markDying } from './offsets/expiry.ts';
import type { UndoEntry } from './undo-entry.ts';

/** DeleteGroups: empty groups go, with all they have committed. */
export function deleteGroups(shard: GroupShard, call: DeleteGroupsCall, replyId: number): void {
  const records: GroupRecord[] = [];
  const undo: UndoEntry[] = [];
  const groups: ClassicGroup[] = [];
  const reply = call.groupIds.map((groupId) => {
    const group = shard.groups.get(groupId);
    const errorCode = checkDelete(group);
    if (errorCode !== ErrorCode.NONE) return deleteGroupResult(groupId, errorCode);
    const offsets = offsetTombstonesOf(shard, groupId);
    undo.push(...shard.applyOffsets(offsets), markDying(shard, group!));
    records.push(...offsets, groupTombstone(groupId));
    groups.push(group!);
    return deleteGroupResult(groupId, errorCode);
  });
  if (records.length === 0) {
    shard.reply(replyId, reply);
    return;
  }
  const outcome = { type: 'reply', replyId, call, reply } as const;
  shard.append(records, { type: 'groups-removed', groups, reply: outcome }, undo);
}

export function deleteGroupResult(
  groupId: string,
  errorCode: number,
): DeleteGroupsResponseDeletableGroupResult {
  return { groupId, errorCode, errorMessage: null };
}

function checkDelete(group: ClassicGroup | undefined): number {
  if (group === undefined || group.state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND;
  return group.state === 'Empty' ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
}
