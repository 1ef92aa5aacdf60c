import { DeliveryState } from '../state/state-batch.ts';
import { archive, InFlightBatch, isAvailable, NO_MEMBER, type Run } from './in-flight-batch.ts';
import type { ShareLimits, SharePartition } from './share-partition.ts';

/** Records that a member holds from now on. */
export interface AcquiredRange {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}

export interface OffsetRange {
  readonly firstOffset: number;
  readonly lastOffset: number;
}

export interface AcquireRequest {
  readonly memberId: string;
  /** Monotonic. */
  readonly nowMs: number;
  readonly limits: ShareLimits;
  /** Where the log was read from. */
  readonly fetchOffset: number;
  /** The record batches that were read, in order. */
  readonly recordBatches: readonly OffsetRange[];
  readonly maxRecords: number;
  /** Records are handed out in batches of about this many, so that they can be acknowledged in few ranges. */
  readonly batchSize: number;
  /** Is `maxRecords` a strict limit? Otherwise a record batch is handed out as a whole. */
  readonly isRecordLimit: boolean;
  /** Record batches of transactions that were aborted; the member does not get to see them. */
  readonly aborted: readonly OffsetRange[];
}

/** Below this many deliveries nobody suspects a record. */
const MIN_SUSPICIOUS_DELIVERIES = 2;

/** Hands out what can be handed out of the records that were read. */
export function acquire(partition: SharePartition, request: AcquireRequest): readonly AcquiredRange[] {
  const [first] = request.recordBatches;
  if (first === undefined || request.maxRecords <= 0) return [];
  const room = roomFor(partition, request, request.recordBatches.at(-1)!.lastOffset);
  if (room.maxRecords <= 0) return [];
  archiveCompacted(partition, request.fetchOffset, first.firstOffset - 1);
  const acquisition = new Acquisition(partition, request, room);
  acquisition.run();
  return withoutAborted(partition, acquisition.acquired, request.aborted);
}

interface Room {
  readonly lastOffset: number;
  readonly maxRecords: number;
}

/** How much may be handed out before the partition has as much under way as it may have. */
function roomFor(
  partition: SharePartition,
  { limits, maxRecords, fetchOffset }: AcquireRequest,
  lastOffset: number,
): Room {
  const left = Math.min(maxRecords, limits.maxInFlightRecords - partition.inFlightCount);
  const { endOffset } = partition;
  if (left > 0 || fetchOffset > endOffset) return { lastOffset, maxRecords: left };
  // There is none, but what is under way already may be delivered again.
  return {
    lastOffset: Math.min(lastOffset, endOffset),
    maxRecords: Math.min(maxRecords, endOffset - fetchOffset + 1),
  };
}

/** What was to be delivered again and is not in the log any more. */
function archiveCompacted(partition: SharePartition, firstOffset: number, lastOffset: number): void {
  if (firstOffset > lastOffset) return;
  for (const batch of overlapping(partition, firstOffset, lastOffset)) {
    const isWhole = batch.firstOffset >= firstOffset && batch.lastOffset <= lastOffset;
    if (!isWhole && !batch.isSplit) {
      if (!isAvailable(batch.whole)) continue;
      batch.isSplit = true;
    }
    for (const run of batch.runsWithin(firstOffset, lastOffset)) if (isAvailable(run)) archive(run);
  }
  partition.advanceStart();
}

function overlapping({ batches }: SharePartition, firstOffset: number, lastOffset: number): InFlightBatch[] {
  return batches.filter((batch) => batch.lastOffset >= firstOffset && batch.firstOffset <= lastOffset);
}

class Acquisition {
  readonly acquired: AcquiredRange[] = [];
  readonly #partition: SharePartition;
  readonly #request: AcquireRequest;
  readonly #firstOffset: number;
  readonly #lastOffset: number;
  readonly #suspiciousDeliveries: number;
  #left: number;

  constructor(partition: SharePartition, request: AcquireRequest, { lastOffset, maxRecords }: Room) {
    this.#partition = partition;
    this.#request = request;
    this.#firstOffset = request.recordBatches[0]!.firstOffset;
    this.#lastOffset = lastOffset;
    this.#left = maxRecords;
    const half = Math.ceil(request.limits.maxDeliveryCount / 2);
    this.#suspiciousDeliveries = Math.max(MIN_SUSPICIOUS_DELIVERIES, half);
  }

