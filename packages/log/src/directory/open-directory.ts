import { join } from 'node:path';
import { makeDurableDirectory, type Disk, type DiskLock, type Host, type Logger } from '@millrace/host';
import { CorruptFileError, DirectoryLockedError, ForeignDirectoryError } from '../errors.ts';
import { CLEAN_SHUTDOWN_FILE, parseCleanShutdownFile } from '../files/clean-shutdown-file.ts';
import { META_PROPERTIES, readMetaProperties, type MetaProperties } from '../files/meta-properties.ts';
import {
  offsetCheckpointFiles,
  parseOffsetCheckpoint,
  type OffsetsByPartition,
} from '../files/offset-checkpoint.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';

/** Whose directory this is, as the configuration has it. */
export interface ExpectedIdentity {
  readonly clusterId: string;
  readonly nodeId: number;
}

/** What a log directory says before its partitions are opened. */
export interface OpenedDirectory {
  readonly path: string;
  readonly lock: DiskLock;
  readonly meta: MetaProperties | undefined;
  /** The last process stopped in order. */
  readonly isClean: boolean;
  /** Broker epoch of that stop, -1 where none is known. */
  readonly cleanBrokerEpoch: number;
  readonly recoveryPoints: OffsetsByPartition;
  readonly logStartOffsets: OffsetsByPartition;
  readonly highWatermarks: OffsetsByPartition;
  readonly cleanedOffsets: OffsetsByPartition;
}

/**
 * Takes the lock of a log directory, which exists.
 * @throws DirectoryLockedError; errors of the file system
 */
export async function lockDirectory(disk: Disk, path: string): Promise<DiskLock> {
  const lock = await disk.lock(join(path, '.lock'));
  if (lock === undefined) throw new DirectoryLockedError(path);
  return lock;
}

/**
 * Locks a log directory unless that is done, checks whose it is, remembers and removes the clean-shutdown marker, and
 * reads the checkpoints.
 * @param taken the lock, if the caller holds it
 * @throws DirectoryLockedError, ForeignDirectoryError, CorruptFileError for meta.properties
 */
export async function openDirectory(
  { host, logger }: { readonly host: Host; readonly logger: Logger },
  path: string,
  identity: ExpectedIdentity | undefined,
  taken: DiskLock | undefined,
): Promise<OpenedDirectory> {
  const { disk } = host;
  await makeDurableDirectory(disk, path);
  const lock = taken ?? (await lockDirectory(disk, path));
  try {
    const meta = await readMetaProperties(disk, path);
    if (meta !== undefined && identity !== undefined) checkIdentity(path, meta, identity);
    const marker = await readOptionalFile(disk, join(path, CLEAN_SHUTDOWN_FILE));
    if (marker !== undefined) await disk.removeFile(join(path, CLEAN_SHUTDOWN_FILE));
    const [recoveryPoints, logStartOffsets, highWatermarks, cleanedOffsets] = await Promise.all([
      readCheckpoint(disk, logger, join(path, offsetCheckpointFiles.recoveryPoint)),
      readCheckpoint(disk, logger, join(path, offsetCheckpointFiles.logStartOffset)),
      readCheckpoint(disk, logger, join(path, offsetCheckpointFiles.highWatermark)),
      readCheckpoint(disk, logger, join(path, offsetCheckpointFiles.cleaner)),
    ]);
    return {
      path,
      lock,
      meta,
      isClean: marker !== undefined,
      cleanBrokerEpoch: marker === undefined ? -1 : parseCleanShutdownFile(marker.toString()),
      recoveryPoints,
      logStartOffsets,
      highWatermarks,
      cleanedOffsets,
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function checkIdentity(path: string, meta: MetaProperties, identity: ExpectedIdentity): void {
  const file = join(path, META_PROPERTIES);
  if (meta.clusterId !== identity.clusterId) {
    throw new ForeignDirectoryError(file, 'cluster.id', meta.clusterId, identity.clusterId);
  }
  if (meta.nodeId !== identity.nodeId) {
    throw new ForeignDirectoryError(file, 'node.id', String(meta.nodeId), String(identity.nodeId));
  }
}

/** A damaged checkpoint counts as empty: recovery then scans more, and log starts are found from the segments. */
async function readCheckpoint(disk: Disk, logger: Logger, path: string): Promise<OffsetsByPartition> {
  const content = await readOptionalFile(disk, path);
  if (content === undefined) return new Map();
  try {
    return parseOffsetCheckpoint(content.toString(), path);
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    logger.warn('Damaged checkpoint is ignored', { file: path, problem: error.message });
    return new Map();
  }
}
