import type { Host } from '@millrace/host';
import { LogManager, StorageError } from '@millrace/log';
import type { BrokerConfig } from '../config/broker-config.ts';
import { isCordoned } from '../config/cordoned-directories.ts';
import { topicLogConfig } from '../config/topic-config.ts';
import { DataDirectoryError } from '../errors.ts';
import type { BrokerLoggers } from '../logging/broker-loggers.ts';
import type { DirectoryAssignments } from '../partitions/directory-assignments.ts';
import type { DataDirectories } from './data-directories.ts';
import type { DirectoryFailures } from './directory-failures.ts';

/** Opens the logs in the directories of a node. */
export function openLogs(parts: {
  readonly host: Host;
  readonly loggers: BrokerLoggers;
  readonly config: BrokerConfig;
  readonly nodeId: number;
  readonly directories: DataDirectories;
  readonly failures: DirectoryFailures;
  /** Noted at a clean stop. */
  readonly brokerEpoch: () => number;
  /** Who tells the controller in which directories replicas are; `undefined` as long as nobody does. */
  readonly assignments: () => DirectoryAssignments | undefined;
}): Promise<LogManager> {
  const { host, loggers, config, directories, failures, nodeId, brokerEpoch, assignments } = parts;
  const { values } = config;
  return LogManager.open({
    host,
    logger: loggers.of('kafka.log'),
    ...directoryOptions(directories),
    unusable: new Map(Array.from(directories.unusable, ([path, { cause }]) => [path, cause])),
    defaults: topicLogConfig(new Map(), config),
    locks: directories.locks,
    identity: { clusterId: directories.clusterId, nodeId },
    brokerEpoch,
    isCordoned: (path) => isCordoned(config.values, path),
    onDirectoryFailure: ({ directory, cause }) => failures.add(directory, cause),
    beforeSwitch: async ({ topicId, partition: index }, directoryId, signal) => {
      if (directoryId !== undefined) await assignments()?.move({ topicId, index, directoryId }, signal);
    },
    onMoveEnded: ({ topicId, partition }) => assignments()?.moved(topicId, partition),
    recoveryThreads: values['num.recovery.threads.per.data.dir'],
    tailCacheBytes: values['log.tail.cache.bytes'],
    producerExpirationMs: values['producer.id.expiration.ms'],
    moveMaxBytesPerSec: values['replica.alter.log.dirs.io.max.bytes.per.second'],
    intervals: {
      initialDelayMs: values['log.initial.task.delay.ms'],
      retentionCheckMs: values['log.retention.check.interval.ms'],
      recoveryPointCheckpointMs: values['log.flush.offset.checkpoint.interval.ms'],
    },
  });
}

function directoryOptions({ paths, metadataPath }: DataDirectories) {
  if (metadataPath === undefined) return { logDirs: paths };
  return { logDirs: paths.filter((path) => path !== metadataPath), metadataDir: metadataPath };
}

/** The disk may refuse it after it was looked at first. @throws StorageError */
export async function requireMetadataDirectory(logs: LogManager): Promise<void> {
  const failure = logs.metadataDirectory?.failure;
  if (failure === undefined) return;
  await logs.close();
  throw failure;
}

/** @throws the error; a disk that fails as one line about the directory and what to do */
export function throwStartError(error: unknown): never {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof StorageError) throw DataDirectoryError.fromDisk(cause.directory, cause.cause);
  }
  throw error;
}
