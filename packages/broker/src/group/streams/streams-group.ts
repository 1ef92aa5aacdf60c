import type { TargetEpoch } from '../consumer/consumer-records.ts';
import type { StreamsEpoch, StreamsRecord } from './streams-records.ts';
import {
  isReconciledTo,
  NEW_STREAMS_ASSIGNMENT,
  NEW_STREAMS_MEMBER,
  type StreamsMember,
} from './streams-member.ts';
import { TaskOwners } from './task-owners.ts';
import { type AssignedTasks, NO_TASKS, type Tasks, withoutEpochs } from './tasks.ts';
import type { ConfiguredTopology } from './topology/configured-topology.ts';
import { sourceSubtopologies, type StreamsTopology } from './topology/streams-topology.ts';

export type StreamsGroupState = 'Empty' | 'NotReady' | 'Assigning' | 'Reconciling' | 'Stable';

/** The epochs of a group before its first member, as in Apache Kafka 4.3; 0 is the epoch of no topology at all. */
const NEW_GROUP: StreamsEpoch = {
  epoch: 1,
  metadataHash: '',
  validatedTopologyEpoch: 0,
  assignmentConfigs: new Map(),
};
const NEW_TARGET: TargetEpoch = { epoch: 1, timestampMs: 0 };

/**
 * A streams group (KIP-1071), which is what its records say: `apply` is the only way to change that, live as in replay,
 * and tells the record that takes the change back. What else is here is not in the log, and a new coordinator finds it
 * out anew.
 */
export class StreamsGroup {
  readonly groupId: string;
  readonly members = new Map<string, StreamsMember>();
  /** What each member is to have, by member id. */
  readonly targets = new Map<string, Tasks>();
  /** The processes that have tasks, those that are to be given up included. */
  readonly activeOwners = new TaskOwners();
  readonly standbyOwners = new TaskOwners();
  readonly warmupOwners = new TaskOwners();
  /** Has its epoch been written? Until then a group is what is left of a change that was taken back. */
  isRecorded = false;
  /** The topology as it fits the topics that there are; not in the log. */
  configured: ConfiguredTopology | undefined;
  /** Rises with every change that members with an endpoint should know of; not in the log. */
  endpointEpoch = 0;
  #shutdownBy: string | undefined;
  #epoch = NEW_GROUP;
  #targetEpoch = NEW_TARGET;
  #topology: StreamsTopology | undefined;
  #sources: ReadonlyMap<string, string> = new Map();

  constructor(groupId: string) {
    this.groupId = groupId;
  }

  get epoch(): number {
    return this.#epoch.epoch;
  }

  get recordedEpoch(): StreamsEpoch {
    return this.#epoch;
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

  get topology(): StreamsTopology | undefined {
    return this.#topology;
  }

  /** Who has asked that the whole application ends; forgotten with the last member. */
  get shutdownBy(): string | undefined {
    return this.members.size === 0 ? undefined : this.#shutdownBy;
  }

  get state(): StreamsGroupState {
    if (this.members.size === 0) return 'Empty';
    if (this.#topology?.epoch !== this.#epoch.validatedTopologyEpoch) return 'NotReady';
    if (this.epoch > this.assignmentEpoch) return 'Assigning';
    for (const { current } of this.members.values())
      if (!isReconciledTo(current, this.assignmentEpoch)) return 'Reconciling';
    return 'Stable';
  }

  targetOf(memberId: string): Tasks {
    return this.targets.get(memberId) ?? NO_TASKS;
  }

  /** The subtopology that reads a topic. */
  subtopologyOf(topic: string): string | undefined {
    return this.#sources.get(topic);
  }

  isSubscribedTo(topic: string): boolean {
    return this.members.size > 0 && this.#sources.has(topic);
  }

  /** The first to ask is the one that is named. */
  requestShutdown(memberId: string): void {
    this.#shutdownBy ??= memberId;
  }

  /** Changes the group as the record says. @returns the record that takes it back. */
  apply(record: StreamsRecord): StreamsRecord {
    switch (record.type) {
      case 'streams-epoch': {
        const previous = this.isRecorded ? this.#epoch : null;
        this.isRecorded = record.value !== null;
        this.#epoch = record.value ?? NEW_GROUP;
        return { ...record, value: previous };
      }
      case 'streams-target-epoch': {
        const previous = this.#targetEpoch === NEW_TARGET ? null : this.#targetEpoch;
        this.#targetEpoch = record.value ?? NEW_TARGET;
        return { ...record, value: previous };
      }
      case 'streams-target': {
        const previous = this.targets.get(record.memberId) ?? null;
        if (record.value === null) this.targets.delete(record.memberId);
        else this.targets.set(record.memberId, record.value);
        return { ...record, value: previous };
      }
      case 'streams-topology': {
        const previous = this.#topology ?? null;
        this.#topology = record.value ?? undefined;
        this.#sources = sourceSubtopologies(record.value ?? undefined);
        return { ...record, value: previous };
      }
      case 'streams-member':
        return this.#applyMember(record);
      case 'streams-current':
        return this.#applyCurrent(record);
    }
  }

  #applyMember(record: Extract<StreamsRecord, { type: 'streams-member' }>): StreamsRecord {
    const { memberId, value } = record;
    const member = this.members.get(memberId);
    if (member !== undefined) this.#disown(member);
    if (value === null) this.members.delete(memberId);
    else {
      const next = { memberId, metadata: value, current: member?.current ?? NEW_STREAMS_ASSIGNMENT };
      this.members.set(memberId, next);
      this.#own(next);
    }
    if (this.members.size === 0) this.#shutdownBy = undefined;
    return { ...record, value: member?.metadata ?? null };
  }

  #applyCurrent(record: Extract<StreamsRecord, { type: 'streams-current' }>): StreamsRecord {
    const { memberId, value } = record;
    const member = this.members.get(memberId);
    // The tombstone of a member that compaction has taken out already.
    if (member === undefined && value === null) return record;
    if (member !== undefined) this.#disown(member);
    const current = value ?? NEW_STREAMS_ASSIGNMENT;
    const next = { memberId, metadata: member?.metadata ?? NEW_STREAMS_MEMBER, current };
    this.members.set(memberId, next);
    this.#own(next);
    const isNew = member === undefined || member.current === NEW_STREAMS_ASSIGNMENT;
    return { ...record, value: isNew ? null : member.current };
  }

  #own({ metadata, current }: StreamsMember): void {
    for (const tasks of [current.assigned, current.pendingRevocation]) this.#each(tasks, 'add', metadata);
  }

  #disown({ metadata, current }: StreamsMember): void {
    for (const tasks of [current.assigned, current.pendingRevocation]) this.#each(tasks, 'remove', metadata);
  }

  #each(
    { active, standby, warmup }: AssignedTasks,
    change: 'add' | 'remove',
    { processId }: StreamsMember['metadata'],
  ): void {
    this.activeOwners[change](withoutEpochs(active), processId);
    this.standbyOwners[change](standby, processId);
    this.warmupOwners[change](warmup, processId);
  }
}
