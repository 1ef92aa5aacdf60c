import type { LogFields } from '@millrace/host';
import type { GroupReply } from './group-calls.ts';
import type { GroupProperties } from './group-properties.ts';
import { encodeGroupRecord, type GroupRecord, type OffsetCommitRecord } from './group-records.ts';
import { ClassicGroup } from './classic/classic-group.ts';
import type { ConsumerGroup } from './consumer/consumer-group.ts';
import type { ShareMemberGone } from './share/share-calls.ts';
import type { ShareGroup } from './share/share-group.ts';
import type { StreamsGroup } from './streams/streams-group.ts';
import type { CommittedOffset } from './offsets/committed-offset.ts';
import { OffsetStore, type OffsetKey } from './offsets/offset-store.ts';
import { PendingOffsets, type PendingOffset } from './offsets/pending-offsets.ts';
import { DeadlineQueue } from '../coordinator/deadline-queue.ts';
import { invariant } from '../coordinator/invariant.ts';
import { OpenWrites } from '../coordinator/open-writes.ts';
import type { AppendFrame, CoordinatorEffect, Instant } from '../coordinator/state-machine.ts';
import { groupConfigOf, type GroupConfigValues } from '../config/group-config.ts';
import { ConfigResourceType, type ClusterImage } from '../metadata/cluster-image.ts';
import type { UndoEntry } from './undo-entry.ts';
import type { WriteOutcome } from './write-outcome.ts';

/** What happens when its time has come. */
export type GroupTimer =
  | { readonly type: 'session'; readonly groupId: string; readonly memberId: string }
  | {
      readonly type: 'initial-delay';
      readonly groupId: string;
      readonly delayMs: number;
      readonly remainingMs: number;
    }
  | { readonly type: 'join'; readonly groupId: string }
  | { readonly type: 'sync'; readonly groupId: string; readonly generation: number }
  | { readonly type: 'empty-record'; readonly groupId: string; readonly generation: number }
  | { readonly type: 'offset-expiry' }
  | { readonly type: 'streams-delay'; readonly groupId: string }
  | {
      readonly type: 'member-rebalance';
      readonly groupId: string;
      readonly memberId: string;
      readonly memberEpoch: number;
    }
  | { readonly type: 'member-join' | 'member-sync'; readonly groupId: string; readonly memberId: string };

/** What the log says of a group of any kind. */
export interface LoggedGroup {
  readonly groupId: string;
  readonly generation: number;
  readonly state: string;
}

/** What the coordinator knows of the cluster. */
export type GroupClusterImage = Pick<ClusterImage, 'offset' | 'topics' | 'configs'>;

/** What others have to know of. */
export type GroupEvent = ShareMemberGone;

/** An append that is not durable yet. */
export interface PendingWrite {
  readonly outcome: WriteOutcome;
  /** How to take back what it did to memory, oldest first. */
  readonly undo: readonly UndoEntry[];
  /** Reads that saw what it did to memory; they are answered with it. */
  readonly reads: PendingRead[];
}

export interface PendingRead {
  readonly replyId: number;
  readonly reply: GroupReply;
  /** Reads once more, after what it had seen was taken back. */
  readonly again: () => GroupReply;
}

/**
 * The state of one `__consumer_offsets` partition while a step runs on it, and the three things a step can do besides
 * changing it: reply, append, set a timer. The code of each request is a function over this.
 */
export class GroupShard {
  /** Classic groups, and those that are nothing but offsets. An id is in one of the four maps at most. */
  readonly groups = new Map<string, ClassicGroup>();
  /** Groups with server-side assignment (KIP-848). */
  readonly consumerGroups = new Map<string, ConsumerGroup>();
  /** Groups whose members share partitions (KIP-932). */
  readonly shareGroups = new Map<string, ShareGroup>();
  /** Groups whose members are the threads of Kafka Streams applications (KIP-1071). */
  readonly streamsGroups = new Map<string, StreamsGroup>();
  readonly offsets = new OffsetStore();
  /** Committed in transactions that have not ended. */
  readonly pendingOffsets = new PendingOffsets();
  readonly deadlines = new DeadlineQueue<GroupTimer>();
  readonly writes = new OpenWrites<PendingWrite>();
  /** The moment of the step. */
  now: Instant = { wallMs: 0, monotonicMs: 0 };
  readonly #properties: () => GroupProperties;
  readonly #image: () => GroupClusterImage;
  #effects: CoordinatorEffect<GroupReply, GroupEvent>[] = [];

  constructor(properties: () => GroupProperties, image: () => GroupClusterImage) {
    this.#properties = properties;
    this.#image = image;
  }

  get properties(): GroupProperties {
    return this.#properties();
  }

  /** The settings of a group, its own over those of the broker. */
  configOf(groupId: string): GroupConfigValues {
    const overrides = this.image.configs.of(ConfigResourceType.GROUP, groupId);
    return groupConfigOf(overrides, this.properties);
  }

  /** Is there a group of this id, of whatever kind? */
  hasGroup(groupId: string): boolean {
    const kinds = [this.groups, this.consumerGroups, this.shareGroups, this.streamsGroups];
    return kinds.some((groups) => groups.has(groupId));
  }

