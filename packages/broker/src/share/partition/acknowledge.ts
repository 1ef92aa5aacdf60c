import { KafkaError } from '@millrace/protocol';
import { DeliveryState } from '../state/state-batch.ts';
import { acknowledgedRanges, stateAfter, type AcknowledgementBatch } from './acknowledgement.ts';
import { type InFlightBatch, type Run, ShareChange } from './in-flight-batch.ts';
import type { ShareLimits, SharePartition } from './share-partition.ts';

/** Who acknowledges, and when (monotonic). */
export interface Acknowledger {
  readonly memberId: string;
  readonly nowMs: number;
  readonly limits: ShareLimits;
}

/**
 * Changes records as their holder says, all of them or none. The change is pending until `partition.complete`. Texts are
 * those of Apache Kafka.
 *
 * @throws KafkaError INVALID_RECORD_STATE, INVALID_REQUEST
 */
export function acknowledge(
  partition: SharePartition,
  acknowledger: Acknowledger,
  batches: readonly AcknowledgementBatch[],
): ShareChange {
  const change = new Acknowledgement(partition, acknowledger);
  try {
    for (const batch of batches) change.add(batch);
  } catch (error) {
    change.abandon();
    throw error;
  }
  return change;
}

/**
 * Gives back what a member holds: it is gone. The delivery counts (KAFKA-19972): it may be one of these records that the
 * member has died of, and so will the next ones, as often as the limit says.
 */
export function releaseAll(
  partition: SharePartition,
  memberId: string,
  { maxDeliveryCount }: ShareLimits,
): ShareChange {
  const change = new ShareChange();
  for (const batch of partition.batches) {
    for (const run of batch.runs) {
      const isHeld = run.state === DeliveryState.acquired && run.memberId === memberId;
      if (!isHeld || run.pending !== undefined) continue;
      const { deliveryCount } = run;
      const state = deliveryCount >= maxDeliveryCount ? DeliveryState.archived : DeliveryState.available;
      run.pending = { state, deliveryCount, change };
      change.touched.add(batch);
    }
  }
  return change;
}

class Acknowledgement extends ShareChange {
  readonly #partition: SharePartition;
  readonly #by: Acknowledger;

  constructor(partition: SharePartition, by: Acknowledger) {
    super();
    this.#partition = partition;
    this.#by = by;
  }

  /** Nothing was changed after all. */
  abandon(): void {
    for (const run of this.runs()) run.pending = undefined;
  }

  add(acknowledged: AcknowledgementBatch): void {
    const { startOffset } = this.#partition;
    // All of it is done with already.
    if (acknowledged.lastOffset < startOffset) return;
    for (const batch of this.#batchesOf(acknowledged)) {
      if (batch.lastOffset >= startOffset) this.#addBatch(batch, acknowledged);
    }
  }

  #batchesOf({ firstOffset, lastOffset }: AcknowledgementBatch): readonly InFlightBatch[] {
    const { batches, startOffset } = this.#partition;
    let first = batches.findLastIndex((batch) => batch.firstOffset <= firstOffset);
    if (first === -1 && firstOffset < startOffset)
      first = batches.findLastIndex((batch) => batch.firstOffset <= startOffset);
    if (first === -1) {
      throw invalidState('Batch record not found. The request batch offsets are not found in the cache.');
    }
    const found = batches.slice(first).filter((batch) => batch.firstOffset <= lastOffset);
    const knownThrough = found.at(-1)!.lastOffset;
    if (knownThrough < firstOffset) throw notFound('first');
    if (knownThrough < lastOffset) throw notFound('last');
    return found;
  }

  #addBatch(batch: InFlightBatch, acknowledged: AcknowledgementBatch): void {
    if (!batch.isSplit) this.#checkWhole(batch.whole);
    const isWhole =
      batch.firstOffset >= acknowledged.firstOffset &&
      batch.lastOffset <= acknowledged.lastOffset &&
      batch.firstOffset >= this.#partition.startOffset &&
      acknowledged.acknowledgeTypes.length === 1;
    this.touched.add(batch);
    if (isWhole && !batch.isSplit) {
      this.#change(batch.whole, acknowledged.acknowledgeTypes[0]!);
      return;
    }
    batch.isSplit = true;
    for (const { firstOffset, lastOffset, type } of acknowledgedRanges(acknowledged)) {
      const first = Math.max(firstOffset, batch.firstOffset, this.#partition.startOffset);
      for (const run of batch.runsWithin(first, Math.min(lastOffset, batch.lastOffset))) {
        this.#checkPart(run);
        this.#change(run, type);
      }
    }
  }

  #checkWhole(run: Run): void {
    if (run.state !== DeliveryState.acquired || run.pending !== undefined)
      throw invalidState('The batch cannot be acknowledged. The batch is not in the acquired state.');
    if (run.memberId !== this.#by.memberId) throw invalidState('Member is not the owner of batch record');
  }

  #checkPart(run: Run): void {
    if (run.state !== DeliveryState.acquired || run.pending !== undefined)
      throw invalidState('The offset cannot be acknowledged. The offset is not acquired.');
    if (run.memberId !== this.#by.memberId) throw invalidState('Member is not the owner of offset');
  }

  #change(run: Run, type: number): void {
    const { limits, nowMs } = this.#by;
    const state = stateAfter(type);
    if (state === undefined) {
      if (!limits.mayRenew) throw invalidState('Renewing acquisition locks is not enabled for the group.');
      run.lockedUntilMs = nowMs + limits.lockDurationMs;
      this.#partition.noteLock(run.lockedUntilMs);
      return;
    }
    const isGivenUp = state === DeliveryState.available && run.deliveryCount >= limits.maxDeliveryCount;
    const { deliveryCount } = run;
    run.pending = { state: isGivenUp ? DeliveryState.archived : state, deliveryCount, change: this };
  }
}

function invalidState(text: string): KafkaError {
  return new KafkaError('INVALID_RECORD_STATE', text);
}

function notFound(end: 'first' | 'last'): KafkaError {
  const text = `Batch record not found. The ${end} offset in request is past acquired records.`;
  return new KafkaError('INVALID_REQUEST', text);
}
