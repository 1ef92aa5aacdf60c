import {
  buildBatch,
  controlRecordType,
  decodeRecords,
  RecordBatch,
  RecordCursor,
  uncompressedRecords,
  type DecodedRecord,
} from '@millrace/protocol';
import type { CleanedTransactions } from './cleaned-transactions.ts';
import type { OffsetMap } from './offset-map.ts';

/** The last thing that a producer with a live entry wrote; it carries the sequence or the epoch on. */
export interface LastRecord {
  /** -1 if only a marker is known of the producer. */
  readonly lastDataOffset: number;
  readonly producerEpoch: number;
}

export interface FilterContext {
  readonly map: OffsetMap;
  readonly transactions: CleanedTransactions;
  readonly activeProducers: ReadonlyMap<number, LastRecord>;
  /** As it was when the cleaning began: the last batch below it stays, if only as an empty one. */
  readonly highWatermark: number;
  readonly nowMs: number;
  readonly deleteRetentionMs: number;
}

/**
 * What the cleaner leaves of a batch (`Cleaner.cleanInto` and `MemoryRecords.filterTo` in Kafka, KIP-534).
 * @param buffer Exactly one batch.
 * @returns the batch itself if it stays as it is, another one, or `undefined` if nothing of it stays.
 */
export function filterBatch(buffer: Buffer, context: FilterContext): Buffer | undefined {
  const batch = new RecordBatch(buffer);
  const isObsolete = isDiscardable(batch, context);
  const isPastHorizon = batch.hasDeleteHorizon && batch.baseTimestamp <= context.nowMs;
  const dropsAll = batch.isControl ? isObsolete && isPastHorizon : isObsolete;
  const keepsEmpty = isLastOfProducer(batch, context) || batch.nextOffset === context.highWatermark;
  if (dropsAll) return keepsEmpty ? emptyBatch(batch) : undefined;
  if (batch.isControl) return withHorizon(batch, isObsolete, context);
  const survey = surveyRecords(batch, context, isPastHorizon);
  if (survey.keptCount === 0) return keepsEmpty ? emptyBatch(batch) : undefined;
  const needsHorizon = survey.hasTombstone && !batch.hasDeleteHorizon;
  if (survey.keptCount === batch.recordCount && !needsHorizon) return buffer;
  const records = decodeRecords(batch).filter((_, index) => survey.isKept[index]);
  return rebuild(batch, records, needsHorizon, context);
}

/** Aborted data, or a marker without data. Must be asked once for every batch, in order. */
function isDiscardable(batch: RecordBatch, { transactions }: FilterContext): boolean {
  if (!batch.isControl) return transactions.onDataBatch(batch);
  return transactions.onMarker(batch, markerType(batch));
}

/** `undefined` for a control batch that was emptied before. */
export function markerType(batch: RecordBatch): 'ABORT' | 'COMMIT' | 'other' | undefined {
  const record = batch.recordCount === 0 ? undefined : decodeRecords(batch)[0];
  if (record === undefined) return undefined;
  const type = controlRecordType(record);
  return type === 'ABORT' || type === 'COMMIT' ? type : 'other';
}

function isLastOfProducer(batch: RecordBatch, { activeProducers }: FilterContext): boolean {
  if (batch.producerId < 0) return false;
  const last = activeProducers.get(batch.producerId);
  if (last === undefined) return false;
  if (last.lastDataOffset >= 0) return batch.lastOffset === last.lastDataOffset;
  return batch.isControl && batch.producerEpoch === last.producerEpoch;
}

interface Survey {
  readonly isKept: readonly boolean[];
  readonly keptCount: number;
  /** Among the records that are kept. */
  readonly hasTombstone: boolean;
}

function surveyRecords(batch: RecordBatch, { map }: FilterContext, isPastHorizon: boolean): Survey {
  const bytes = uncompressedRecords(batch);
  const cursor = new RecordCursor(bytes, batch.recordCount, 0);
  const { baseOffset } = batch;
  const isKept: boolean[] = [];
  let keptCount = 0;
  let hasTombstone = false;
  while (cursor.next()) {
    const offset = baseOffset + cursor.offsetDelta;
    const isTombstone = cursor.valueBytes < 0;
    const kept =
      offset > map.latestOffset ||
      (cursor.keyBytes >= 0 &&
        !(isTombstone && isPastHorizon) &&
        offset >= map.get(bytes.subarray(cursor.keyStart, cursor.keyStart + cursor.keyBytes)));
    isKept.push(kept);
    if (!kept) continue;
    keptCount++;
    if (isTombstone) hasTombstone = true;
  }
  return { isKept, keptCount, hasTombstone };
}

/** A marker stays for `delete.retention.ms` after the last data of its transaction went. */
function withHorizon(batch: RecordBatch, isObsolete: boolean, context: FilterContext): Buffer {
  if (!isObsolete || batch.hasDeleteHorizon) return batch.buffer;
  return rebuild(batch, decodeRecords(batch), true, context);
}

function rebuild(
  batch: RecordBatch,
  records: readonly DecodedRecord[],
  needsHorizon: boolean,
  context: FilterContext,
): Buffer {
  const horizonMs = batch.hasDeleteHorizon ? batch.baseTimestamp : context.nowMs + context.deleteRetentionMs;
  return buildBatch(records, {
    ...identity(batch),
    compression: batch.compression,
    ...(needsHorizon || batch.hasDeleteHorizon ? { deleteHorizonMs: horizonMs } : {}),
    ...(batch.timestampType === 'LogAppendTime' ? { maxTimestampMs: batch.maxTimestamp } : {}),
  });
}

/** Keeps offsets and the producer's sequence in the log after all records are gone. */
function emptyBatch(batch: RecordBatch): Buffer {
  return buildBatch([], { ...identity(batch), maxTimestampMs: batch.maxTimestamp });
}

function identity(batch: RecordBatch) {
  return {
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
}
