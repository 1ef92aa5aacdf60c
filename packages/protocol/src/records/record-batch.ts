import { compressionTypeOf, type CompressionType } from '../compression/compression-type.ts';
import { unsupportedCompression } from './record-errors.ts';
import {
  batchAttributes,
  batchBaseOffset,
  batchBaseSequence,
  batchBaseTimestamp,
  batchCompressionId,
  batchCrc,
  batchLastOffset,
  batchLastOffsetDelta,
  batchLastSequence,
  batchLeaderEpoch,
  batchMagic,
  batchMaxTimestamp,
  batchNextOffset,
  batchProducerEpoch,
  batchProducerId,
  batchRecordCount,
  hasBatchDeleteHorizon,
  isBatchControl,
  isBatchCrcValid,
  isBatchLogAppendTime,
  isBatchTransactional,
} from './batch-fields.ts';

/** Who set the timestamps of a batch: the producer, or the broker when it appended. */
export type TimestampType = 'CreateTime' | 'LogAppendTime';

/** A view of one whole batch. Getters read the bytes each time, so changes in place are seen. */
export class RecordBatch {
  /** Exactly the bytes of the batch. */
  readonly buffer: Buffer;

  /** @param buffer exactly one batch; `recordBatches` cuts and checks it. */
  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  get baseOffset(): number {
    return batchBaseOffset(this.buffer, 0);
  }

  get lastOffset(): number {
    return batchLastOffset(this.buffer, 0);
  }

  /** The offset after the batch. */
  get nextOffset(): number {
    return batchNextOffset(this.buffer, 0);
  }

  get sizeBytes(): number {
    return this.buffer.length;
  }

  get partitionLeaderEpoch(): number {
    return batchLeaderEpoch(this.buffer, 0);
  }

  get magic(): number {
    return batchMagic(this.buffer, 0);
  }

  /** The stored CRC-32C, unsigned. */
  get crc(): number {
    return batchCrc(this.buffer, 0);
  }

  get isCrcValid(): boolean {
    return isBatchCrcValid(this.buffer, 0);
  }

  get attributes(): number {
    return batchAttributes(this.buffer, 0);
  }

  /** Ends in an UNSUPPORTED_COMPRESSION_TYPE error for an id that nobody has defined. */
  get compression(): CompressionType {
    const id = batchCompressionId(this.buffer, 0);
    const type = compressionTypeOf(id);
    if (type === undefined) throw unsupportedCompression(id);
    return type;
  }

  get timestampType(): TimestampType {
    return isBatchLogAppendTime(this.buffer, 0) ? 'LogAppendTime' : 'CreateTime';
  }

  get isTransactional(): boolean {
    return isBatchTransactional(this.buffer, 0);
  }

  get isControl(): boolean {
    return isBatchControl(this.buffer, 0);
  }

  /** Whether `baseTimestamp` is the time until which tombstones stay (KIP-534). */
  get hasDeleteHorizon(): boolean {
    return hasBatchDeleteHorizon(this.buffer, 0);
  }

  get lastOffsetDelta(): number {
    return batchLastOffsetDelta(this.buffer, 0);
  }

  /** Milliseconds; the delete horizon if there is one. */
  get baseTimestamp(): number {
    return batchBaseTimestamp(this.buffer, 0);
  }

  /** Milliseconds. */
  get maxTimestamp(): number {
    return batchMaxTimestamp(this.buffer, 0);
  }

  /** -1 without an idempotent producer. */
  get producerId(): number {
    return batchProducerId(this.buffer, 0);
  }

  /** -1 without an idempotent producer. */
  get producerEpoch(): number {
    return batchProducerEpoch(this.buffer, 0);
  }

  /** -1 without an idempotent producer, and in transaction markers. */
  get baseSequence(): number {
    return batchBaseSequence(this.buffer, 0);
  }

  /** The sequence of the last record, wrapped past 2147483647; -1 if there is none. */
  get lastSequence(): number {
    return batchLastSequence(this.buffer, 0);
  }

  /** Records present now; compaction lowers it, to 0 as well. */
  get recordCount(): number {
    return batchRecordCount(this.buffer, 0);
  }
}
