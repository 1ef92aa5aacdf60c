import {
  DEFAULT_MAX_DECOMPRESSED_BYTES,
  decompressAsync,
  RECORD_BATCH_OVERHEAD,
  RecordCursor,
  sliceBytes,
  uncompressedRecords,
  type RecordBatch,
} from '@millrace/protocol';
import type { ConsumerRecord } from '../consumer-record.ts';
import type { LogPosition } from '../subscription/assigned-partition.ts';
import type { TopicPartition } from '../topic-partition.ts';

/** Decompressing more than this on the event loop would be a stall that others notice (about 0.2 ms). */
const MAX_INLINE_COMPRESSED_BYTES = 16 * 1024;

/** Hands out the records of one batch in pieces, each decoded once, when it is asked for. */
export class BatchReader {
  readonly #source: TopicPartition;
  readonly #bytes: Buffer;
  readonly #cursor: RecordCursor;
  readonly #baseOffset: number;
  readonly #nextOffset: number;
  readonly #leaderEpoch: number;
  readonly #baseTimestampMs: number;
  /** NaN if each record has its own. */
  readonly #appendTimeMs: number;
  #remaining: number;

  /** @param bytes the batch's records, not compressed. */
  private constructor(source: TopicPartition, batch: RecordBatch, bytes: Buffer) {
    this.#source = source;
    this.#bytes = bytes;
    this.#cursor = new RecordCursor(bytes, batch.recordCount, 0, true);
    this.#baseOffset = batch.baseOffset;
    this.#nextOffset = batch.nextOffset;
    this.#leaderEpoch = batch.partitionLeaderEpoch;
    this.#baseTimestampMs = batch.baseTimestamp;
    this.#appendTimeMs = batch.timestampType === 'LogAppendTime' ? batch.maxTimestamp : NaN;
    this.#remaining = batch.recordCount;
  }

  /** A promise only for batches that are decompressed off the event loop. */
  static open(
    source: TopicPartition,
    batch: RecordBatch,
    mayUseThreads = true,
  ): BatchReader | Promise<BatchReader> {
    const isSmall = batch.compression === 'none' || batch.sizeBytes <= MAX_INLINE_COMPRESSED_BYTES;
    if (isSmall || !mayUseThreads || batch.recordCount === 0)
      return new BatchReader(source, batch, uncompressedRecords(batch));
    const stored = batch.buffer.subarray(RECORD_BATCH_OVERHEAD);
    return decompressAsync(batch.compression, stored, DEFAULT_MAX_DECOMPRESSED_BYTES).then(
      (bytes) => new BatchReader(source, batch, bytes),
    );
  }

  get isExhausted(): boolean {
    return this.#remaining === 0;
  }

  /** Where reading goes on once the batch is exhausted. */
  get endPosition(): LogPosition {
    return { offset: this.#nextOffset, leaderEpoch: this.#leaderEpoch };
  }

  /**
   * Appends up to `maxRecords` records at or after `fromOffset` to `target`; batches begin where they like, so the
   * first one of an answer mostly holds records from before the offset that was asked for.
   *
   * Hot: one object and two slices per record, all of one shape.
   */
  read(target: ConsumerRecord[], maxRecords: number, fromOffset: number): void {
    const cursor = this.#cursor;
    const { buffer: memory, byteOffset } = this.#bytes;
    const { topic, partition } = this.#source;
    const appendTimeMs = this.#appendTimeMs;
    const hasOwnTimestamps = Number.isNaN(appendTimeMs);
    for (let wanted = maxRecords; wanted > 0 && this.#remaining > 0; this.#remaining--) {
      cursor.next();
      const offset = this.#baseOffset + cursor.offsetDelta;
      if (offset < fromOffset) continue;
      wanted--;
      target[target.length] = {
        topic,
        partition,
        offset,
        leaderEpoch: this.#leaderEpoch,
        timestampMs: hasOwnTimestamps ? this.#baseTimestampMs + cursor.timestampDelta : appendTimeMs,
        key: sliceBytes(memory, byteOffset + cursor.keyStart, cursor.keyBytes),
        value: sliceBytes(memory, byteOffset + cursor.valueStart, cursor.valueBytes),
        headers: cursor.headers,
      };
    }
    // The cursor checks only behind the last record that nothing is left over.
    if (this.#remaining === 0) cursor.next();
  }
}
