import type { GroupShard } from '../group-shard.ts';
import { ConsumerGroup } from './consumer-group.ts';
import type { ConsumerRecord } from './consumer-records.ts';

/**
 * Changes the groups of the shard as a record says: when it is written, when it is replayed, and, with the record that
 * this returns, when the write was lost.
 */
export function applyConsumerRecord(shard: GroupShard, record: ConsumerRecord): ConsumerRecord {
  const { groupId } = record;
  let group = shard.consumerGroups.get(groupId);
  if (group === undefined) {
    // The tombstones of a group that compaction has taken out already.
    if (record.value === null) return record;
    group = new ConsumerGroup(groupId);
    // A group of nothing but offsets has no record of its own to be replaced by.
    if (shard.groups.get(groupId)?.members.size === 0) shard.groups.delete(groupId);
    shard.consumerGroups.set(groupId, group);
  }
  const inverse = group.apply(record);
  const isGone = record.type === 'consumer-epoch' && record.value === null;
  if (isGone || (!group.isRecorded && group.members.size === 0)) shard.consumerGroups.delete(groupId);
  return inverse;
}
