import { DeliveryState, isTerminal, type StateBatch } from '../state/state-batch.ts';
import {
  archive,
  InFlightBatch,
  isAvailable,
  isDone,
  isDoneForGood,
  NO_MEMBER,
  stateBatchOf,
  type Run,
  type ShareChange,
} from './in-flight-batch.ts';

/** What a group may do with a partition; asked anew for each step, so that changes take hold. */
export interface ShareLimits {
  /** `share.delivery.count.limit` */
  readonly maxDeliveryCount: number;
  /** `share.partition.max.record.locks` */
  readonly maxInFlightRecords: number;
  /** `share.record.lock.duration.ms` */
  readonly lockDurationMs: number;
  /** `share.renew.acknowledge.enable` */
  readonly mayRenew: boolean;
}

/** What is to be written down of a change. */
export interface ShareWrite {
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly batches: readonly StateBatch[];
}

/**
 * One partition of a topic as one share group sees it (KIP-932): which records are with whom, which are to be delivered
 * again, and up to where all are done with. Pure: time comes in, and what is to be written goes out as data.
 *
 * Offsets before `startOffset` are done with. Those from there to `endOffset` are under way, each in one run of one batch;
 * what is missing between batches is not in the log. Those after it have not been delivered yet.
 *
 * A change by a consumer takes hold when it is durable: until then its runs are pending, and nobody else may touch them.
 * One by the clock takes hold at once, since a broker that has lost it would decide the same.
 */
export class SharePartition {
  /** In the order of their offsets. Changed by the functions of this folder only. */
  readonly batches: InFlightBatch[] = [];
  readonly stateEpoch: number;
  #startOffset: number;
  #endOffset: number;
  /** May there be records to be delivered again? */
  #mayHaveAvailable = false;
  /** No lock ends before it. */
  #earliestLockMs = Infinity;

  constructor(state: {
    readonly stateEpoch: number;
    readonly startOffset: number;
    readonly batches: readonly StateBatch[];
  }) {
    this.stateEpoch = state.stateEpoch;
    this.#startOffset = state.startOffset;
    this.#endOffset = state.startOffset;
    for (const batch of state.batches) {
      // What was with a consumer when the state was written, and is not mentioned, is to be delivered again.
      this.#restore(this.batches.at(-1)?.lastOffset ?? state.startOffset - 1, batch);
      this.#endOffset = batch.lastOffset;
    }
    this.#mayHaveAvailable = this.batches.length > 0;
    this.advanceStart();
  }

