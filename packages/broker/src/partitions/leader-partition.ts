import type { AppendOptions, AppendResult, EpochEndOffset, PartitionLog } from '@millrace/log';
import { isBatchTransactional, KafkaError, RECORD_BATCH_OVERHEAD } from '@millrace/protocol';
import { TopicTraffic } from '../metrics/topic-traffic.ts';
import { TransactionVerification } from './transaction-verification.ts';
import type { VerificationGuard } from './verification-guard.ts';

/** Batches from this size on are validated in turns of the event loop: the largest of Kafka's clients by default. */
const LARGE_BATCH_BYTES = 1 << 20;

/** Who writes: decides which checks the log makes. */
export type AppendOrigin = AppendOptions['origin'];

/** What goes with the batch of a transaction. */
export interface TransactionalAppend {
  /** That the coordinator knows of the transaction; not needed once it has records here. */
  readonly verification?: VerificationGuard | undefined;
  /** For a marker: level of `transaction.version` the end was decided by. Default 0. */
  readonly transactionVersion?: number;
}

/**
 * A partition that this node leads: its log, its leader epoch, and those who wait for it to grow.
 *
 * With one replica the high watermark is the end of what was acknowledged, so `append` moves it.
 */
export class LeaderPartition {
  readonly topic: string;
  readonly topicId: string;
  readonly index: number;
  readonly log: PartitionLog;
  readonly verification: TransactionVerification;
  /** Shared by the partitions of the topic. */
  readonly traffic: TopicTraffic;
  #leaderEpoch: number;
  #isRetired = false;
  #committedBytes = 0;
  readonly #listeners = new Set<() => void>();

  constructor(options: {
    readonly topic: string;
    readonly topicId: string;
    readonly index: number;
    readonly log: PartitionLog;
    readonly leaderEpoch: number;
    /** Default: one of its own. */
    readonly traffic?: TopicTraffic;
  }) {
    this.topic = options.topic;
    this.topicId = options.topicId;
    this.index = options.index;
    this.log = options.log;
    this.traffic = options.traffic ?? new TopicTraffic();
    this.verification = new TransactionVerification(options.log, `${options.topic}-${options.index}`);
    this.#leaderEpoch = options.leaderEpoch;
    this.log.updateHighWatermark(this.log.logEndOffset);
  }

  get leaderEpoch(): number {
    return this.#leaderEpoch;
  }

  /** The topic was deleted, or another node leads: everybody with this object in hand must look again. */
  get isRetired(): boolean {
    return this.#isRetired;
  }

  /**
   * Bytes of batches that became visible since this object exists. Differences tell a waiting fetch how much it would
   * get, without a read.
   */
  get committedBytes(): number {
    return this.#committedBytes;
  }

  setLeaderEpoch(leaderEpoch: number): void {
    this.#leaderEpoch = leaderEpoch;
  }

  /**
   * Appends one batch, which the log takes over, and makes it visible.
   * @throws KafkaError with the code for the producer
   */
  async append(
    records: Buffer,
    origin: AppendOrigin,
    { verification, transactionVersion = 0 }: TransactionalAppend = {},
  ): Promise<AppendResult> {
    this.traffic.produceRequests++;
    const sizeBytes = records.length;
    try {
      if (this.#isRetired) throw notLeader(this);
      const isValidated = origin === 'client' && sizeBytes >= LARGE_BATCH_BYTES;
      // Before the guard of the transaction is looked at: that may change meanwhile.
      const batch = isValidated ? await this.log.validateLarge(records) : records;
      if (isValidated && this.#isRetired) throw notLeader(this);
      if (isVerifiable(batch)) this.verification.check(batch, verification);
      const appended = this.log.append(batch, {
        origin,
        isValidated,
        leaderEpoch: this.#leaderEpoch,
        transactionVersion,
      });
      // In this turn: whoever begins a verification after the marker must not be given the guard from before.
      if (isVerifiable(batch)) this.verification.onAppended(batch);
      const result = await appended;
      if (!result.duplicate) {
        const endOffset = result.lastOffset + 1;
        if (endOffset > this.log.highWatermark) this.log.updateHighWatermark(endOffset);
        this.#committedBytes += sizeBytes;
        this.traffic.bytesIn += sizeBytes;
        this.traffic.messagesIn += endOffset - result.baseOffset;
        this.#notify();
      }
      return result;
    } catch (error) {
      this.traffic.failedProduceRequests++;
      if (isTooLarge(error)) this.traffic.bytesRejected += sizeBytes;
      throw error;
    }
  }

  /** Where the records of a leader epoch ended, as this leader sees it; -1 for epochs it cannot tell. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    const { log } = this;
    if (epoch > this.#leaderEpoch || epoch < 0) return { leaderEpoch: -1, endOffset: -1 };
    // The log notes an epoch with its first record; the newest ones may have none yet.
    if (epoch === this.#leaderEpoch) return { leaderEpoch: epoch, endOffset: log.logEndOffset };
    if (epoch >= log.latestEpoch) {
      return { leaderEpoch: log.latestEpoch < 0 ? epoch : log.latestEpoch, endOffset: log.logEndOffset };
    }
    return log.endOffsetForEpoch(epoch);
  }

  /** The epoch of the record at `offset`; that of the leader where the log ends. */
  epochForOffset(offset: number): number {
    if (offset >= this.log.logEndOffset) return this.#leaderEpoch;
    return this.log.epochForOffset(offset) ?? -1;
  }

  /** Calls `listener` after each visible change. @returns what ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Wakes everybody who waits; they find `isRetired`. */
  retire(): void {
    this.#isRetired = true;
    this.#notify();
  }

  /** Is a client that knows `currentLeaderEpoch` (-1: it does not say) talking to the right leader? @throws KafkaError */
  checkLeaderEpoch(currentLeaderEpoch: number): void {
    if (this.#isRetired) throw notLeader(this);
    if (currentLeaderEpoch === -1 || currentLeaderEpoch === this.#leaderEpoch) return;
    const code = currentLeaderEpoch < this.#leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
    throw new KafkaError(
      code,
      `Partition ${this.topic}-${this.index} has leader epoch ${this.#leaderEpoch}, the request ${currentLeaderEpoch}`,
    );
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
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

function notLeader({ topic, index }: LeaderPartition): KafkaError {
  return new KafkaError('NOT_LEADER_OR_FOLLOWER', `This node no longer leads ${topic}-${index}`);
}
