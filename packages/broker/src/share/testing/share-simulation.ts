import { ErrorCode, KafkaError } from '@millrace/protocol';
import { acknowledge, releaseAll } from '../partition/acknowledge.ts';
import { acquire, type AcquiredRange, type OffsetRange } from '../partition/acquire.ts';
import type { ShareChange } from '../partition/in-flight-batch.ts';
import { SharePartition, type ShareWrite } from '../partition/share-partition.ts';
import { ShareMachineDriver, TOPIC_ID } from './share-machine-driver.ts';

const key = { groupId: 'g', topicId: TOPIC_ID, partition: 0 };
export const LIMITS = { maxDeliveryCount: 3, maxInFlightRecords: 40, lockDurationMs: 100, mayRenew: true };

/** A write under way: the change that waits for it, or none for one by the clock. */
interface OpenWrite {
  readonly replyId: number;
  readonly change: ShareChange | undefined;
}

/**
 * A log, a share partition and the coordinator that keeps its state, driven by hand; and a ledger of who holds what,
 * which is told nothing but what members are told. It throws as soon as one of the promises is broken.
 */
export class ShareSimulation {
  readonly driver = new ShareMachineDriver(5);
  partition: SharePartition;
  nowMs = 0;
  readonly #log: OffsetRange[] = [];
  /** By offset: who was given it, and may still believe to hold it. */
  readonly #holders = new Map<number, { memberId: string; untilMs: number; deliveryCount: number }>();
  /** How often each was delivered. */
  readonly #delivered = new Map<number, number>();
  /** Nobody may be given these again. */
  readonly #done = new Set<number>();
  #open: OpenWrite[] = [];

  constructor() {
    this.driver.call({ api: 'initialize', key, stateEpoch: 1, startOffset: 0 });
    this.partition = this.#restored();
  }

