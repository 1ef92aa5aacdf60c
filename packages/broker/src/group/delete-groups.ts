import { ErrorCode } from '@millrace/protocol';
import type { DeleteGroupsResponseDeletableGroupResult } from '@millrace/protocol/messages/delete-groups';
import type { ClassicGroup } from './classic/classic-group.ts';
import { groupTombstone } from './classic/group-metadata.ts';
import type { ConsumerGroup } from './consumer/consumer-group.ts';
import { GroupChange } from './consumer/group-change.ts';
import { buryGroup } from './consumer/remove-member.ts';
import { deleteGroupResult } from './delete-group-result.ts';
import type { DeleteGroupsCall } from './group-calls.ts';
import type { GroupRecord } from './group-records.ts';
import type { GroupShard } from './group-shard.ts';
import { offsetTombstonesOf } from './offsets/delete.ts';
import { markDying } from './offsets/expiry.ts';
import type { ShareGroup } from './share/share-group.ts';
import { buryShareGroup } from './share/share-offsets.ts';
import { buryStreamsGroup } from './streams/leave.ts';
import type { StreamsGroup } from './streams/streams-group.ts';
import type { UndoEntry } from './undo-entry.ts';

/** DeleteGroups: empty groups go, with all they have committed. */
export function deleteGroups(shard: GroupShard, call: DeleteGroupsCall, replyId: number): void {
  const records: GroupRecord[] = [];
  const undo: UndoEntry[] = [];
  const groups: ClassicGroup[] = [];
  const reply = call.groupIds.map((groupId) => {
    const consumerGroup = shard.consumerGroups.get(groupId);
    if (consumerGroup !== undefined)
      return deleteWithOffsets(shard, consumerGroup, { records, undo }, (change) =>
        buryGroup(change, consumerGroup),
      );
    const streamsGroup = shard.streamsGroups.get(groupId);
    if (streamsGroup !== undefined)
      return deleteWithOffsets(shard, streamsGroup, { records, undo }, (change) =>
        buryStreamsGroup(change, streamsGroup),
      );
    const shareGroup = shard.shareGroups.get(groupId);
    if (shareGroup !== undefined) return deleteShareGroup(shard, shareGroup, { records, undo });
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

/** Its offsets go with it. */
function deleteWithOffsets(
  shard: GroupShard,
  group: ConsumerGroup | StreamsGroup,
  all: { readonly records: GroupRecord[]; readonly undo: UndoEntry[] },
  bury: (change: GroupChange) => void,
): DeleteGroupsResponseDeletableGroupResult {
  const { groupId } = group;
  if (group.members.size > 0) return deleteGroupResult(groupId, ErrorCode.NON_EMPTY_GROUP);
  const change = new GroupChange(shard);
  change.forgetOffsets(offsetTombstonesOf(shard, groupId));
  bury(change);
  const { records, undo } = change.take();
  all.records.push(...records);
  all.undo.push(...undo);
  return deleteGroupResult(groupId, ErrorCode.NONE);
}

/** What the share coordinator had of it is gone already. */
function deleteShareGroup(
  shard: GroupShard,
  group: ShareGroup,
  all: { readonly records: GroupRecord[]; readonly undo: UndoEntry[] },
): DeleteGroupsResponseDeletableGroupResult {
  const { groupId } = group;
  if (group.members.size > 0) return deleteGroupResult(groupId, ErrorCode.NON_EMPTY_GROUP);
  const change = new GroupChange(shard);
  buryShareGroup(change, group);
  const { records, undo } = change.take();
  all.records.push(...records);
  all.undo.push(...undo);
  return deleteGroupResult(groupId, ErrorCode.NONE);
}

function checkDelete(group: ClassicGroup | undefined): number {
  if (group === undefined || group.state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND;
  return group.state === 'Empty' ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
}
