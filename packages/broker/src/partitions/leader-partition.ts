import type { Clock } from '@millrace/host';
import type { AppendOptions, AppendResult } from '@millrace/log';
import {
  isBatchTransactional,
  KafkaError,
  RECORD_BATCH_OVERHEAD,
  type KafkaErrorName,
} from '@millrace/protocol';
import {
  LeaderState,
  type FollowerFetch,
  type IsrChange,
  type IsrChangeOutcome,
  type IsrChangeResult,
  type ReplicaNodes,
  type ReplicatedPartition,
} from '@millrace/replication';
import { AppendInDoubtError } from '../coordinator/append-in-doubt-error.ts';
import { HostedReplica, type HostedReplicaOptions, type RetirementReason } from './hosted-replica.ts';
import { ReplicationWaits, type ReplicationWaiter } from './replication-waits.ts';
import { TransactionVerification } from './transaction-verification.ts';
import type { VerificationGuard } from './verification-guard.ts';

/** Batches from this size on are validated in turns of the event loop: the largest of Kafka's clients by default. */
const LARGE_BATCH_BYTES = 1 << 20;

/** Acknowledged when all replicas that are in sync have it. */
const ALL = -1;

/** Who writes: decides which checks the log makes. */
export type AppendOrigin = AppendOptions['origin'];

/** What goes with a batch. */
export interface LeaderAppend {
  /**
   * -1: refused while there are fewer replicas in sync than `min.insync.replicas`; the caller waits with `waitForReplicas`
   * before it answers. Default: 1 for clients, -1 for coordinators.
   */
  readonly acks?: number;
  /** That the coordinator knows of the transaction; not needed once it has records here. */
  readonly verification?: VerificationGuard | undefined;
  /** For a marker: level of `transaction.version` the end was decided by. Default 0. */
  readonly transactionVersion?: number;
}

/** What a leader needs to know about the cluster around it. */
export interface LeaderSurroundings {
  readonly nodeId: number;
  readonly nodes: ReplicaNodes;
  readonly clock: Clock;
  /** `replica.lag.time.max.ms` */
  readonly maxLagMs: () => number;
}

export interface LeaderPartitionOptions extends HostedReplicaOptions {
  readonly partition: ReplicatedPartition;
  readonly surroundings: LeaderSurroundings;
}

/** A partition that this node leads: its log, its replicas, and those who wait for them. */
export class LeaderPartition extends HostedReplica {
  readonly verification: TransactionVerification;
  /** What is known of the replicas; changed by the methods here. */
  readonly state: LeaderState;
  readonly #surroundings: LeaderSurroundings;
  readonly #waits = new ReplicationWaits();

  constructor(options: LeaderPartitionOptions) {
    super(options);
    const { log, topic, index, partition, surroundings } = options;
    this.#surroundings = surroundings;
    this.verification = new TransactionVerification(log, `${topic}-${index}`);
    this.state = new LeaderState({
      nodeId: surroundings.nodeId,
      partition,
      nodes: surroundings.nodes,
      logEndOffset: log.logEndOffset,
      highWatermark: log.highWatermark,
      minInSyncReplicas: log.config['min.insync.replicas'],
      maxLagMs: surroundings.maxLagMs(),
      nowMs: surroundings.clock.monotonicMs(),
    });
    log.updateHighWatermark(this.state.highWatermark);
  }

  override get leaderEpoch(): number {
    return this.state.leaderEpoch;
  }

