import { RecordBatch, wholeBatchSizeBytes } from '@millrace/protocol';
import { CorruptRecordsError } from '../../consumer/consumer-errors.ts';
import type { ConsumerRecord } from '../../consumer/consumer-record.ts';
import { BatchReader } from '../../consumer/fetch/batch-reader.ts';
import { GAP, RELEASE } from '../acknowledge/acknowledge-type.ts';
import type { ShareRecord } from '../share-record.ts';
import type { SharePartition } from './share-partition.ts';

/** Offsets in a row that this consumer has from now on. */
export interface AcquiredRange {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}

/** What of an answer is for the application, and what is not. */
export interface AcquiredRecords {
  readonly records: readonly ShareRecord[];
  /** Offsets that hold nothing for applications, and what is to be said of them. */
  readonly asides: ReadonlyMap<number, number>;
  /** Some batch was damaged; its records are in `asides`. */
  readonly failure: CorruptRecordsError | undefined;
}

export interface AcquisitionOptions {
  /** `check.crcs`. */
  readonly checksCrcs: boolean;
  readonly mayUseThreads: boolean;
}

/**
 * The records of one partition of an answer. Answers hold whole batches, of which only `ranges` belong to this consumer;
 * and ranges may span what is no record: markers of transactions, or what compaction has removed.
 *
 * A batch that is damaged is released: if the damage happened on the way, the next delivery is good; if not, the broker
 * counts deliveries.
 */
export async function readAcquired(
  partition: SharePartition,
  bytes: Buffer,
  ranges: readonly AcquiredRange[],
  { checksCrcs, mayUseThreads }: AcquisitionOptions,
): Promise<AcquiredRecords> {
  const sorting = new RangeSorter(ranges);
  let failure: CorruptRecordsError | undefined;
  let at = 0;
  try {
    for (let size = wholeBatchSizeBytes(bytes, at); size > 0; size = wholeBatchSizeBytes(bytes, at)) {
      const batch = new RecordBatch(bytes.subarray(at, at + size));
      at += size;
      try {
        if (checksCrcs && !batch.isCrcValid)
          throw new Error(`CRC of the batch at offset ${batch.baseOffset} is wrong`);
        if (batch.isControl || batch.recordCount === 0) continue;
        const reader = await BatchReader.open(partition, batch, mayUseThreads);
        const read: ConsumerRecord[] = [];
        reader.read(read, Infinity, 0);
        sorting.keep(read);
      } catch (cause) {
        failure ??= new CorruptRecordsError(partition, batch.baseOffset, { cause });
        sorting.damaged(batch.baseOffset, batch.lastOffset);
      }
    }
  } catch (cause) {
    failure ??= new CorruptRecordsError(partition, ranges[0]?.firstOffset ?? -1, { cause });
    sorting.damaged(0, Infinity);
  }
  return { records: sorting.records, asides: sorting.asides(), failure };
}

/** Sorts what was read, in the order of offsets, into what is ours and what is missing. */
class RangeSorter {
  readonly records: ShareRecord[] = [];
  readonly #ranges: readonly AcquiredRange[];
  readonly #asides = new Map<number, number>();
  #range = 0;
  /** The offset up to which everything has been sorted. */
  #next: number;

  constructor(ranges: readonly AcquiredRange[]) {
    this.#ranges = ranges;
    this.#next = ranges[0]?.firstOffset ?? 0;
  }

  keep(read: readonly ConsumerRecord[]): void {
    for (const record of read) {
      const range = this.#advanceTo(record.offset);
      if (range === undefined) continue;
      this.records.push({
        topic: record.topic,
        partition: record.partition,
        offset: record.offset,
        leaderEpoch: record.leaderEpoch,
        timestampMs: record.timestampMs,
        key: record.key,
        value: record.value,
        headers: record.headers,
        deliveryCount: range.deliveryCount,
      });
      this.#next = record.offset + 1;
    }
  }

  /** Offsets of these that were not kept are to be delivered again. */
  damaged(firstOffset: number, lastOffset: number): void {
    this.#advanceTo(firstOffset);
    this.#pass(lastOffset, RELEASE);
  }

  /** What the ranges have besides records. */
  asides(): ReadonlyMap<number, number> {
    this.#pass(Infinity, GAP);
    return this.#asides;
  }

  /** Notes what is missing before `offset`. @returns the range it is in, if it is ours */
  #advanceTo(offset: number): AcquiredRange | undefined {
    this.#pass(offset - 1, GAP);
    const range = this.#ranges[this.#range];
    return range !== undefined && offset >= range.firstOffset ? range : undefined;
  }

  /** Says `type` of every offset of ours that was not sorted yet, up to `lastOffset`. */
  #pass(lastOffset: number, type: number): void {
    for (; this.#range < this.#ranges.length; this.#range++) {
      const range = this.#ranges[this.#range]!;
      const end = Math.min(lastOffset, range.lastOffset);
      for (let offset = Math.max(this.#next, range.firstOffset); offset <= end; offset++) {
        this.#asides.set(offset, type);
        this.#next = offset + 1;
      }
      if (range.lastOffset > lastOffset) return;
    }
  }
}