  get logEndOffset(): number {
    return (this.#log.at(-1)?.lastOffset ?? -1) + 1;
  }

  get startOffset(): number {
    return this.partition.startOffset;
  }

  append(records: number): void {
    const firstOffset = this.logEndOffset;
    this.#log.push({ firstOffset, lastOffset: firstOffset + records - 1 });
  }

  fetch(
    memberId: string,
    options: { maxRecords: number; batchSize: number; isRecordLimit: boolean },
  ): readonly AcquiredRange[] {
    if (!this.partition.canAcquire(LIMITS.maxInFlightRecords)) return [];
    const fetchOffset = this.partition.nextFetchOffset();
    const recordBatches = this.#log.filter(({ lastOffset }) => lastOffset >= fetchOffset).slice(0, 4);
    const request = { memberId, nowMs: this.nowMs, limits: LIMITS, fetchOffset, recordBatches, aborted: [] };
    const acquired = acquire(this.partition, { ...request, ...options });
    for (const range of acquired) this.#give(memberId, range);
    const count = acquired.reduce(
      (sum, { firstOffset, lastOffset }) => sum + lastOffset - firstOffset + 1,
      0,
    );
    if (options.isRecordLimit && count > options.maxRecords) throw new Error('More records than asked for');
    return acquired;
  }

  /** A member acknowledges what it believes to hold, between these offsets. */
  acknowledge(memberId: string, range: OffsetRange, type: number): void {
    const batches = [{ ...range, acknowledgeTypes: [type] }];
    try {
      const change = acknowledge(this.partition, { memberId, nowMs: this.nowMs, limits: LIMITS }, batches);
      this.#checkOwner(memberId, change);
      this.#begin(change);
      if (type === 4) this.#renew(memberId, range);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
    }
  }

  release(memberId: string): void {
    this.#begin(releaseAll(this.partition, memberId, LIMITS));
  }

  advance(byMs: number): void {
    this.nowMs += byMs;
    const write = this.partition.expire(this.nowMs, LIMITS);
    for (const [offset, { untilMs }] of this.#holders)
      if (untilMs <= this.nowMs) this.#holders.delete(offset);
    if (write !== undefined) this.#open.push({ replyId: this.#write(write), change: undefined });
  }

  /** The oldest write is durable. */
  commit(): void {
    if (this.driver.appends.length > 0) this.driver.commitOne();
    this.#settle();
  }

  /** All writes under way are lost. */
  lose(): void {
    this.driver.loseAppends(ErrorCode.NOT_COORDINATOR);
    this.#settle();
  }

  /** Another broker takes over, with nothing but the log. */
  restart(): void {
    this.driver.loseAppends(ErrorCode.NOT_COORDINATOR);
    const replayed = this.driver.restarted();
    if (JSON.stringify([...replayed.machine.states]) !== JSON.stringify([...this.driver.machine.states]))
      throw new Error('Replay is not what the coordinator had in memory');
    this.#open = [];
    this.#holders.clear();
    this.partition = this.#restored();
  }

  /** Lets a good consumer finish: everything must come to an end, and nothing may have been skipped. */
  drain(): void {
    for (let round = 0; this.partition.startOffset < this.logEndOffset; round++) {
      if (round > 500) throw new Error(`Stuck at ${this.startOffset} of ${this.logEndOffset}`);
      while (this.#open.length > 0) this.commit();
      const acquired = this.fetch('last', { maxRecords: 50, batchSize: 50, isRecordLimit: false });
      for (const range of acquired) this.acknowledge('last', range, 1);
      if (acquired.length === 0) this.advance(LIMITS.lockDurationMs);
    }
    for (let offset = 0; offset < this.logEndOffset; offset++) this.#checkFinished(offset);
  }

  #give(memberId: string, { firstOffset, lastOffset, deliveryCount }: AcquiredRange): void {
    if (deliveryCount > LIMITS.maxDeliveryCount)
      throw new Error(`Delivery ${deliveryCount} of ${firstOffset}`);
    for (let offset = firstOffset; offset <= lastOffset; offset++) {
      const holder = this.#holders.get(offset);
      if (holder !== undefined)
        throw new Error(`${offset} is with ${holder.memberId} and was given to ${memberId}`);
      if (this.#done.has(offset)) throw new Error(`${offset} was done with and is delivered again`);
      if (offset >= this.logEndOffset) throw new Error(`${offset} is not in the log`);
      this.#delivered.set(offset, deliveryCount);
      this.#holders.set(offset, { memberId, untilMs: this.nowMs + LIMITS.lockDurationMs, deliveryCount });
    }
  }

  /** Somebody has finished it, or it was delivered as often as may be. */
  #checkFinished(offset: number): void {
    if (this.#done.has(offset) || this.#delivered.get(offset) === LIMITS.maxDeliveryCount) return;
    throw new Error(`${offset} was skipped`);
  }

  /** Nobody may say what becomes of a record that another holds. */
  #checkOwner(memberId: string, change: ShareChange): void {
    for (const { firstOffset, lastOffset } of change.runs()) {
      for (let offset = firstOffset; offset <= lastOffset; offset++) {
        const holder = this.#holders.get(offset) ?? { memberId };
        if (holder.memberId !== memberId)
          throw new Error(`${offset} is with ${holder.memberId}, not ${memberId}`);
      }
    }
  }

  #renew(memberId: string, { firstOffset, lastOffset }: OffsetRange): void {
    for (let offset = firstOffset; offset <= lastOffset; offset++) {
      const holder = this.#holders.get(offset);
      if (holder?.memberId === memberId) holder.untilMs = this.nowMs + LIMITS.lockDurationMs;
    }
  }

  #begin(change: ShareChange): void {
    if (change.isEmpty) {
      this.partition.complete(change, true);
      return;
    }
    this.#open.push({ replyId: this.#write(this.partition.writeOfChange(change)), change });
  }

  #write({ startOffset, deliveryCompleteCount, batches }: ShareWrite): number {
    this.driver.autoCommit = false;
    const { stateEpoch } = this.partition;
    return this.driver.start({
      api: 'write',
      key,
      stateEpoch,
      leaderEpoch: 0,
      startOffset,
      deliveryCompleteCount,
      batches,
    });
  }

  #settle(): void {
    const before = this.partition.startOffset;
    for (const { replyId, change } of this.#open) {
      const reply = this.driver.replies.get(replyId);
      if (reply === undefined) continue;
      const isDurable = reply.errorCode === ErrorCode.NONE;
      if (change === undefined) this.partition.advanceStart();
      else this.#finish(change, isDurable);
    }
    this.#open = this.#open.filter(({ replyId }) => !this.driver.replies.has(replyId));
    if (this.partition.startOffset < before) throw new Error('The start went back');
  }

  #finish(change: ShareChange, isDurable: boolean): void {
    const runs = change
      .runs()
      .map(({ firstOffset, lastOffset, pending }) => ({ firstOffset, lastOffset, pending: pending! }));
    this.partition.complete(change, isDurable);
    if (!isDurable) return;
    for (const { firstOffset, lastOffset, pending } of runs) {
      for (let offset = firstOffset; offset <= lastOffset; offset++) {
        this.#holders.delete(offset);
        if (pending.state !== 0) this.#done.add(offset);
      }
    }
  }

  #restored(): SharePartition {
    this.driver.autoCommit = true;
    return new SharePartition(this.driver.call({ api: 'read', key, leaderEpoch: 0 }));
  }
}
