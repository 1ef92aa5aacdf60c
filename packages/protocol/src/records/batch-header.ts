import { CompressionType } from '../compression/compression-type.ts';
import {
  ATTRIBUTES_OFFSET,
  BASE_SEQUENCE_OFFSET,
  BASE_TIMESTAMP_OFFSET,
  BATCH_LENGTH_OFFSET,
  CONTROL_BIT,
  DELETE_HORIZON_BIT,
  LAST_OFFSET_DELTA_OFFSET,
  LOG_OVERHEAD,
  MAGIC_OFFSET,
  MAGIC_V2,
  MAX_TIMESTAMP_OFFSET,
  NO_PARTITION_LEADER_EPOCH,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  NO_SEQUENCE,
  PRODUCER_EPOCH_OFFSET,
  PRODUCER_ID_OFFSET,
  RECORDS_OFFSET,
  RECORD_COUNT_OFFSET,
  TIMESTAMP_TYPE_BIT,
  TRANSACTIONAL_BIT,
} from './batch-layout.ts';
import { setBatchBaseOffset, setBatchCrc, setBatchLeaderEpoch } from './batch-fields.ts';
import { refused } from './encode-errors.ts';
import { writeInt16, writeInt32, writeInt64 } from './int64.ts';

const MAX_INT32 = 0x7fffffff;

/** What a batch says of itself besides its records. */
export interface BatchHeaderOptions {
  /** Default 0, which is what producers send. */
  readonly baseOffset?: number;
  /** Default -1, which is what producers send. */
  readonly partitionLeaderEpoch?: number;
  /** Default -1. */
  readonly producerId?: number;
  /** Default -1. */
  readonly producerEpoch?: number;
  /** Default -1. */
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly isControl?: boolean;
  /** Marks the batch as stamped by the broker: every record then has the batch's largest timestamp. */
  readonly isLogAppendTime?: boolean;
}

/** The part of a header that follows from the records. */
export interface BatchHeaderFacts {
  readonly compression: CompressionType;
  readonly baseTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly lastOffsetDelta: number;
  readonly recordCount: number;
  readonly hasDeleteHorizon: boolean;
}

/** The records, or their compressed form, behind room for a header. */
export function withHeaderRoom(records: Buffer): Buffer {
  const batch = Buffer.allocUnsafeSlow(RECORDS_OFFSET + records.length);
  batch.set(records, RECORDS_OFFSET);
  return batch;
}

/** Writes the header of the batch that fills `batch`, CRC included. */
export function writeBatchHeader(batch: Buffer, facts: BatchHeaderFacts, options: BatchHeaderOptions): void {
  const { lastOffsetDelta, recordCount } = facts;
  if (lastOffsetDelta < Math.max(recordCount - 1, 0) || lastOffsetDelta > MAX_INT32) {
    throw refused(`${recordCount} records cannot end ${lastOffsetDelta} offsets after the first`);
  }
  setBatchBaseOffset(batch, 0, options.baseOffset ?? 0);
  writeInt32(batch, BATCH_LENGTH_OFFSET, batch.length - LOG_OVERHEAD);
  setBatchLeaderEpoch(batch, 0, options.partitionLeaderEpoch ?? NO_PARTITION_LEADER_EPOCH);
  batch[MAGIC_OFFSET] = MAGIC_V2;
  writeInt16(batch, ATTRIBUTES_OFFSET, attributesOf(facts, options));
  writeInt32(batch, LAST_OFFSET_DELTA_OFFSET, lastOffsetDelta);
  writeInt64(batch, BASE_TIMESTAMP_OFFSET, facts.baseTimestampMs);
  writeInt64(batch, MAX_TIMESTAMP_OFFSET, facts.maxTimestampMs);
  writeInt64(batch, PRODUCER_ID_OFFSET, options.producerId ?? NO_PRODUCER_ID);
  writeInt16(batch, PRODUCER_EPOCH_OFFSET, options.producerEpoch ?? NO_PRODUCER_EPOCH);
  writeInt32(batch, BASE_SEQUENCE_OFFSET, options.baseSequence ?? NO_SEQUENCE);
  writeInt32(batch, RECORD_COUNT_OFFSET, recordCount);
  setBatchCrc(batch, 0);
}

function attributesOf(facts: BatchHeaderFacts, options: BatchHeaderOptions): number {
  return (
    CompressionType[facts.compression] |
    (options.isLogAppendTime === true ? TIMESTAMP_TYPE_BIT : 0) |
    (options.isTransactional === true ? TRANSACTIONAL_BIT : 0) |
    (options.isControl === true ? CONTROL_BIT : 0) |
    (facts.hasDeleteHorizon ? DELETE_HORIZON_BIT : 0)
  );
}
