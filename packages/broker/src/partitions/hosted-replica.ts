import type { EpochEndOffset, PartitionLog } from '@millrace/log';
import { KafkaError } from '@millrace/protocol';
import { TopicTraffic } from '../metrics/topic-traffic.ts';
import type { JointAppend } from './joint-append.ts';
import { UncommittedBytes } from './uncommitted-bytes.ts';

export interface HostedReplicaOptions {
  readonly topic: string;
  readonly topicId: string;
  readonly index: number;
  readonly log: PartitionLog;
  /** Default: one of its own. */
  readonly traffic?: TopicTraffic | undefined;
}

/** Why a replica is no longer what somebody holds it for. */
export type RetirementReason = 'NOT_LEADER_OR_FOLLOWER' | 'UNKNOWN_TOPIC_OR_PARTITION';

/** A partition of which this node has a replica, whoever leads it: what reads and those who wait for it need. */
export abstract class HostedReplica {
  readonly topic: string;
  readonly topicId: string;
  readonly index: number;
  readonly log: PartitionLog;
  /** Shared by the partitions of the topic. */
  readonly traffic: TopicTraffic;
  protected readonly bytes = new UncommittedBytes();
  #retirement: RetirementReason | undefined;
  readonly #listeners = new Set<() => void>();
  /** Most partitions never have one. */
  #jointAppends: Set<JointAppend> | undefined;

  constructor({ topic, topicId, index, log, traffic }: HostedReplicaOptions) {
    this.topic = topic;
    this.topicId = topicId;
    this.index = index;
    this.log = log;
    this.traffic = traffic ?? new TopicTraffic();
  }

  abstract get leaderEpoch(): number;

  /** The topic was deleted, or the role of this node changed: everybody with this object in hand must look again. */
  get isRetired(): boolean {
    return this.#retirement !== undefined;
  }

  get retirement(): RetirementReason | undefined {
    return this.#retirement;
  }

  /** Bytes of batches that were written since this object exists. */
  get appendedBytes(): number {
    return this.bytes.appended;
  }

  /**
   * Bytes of batches that became visible to consumers since this object exists. Differences tell a waiting fetch how
   * much it would get, without a read.
   */
  get committedBytes(): number {
    return this.bytes.committed;
  }

  /** Calls `listener` after each visible change. @returns what ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Those of requests that write to this partition and to others, and are not over. */
  get jointAppends(): Iterable<JointAppend> {
    return this.#jointAppends ?? [];
  }

  joined(append: JointAppend): void {
    this.#jointAppends ??= new Set();
    this.#jointAppends.add(append);
  }

  /** Wakes everybody who has waited for the others of the request. */
  left(append: JointAppend): void {
    this.#jointAppends?.delete(append);
    this.notify();
  }

  /** Wakes everybody who waits; they find `isRetired`. */
  retire(reason: RetirementReason = 'NOT_LEADER_OR_FOLLOWER'): void {
    this.#retirement = reason;
    this.notify();
  }

  /** Where the records of a leader epoch ended, as this replica sees it; -1 for epochs it cannot tell. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    const { log, leaderEpoch } = this;
    if (epoch > leaderEpoch || epoch < 0) return { leaderEpoch: -1, endOffset: -1 };
    // The log notes an epoch with its first record; the newest ones may have none yet.
    if (epoch === leaderEpoch) return { leaderEpoch: epoch, endOffset: log.logEndOffset };
    if (epoch >= log.latestEpoch) {
      return { leaderEpoch: log.latestEpoch < 0 ? epoch : log.latestEpoch, endOffset: log.logEndOffset };
    }
    return log.endOffsetForEpoch(epoch);
  }

  /** Does a client that knows `currentLeaderEpoch` (-1: it does not say) know the right leader? @throws KafkaError */
  checkLeaderEpoch(currentLeaderEpoch: number): void {
    if (this.isRetired) throw this.notServing();
    if (currentLeaderEpoch === -1 || currentLeaderEpoch === this.leaderEpoch) return;
    const code = currentLeaderEpoch < this.leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
    throw new KafkaError(
      code,
      `Partition ${this.topic}-${this.index} has leader epoch ${this.leaderEpoch}, the request ${currentLeaderEpoch}`,
    );
  }

  protected notify(): void {
    for (const listener of this.#listeners) listener();
  }

  protected notServing(): KafkaError {
    return new KafkaError(
      this.#retirement ?? 'NOT_LEADER_OR_FOLLOWER',
      `This node no longer serves ${this.topic}-${this.index} in that role`,
    );
  }
}