  /** Metadata of this leader: another epoch, another ISR, other replicas. */
  onMetadata(partition: ReplicatedPartition): void {
    const isRaised = this.state.onMetadata(partition, this.state.leaderEndOffset, this.#nowMs());
    if (isRaised) this.#moveHighWatermark();
    this.notify();
  }

  /** The configuration, other nodes or the time may allow more to be committed than when it was last looked at. */
  review(): void {
    this.state.maxLagMs = this.#surroundings.maxLagMs();
    const minInSyncReplicas = this.log.config['min.insync.replicas'];
    if (this.state.setMinInSyncReplicas(minInSyncReplicas, this.#nowMs())) this.#moveHighWatermark();
  }

  /**
   * Appends one batch, which the log takes over. It is visible when enough replicas have it; without followers that is
   * at once. Whoever promises more than this node's copy waits with `waitForReplicas` or `committed`.
   * @throws KafkaError with the code for the producer
   */
  async append(records: Buffer, origin: AppendOrigin, options: LeaderAppend = {}): Promise<AppendResult> {
    const { verification, transactionVersion = 0, acks = origin === 'client' ? 1 : ALL } = options;
    this.traffic.produceRequests++;
    const sizeBytes = records.length;
    try {
      if (this.isRetired) throw this.notServing();
      const isValidated = origin === 'client' && sizeBytes >= LARGE_BATCH_BYTES;
      // Before the guard of the transaction is looked at: that may change meanwhile.
      const batch = isValidated ? await this.log.validateLarge(records) : records;
      if (isValidated && this.isRetired) throw this.notServing();
      if (acks === ALL) this.#requireEnoughReplicas();
      if (isVerifiable(batch)) this.verification.check(batch, verification);
      const appended = this.log.append(batch, {
        origin,
        isValidated,
        leaderEpoch: this.leaderEpoch,
        transactionVersion,
      });
      // In this turn: whoever begins a verification after the marker must not be given the guard from before.
      if (isVerifiable(batch)) this.verification.onAppended(batch);
      const result = await appended;
      if (!result.duplicate) this.#onAppended(result, sizeBytes);
      return result;
    } catch (error) {
      this.traffic.failedProduceRequests++;
      if (isTooLarge(error)) this.traffic.bytesRejected += sizeBytes;
      throw error;
    }
  }

  /** Is everything below the offset committed, and on as many replicas as it must be? Then nobody has to wait. */
  isReplicated(endOffset: number): boolean {
    return !this.isRetired && this.log.highWatermark >= endOffset && !this.state.hasTooFewMaximalReplicas;
  }

  /** Settles the waiter when everything below its offset is committed, or never will be by this leader. */
  waitForReplicas(waiter: ReplicationWaiter): void {
    if (this.retirement !== undefined) waiter.settle(this.retirement);
    else if (this.log.highWatermark >= waiter.endOffset) waiter.settle(this.#shortage());
    else this.#waits.add(waiter);
  }

  /** Lets go of waiters that have settled themselves, by a timeout. */
  forgetSettledWaiters(): void {
    this.#waits.forgetSettled();
  }

  /**
   * Resolves when everything below the offset is committed, for however long that takes; `undefined`: it is.
   * @throws AppendInDoubtError somebody else leads meanwhile, and has it or has not
   */
  committed(endOffset: number): Promise<void> | undefined {
    if (!this.isRetired && this.log.highWatermark >= endOffset) return undefined;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        if (!this.isRetired) resolve();
        else reject(new AppendInDoubtError(`${this.topic}-${this.index}`));
      };
      this.waitForReplicas({ endOffset, isSettled: false, settle });
    });
  }

  /**
   * A replica has fetched, within this leader epoch. Moves the high watermark.
   * @returns what to ask the controller for, if the replica may join the ISR by it
   * @throws KafkaError UNKNOWN_LEADER_EPOCH for a node that this leader does not know as a replica, or
   * NOT_LEADER_OR_FOLLOWER for an incarnation of it that is no more
   */
  onFollowerFetch(fetch: Omit<FollowerFetch, 'leaderEndOffset'>): IsrChange | undefined {
    const { state } = this;
    const logStartOffset = state.progressOf(fetch.replicaId)?.logStartOffset;
    const isRaised = state.onFetch({ ...fetch, leaderEndOffset: state.leaderEndOffset });
    if (isRaised === undefined) throw this.#notAFollower(fetch.replicaId);
    if (isRaised) this.#moveHighWatermark();
    else if (logStartOffset !== fetch.logStartOffset) this.notify();
    return state.proposeExpand(fetch.replicaId);
  }

  onIsrChangeResult(change: IsrChange, result: IsrChangeResult): IsrChangeOutcome {
    const outcome = this.state.onIsrChangeResult(change, result, this.#nowMs());
    this.#moveHighWatermark();
    return outcome;
  }

  /**
   * Moves the log start of this replica; followers hear of it with their next answers.
   * @throws KafkaError as the log does
   */
  async deleteRecords(beforeOffset: number): Promise<void> {
    await this.log.deleteRecords(beforeOffset);
    this.notify();
  }

  /** The smallest log start of the replicas that live. */
  get lowWatermark(): number {
    return this.state.lowWatermark(this.log.logStartOffset);
  }

  /** The epoch of the record at `offset`; that of the leader where the log ends. */
  epochForOffset(offset: number): number {
    if (offset >= this.log.logEndOffset) return this.leaderEpoch;
    return this.log.epochForOffset(offset) ?? -1;
  }

  override retire(reason: RetirementReason = 'NOT_LEADER_OR_FOLLOWER'): void {
    super.retire(reason);
    this.#waits.failAll(reason);
  }

  #onAppended({ baseOffset, lastOffset }: AppendResult, sizeBytes: number): void {
    const endOffset = lastOffset + 1;
    this.traffic.bytesIn += sizeBytes;
    this.traffic.messagesIn += endOffset - baseOffset;
    // Another node leads meanwhile: it says what is committed.
    if (this.isRetired) return;
    const { state } = this;
    if (state.followers.length === 0) this.bytes.onCommitted(sizeBytes);
    else this.bytes.onAppended(endOffset, sizeBytes);
    if (state.onAppended(endOffset, state.followers.length === 0 ? 0 : this.#nowMs())) {
      this.#moveHighWatermark();
    } else this.notify();
  }

  #moveHighWatermark(): void {
    const { highWatermark } = this.state;
    if (this.isRetired || highWatermark <= this.log.highWatermark) return;
    this.log.updateHighWatermark(highWatermark);
    this.bytes.onHighWatermark(highWatermark);
    this.#waits.onHighWatermark(highWatermark, this.#shortage());
    this.notify();
  }

  #shortage(): KafkaErrorName | undefined {
    return this.state.hasTooFewMaximalReplicas ? 'NOT_ENOUGH_REPLICAS_AFTER_APPEND' : undefined;
  }

