import { ErrorCode } from '@millrace/protocol';
import { answerAll } from '../classic/disband.ts';
import { groupTombstone } from '../classic/group-metadata.ts';
import type { ClassicGroup } from '../classic/classic-group.ts';
import type { GroupCall, GroupReply } from '../group-calls.ts';
import type { GroupMetadataRecord, GroupRecord, OffsetCommitRecord } from '../group-records.ts';
import { refuse } from '../group-refusal.ts';
import { type GroupShard, joinTimer, sessionTimer, syncTimer } from '../group-shard.ts';
import { undo, type UndoEntry } from '../undo-entry.ts';
import { applyShareRecord } from '../share/apply-share-record.ts';
import { isShareGroupRecord, type ShareGroupRecord } from '../share/share-group-records.ts';
import { applyStreamsRecord } from '../streams/apply-streams-record.ts';
import { isStreamsRecord, type StreamsRecord } from '../streams/streams-records.ts';
import { applyConsumerRecord } from './apply-record.ts';
import type { ConsumerRecord } from './consumer-records.ts';

/** What one request or timer does to a group: records that are applied as they come, and are written as one batch. */
export class GroupChange {
  readonly shard: GroupShard;
  readonly #records: GroupRecord[] = [];
  readonly #undo: UndoEntry[] = [];

  constructor(shard: GroupShard) {
    this.shard = shard;
  }

  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  apply(record: ConsumerRecord | ShareGroupRecord | StreamsRecord): void {
    this.#undo.push(this.#applied(record));
    this.#records.push(record);
  }

  #applied(record: ConsumerRecord | ShareGroupRecord | StreamsRecord): UndoEntry {
    if (isShareGroupRecord(record))
      return { type: 'share-record', record: applyShareRecord(this.shard, record) };
    if (isStreamsRecord(record))
      return { type: 'streams-record', record: applyStreamsRecord(this.shard, record) };
    return { type: 'consumer-record', record: applyConsumerRecord(this.shard, record) };
  }

  /** Committed offsets go. */
  forgetOffsets(records: readonly OffsetCommitRecord[]): void {
    this.#undo.push(...this.shard.applyOffsets(records));
    this.#records.push(...records);
  }

  /** A classic group makes room for a consumer group of the same id. Whoever waits for it joins again. */
  replaceClassic(group: ClassicGroup): void {
    const { shard } = this;
    answerAll(shard, group, ErrorCode.REBALANCE_IN_PROGRESS);
    for (const memberId of [...group.members.keys(), ...group.pendingJoinMembers])
      shard.cancelTimer(sessionTimer(group.groupId, memberId));
    shard.cancelTimer(joinTimer(group.groupId));
    shard.cancelTimer(syncTimer(group.groupId));
    shard.groups.delete(group.groupId);
    this.#undo.push({ type: 'classic-replaced', group });
    this.#records.push(groupTombstone(group.groupId));
  }

  /** A classic group takes the place of a consumer group, whose tombstones have been applied. */
  createClassic(group: ClassicGroup, record: GroupMetadataRecord): void {
    this.shard.groups.set(group.groupId, group);
    this.#undo.push({ type: 'classic-created', group });
    this.#records.push(record);
  }

  /** What was done, for an append that others take part in. */
  take(): { readonly records: readonly GroupRecord[]; readonly undo: readonly UndoEntry[] } {
    return { records: this.#records, undo: this.#undo };
  }

  /** Answers when everything the reply is about is durable. */
  commit(replyId: number, call: GroupCall, reply: GroupReply): void {
    const { shard } = this;
    if (this.isEmpty) {
      // What an earlier request has changed may still be lost, and this reply with it.
      const again = () => refuse(call, ErrorCode.COORDINATOR_NOT_AVAILABLE);
      shard.replyWhenDurable(replyId, () => reply, again);
      return;
    }
    shard.append(this.#records, { type: 'reply', replyId, call, reply }, this.#undo);
  }

  /** The same where nobody waits for an answer. */
  commitSilently(): void {
    if (!this.isEmpty) this.shard.append(this.#records, { type: 'nothing' }, this.#undo);
  }

  /** Takes everything back; nothing is written. */
  abandon(): void {
    undo(this.shard, this.#undo);
  }
}
