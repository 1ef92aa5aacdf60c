import { compress, compressAsync } from '../compression/compress.ts';
import type { CompressionType } from '../compression/compression-type.ts';
import {
  withHeaderRoom,
  writeBatchHeader,
  type BatchHeaderFacts,
  type BatchHeaderOptions,
} from './batch-header.ts';
import { NO_TIMESTAMP } from './batch-layout.ts';
import { checkTimestamp } from './encode-errors.ts';
import type { RecordBytes, RecordHeaderInput } from './record.ts';
import { RecordWriter, type BatchMemory } from './record-writer.ts';

/** How a builder makes its batches. */
export interface RecordBatchBuilderOptions {
  /** Most bytes of a batch before compression, header included. The first record is taken whatever its size. */
  readonly maxBytes: number;
  /** Memory to begin with; default `maxBytes`, at most 16 KiB. */
  readonly initialBytes?: number;
  /** Default 'none'. */
  readonly compression?: CompressionType;
  /** The codec's level; by default what Kafka uses. */
  readonly compressionLevel?: number;
  /** Default: new memory for each builder. */
  readonly memory?: BatchMemory;
}

const DEFAULT_INITIAL_BYTES = 16 * 1024;

/**
 * Makes one batch at a time, encoding each record when it comes.
 *
 * Without compression, `build` returns the builder's own memory: it stays as it is until `reset`, which starts the
 * next batch in the same place. A caller that cannot wait that long makes a new builder instead.
 */
export class RecordBatchBuilder {
  readonly #compression: CompressionType;
  readonly #compressionLevel: number | undefined;
  readonly #writer: RecordWriter;
  #recordCount = 0;
  #baseTimestampMs = NO_TIMESTAMP;
  #maxTimestampMs = NO_TIMESTAMP;

  constructor(options: RecordBatchBuilderOptions) {
    const initialBytes = options.initialBytes ?? Math.min(options.maxBytes, DEFAULT_INITIAL_BYTES);
    this.#compression = options.compression ?? 'none';
    this.#compressionLevel = options.compressionLevel;
    this.#writer = new RecordWriter(initialBytes, options.maxBytes, options.memory);
  }

  get recordCount(): number {
    return this.#recordCount;
  }

  /** Bytes of the batch as it is now, header included, before compression. */
  get estimatedSizeBytes(): number {
    return this.#writer.position;
  }

  /** -1 while there are no records. */
  get maxTimestampMs(): number {
    return this.#maxTimestampMs;
  }

  /** Appends a record, or returns false and changes nothing if the batch would pass `maxBytes`. */
  tryAppend(
    timestampMs: number,
    key: RecordBytes,
    value: RecordBytes,
    headers?: readonly RecordHeaderInput[],
  ): boolean {
    checkTimestamp(timestampMs);
    if (this.#recordCount === 0) {
      this.#baseTimestampMs = timestampMs;
      this.#maxTimestampMs = timestampMs;
    }
    const timestampDelta = timestampMs - this.#baseTimestampMs;
    if (!this.#writer.tryAppend(timestampDelta, this.#recordCount, key, value, headers)) return false;
    if (timestampMs > this.#maxTimestampMs) this.#maxTimestampMs = timestampMs;
    this.#recordCount++;
    return true;
  }

  /** The batch of all records so far, compressed on this thread. */
  build(options: BatchHeaderOptions = {}): Buffer {
    if (this.#compression === 'none') return this.#finish(this.#writer.written(), options);
    return this.#finish(
      withHeaderRoom(compress(this.#compression, this.#writer.records(), this.#compressionLevel)),
      options,
    );
  }

  /** The batch of all records so far, compressed off the event loop. Do not append before it is done. */
  async buildAsync(options: BatchHeaderOptions = {}): Promise<Buffer> {
    if (this.#compression === 'none') return this.#finish(this.#writer.written(), options);
    const records = await compressAsync(this.#compression, this.#writer.records(), this.#compressionLevel);
    return this.#finish(withHeaderRoom(records), options);
  }

  /** Forgets all records and starts again in the same memory; what `build` returned without compression is gone. */
  reset(): void {
    this.#writer.reset();
    this.#recordCount = 0;
    this.#baseTimestampMs = NO_TIMESTAMP;
    this.#maxTimestampMs = NO_TIMESTAMP;
  }

  /** Gives the memory back, and with it what `build` returned without compression. The builder is of no use then. */
  release(): void {
    this.#writer.release();
  }

  #finish(batch: Buffer, options: BatchHeaderOptions): Buffer {
    const facts: BatchHeaderFacts = {
      compression: this.#compression,
      baseTimestampMs: this.#baseTimestampMs,
      maxTimestampMs: this.#maxTimestampMs,
      lastOffsetDelta: this.#recordCount - 1,
      recordCount: this.#recordCount,
      hasDeleteHorizon: false,
    };
    writeBatchHeader(batch, facts, options);
    return batch;
  }
}