  #requireEnoughReplicas(): void {
    if (!this.state.isUnderMinInSyncReplicas) return;
    const { inSyncReplicas, effectiveMinInSyncReplicas } = this.state;
    throw new KafkaError(
      'NOT_ENOUGH_REPLICAS',
      `Partition ${this.topic}-${this.index} has ${inSyncReplicas.length} replicas in sync, and needs ${effectiveMinInSyncReplicas}`,
    );
  }

  #notAFollower(replicaId: number): KafkaError {
    const isAssigned = this.state.progressOf(replicaId) !== undefined;
    return new KafkaError(
      isAssigned ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_LEADER_EPOCH',
      isAssigned
        ? `Node ${replicaId} has registered anew since it sent a fetch for ${this.topic}-${this.index}`
        : `Node ${replicaId} has no replica of ${this.topic}-${this.index} that this leader knows of`,
    );
  }

  #nowMs(): number {
    return this.#surroundings.clock.monotonicMs();
  }
}

/** Is there a header to look at? What is too short is refused by the log. */
function isVerifiable(records: Buffer): boolean {
  return records.length >= RECORD_BATCH_OVERHEAD && isBatchTransactional(records, 0);
}

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof KafkaError &&
    (error.code === 'MESSAGE_TOO_LARGE' || error.code === 'RECORD_LIST_TOO_LARGE')
  );
}