  get startOffset(): number {
    return this.#startOffset;
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  /** Offsets that count towards `maxInFlightRecords`. */
  get inFlightCount(): number {
    return this.batches.length === 0 ? 0 : this.#endOffset - this.#startOffset + 1;
  }

  /** Records from the start offset on that are done with, or will be once what is under way is durable. */
  get deliveryCompleteCount(): number {
    let count = 0;
    for (const { runs } of this.batches) {
      for (const run of runs) {
        if (!isDone(run) || run.lastOffset < this.#startOffset) continue;
        count += run.lastOffset - Math.max(run.firstOffset, this.#startOffset) + 1;
      }
    }
    return count;
  }

  /** The monotonic time at which `expire` is wanted, or earlier; Infinity when nothing is locked. */
  get nextDeadlineMs(): number {
    return this.#earliestLockMs;
  }

  /** From where the log is to be read next: the first record to be delivered again, or what follows the last delivered. */
  nextFetchOffset(): number {
    if (this.batches.length === 0) return this.#endOffset;
    if (!this.#mayHaveAvailable) return this.#endOffset + 1;
    for (const { runs } of this.batches) {
      const run = runs.find(isAvailable);
      if (run !== undefined) return Math.max(run.firstOffset, this.#startOffset);
    }
    this.#mayHaveAvailable = false;
    return this.#endOffset + 1;
  }

  /** Is there room for more, or something to be delivered again? */
  canAcquire(maxInFlightRecords: number): boolean {
    return this.nextFetchOffset() !== this.#endOffset + 1 || this.inFlightCount < maxInFlightRecords;
  }

  /** What is to be written down of these batches. */
  writeOf(batches: readonly StateBatch[]): ShareWrite {
    return { startOffset: this.#startOffset, deliveryCompleteCount: this.deliveryCompleteCount, batches };
  }

  writeOfChange(change: ShareChange): ShareWrite {
    return this.writeOf(change.runs().map(stateBatchOf));
  }

  /** A change is durable, or lost. Lost, its records are where they were: with their consumer, for as long as it has them. */
  complete(change: ShareChange, isDurable: boolean): void {
    for (const run of change.runs()) {
      const pending = run.pending!;
      run.pending = undefined;
      if (!isDurable) {
        this.noteLock(run.lockedUntilMs);
        continue;
      }
      run.state = pending.state;
      run.deliveryCount = pending.deliveryCount;
      run.memberId = NO_MEMBER;
      run.lockedUntilMs = Infinity;
      if (run.state === DeliveryState.available) this.noteAvailable();
    }
    for (const batch of change.touched) batch.joinRuns();
    this.advanceStart();
  }

  /** Takes records from those who have held them for too long. @returns what to write down, if anything */
  expire(nowMs: number, { maxDeliveryCount }: ShareLimits): ShareWrite | undefined {
    const expired: StateBatch[] = [];
    this.#earliestLockMs = Infinity;
    for (const batch of this.batches) {
      for (const run of batch.runs) {
        if (run.state !== DeliveryState.acquired || run.pending !== undefined) continue;
        if (run.lockedUntilMs > nowMs) {
          this.noteLock(run.lockedUntilMs);
          continue;
        }
        run.state = run.deliveryCount >= maxDeliveryCount ? DeliveryState.archived : DeliveryState.available;
        run.memberId = NO_MEMBER;
        run.lockedUntilMs = Infinity;
        if (run.state === DeliveryState.available) this.noteAvailable();
        expired.push(stateBatchOf(run));
      }
      batch.joinRuns();
    }
    return expired.length === 0 ? undefined : this.writeOf(expired);
  }

  /** Records before `logStartOffset` are gone, whoever has them. */
  advanceLogStart(logStartOffset: number): void {
    if (logStartOffset <= this.#startOffset) return;
    for (const batch of this.batches) {
      if (batch.firstOffset >= logStartOffset) break;
      const gone = batch.runsWithin(batch.firstOffset, Math.min(batch.lastOffset, logStartOffset - 1));
      for (const run of gone) {
        run.pending = undefined;
        if (!isTerminal(run.state)) archive(run);
      }
      if (batch.lastOffset >= logStartOffset) batch.isSplit = true;
    }
    this.#startOffset = logStartOffset;
    if (this.#endOffset < logStartOffset) this.#endOffset = logStartOffset;
    this.#dropBatchesBefore(logStartOffset);
    this.advanceStart();
  }

  /** Moves the start past everything that is done with. Batches go as a whole. */
  advanceStart(): void {
    let doneThrough = -1;
    for (const batch of this.batches) {
      const open = batch.runs.find((run) => !isDoneForGood(run));
      if (open !== undefined) {
        if (open.firstOffset > batch.firstOffset) doneThrough = open.firstOffset - 1;
        break;
      }
      doneThrough = batch.lastOffset;
    }
    if (doneThrough < this.#startOffset) return;
    if (doneThrough === this.batches.at(-1)!.lastOffset) {
      this.#startOffset = doneThrough + 1;
      this.#endOffset = this.#startOffset;
      this.batches.length = 0;
      return;
    }
    this.#dropBatchesBefore(doneThrough + 1);
    // Between batches there may be offsets that are not in the log.
    this.#startOffset = Math.max(doneThrough + 1, this.batches[0]!.firstOffset);
  }

  /** Takes in records that are delivered for the first time. */
  add(batch: InFlightBatch): void {
    const after = this.batches.findLastIndex(({ lastOffset }) => lastOffset < batch.firstOffset);
    this.batches.splice(after + 1, 0, batch);
    // The log may begin later than the group does.
    if (after === -1 && batch.firstOffset > this.#startOffset) this.#startOffset = batch.firstOffset;
    if (batch.lastOffset > this.#endOffset) this.#endOffset = batch.lastOffset;
  }

  /** There may be something to be delivered again. */
  noteAvailable(): void {
    this.#mayHaveAvailable = true;
  }

  noteLock(lockedUntilMs: number): void {
    if (lockedUntilMs < this.#earliestLockMs) this.#earliestLockMs = lockedUntilMs;
  }

  #dropBatchesBefore(offset: number): void {
    const kept = this.batches.findIndex(({ lastOffset }) => lastOffset >= offset);
    this.batches.splice(0, kept === -1 ? this.batches.length : kept);
  }

  #restore(lastOffset: number, batch: StateBatch): void {
    const { firstOffset, deliveryState, deliveryCount } = batch;
    if (firstOffset > lastOffset + 1)
      this.batches.push(new InFlightBatch(restoredRun(lastOffset + 1, firstOffset - 1)));
    const run = restoredRun(firstOffset, batch.lastOffset);
    run.state = isTerminal(deliveryState) ? (deliveryState as DeliveryState) : DeliveryState.available;
    run.deliveryCount = deliveryCount;
    this.batches.push(new InFlightBatch(run));
  }
}

function restoredRun(firstOffset: number, lastOffset: number): Run {
  return {
    firstOffset,
    lastOffset,
    state: DeliveryState.available,
    deliveryCount: 0,
    memberId: NO_MEMBER,
    lockedUntilMs: Infinity,
    pending: undefined,
  };
}
