import {
  type ConsumerMember,
  type CurrentAssignment,
  isReconciledTo,
  MemberState,
  type MemberMetadata,
  NEW_ASSIGNMENT,
  NEW_MEMBER_METADATA,
} from './consumer-member.ts';
import type { ConsumerRecord, ResolvedRegex, TargetEpoch } from './consumer-records.ts';
import type { GroupEpoch } from './group-epoch-value.ts';
import { type AssignedPartitions, NO_PARTITIONS, type TopicPartitions } from './topic-partitions.ts';

export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable';

/** The epoch of a group before its first member; the first assignment is that of epoch 2, as in Apache Kafka 4.3. */
const FIRST_EPOCH = 1;

/**
 * A consumer group of KIP-848, which is what its records say and nothing else: `apply` is the only way to change it,
 * live as in replay, and tells the record that takes the change back.
 */
export class ConsumerGroup {
  readonly groupId: string;
  readonly members = new Map<string, ConsumerMember>();
  /** What each member is to have, by member id. */
  readonly targets = new Map<string, TopicPartitions>();
  /** Member ids by `group.instance.id`. */
  readonly staticMembers = new Map<string, string>();
  readonly regexes = new Map<string, ResolvedRegex>();
  /** Has its epoch been written? Until then a group is what is left of a change that was taken back. */
  isRecorded = false;
  #epoch: GroupEpoch = { epoch: FIRST_EPOCH, metadataHash: '' };
  #targetEpoch: TargetEpoch = { epoch: 0, timestampMs: 0 };
  /** Who holds each partition, pending revocations included. */
  readonly #owners = new Map<string, Map<number, string>>();
  /** The topics that the hash was last computed of: unless they are replaced, there is nothing to compare. */
  seenTopics: object | undefined;

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

  get state(): ConsumerGroupState {
    if (this.members.size === 0) return 'Empty';
    if (this.epoch > this.assignmentEpoch) return 'Assigning';
    for (const member of this.members.values())
      if (!isReconciledTo(member, this.assignmentEpoch)) return 'Reconciling';
    return 'Stable';
  }

  targetOf(memberId: string): TopicPartitions {
    return this.targets.get(memberId) ?? NO_PARTITIONS;
  }

  isFree(topicId: string, partition: number): boolean {
    return this.#owners.get(topicId)?.has(partition) !== true;
  }

  /** Does the member wait for a partition that another still holds? */
  isWaitingForOthers({ memberId, current }: ConsumerMember): boolean {
    if (current.state !== MemberState.unreleased) return false;
    for (const [topicId, partitions] of this.targetOf(memberId)) {
      const assigned = current.assigned.get(topicId);
      if (partitions.some((index) => assigned?.has(index) !== true && !this.isFree(topicId, index)))
        return true;
    }
    return false;
  }

  /** Names of the topics that members subscribe, by name or by what their expressions stand for. */
  get subscribedTopics(): ReadonlySet<string> {
    const topics = new Set<string>();
    for (const { metadata } of this.members.values())
      for (const name of this.topicsOf(metadata)) topics.add(name);
    return topics;
  }

  topicsOf({ topicNames, topicRegex }: MemberMetadata): readonly string[] {
    const matched = this.regexes.get(topicRegex)?.topics;
    return matched === undefined ? topicNames : [...topicNames, ...matched];
  }

  isSubscribedTo(topic: string): boolean {
    for (const { metadata } of this.members.values())
      if (this.topicsOf(metadata).includes(topic)) return true;
    return false;
  }

  /** Changes the group as the record says. @returns the record that takes it back. */
  apply(record: ConsumerRecord): ConsumerRecord {
    switch (record.type) {
      case 'consumer-epoch':
        return this.#applyEpoch(record);
      case 'consumer-member':
        return this.#applyMember(record);
      case 'consumer-target-epoch': {
        const previous = this.#targetEpoch.epoch === 0 ? null : this.#targetEpoch;
        this.#targetEpoch = record.value ?? { epoch: 0, timestampMs: 0 };
        return { ...record, value: previous };
      }
      case 'consumer-target': {
        const previous = replace(this.targets, record.memberId, record.value);
        return { ...record, value: previous };
      }
      case 'consumer-current':
        return this.#applyCurrent(record);
      case 'consumer-regex': {
        const previous = replace(this.regexes, record.regex, record.value);
        return { ...record, value: previous };
      }
    }
  }

  #applyEpoch(record: Extract<ConsumerRecord, { type: 'consumer-epoch' }>): ConsumerRecord {
    const previous = this.isRecorded ? this.#epoch : null;
    this.isRecorded = record.value !== null;
    this.#epoch = record.value ?? { epoch: FIRST_EPOCH, metadataHash: '' };
    return { ...record, value: previous };
  }

  #applyMember(record: Extract<ConsumerRecord, { type: 'consumer-member' }>): ConsumerRecord {
    const { memberId, value } = record;
    const member = this.members.get(memberId);
    this.seenTopics = undefined;
    if (
      member?.metadata.instanceId != null &&
      this.staticMembers.get(member.metadata.instanceId) === memberId
    )
      this.staticMembers.delete(member.metadata.instanceId);
    if (value === null) {
      if (member !== undefined) this.#setOwner(member, undefined);
      this.members.delete(memberId);
    } else {
      this.members.set(memberId, { memberId, metadata: value, current: member?.current ?? NEW_ASSIGNMENT });
      if (value.instanceId !== null) this.staticMembers.set(value.instanceId, memberId);
    }
    return { ...record, value: member?.metadata ?? null };
  }

  #applyCurrent(record: Extract<ConsumerRecord, { type: 'consumer-current' }>): ConsumerRecord {
    const { memberId, value } = record;
    const member = this.members.get(memberId);
    // The tombstone of a member that compaction has taken out already.
    if (member === undefined && value === null) return record;
    const current: CurrentAssignment = value ?? NEW_ASSIGNMENT;
    if (member !== undefined) this.#setOwner(member, undefined);
    const next = { memberId, metadata: member?.metadata ?? NEW_MEMBER_METADATA, current };
    this.members.set(memberId, next);
    this.#setOwner(next, memberId);
    const previous = member === undefined || member.current === NEW_ASSIGNMENT ? null : member.current;
    return { ...record, value: previous };
  }

  /** Gives the partitions of a member to `owner`, or frees those that are still its own. */
  #setOwner({ memberId, current }: ConsumerMember, owner: string | undefined): void {
    this.#eachPartition(current.assigned, memberId, owner);
    this.#eachPartition(current.pendingRevocation, memberId, owner);
  }

  #eachPartition(partitions: AssignedPartitions, memberId: string, owner: string | undefined): void {
    for (const [topicId, epochs] of partitions) {
      let owners = this.#owners.get(topicId);
      if (owners === undefined) this.#owners.set(topicId, (owners = new Map()));
      for (const partition of epochs.keys()) {
        if (owner !== undefined) owners.set(partition, owner);
        else if (owners.get(partition) === memberId) owners.delete(partition);
      }
      if (owners.size === 0) this.#owners.delete(topicId);
    }
  }
}

/** Sets or, with null, removes. @returns what was there before. */
function replace<Value>(map: Map<string, Value>, key: string, value: Value | null): Value | null {
  const previous = map.get(key) ?? null;
  if (value === null) map.delete(key);
  else map.set(key, value);
  return previous;
}
