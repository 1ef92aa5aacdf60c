import { RecordBatch, wholeBatchSizeBytes } from '@millrace/protocol';
import { CorruptRecordsError } from '../consumer-errors.ts';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { AssignedPartition, LogPosition } from '../subscription/assigned-partition.ts';
import type { AbortedTransactions } from './aborted-transactions.ts';
import { BatchReader } from './batch-reader.ts';

export interface FetchedRecordsOptions {
  /** `check.crcs`. */
  readonly checksCrcs: boolean;
  /** Filter for `read_committed`; undefined hands out everything. */
  readonly aborted: AbortedTransactions | undefined;
  /** Where the host has no threads to give (`Host.mayUseThreads`); default true. */
  readonly mayUseThreads?: boolean;
}

/** One partition's part of a Fetch answer, waiting to be handed out: raw bytes, decoded batch by batch on demand. */
export class FetchedRecords {
  readonly partition: AssignedPartition;
  /** `partition.version` when the request was sent; data of an older version is worthless. */
  readonly version: number;
  readonly sizeBytes: number;
  readonly #options: FetchedRecordsOptions;
  readonly #records: Buffer;
  #at = 0;
  #reader: BatchReader | undefined;
  #position: LogPosition;

  /** @param position where the records were asked for. */
  constructor(
    partition: AssignedPartition,
    position: LogPosition,
    records: Buffer,
    options: FetchedRecordsOptions,
  ) {
    this.partition = partition;
    this.version = partition.version;
    this.sizeBytes = records.length;
    this.#records = records;
    this.#options = options;
    this.#position = position;
  }

  /** The position behind everything taken, and behind all batches in a row that have nothing to take. */
  get position(): LogPosition {
    return this.#position;
  }

  /**
   * Makes the next records ready; false at the end. A promise only if they have to be decompressed off the event loop.
   * @throws CorruptRecordsError with the position left before the damage
   */
  prepare(): boolean | Promise<boolean> {
    while (this.#reader === undefined) {
      const size = this.#nextBatchSizeBytes();
      if (size === 0) return false;
      const batch = new RecordBatch(this.#records.subarray(this.#at, this.#at + size));
      if (this.#isSkipped(batch)) {
        this.#at += size;
        this.#moveTo(batch);
        continue;
      }
      const opened = this.#reading(() =>
        BatchReader.open(this.partition, batch, this.#options.mayUseThreads),
      );
      this.#at += size;
      if (opened instanceof Promise) return this.#adopt(opened);
      this.#reader = opened;
    }
    return true;
  }

  /** Appends up to `maxRecords` of what `prepare` made ready. */
  take(target: ConsumerRecord[], maxRecords: number): void {
    const reader = this.#reader;
    if (reader === undefined) return;
    const before = target.length;
    this.#reading(() => reader.read(target, maxRecords, this.#position.offset));
    if (reader.isExhausted) {
      this.#reader = undefined;
      this.#position = reader.endPosition;
      return;
    }
    const last = target.at(-1);
    if (target.length > before && last !== undefined) {
      this.#position = { offset: last.offset + 1, leaderEpoch: last.leaderEpoch };
    }
  }

  async #adopt(opening: Promise<BatchReader>): Promise<boolean> {
    try {
      this.#reader = await opening;
    } catch (error) {
      throw this.#corrupt(error);
    }
    return true;
  }

  #nextBatchSizeBytes(): number {
    return this.#reading(() => wholeBatchSizeBytes(this.#records, this.#at));
  }

  #isSkipped(batch: RecordBatch): boolean {
    if (this.#options.checksCrcs && !batch.isCrcValid) {
      throw this.#corrupt(new Error(`CRC of the batch at offset ${batch.baseOffset} does not match`));
    }
    // Must see every batch in order, also those that are skipped for another reason.
    const isAborted = this.#options.aborted?.isAborted(batch) ?? false;
    return (
      isAborted || batch.isControl || batch.recordCount === 0 || batch.nextOffset <= this.#position.offset
    );
  }

  #moveTo(batch: RecordBatch): void {
    if (batch.nextOffset <= this.#position.offset) return;
    this.#position = { offset: batch.nextOffset, leaderEpoch: batch.partitionLeaderEpoch };
  }

  #reading<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw this.#corrupt(error);
    }
  }

  #corrupt(cause: unknown): CorruptRecordsError {
    return new CorruptRecordsError(this.partition, this.#position.offset, { cause });
  }
}
