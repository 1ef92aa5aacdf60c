import { compress } from '../compression/compress.ts';
import type { CompressionType } from '../compression/compression-type.ts';
import { withHeaderRoom, writeBatchHeader, type BatchHeaderOptions } from './batch-header.ts';
import { NO_TIMESTAMP } from './batch-layout.ts';
import { checkTimestamp } from './encode-errors.ts';
import type { RecordInput } from './record.ts';
import { RecordWriter } from './record-writer.ts';

/** How `buildBatch` makes its batch. */
export interface BuildBatchOptions extends BatchHeaderOptions {
  /** Default 'none'. */
  readonly compression?: CompressionType;
  /** The codec's level; by default what Kafka uses. */
  readonly compressionLevel?: number;
  /** The batch's last offset, where it lies after that of the last record: a compacted batch keeps its span. */
  readonly lastOffset?: number;
  /** Sets the delete horizon, in milliseconds (KIP-534). */
  readonly deleteHorizonMs?: number;
  /** By default the largest of the records; an emptied batch keeps that of the original. */
  readonly maxTimestampMs?: number;
}

const INITIAL_BYTES = 1024;

/** One batch of the given records, compressed on this thread. A batch without records is legal: compaction makes them. */
export function buildBatch(records: readonly RecordInput[], options: BuildBatchOptions = {}): Buffer {
  const baseOffset = options.baseOffset ?? records[0]?.offset ?? 0;
  const baseTimestampMs = options.deleteHorizonMs ?? records[0]?.timestampMs ?? NO_TIMESTAMP;
  const compression = options.compression ?? 'none';
  const writer = new RecordWriter(INITIAL_BYTES);
  let maxTimestampMs = NO_TIMESTAMP;
  let offsetDelta = -1;
  for (const record of records) {
    checkTimestamp(record.timestampMs);
    offsetDelta = record.offset === undefined ? offsetDelta + 1 : record.offset - baseOffset;
    const timestampDelta = record.timestampMs - baseTimestampMs;
    writer.tryAppend(timestampDelta, offsetDelta, record.key ?? null, record.value ?? null, record.headers);
    maxTimestampMs = Math.max(maxTimestampMs, record.timestampMs);
  }
  const isCompressed = compression !== 'none' && records.length > 0;
  const batch = isCompressed
    ? withHeaderRoom(compress(compression, writer.records(), options.compressionLevel))
    : writer.written();
  const facts = {
    compression,
    baseTimestampMs,
    maxTimestampMs: options.maxTimestampMs ?? maxTimestampMs,
    lastOffsetDelta: options.lastOffset === undefined ? offsetDelta : options.lastOffset - baseOffset,
    recordCount: records.length,
    hasDeleteHorizon: options.deleteHorizonMs !== undefined,
  };
  writeBatchHeader(batch, facts, { ...options, baseOffset });
  return batch;
}
