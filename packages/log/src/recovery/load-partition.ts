import { join } from 'node:path';
import type { LogDirectory } from '../directory/log-directory.ts';
import { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { CorruptFileError } from '../errors.ts';
import { LEADER_EPOCH_CHECKPOINT, parseLeaderEpochCheckpoint } from '../files/leader-epoch-checkpoint.ts';
import { PARTITION_METADATA, parsePartitionMetadata } from '../files/partition-metadata.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';
import type { LogContext } from '../partition/log-context.ts';
import { PartitionFiles } from '../partition/partition-files.ts';
import { loadDamageMarks } from '../partition/segment-quarantine.ts';
import type { PartitionState } from '../partition/partition-state.ts';
import { ProducerStates } from '../producer/producer-states.ts';
import { LogSegment } from '../segment/log-segment.ts';
import { OffsetOverflow } from '../segment/offset-overflow.ts';
import { SegmentList } from '../segment/segment-list.ts';
import { EpochScan } from './epoch-scan.ts';
import { finishTransitions } from './finish-transitions.ts';
import { loadAborted } from './load-aborted.ts';
import { listPartition, type PartitionListing } from './partition-listing.ts';
import { rebuildProducers } from './rebuild-producers.ts';
import {
  recoverSegments,
  removeSegmentFiles,
  type RecoveredSegments,
  type RecoverOptions,
} from './recover-segments.ts';
import { removeStraySnapshots } from './remove-stray-snapshots.ts';
import { findOverflow, splitSegment } from './split-segment.ts';

export interface LoadOptions {
  readonly directory: LogDirectory;
  /** The process that wrote last stopped in order: nothing has to be scanned. */
  readonly isClean: boolean;
  readonly recoveryPoint: number;
  /** From the checkpoint; 0 where it has none. */
  readonly logStartOffset: number;
  /** From the checkpoint; 0 where it has none. */
  readonly highWatermark: number;
  /** From the cleaner's checkpoint; `undefined` where it has none. */
  readonly cleanedOffset: number | undefined;
  /** Leader epochs that were known before a repair; see `EpochScan`. */
  readonly knownEpochs?: LeaderEpochCache | undefined;
}

export interface LoadedPartition {
  readonly state: PartitionState;
  readonly files: PartitionFiles;
}

/** Opens the log of a partition directory: `LogLoader` in Kafka, with the same steps in the same order. */
export async function loadPartition(context: LogContext, options: LoadOptions): Promise<LoadedPartition> {
  const { listing, stored, epochs, loaded } = await loadSplitSegments(context, options);
  const { segments, logEndOffset, scannedFrom } = loaded;
  if (stored === undefined) await rebuildEpochs(epochs, segments.all, options.knownEpochs);
  const logStartOffset = Math.max(options.logStartOffset, segments.first.baseOffset);
  // With nothing left but what lies below the log start, the entry at the log start speaks for that. Below 0 nothing
  // ever was: an epoch from there on is one whose records a power loss has taken.
  epochs.truncateFromEnd(logStartOffset === 0 ? logEndOffset : Math.max(logEndOffset, logStartOffset + 1));
  epochs.truncateFromStart(logStartOffset);
  const files = new PartitionFiles(context, { isSynced: options.isClean });
  const producers = new ProducerStates();
  const rebuilt = await rebuildProducers(context, producers, segments, {
    snapshotOffsets: listing.snapshotOffsets,
    maxSnapshotOffset: Math.min(scannedFrom ?? logEndOffset, logEndOffset),
    logStartOffset,
    logEndOffset,
  });
  await loadDamageMarks(context, segments, listing.damaged);
  files.noteSnapshot(rebuilt.snapshotOffset, options.isClean);
  await removeStraySnapshots(context, listing.snapshotOffsets, segments, rebuilt.snapshotOffset);
  const aborted = await loadAborted(context, segments, {
    files,
    rebuiltFrom: scannedFrom ?? logEndOffset,
    rebuilt: rebuilt.aborted,
    indexes: listing.transactionIndexes,
  });
  return {
    files,
    state: {
      directory: options.directory,
      topicId: (await readTopicId(context)) ?? '',
      segments,
      producers,
      epochs,
      aborted,
      logStartOffset,
      logEndOffset,
      highWatermark: Math.min(Math.max(options.highWatermark, logStartOffset), logEndOffset),
      recoveryPoint: options.isClean ? logEndOffset : Math.min(options.recoveryPoint, logEndOffset),
      cleanedOffset: options.cleanedOffset,
      rollingAt: undefined,
      truncations: 0,
      isClosed: false,
    },
  };
}

/** Loads the segments, and begins again after each one that had to be split. */
async function loadSplitSegments(context: LogContext, options: LoadOptions) {
  for (;;) {
    const found = await listPartition(context.host.disk, context.directory);
    const listing = await finishTransitions(context, found, options.isClean);
    const stored = await readEpochs(context);
    const epochs = stored ?? new LeaderEpochCache();
    try {
      const loaded = await loadSegments(context, listing, options, epochs);
      return { listing, stored, epochs, loaded };
    } catch (error) {
      if (!(error instanceof OffsetOverflow)) throw error;
      await splitSegment(context, listing, error.baseOffset);
    }
  }
}

interface LoadedSegments {
  readonly segments: SegmentList;
  readonly logEndOffset: number;
  /** Everything from here on was scanned; `undefined` after a clean stop. */
  readonly scannedFrom: number | undefined;
}

async function loadSegments(
  context: LogContext,
  listing: PartitionListing,
  options: LoadOptions,
  epochs: LeaderEpochCache,
): Promise<LoadedSegments> {
  const found = listing.segments.map(
    (segment) => new LogSegment(context, { ...segment, createdMs: segment.modifiedMs }),
  );
  const listed = await removeBelowStart(context, found, options.logStartOffset);
  await findOverflow(listed);
  const recovered = options.isClean
    ? await findEnd(context, listed, { ...options, epochs })
    : await recoverSegments(context, listed, { ...options, epochs });
  const { segments, scanned } = recovered;
  const logEndOffset = scanned?.toOffset ?? 0;
  const isStale = segments.length > 0 && logEndOffset < options.logStartOffset;
  if (isStale) {
    const offsets = { logEndOffset, logStartOffset: options.logStartOffset };
    context.logger.warn('Log ends below its start and is emptied', { log: context.name, ...offsets });
    for (const segment of segments) await removeSegmentFiles(context, segment);
    epochs.clear();
  }
  if (segments.length > 0 && !isStale) {
    const scannedFrom = options.isClean ? undefined : scanned?.fromOffset;
    return { segments: new SegmentList(segments), logEndOffset, scannedFrom };
  }
  const empty = await LogSegment.create(context, options.logStartOffset);
  return { segments: new SegmentList([empty]), logEndOffset: options.logStartOffset, scannedFrom: undefined };
}

/** Finishes deletions: a segment that ends at or below the log start was to go, whatever a crash left of the others. */
async function removeBelowStart(
  context: LogContext,
  segments: readonly LogSegment[],
  logStartOffset: number,
): Promise<LogSegment[]> {
  const first = segments.findLastIndex((segment) => segment.baseOffset <= logStartOffset);
  if (first <= 0) return [...segments];
  for (const segment of segments.slice(0, first)) await removeSegmentFiles(context, segment);
  // The checkpoint forgets a log start that the file names tell, so these must not come back.
  await context.host.disk.syncDirectory(context.directory);
  return segments.slice(first);
}

/** After a clean stop the end is found from the index; a last segment that is damaged all the same is recovered. */
async function findEnd(
  context: LogContext,
  segments: LogSegment[],
  { epochs, cleanedOffset }: Pick<RecoverOptions, 'epochs' | 'cleanedOffset'>,
): Promise<RecoveredSegments> {
  const last = segments.at(-1);
  if (last === undefined) return { segments, scanned: undefined };
  try {
    return { segments, scanned: { fromOffset: last.baseOffset, toOffset: await last.nextOffset() } };
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    context.logger.warn('Last segment is damaged after a clean stop', {
      log: context.name,
      problem: error.message,
    });
    return recoverSegments(context, segments, { recoveryPoint: last.baseOffset, cleanedOffset, epochs });
  }
}

/** `undefined` where the file is damaged: the batches tell the same. */
async function readEpochs(context: LogContext): Promise<LeaderEpochCache | undefined> {
  const path = join(context.directory, LEADER_EPOCH_CHECKPOINT);
  const content = await readOptionalFile(context.host.disk, path);
  try {
    return new LeaderEpochCache(
      content === undefined ? [] : parseLeaderEpochCheckpoint(content.toString(), path),
    );
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    context.logger.warn('Leader epochs are rebuilt from the log', { file: path, problem: error.message });
    return undefined;
  }
}

async function rebuildEpochs(
  epochs: LeaderEpochCache,
  segments: readonly LogSegment[],
  known: LeaderEpochCache | undefined,
): Promise<void> {
  epochs.clear();
  // Whatever comes out, the damaged file has to be replaced.
  epochs.isDirty = true;
  const scan = new EpochScan(epochs, known);
  for (const segment of segments) {
    await segment.scan(0, false, (buffer, at) => {
      scan.visit(buffer, at);
      return true;
    });
  }
  scan.finish();
}

async function readTopicId(context: LogContext): Promise<string | undefined> {
  const path = join(context.directory, PARTITION_METADATA);
  const content = await readOptionalFile(context.host.disk, path);
  // Nothing, or nothing but zeros, is what a power loss leaves of a file that was not flushed yet.
  if (content === undefined || content.every((byte) => byte === 0)) return undefined;
  return parsePartitionMetadata(content.toString(), path);
}
