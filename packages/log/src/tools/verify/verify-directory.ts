import { join } from 'node:path';
import type { Host } from '@millrace/host';
import { CorruptFileError } from '../../errors.ts';
import { CLEAN_SHUTDOWN_FILE } from '../../files/clean-shutdown-file.ts';
import { META_PROPERTIES, parseMetaProperties } from '../../files/meta-properties.ts';
import {
  offsetCheckpointFiles,
  parseOffsetCheckpoint,
  type OffsetsByPartition,
} from '../../files/offset-checkpoint.ts';
import { readOptionalFile } from '../../files/read-optional-file.ts';
import { listLogDirectory, type ListedPartition, type LogDirectoryListing } from '../list-log-directory.ts';
import { checkCheckpoints, type Checkpoints } from './checkpoint-checks.ts';
import { Findings } from './findings.ts';
import type { PartitionFacts } from './partition-facts.ts';
import { verifyPartition } from './verify-partition.ts';
import type { VerifyProgress, VerifyReport } from './verify-report.ts';
import { verifySnapshotFile } from './verify-snapshot-file.ts';

export interface VerifyOptions {
  /** Reads every record, too, not the batches alone. Default true. */
  readonly deep?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/**
 * Checks every invariant of a log directory, or of one partition directory in it: names, batches and their records,
 * indexes, producer snapshots, leader epochs, checkpoints, identity. Nothing is written.
 * @throws errors of the disk for `path` itself, such as ENOENT; what is wrong inside is in the report
 */
export async function verifyDirectory(
  host: Pick<Host, 'disk'>,
  path: string,
  options: VerifyOptions = {},
): Promise<VerifyReport> {
  const { disk } = host;
  const listing = await listLogDirectory(disk, path);
  const findings = new Findings();
  for (const { name, problem } of listing.strangers)
    findings.notice('directory-name', join(listing.path, name), 0, problem);
  const isClean = await readIdentity(host, listing, findings);
  const checkpoints = await readCheckpoints(host, listing, findings);
  const facts: PartitionFacts[] = [];
  const progress = new Progress(listing, options.onProgress);
  for (const partition of listing.partitions) {
    options.signal?.throwIfAborted();
    progress.begin(partition.name);
    const found = await tryPartition({ host, partition, checkpoints, isClean, findings, progress, options });
    if (found !== undefined) facts.push(found);
  }
  if (listing.isWhole) checkCheckpoints(listing.path, { checkpoints, facts, isClean }, findings);
  checkTopicIds(listing, facts, findings);
  return report(path, { isClean, facts, findings });
}

interface PartitionTask {
  readonly host: Pick<Host, 'disk'>;
  readonly partition: ListedPartition;
  readonly checkpoints: Checkpoints;
  readonly isClean: boolean;
  readonly findings: Findings;
  readonly progress: Progress;
  readonly options: VerifyOptions;
}

/** A file that the disk does not give ends the partition, not the verification. */
async function tryPartition(task: PartitionTask): Promise<PartitionFacts | undefined> {
  const { host, partition, checkpoints, isClean, findings, progress, options } = task;
  const { name, topic, path } = partition;
  try {
    return await verifyPartition({
      host,
      path,
      name,
      topic,
      isClean,
      findings,
      deep: options.deep ?? true,
      signal: options.signal,
      onBytes: (bytes) => progress.add(bytes),
      checkpoints: {
        recoveryPoint: checkpoints.recoveryPoint?.get(name),
        logStartOffset: checkpoints.logStartOffset?.get(name),
        highWatermark: checkpoints.highWatermark?.get(name),
        cleanedOffset: checkpoints.cleaner?.get(name),
      },
    });
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    const file = (error as NodeJS.ErrnoException).path ?? path;
    findings.error('unreadable-file', file, 0, (error as Error).message);
    return undefined;
  }
}

/** @returns whether the last process stopped in order. */
async function readIdentity(
  { disk }: Pick<Host, 'disk'>,
  { path, isWhole }: LogDirectoryListing,
  findings: Findings,
): Promise<boolean> {
  const marker = await readOptionalFile(disk, join(path, CLEAN_SHUTDOWN_FILE));
  if (!isWhole) return marker !== undefined;
  const file = join(path, META_PROPERTIES);
  const content = await readOptionalFile(disk, file);
  try {
    if (content === undefined) findings.notice('directory-identity', file, 0, 'it is not there');
    else parseMetaProperties(content.toString(), file);
  } catch (error) {
    const problem = error instanceof CorruptFileError ? error.problem : String(error);
    findings.error('directory-identity', file, 0, problem);
  }
  const bootstrap = join(path, 'bootstrap.checkpoint');
  if ((await disk.stat(bootstrap)) !== undefined) await verifySnapshotFile(disk, bootstrap, findings);
  return marker !== undefined;
}

async function readCheckpoints(
  { disk }: Pick<Host, 'disk'>,
  { path }: LogDirectoryListing,
  findings: Findings,
): Promise<Checkpoints> {
  const read = async (name: string): Promise<OffsetsByPartition | undefined> => {
    const file = join(path, name);
    const content = await readOptionalFile(disk, file);
    if (content === undefined) return undefined;
    try {
      return parseOffsetCheckpoint(content.toString(), file);
    } catch (error) {
      if (!(error instanceof CorruptFileError)) throw error;
      findings.error('checkpoint', file, error.position, error.problem);
      return undefined;
    }
  };
  return {
    recoveryPoint: await read(offsetCheckpointFiles.recoveryPoint),
    logStartOffset: await read(offsetCheckpointFiles.logStartOffset),
    highWatermark: await read(offsetCheckpointFiles.highWatermark),
    cleaner: await read(offsetCheckpointFiles.cleaner),
  };
}

/** The partitions of a topic have the same id. */
function checkTopicIds(
  { path }: LogDirectoryListing,
  facts: readonly PartitionFacts[],
  findings: Findings,
): void {
  const ids = new Map<string, PartitionFacts>();
  for (const partition of facts) {
    if (partition.topicId === undefined) continue;
    const first = ids.get(partition.topic);
    if (first === undefined) ids.set(partition.topic, partition);
    else if (first.topicId !== partition.topicId) {
      const problem = `topic id ${partition.topicId} is not ${first.topicId}, which ${first.name} has`;
      findings.error('partition-metadata', join(path, partition.name, 'partition.metadata'), 0, problem);
    }
  }
}

function report(
  directory: string,
  found: { isClean: boolean; facts: readonly PartitionFacts[]; findings: Findings },
): VerifyReport {
  const findings = found.findings.all();
  const sum = (field: 'segments' | 'batches' | 'records' | 'bytes'): number =>
    found.facts.reduce((total, partition) => total + partition[field], 0);
  return {
    directory,
    isValid: findings.every(({ severity }) => severity !== 'error'),
    isClean: found.isClean,
    partitions: found.facts.length,
    segments: sum('segments'),
    batches: sum('batches'),
    records: sum('records'),
    bytes: sum('bytes'),
    findings,
  };
}

class Progress {
  readonly #totalBytes: number;
  readonly #onProgress: ((progress: VerifyProgress) => void) | undefined;
  #partition = '';
  #doneBytes = 0;

  constructor(listing: LogDirectoryListing, onProgress: ((progress: VerifyProgress) => void) | undefined) {
    this.#totalBytes = listing.partitions.reduce((sum, { logBytes }) => sum + logBytes, 0);
    this.#onProgress = onProgress;
  }

  begin(partition: string): void {
    this.#partition = partition;
    this.add(0);
  }

  add(bytes: number): void {
    this.#doneBytes += bytes;
    this.#onProgress?.({
      partition: this.#partition,
      doneBytes: this.#doneBytes,
      totalBytes: this.#totalBytes,
    });
  }
}