  run(): void {
    const known = overlapping(this.#partition, this.#firstOffset, this.#lastOffset);
    for (const batch of known) {
      if (this.#left <= 0) return;
      this.#acquireAgain(batch);
    }
    const knownThrough = known.at(-1)?.lastOffset ?? -1;
    if (this.#left > 0) this.#acquireNew(Math.max(this.#firstNew(), knownThrough + 1));
  }

  /** Nothing before the start is delivered, and nothing twice that was done with. */
  #firstNew(): number {
    const { batches, startOffset, endOffset } = this.#partition;
    return Math.max(this.#firstOffset, startOffset, batches.length === 0 ? endOffset : 0);
  }

  #acquireAgain(batch: InFlightBatch): void {
    const isSuspicious = this.#isSuspicious(batch);
    // It may be one of these records that consumers stumble over: they are delivered alone, in ever smaller portions.
    if (isSuspicious && this.acquired.length > 0) {
      this.#left = 0;
      return;
    }
    const isWhole = batch.firstOffset >= this.#firstOffset && batch.lastOffset <= this.#lastOffset;
    const exceedsLimit = this.#request.isRecordLimit && batch.recordCount > this.#left;
    if (isWhole && !batch.isSplit && !exceedsLimit && !isSuspicious) {
      if (isAvailable(batch.whole)) this.#take(batch.whole);
      return;
    }
    if (!batch.isSplit && !isAvailable(batch.whole)) return;
    batch.isSplit = true;
    const before = this.acquired.length;
    this.#acquireParts(batch);
    if (isSuspicious && this.acquired.length > before) this.#left = 0;
  }

  #isSuspicious(batch: InFlightBatch): boolean {
    return batch.runs.some(
      (run) =>
        isAvailable(run) &&
        run.lastOffset >= this.#firstOffset &&
        run.firstOffset <= this.#lastOffset &&
        run.deliveryCount >= this.#suspiciousDeliveries,
    );
  }

  #acquireParts(batch: InFlightBatch): void {
    const { maxDeliveryCount } = this.#request.limits;
    let left = this.#request.isRecordLimit ? this.#left : Infinity;
    let isLimited = false;
    let count = 0;
    // A copy: what is taken is cut out of its run.
    for (const run of batch.runs.slice()) {
      const firstOffset = Math.max(run.firstOffset, this.#firstOffset);
      const lastOffset = Math.min(run.lastOffset, this.#lastOffset);
      if (firstOffset > lastOffset || !isAvailable(run)) continue;
      const { deliveryCount } = run;
      const isLastTry = maxDeliveryCount > 2 && deliveryCount === maxDeliveryCount - 1;
      if (isLastTry && count > 0) return;
      if (!isLimited && deliveryCount >= this.#suspiciousDeliveries) {
        isLimited = true;
        const halvings = deliveryCount - this.#suspiciousDeliveries + 1;
        left = Math.min(left, Math.max(1, batch.recordCount >> halvings) - count);
      }
      const size = Math.min(lastOffset - firstOffset + 1, isLastTry ? 1 : left);
      if (size <= 0) return;
      for (const part of batch.runsWithin(firstOffset, firstOffset + size - 1)) this.#take(part);
      count += size;
      left -= size;
      if (isLastTry || left <= 0) return;
    }
  }

  /** Gives the run to the member, unless it was delivered too often: the limit may have been lowered meanwhile. */
  #take(run: Run): void {
    const { memberId, nowMs, limits } = this.#request;
    if (run.deliveryCount >= limits.maxDeliveryCount) {
      archive(run);
      return;
    }
    run.state = DeliveryState.acquired;
    run.deliveryCount++;
    run.memberId = memberId;
    run.lockedUntilMs = nowMs + limits.lockDurationMs;
    this.#partition.noteLock(run.lockedUntilMs);
    this.#note(run);
  }

  #note({ firstOffset, lastOffset, deliveryCount }: Run): void {
    this.acquired.push({ firstOffset, lastOffset, deliveryCount });
    this.#left -= lastOffset - firstOffset + 1;
  }

