import type { GroupShard } from '../group-shard.ts';
import type { ShareGroupRecord } from './share-group-records.ts';
import { ShareGroup } from './share-group.ts';

/**
 * Changes the groups of the shard as a record says: when it is written, when it is replayed, and, with the record that
 * this returns, when the write was lost.
 */
export function applyShareRecord(shard: GroupShard, record: ShareGroupRecord): ShareGroupRecord {
  const { groupId } = record;
  let group = shard.shareGroups.get(groupId);
  if (group === undefined) {
    // The tombstones of a group that compaction has taken out already.
    if (record.value === null) return record;
    group = new ShareGroup(groupId);
    shard.shareGroups.set(groupId, group);
  }
  const inverse = group.apply(record);
  const isGone = record.type === 'share-epoch' && record.value === null;
  if (isGone || (!group.isRecorded && group.members.size === 0 && record.value === null))
    shard.shareGroups.delete(groupId);
  return inverse;
}
