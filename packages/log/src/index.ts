/**
 * A durable commit log in Apache Kafka's own file formats.
 *
 * ```ts
 * import { CommitLog } from '@millrace/log';
 *
 * await using log = await CommitLog.open('./data', { config: { 'flush.messages': 1 } });
 * await log.append({ key: 'order-1', value: 'created' });
 * for await (const record of log.read()) console.log(record.offset, String(record.value)); // 0 created
 * ```
 *
 * @packageDocumentation
 */
export {
  CommitLog,
  type CommitLogOptions,
  type CommitLogReadOptions,
  type CommitLogRecord,
} from './standalone/commit-log.ts';

export {
  LogManager,
  type LogDirectoryState,
  type LogManagerIntervals,
  type LogManagerOptions,
} from './directory/log-manager.ts';
export type { NewPartitionPlace } from './directory/new-partitions.ts';
export type { PartitionMove } from './directory/partition-moves.ts';
export type { NewPartition } from './directory/directory-logs.ts';
export { lockDirectory, type ExpectedIdentity } from './directory/open-directory.ts';
export type { LogDamage } from './partition/segment-quarantine.ts';
export { PartitionLog } from './partition/partition-log.ts';
export type { CleanOptions, CleanResult } from './cleaner/clean-log.ts';
export type { CleanableRange } from './cleaner/cleanable-range.ts';
export type { ProducerView } from './producer/producer-entry.ts';
export type { AppendOptions, AppendResult } from './append/append-result.ts';
export { InvalidRecordsError, type RecordError } from './append/invalid-records-error.ts';
export type { ReadBound, ReadOptions, ReadResult } from './read/read-result.ts';
export type { TimestampedOffset } from './read/find-timestamp.ts';
export type { AbortedTransaction } from './segment/transaction-index.ts';
export type { EpochEndOffset, EpochEntry } from './epoch/leader-epoch-cache.ts';

export { logConfig, logProperties, type LogConfig } from './log-config.ts';

export {
  META_PROPERTIES,
  formatMetaProperties,
  parseMetaProperties,
  readMetaProperties,
  writeMetaProperties,
  type MetaProperties,
} from './files/meta-properties.ts';
export { CLEAN_SHUTDOWN_FILE, parseCleanShutdownFile } from './files/clean-shutdown-file.ts';
export {
  parsePartitionDirectoryName,
  type PartitionDirectoryName,
} from './files/partition-directory-name.ts';

export {
  CorruptFileError,
  DirectoryLockedError,
  DuplicatePartitionError,
  ForeignDirectoryError,
  IllegalTopicIdError,
  LogClosedError,
  LogInternalError,
  logErrors,
  NoLogDirectoryError,
  PartitionExistsError,
  StorageError,
  UnexpectedOffsetError,
} from './errors.ts';
