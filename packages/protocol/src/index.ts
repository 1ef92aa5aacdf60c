/**
 * Apache Kafka's wire protocol: messages, frames, errors and record batches. No I/O.
 *
 * Messages are modules of their own, so that a program loads only those it uses.
 *
 * ```ts
 * import { encodeRequest, readRequestHeader, WireReader } from '@millrace/protocol';
 * import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions';
 *
 * const chunks = encodeRequest({
 *   codec: ApiVersionsRequest,
 *   version: 3,
 *   correlationId: 1,
 *   clientId: 'c',
 *   message: { clientSoftwareName: 'millrace', clientSoftwareVersion: '0.1.0' },
 * });
 *
 * const reader = new WireReader(Buffer.concat(chunks), 4);
 * const header = readRequestHeader(reader);
 * const request = ApiVersionsRequest.read(reader, header.apiVersion);
 * console.log(header.correlationId, request.clientSoftwareName); // 1 millrace
 * ```
 *
 * @packageDocumentation
 */

export { MillraceError, type ErrorEntry } from './errors/millrace-error.ts';
export {
  isRetriableErrorCode,
  KafkaError,
  kafkaErrorName,
  type KafkaErrorName,
} from './errors/kafka-error.ts';
export {
  DecodeError,
  type DecodePlace,
  EncodeError,
  protocolErrors,
  UnsupportedVersionError,
} from './errors.ts';
export { ErrorCode } from './generated/error-table.ts';

export { ApiKey, apiDescriptions } from './generated/api-table.ts';
export type { ApiDescription } from './wire/api-description.ts';
export { apiDescription, requestHeaderVersion, responseHeaderVersion } from './frame/header-version.ts';

export { WireReader } from './wire/wire-reader.ts';
export { WireWriter } from './wire/wire-writer.ts';
export { LONG_MAX, MAX_LIST_ELEMENTS, MAX_STRING_BYTES, NEVER_FLEXIBLE } from './wire/limits.ts';
export type { AnyMessageCodec, MessageCodec } from './wire/message-codec.ts';
export type { UnknownTaggedField } from './wire/tagged-field.ts';
export { AclOperation, AclPatternType, AclPermissionType, AclResourceType } from './wire/acl-codes.ts';
export { isUuid, ZERO_UUID } from './wire/uuid.ts';

export {
  encodeRequest,
  encodeResponse,
  type OutgoingRequest,
  type OutgoingResponse,
} from './frame/encode-frame.ts';
export { FrameReader } from './frame/frame-reader.ts';
export {
  readRequestHeader,
  readResponseHeader,
  type RequestHeader,
  type ResponseHeader,
} from './frame/read-header.ts';

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
export type { BatchMemory } from './records/record-writer.ts';
export { buildBatch, type BuildBatchOptions } from './records/build-batch.ts';
export { compactBatch, type CompactBatchOptions } from './records/compact-batch.ts';
export type { BatchHeaderOptions } from './records/batch-header.ts';
export {
  decodeRecords,
  decodeRecordsAsync,
  uncompressedRecords,
  type DecodeRecordsOptions,
} from './records/decode-records.ts';
export { LazyRecords } from './records/lazy-records.ts';
export { sliceBytes } from './records/slice-bytes.ts';
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
  controlBatchOf,
  controlRecordType,
  endTxnCoordinatorEpoch,
  endTxnMarker,
  type ControlBatchOptions,
  type EndTxnMarker,
} from './records/control-records.ts';
export { crc32c } from './records/crc32c.ts';
export { CompressionType, compressionTypeOf } from './compression/compression-type.ts';
export { compress, compressAsync } from './compression/compress.ts';
export { DEFAULT_MAX_DECOMPRESSED_BYTES } from './compression/compression-limits.ts';
export { decompress, decompressAsync } from './compression/decompress.ts';
