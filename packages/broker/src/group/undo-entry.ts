import type { ClassicGroup } from './classic/classic-group.ts';
import { applyConsumerRecord } from './consumer/apply-record.ts';
import type { ConsumerRecord } from './consumer/consumer-records.ts';
import { dropClassicGroup, reviveClassicGroup } from './consumer/classic-members/revive-classic-group.ts';
import { watchMember } from './consumer/member-timers.ts';
import type { GroupShard } from './group-shard.ts';
import { applyShareRecord } from './share/apply-share-record.ts';
import { restartShareSession } from './share/member-session.ts';
import type { ShareGroupRecord } from './share/share-group-records.ts';
import { applyStreamsRecord } from './streams/apply-streams-record.ts';
import type { StreamsRecord } from './streams/streams-records.ts';
import { watchStreamsMember } from './streams/streams-timers.ts';
import type { TransactionOffsets } from './offsets/pending-offsets.ts';
import type { CommittedOffset } from './offsets/committed-offset.ts';

/** How to take back one change of memory whose append failed. */
export type UndoEntry =
  | {
      readonly type: 'offset';
      readonly groupId: string;
      readonly topic: string;
      readonly partition: number;
      readonly previous: CommittedOffset | null;
    }
  | {
      readonly type: 'pending-offsets';
      readonly producerId: number;
      readonly previous: TransactionOffsets | undefined;
    }
  | { readonly type: 'consumer-record'; readonly record: ConsumerRecord }
  | { readonly type: 'share-record'; readonly record: ShareGroupRecord }
  | { readonly type: 'streams-record'; readonly record: StreamsRecord }
  /** A classic group has become a consumer group. */
  | { readonly type: 'classic-replaced'; readonly group: ClassicGroup }
  /** A consumer group has become a classic group. */
  | { readonly type: 'classic-created'; readonly group: ClassicGroup }
  | { readonly type: 'group-created'; readonly group: ClassicGroup }
  | { readonly type: 'group-dying'; readonly group: ClassicGroup; readonly stateTimestampMs: number };

/** Takes changes back, the newest first. */
export function undo(shard: GroupShard, entries: readonly UndoEntry[]): void {
  for (const entry of entries.toReversed()) undoOne(shard, entry);
}

function undoOne(shard: GroupShard, entry: UndoEntry): void {
  switch (entry.type) {
    case 'offset':
      shard.offsets.put(entry, entry.previous);
      break;
    case 'pending-offsets':
      shard.pendingOffsets.replace(entry.producerId, entry.previous);
      break;
    case 'consumer-record':
      undoConsumerRecord(shard, entry.record);
      break;
    case 'share-record':
      undoShareRecord(shard, entry.record);
      break;
    case 'streams-record':
      undoStreamsRecord(shard, entry.record);
      break;
    case 'classic-replaced':
      reviveClassicGroup(shard, entry.group);
      break;
    case 'classic-created':
      dropClassicGroup(shard, entry.group);
      break;
    case 'group-created':
      if (isUntouched(entry.group)) shard.groups.delete(entry.group.groupId);
      break;
    case 'group-dying':
      entry.group.transitionTo('Empty', entry.stateTimestampMs);
      break;
  }
}

function undoConsumerRecord(shard: GroupShard, record: ConsumerRecord): void {
  applyConsumerRecord(shard, record);
  if (record.type !== 'consumer-member' && record.type !== 'consumer-current') return;
  const group = shard.consumerGroups.get(record.groupId);
  // Whoever was taken out and is back has lost its timers meanwhile.
  if (group !== undefined && record.value !== null) watchMember(shard, group, record.memberId);
}

function undoShareRecord(shard: GroupShard, record: ShareGroupRecord): void {
  applyShareRecord(shard, record);
  const group = shard.shareGroups.get(record.groupId);
  if (record.type === 'share-member' && record.value !== null && group !== undefined)
    restartShareSession(shard, group, record.memberId);
}

function undoStreamsRecord(shard: GroupShard, record: StreamsRecord): void {
  applyStreamsRecord(shard, record);
  if (record.type !== 'streams-member' && record.type !== 'streams-current') return;
  const group = shard.streamsGroups.get(record.groupId);
  if (group !== undefined && record.value !== null) watchStreamsMember(shard, group, record.memberId);
}

/** Has nobody joined since? Whoever did keeps the group; its own records will tell of it. */
function isUntouched(group: ClassicGroup): boolean {
  return group.state === 'Empty' && group.members.size === 0 && group.pendingJoinMembers.size === 0;
}