  /** Records that nobody has had yet. */
  #acquireNew(firstOffset: number): void {
    if (firstOffset > this.#lastOffset) return;
    const lastOffset = this.#lastNew(firstOffset);
    if (this.#request.isRecordLimit) {
      this.#acquireStrictly(firstOffset, lastOffset);
      return;
    }
    for (const range of this.#portions(firstOffset, lastOffset)) this.#addAcquired(range);
  }

  /** As many as are wanted, and the rest of the record batch in which that many are reached. */
  #lastNew(firstOffset: number): number {
    const wanted = firstOffset + this.#left - 1;
    if (wanted >= this.#lastOffset) return this.#lastOffset;
    const within = this.#request.recordBatches.findLast((batch) => batch.firstOffset <= wanted);
    return Math.min(Math.max(within?.lastOffset ?? wanted, wanted), this.#lastOffset);
  }

  *#portions(firstOffset: number, lastOffset: number): Generator<OffsetRange> {
    const { recordBatches, batchSize } = this.#request;
    let first = firstOffset;
    if (lastOffset - firstOffset + 1 > batchSize) {
      for (const { firstOffset: base } of recordBatches) {
        if (base > lastOffset) break;
        if (base - first < Math.max(1, batchSize)) continue;
        yield { firstOffset: first, lastOffset: base - 1 };
        first = base;
      }
    }
    yield { firstOffset: first, lastOffset };
  }

  /** Takes in the record batches as a whole, and hands out of them what was asked for. */
  #acquireStrictly(firstOffset: number, lastOffset: number): void {
    const lastWanted = Math.min(lastOffset, firstOffset + this.#left - 1);
    const batch = this.#addAcquired({ firstOffset, lastOffset }, lastWanted);
    if (lastWanted === lastOffset) return;
    batch.isSplit = true;
    for (const rest of batch.runsWithin(lastWanted + 1, lastOffset)) {
      rest.state = DeliveryState.available;
      rest.deliveryCount = 0;
      rest.memberId = NO_MEMBER;
      rest.lockedUntilMs = Infinity;
    }
    this.#partition.noteAvailable();
  }

  #addAcquired({ firstOffset, lastOffset }: OffsetRange, lastWanted = lastOffset): InFlightBatch {
    const { memberId, nowMs, limits } = this.#request;
    const run: Run = {
      firstOffset,
      lastOffset,
      state: DeliveryState.acquired,
      deliveryCount: 1,
      memberId,
      lockedUntilMs: nowMs + limits.lockDurationMs,
      pending: undefined,
    };
    const batch = new InFlightBatch(run);
    this.#partition.add(batch);
    this.#partition.noteLock(run.lockedUntilMs);
    this.#note({ ...run, lastOffset: lastWanted });
    return batch;
  }
}

/** Records of aborted transactions are done with as soon as somebody comes across them. */
function withoutAborted(
  partition: SharePartition,
  acquired: readonly AcquiredRange[],
  aborted: readonly OffsetRange[],
): readonly AcquiredRange[] {
  let left = acquired;
  for (const { firstOffset, lastOffset } of aborted) {
    const isHit = left.some((range) => range.lastOffset >= firstOffset && range.firstOffset <= lastOffset);
    if (!isHit) continue;
    for (const range of left) archiveAcquired(partition, range, { firstOffset, lastOffset });
    left = left.flatMap((range) => cutOut(range, { firstOffset, lastOffset }));
  }
  if (left !== acquired) partition.advanceStart();
  return left;
}

function archiveAcquired(partition: SharePartition, range: OffsetRange, aborted: OffsetRange): void {
  const firstOffset = Math.max(range.firstOffset, aborted.firstOffset);
  const lastOffset = Math.min(range.lastOffset, aborted.lastOffset);
  if (firstOffset > lastOffset) return;
  for (const batch of overlapping(partition, firstOffset, lastOffset)) {
    if (batch.firstOffset < firstOffset || batch.lastOffset > lastOffset) batch.isSplit = true;
    for (const run of batch.runsWithin(firstOffset, lastOffset)) archive(run);
  }
}

function cutOut(range: AcquiredRange, hole: OffsetRange): AcquiredRange[] {
  const parts: AcquiredRange[] = [];
  if (range.firstOffset < hole.firstOffset)
    parts.push({ ...range, lastOffset: Math.min(range.lastOffset, hole.firstOffset - 1) });
  if (range.lastOffset > hole.lastOffset)
    parts.push({ ...range, firstOffset: Math.max(range.firstOffset, hole.lastOffset + 1) });
  return parts;
}
