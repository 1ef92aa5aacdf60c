import { EMPTY_GROUP_RECORD_RETRY_MS } from '../group-limits.ts';
import { emptyRecordTimer, type GroupShard } from '../group-shard.ts';
import type { GroupEmptiedOutcome } from '../write-outcome.ts';
import type { ClassicGroup } from './classic-group.ts';
import { groupMetadataRecord } from './group-metadata.ts';

/** Writes that a group has no members any more. */
export function recordEmptyGroup(shard: GroupShard, group: ClassicGroup): void {
  const { generation } = group;
  shard.append([groupMetadataRecord(group, new Map())], { type: 'group-emptied', group, generation });
}

/**
 * The record is lost. There is no member to be told, and none to take back: it is tried again, because until it is
 * written a restart would bring the members of the generation before back for the length of their sessions.
 */
export function onEmptyRecordLost(shard: GroupShard, { group, generation }: GroupEmptiedOutcome): void {
  const { groupId } = group;
  shard.setTimer(emptyRecordTimer(groupId), EMPTY_GROUP_RECORD_RETRY_MS, {
    type: 'empty-record',
    groupId,
    generation,
  });
}

export function onEmptyRecordTimer(shard: GroupShard, group: ClassicGroup, generation: number): void {
  if (group.generation !== generation) return;
  if (group.state === 'Empty') recordEmptyGroup(shard, group);
  // Its tombstone is under way. Should that be lost as well, the record is wanted after all.
  else if (group.state === 'Dead') onEmptyRecordLost(shard, { type: 'group-emptied', group, generation });
}
