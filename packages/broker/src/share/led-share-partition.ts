import type { Host, Logger, Timer } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
import { acknowledge, releaseAll } from './partition/acknowledge.ts';
import type { AcknowledgementBatch } from './partition/acknowledgement.ts';
import { acquire, type AcquiredRange, type AcquireRequest } from './partition/acquire.ts';
import type { ShareChange } from './partition/in-flight-batch.ts';
import type { ShareLimits, SharePartition, ShareWrite } from './partition/share-partition.ts';
import type { SharePartitionKey } from './state/share-partition-key.ts';
import type { ShareStates } from './state/share-states.ts';
import { shareStateError } from './share-write-error.ts';

export interface LedSharePartitionOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly key: SharePartitionKey;
  readonly leader: LeaderPartition;
  readonly partition: SharePartition;
  /** Where the state is kept. */
  readonly states: ShareStates;
  /** The settings of the group; asked for each use. */
  readonly limits: () => ShareLimits;
  /** Somebody else leads it, or its state was set anew: it has to be read again. */
  readonly onFenced: () => void;
}

/** A share partition that this node leads: keeps its clock, and writes down what changes. */
export class LedSharePartition {
  readonly key: SharePartitionKey;
  readonly leader: LeaderPartition;
  /** One fetch at a time reads the log for it. */
  isBeingFetched = false;
  /** Does another fetch wait for that one to be over? */
  isAwaited = false;
  readonly #options: LedSharePartitionOptions;
  readonly #partition: SharePartition;
  readonly #listeners = new Set<() => void>();
  #timer: Timer | undefined;
  #timerDueMs = Infinity;
  #isRetired = false;

  constructor(options: LedSharePartitionOptions) {
    this.#options = options;
    this.key = options.key;
    this.leader = options.leader;
    this.#partition = options.partition;
    this.#followLogStart();
  }

  get isRetired(): boolean {
    return this.#isRetired;
  }

  get startOffset(): number {
    return this.#partition.startOffset;
  }

  /** Where the log is to be read next; `undefined` while as much is under way as may be. */
  nextFetch(): { readonly offset: number; readonly isRedelivery: boolean } | undefined {
    this.#followLogStart();
    const { maxInFlightRecords } = this.#options.limits();
    if (!this.#partition.canAcquire(maxInFlightRecords)) return undefined;
    const offset = this.#partition.nextFetchOffset();
    return { offset, isRedelivery: offset < this.#partition.endOffset };
  }

  /** Hands out what was read. */
  acquire(request: Omit<AcquireRequest, 'nowMs' | 'limits'>): readonly AcquiredRange[] {
    const nowMs = this.#options.host.clock.monotonicMs();
    const acquired = acquire(this.#partition, { ...request, nowMs, limits: this.#options.limits() });
    this.#armTimer();
    return acquired;
  }

  /** Resolves when the acknowledgement is durable. @throws KafkaError */
  async acknowledge(memberId: string, batches: readonly AcknowledgementBatch[]): Promise<void> {
    const nowMs = this.#options.host.clock.monotonicMs();
    const limits = this.#options.limits();
    this.#followLogStart();
    await this.#carryOut(acknowledge(this.#partition, { memberId, nowMs, limits }, batches));
  }

  /** Gives back what a member holds. @throws KafkaError */
  async release(memberId: string): Promise<void> {
    await this.#carryOut(releaseAll(this.#partition, memberId, this.#options.limits()));
  }

  /** Calls `listener` when there may be something to hand out. @returns what ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Wakes those who wait for it. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** It is of no use any more: whoever has it in hand must look again. */
  retire(): void {
    this.#isRetired = true;
    this.#timer?.cancel();
    this.notify();
  }

  async #carryOut(change: ShareChange): Promise<void> {
    if (change.isEmpty) {
      this.#settle(change, true);
      return;
    }
    try {
      await this.#write(this.#partition.writeOfChange(change));
    } catch (error) {
      this.#settle(change, false);
      throw error;
    }
    this.#settle(change, true);
  }

  #settle(change: ShareChange, isDurable: boolean): void {
    this.#partition.complete(change, isDurable);
    this.#armTimer();
    this.notify();
  }

  async #write({ startOffset, deliveryCompleteCount, batches }: ShareWrite): Promise<void> {
    const { errorCode, errorMessage } = await this.#options.states.call({
      api: 'write',
      key: this.key,
      stateEpoch: this.#partition.stateEpoch,
      leaderEpoch: this.leader.leaderEpoch,
      startOffset,
      deliveryCompleteCount,
      batches,
    });
    if (errorCode === ErrorCode.NONE) return;
    const error = shareStateError(errorCode, errorMessage);
    if (error.code === 'NOT_LEADER_OR_FOLLOWER' || errorCode === ErrorCode.INVALID_REQUEST)
      this.#options.onFenced();
    throw error;
  }

  #followLogStart(): void {
    this.#partition.advanceLogStart(this.leader.log.logStartOffset);
  }

  #armTimer(): void {
    const dueMs = this.#isRetired ? Infinity : this.#partition.nextDeadlineMs;
    if (dueMs >= this.#timerDueMs) return;
    this.#timer?.cancel();
    this.#timerDueMs = dueMs;
    const { host } = this.#options;
    const delayMs = dueMs - host.clock.monotonicMs();
    this.#timer = host.timers.schedule(delayMs, () => void this.#onTimer(), { background: true });
  }

  /** Supervised: never rejects. */
  async #onTimer(): Promise<void> {
    this.#timerDueMs = Infinity;
    const { host, limits, logger } = this.#options;
    const write = this.#partition.expire(host.clock.monotonicMs(), limits());
    this.#armTimer();
    if (write === undefined) return;
    this.notify();
    try {
      await this.#write(write);
    } catch (cause) {
      // The next broker to lead the partition would take these records back as well.
      logger.warn('State of a share group could not be written', { ...this.key, cause });
    }
    this.#partition.advanceStart();
    this.notify();
  }
}
