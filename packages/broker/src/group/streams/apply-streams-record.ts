import type { GroupShard } from '../group-shard.ts';
import { StreamsGroup } from './streams-group.ts';
import type { StreamsRecord } from './streams-records.ts';

/**
 * Changes the groups of the shard as a record says: when it is written, when it is replayed, and, with the record that
 * this returns, when the write was lost.
 */
export function applyStreamsRecord(shard: GroupShard, record: StreamsRecord): StreamsRecord {
  const { groupId } = record;
  let group = shard.streamsGroups.get(groupId);
  if (group === undefined) {
    // The tombstones of a group that compaction has taken out already.
    if (record.value === null) return record;
    group = new StreamsGroup(groupId);
    // A group of nothing but offsets has no record of its own to be replaced by.
    if (shard.groups.get(groupId)?.members.size === 0) shard.groups.delete(groupId);
    shard.streamsGroups.set(groupId, group);
  }
  const inverse = group.apply(record);
  const isGone = record.type === 'streams-epoch' && record.value === null;
  if (isGone || (!group.isRecorded && group.members.size === 0 && record.value === null))
    shard.streamsGroups.delete(groupId);
  return inverse;
}
