import { buildBatch, decodeRecords, KafkaError, recordBatches } from '@millrace/protocol';
import { CorruptMetadataError, messageOf } from '../errors.ts';
import type { ImageBuilder } from './image-builder.ts';
import { decodeMetadataRecord, encodeMetadataRecord, type MetadataRecord } from './metadata-record.ts';

/** Kafka's limit for records in one atomic batch. */
export const MAX_RECORDS_PER_BATCH = 10000;

/** Kafka's limit for the bytes of one. */
export const MAX_BATCH_BYTES = 8 << 20;

/**
 * One atomic batch of metadata records. Apart from the append, so that what cannot be written is found before anything
 * rests on it.
 * @throws KafkaError POLICY_VIOLATION over the limits; EncodeError for a value that no record can hold
 */
export function encodeMetadataBatch(records: readonly MetadataRecord[], timestampMs: number): Buffer {
  const batch = buildBatch(
    records.map((record) => ({ timestampMs, key: null, value: encodeMetadataRecord(record) })),
  );
  if (records.length > MAX_RECORDS_PER_BATCH || batch.length > MAX_BATCH_BYTES) {
    throw new KafkaError(
      'POLICY_VIOLATION',
      `The change takes ${records.length} records and ${batch.length} bytes of metadata; at most ` +
        `${MAX_RECORDS_PER_BATCH} records and ${MAX_BATCH_BYTES} bytes are written at once`,
    );
  }
  return batch;
}

/** When the last of whole batches was written; -1 where there is none. */
export function lastTimestampMs(batches: Buffer): number {
  return recordBatches(batches).at(-1)?.maxTimestamp ?? -1;
}

/**
 * Applies whole batches, skipping what lies before `fromOffset`; returns the offset after the last.
 * @throws CorruptMetadataError
 */
export function applyBatches(batches: Buffer, fromOffset: number, builder: ImageBuilder): number {
  let nextOffset = fromOffset;
  for (const batch of recordBatches(batches)) {
    if (batch.lastOffset < fromOffset) continue;
    nextOffset = batch.nextOffset;
    if (batch.isControl) {
      builder.advance(batch.lastOffset, batch.partitionLeaderEpoch);
      continue;
    }
    try {
      for (const { offset, value } of decodeRecords(batch)) {
        if (value === null) throw new CorruptMetadataError(`the record at offset ${offset} has no value`);
        builder.apply(decodeMetadataRecord(value, offset), offset, batch.partitionLeaderEpoch);
      }
    } catch (cause) {
      if (cause instanceof CorruptMetadataError) throw cause;
      throw new CorruptMetadataError(`the batch at offset ${batch.baseOffset}: ${messageOf(cause)}`, {
        cause,
      });
    }
  }
  return nextOffset;
}
