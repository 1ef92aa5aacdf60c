/**
 * A durable commit log in Apache Kafka's own file formats.
 *
 * ```ts
 * import { memoryHost } from '@millrace/host';
 * import { LogManager } from '@millrace/log';
 * import { buildBatch, recordBatches } from '@millrace/protocol';
 *
 * const manager = await LogManager.open({ host: memoryHost(), logDirs: ['/data'] });
 * const log = await manager.create({ topic: 'orders', partition: 0, topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' });
 *
 * const batch = buildBatch([{ timestampMs: 1700000000000, key: 'order-1', value: 'created' }]);
 * const { baseOffset } = await log.append(batch, { origin: 'client', leaderEpoch: 0 });
 * log.updateHighWatermark(log.logEndOffset);
 *
 * const read = await log.read({ offset: baseOffset, maxBytes: 1048576, upTo: 'highWatermark' });
 * console.log(recordBatches(Buffer.concat(read.records)).length); // 1
 * await manager.close();
 * ```
 *
 * @packageDocumentation
 */
export { LogManager, type LogManagerIntervals, type LogManagerOptions } from './directory/log-manager.ts';
export type { NewPartition } from './directory/directory-logs.ts';
export type { ExpectedIdentity } from './directory/open-directory.ts';
export { PartitionLog } from './partition/partition-log.ts';
export type { AppendOptions, AppendResult } from './append/append-result.ts';
export { InvalidRecordsError, type RecordError } from './append/invalid-records-error.ts';
export type { ReadBound, ReadOptions, ReadResult } from './read/read-result.ts';
export type { TimestampedOffset } from './read/find-timestamp.ts';
export type { AbortedTransaction } from './segment/transaction-index.ts';
export type { EpochEndOffset, EpochEntry } from './epoch/leader-epoch-cache.ts';

export { logConfig, logProperties, type LogConfig } from './log-config.ts';

export {
  META_PROPERTIES,
  readMetaProperties,
  writeMetaProperties,
  type MetaProperties,
} from './files/meta-properties.ts';

export {
  CorruptFileError,
  DirectoryLockedError,
  ForeignDirectoryError,
  IllegalTopicIdError,
  LogClosedError,
  LogInternalError,
  logErrors,
  PartitionExistsError,
  StorageError,
  UnexpectedOffsetError,
} from './errors.ts';
