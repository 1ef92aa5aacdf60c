export { MillraceError, type ErrorEntry } from './errors/millrace-error.ts';

// Record batches and compression.
export {
  LOG_OVERHEAD,
  RECORD_BATCH_OVERHEAD,
  MIN_BATCH_LENGTH,
  MAX_RECORD_OVERHEAD,
  MAGIC_V2,
  MAX_SEQUENCE,
  NO_TIMESTAMP,
  NO_PRODUCER_ID,
  NO_PRODUCER_EPOCH,
  NO_SEQUENCE,
  NO_PARTITION_LEADER_EPOCH,
} from './records/batch-layout.ts';
export {
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
  batchSizeBytes,
  hasBatchDeleteHorizon,
  incrementSequence,
  isBatchControl,
  isBatchCrcValid,
  isBatchLogAppendTime,
  isBatchTransactional,
  setBatchBaseOffset,
  setBatchCrc,
  setBatchLeaderEpoch,
  setBatchMaxTimestamp,
} from './records/batch-fields.ts';
export { RecordBatch, type TimestampType } from './records/record-batch.ts';
export { recordBatches, wholeBatchSizeBytes } from './records/record-batches.ts';
export { RecordBatchBuilder, type RecordBatchBuilderOptions } from './records/record-batch-builder.ts';
export { buildBatch, type BuildBatchOptions } from './records/build-batch.ts';
export type { BatchHeaderOptions } from './records/batch-header.ts';
export {
  decodeRecords,
  decodeRecordsAsync,
  uncompressedRecords,
  type DecodeRecordsOptions,
} from './records/decode-records.ts';
export { LazyRecords } from './records/lazy-records.ts';
export { RecordCursor } from './records/record-cursor.ts';
export type {
  DecodedRecord,
  RecordBytes,
  RecordHeader,
  RecordHeaderInput,
  RecordInput,
} from './records/record.ts';
export {
  ControlRecordType,
  controlBatch,
  controlRecordType,
  endTxnCoordinatorEpoch,
  endTxnMarker,
  type ControlBatchOptions,
  type EndTxnMarker,
} from './records/control-records.ts';
export { crc32c } from './records/crc32c.ts';
export { CompressionType, compressionTypeOf } from './compression/compression-type.ts';
export { compress, compressAsync } from './compression/compress.ts';
export { DEFAULT_MAX_DECOMPRESSED_BYTES, decompress, decompressAsync } from './compression/decompress.ts';