  /** The cluster as it is now: which topics there are. */
  get image(): GroupClusterImage {
    return this.#image();
  }

  reply(replyId: number, reply: GroupReply): void {
    this.#effects.push({ type: 'reply', replyId, reply });
  }

  /** Tells operators of a change of a group. */
  log(message: string, group: LoggedGroup, fields: LogFields = {}): void {
    const { groupId, generation, state } = group;
    this.#effects.push({ type: 'log', message, fields: { groupId, generation, state, ...fields } });
  }

  /** Tells the rest of the broker. */
  request(request: GroupEvent): void {
    this.#effects.push({ type: 'request', request });
  }

  /** Ends a step: what it wants done. */
  takeEffects(): readonly CoordinatorEffect<GroupReply, GroupEvent>[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /**
   * Appends records as one batch. `outcome` says what follows once they are durable, or lost; `undo` must restore what
   * the step has changed on account of them.
   */
  append(
    records: readonly GroupRecord[],
    outcome: WriteOutcome,
    undo: readonly UndoEntry[] = [],
    frame?: AppendFrame,
  ): void {
    invariant(records.length > 0 || frame?.type === 'marker', `an append without records (${outcome.type})`);
    const writeId = this.writes.add({ outcome, undo, reads: [] });
    const append = { type: 'append', writeId, records: records.map(encodeGroupRecord) } as const;
    this.#effects.push(frame === undefined ? append : { ...append, frame });
  }

  /** Changes offsets in memory as the records say. @returns how to take it back. */
  applyOffsets(records: readonly OffsetCommitRecord[]): UndoEntry[] {
    return records.flatMap((record) => {
      // What is deleted must not come back with the end of a transaction.
      const forgotten = record.value === null ? this.pendingOffsets.without(record) : [];
      return [
        this.#putOffset(record, record.value),
        ...forgotten.map(([producerId, rest]): UndoEntry => {
          return {
            type: 'pending-offsets',
            producerId,
            previous: this.pendingOffsets.replace(producerId, rest),
          };
        }),
      ];
    });
  }

  /** Keeps offsets back until the transaction they belong to ends. @returns how to take it back. */
  holdOffsets(producerId: number, offsets: readonly PendingOffset[]): UndoEntry {
    for (const { value } of offsets) this.offsets.stamp(value);
    return { type: 'pending-offsets', producerId, previous: this.pendingOffsets.add(producerId, offsets) };
  }

  /** A transaction has ended: its offsets count, unless newer ones were committed since. @returns how to take it back. */
  settleOffsets(producerId: number, isCommit: boolean): UndoEntry[] {
    const previous = this.pendingOffsets.replace(producerId, undefined);
    if (previous === undefined) return [];
    const undo: UndoEntry[] = [{ type: 'pending-offsets', producerId, previous }];
    for (const offset of isCommit ? previous.values() : []) {
      const committed = this.offsets.get(offset);
      if (committed !== undefined && !this.offsets.isNewer(offset.value, committed)) continue;
      undo.push(this.#putOffset(offset, offset.value));
    }
    return undo;
  }

  #putOffset({ groupId, topic, partition }: OffsetKey, value: CommittedOffset | null): UndoEntry {
    const previous = this.offsets.put({ groupId, topic, partition }, value);
    return { type: 'offset', groupId, topic, partition, previous };
  }

  /**
   * Answers a read at once when all it can see is durable, otherwise together with the newest append: a client must
   * not be shown an offset that a failed append takes back. Should it be taken back, `again` answers instead.
   */
  replyWhenDurable(replyId: number, read: () => GroupReply, again: () => GroupReply = read): void {
    const reply = read();
    const { newest } = this.writes;
    if (newest === undefined) this.reply(replyId, reply);
    else newest.reads.push({ replyId, reply, again });
  }

  setTimer(key: string, delayMs: number, timer: GroupTimer): void {
    this.deadlines.set(key, this.now.monotonicMs + delayMs, timer);
  }

  cancelTimer(key: string): void {
    this.deadlines.delete(key);
  }

  createGroup(groupId: string): ClassicGroup {
    invariant(!this.groups.has(groupId), `group ${groupId} is created twice`);
    const group = new ClassicGroup(groupId);
    group.stateTimestampMs = this.now.wallMs;
    this.groups.set(groupId, group);
    return group;
  }
}

// A group id may hold any character, so the parts of a key are separated by one that ids cannot confuse: the length.
export const sessionTimer = (groupId: string, memberId: string): string =>
  `s${groupId.length}:${groupId}:${memberId}`;
export const memberRebalanceTimer = (groupId: string, memberId: string): string =>
  `r${groupId.length}:${groupId}:${memberId}`;
export const memberJoinTimer = (groupId: string, memberId: string): string =>
  `J${groupId.length}:${groupId}:${memberId}`;
export const memberSyncTimer = (groupId: string, memberId: string): string =>
  `Y${groupId.length}:${groupId}:${memberId}`;
export const joinTimer = (groupId: string): string => `j${groupId}`;
export const syncTimer = (groupId: string): string => `y${groupId}`;
export const emptyRecordTimer = (groupId: string): string => `e${groupId}`;
export const streamsDelayTimer = (groupId: string): string => `d${groupId}`;
export const OFFSET_EXPIRY_TIMER = 'x';
