import { buildBatch } from './build-batch.ts';
import type { RecordBatch } from './record-batch.ts';
import type { DecodedRecord } from './record.ts';

/** For `compactBatch()`. */
export interface CompactBatchOptions {
  /** Sets the delete horizon in milliseconds; a horizon that the batch has already stays (KIP-534). */
  readonly deleteHorizonMs?: number;
  /** The codec's level for the survivors; by default what Kafka uses. */
  readonly compressionLevel?: number;
}

/**
 * The batch with only the given ones of its records, as Kafka's log cleaner writes it: offsets, their span, leader
 * epoch and all that belongs to the producer stay; count, records, CRC and perhaps the horizon change.
 *
 * Without survivors it is an empty batch, which keeps the producer's last sequence or the end of the log. That one
 * has no codec and no horizon.
 */
export function compactBatch(
  batch: RecordBatch,
  survivors: readonly DecodedRecord[],
  options: CompactBatchOptions = {},
): Buffer {
  const kept = {
    baseOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
    isControl: batch.isControl,
    isLogAppendTime: batch.timestampType === 'LogAppendTime',
  };
  if (survivors.length === 0) return buildBatch([], { ...kept, maxTimestampMs: batch.maxTimestamp });
  const deleteHorizonMs = batch.hasDeleteHorizon ? batch.baseTimestamp : options.deleteHorizonMs;
  const { compressionLevel } = options;
  return buildBatch(survivors, {
    ...kept,
    compression: batch.compression,
    ...(compressionLevel === undefined ? {} : { compressionLevel }),
    ...(deleteHorizonMs === undefined ? {} : { deleteHorizonMs }),
  });
}
