import type { TargetEpoch } from '../consumer/consumer-records.ts';
import type { GroupEpoch } from '../consumer/group-epoch-value.ts';
import { NO_PARTITIONS, type TopicPartitions } from '../consumer/topic-partitions.ts';
import type { ShareGroupRecord } from './share-group-records.ts';
import { NEW_SHARE_ASSIGNMENT, NEW_SHARE_MEMBER, type ShareMember } from './share-member.ts';
import { NO_STATE_PARTITIONS, type StatePartitions } from './state-partitions.ts';

export type ShareGroupState = 'Empty' | 'Stable';

/** The epoch of a group before its first member, as in Apache Kafka 4.3. */
export const FIRST_SHARE_EPOCH = 1;

/**
 * A share group (KIP-932), which is what its records say and nothing else: `apply` is the only way to change it, live as
 * in replay, and tells the record that takes the change back.
 */
export class ShareGroup {
  readonly groupId: string;
  readonly members = new Map<string, ShareMember>();
  /** What each member is to read, by member id. A partition may be in several. */
  readonly targets = new Map<string, TopicPartitions>();
  /** Has its epoch been written? Until then a group is what is left of a change that was taken back. */
  isRecorded = false;
  /** When the initialization under way was asked for; not in the log, so that a new coordinator asks at once. */
  initializingSinceMs: number | undefined;
  #epoch: GroupEpoch = { epoch: FIRST_SHARE_EPOCH, metadataHash: '' };
  #targetEpoch: TargetEpoch = { epoch: 0, timestampMs: 0 };
  #statePartitions = NO_STATE_PARTITIONS;

  constructor(groupId: string) {
    this.groupId = groupId;
  }

  get epoch(): number {
    return this.#epoch.epoch;
  }

  get metadataHash(): string {
    return this.#epoch.metadataHash;
  }

  get assignmentEpoch(): number {
    return this.#targetEpoch.epoch;
  }

  get assignedAtMs(): number {
    return this.#targetEpoch.timestampMs;
  }

  get statePartitions(): StatePartitions {
    return this.#statePartitions;
  }

  get state(): ShareGroupState {
    return this.members.size === 0 ? 'Empty' : 'Stable';
  }

  targetOf(memberId: string): TopicPartitions {
    return this.targets.get(memberId) ?? NO_PARTITIONS;
  }

  get subscribedTopics(): ReadonlySet<string> {
    const topics = new Set<string>();
    for (const { metadata } of this.members.values())
      for (const name of metadata.topicNames) topics.add(name);
    return topics;
  }

  /** Changes the group as the record says. @returns the record that takes it back. */
  apply(record: ShareGroupRecord): ShareGroupRecord {
    switch (record.type) {
      case 'share-epoch': {
        const previous = this.isRecorded ? this.#epoch : null;
        this.isRecorded = record.value !== null;
        this.#epoch = record.value ?? { epoch: FIRST_SHARE_EPOCH, metadataHash: '' };
        return { ...record, value: previous };
      }
      case 'share-member':
        return this.#applyMember(record);
      case 'share-target-epoch': {
        const previous = this.#targetEpoch.epoch === 0 ? null : this.#targetEpoch;
        this.#targetEpoch = record.value ?? { epoch: 0, timestampMs: 0 };
        return { ...record, value: previous };
      }
      case 'share-target': {
        const previous = this.targets.get(record.memberId) ?? null;
        if (record.value === null) this.targets.delete(record.memberId);
        else this.targets.set(record.memberId, record.value);
        return { ...record, value: previous };
      }
      case 'share-current':
        return this.#applyCurrent(record);
      case 'share-state': {
        const previous = this.#statePartitions === NO_STATE_PARTITIONS ? null : this.#statePartitions;
        this.#statePartitions = record.value ?? NO_STATE_PARTITIONS;
        return { ...record, value: previous };
      }
    }
  }

  #applyMember(record: Extract<ShareGroupRecord, { type: 'share-member' }>): ShareGroupRecord {
    const { memberId, value } = record;
    const member = this.members.get(memberId);
    if (value === null) this.members.delete(memberId);
    else
      this.members.set(memberId, {
        memberId,
        metadata: value,
        current: member?.current ?? NEW_SHARE_ASSIGNMENT,
      });
    return { ...record, value: member?.metadata ?? null };
  }

  #applyCurrent(record: Extract<ShareGroupRecord, { type: 'share-current' }>): ShareGroupRecord {
    const { memberId, value } = record;
    const member = this.members.get(memberId);
    // The tombstone of a member that compaction has taken out already.
    if (member === undefined && value === null) return record;
    const current = value ?? NEW_SHARE_ASSIGNMENT;
    this.members.set(memberId, { memberId, metadata: member?.metadata ?? NEW_SHARE_MEMBER, current });
    const previous = member === undefined || member.current === NEW_SHARE_ASSIGNMENT ? null : member.current;
    return { ...record, value: previous };
  }
}
