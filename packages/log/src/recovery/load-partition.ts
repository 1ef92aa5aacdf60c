import { join } from 'node:path';
import { batchBaseOffset, batchLeaderEpoch } from '@millrace/protocol';
import type { LogDirectory } from '../directory/log-directory.ts';
import { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { CorruptFileError } from '../errors.ts';
import { LEADER_EPOCH_CHECKPOINT, parseLeaderEpochCheckpoint } from '../files/leader-epoch-checkpoint.ts';
import { PARTITION_METADATA, parsePartitionMetadata } from '../files/partition-metadata.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';
import type { LogContext } from '../partition/log-context.ts';
import { PartitionFiles } from '../partition/partition-files.ts';
import type { PartitionState } from '../partition/partition-state.ts';
import { ProducerStates } from '../producer/producer-states.ts';
import { LogSegment } from '../segment/log-segment.ts';
import { SegmentList } from '../segment/segment-list.ts';
import { AbortedTransactions, decodeAbortedTransactions } from '../segment/transaction-index.ts';
import { finishTransitions } from './finish-transitions.ts';
import { listPartition, type PartitionListing } from './partition-listing.ts';
import { rebuildProducers } from './rebuild-producers.ts';
import { recoverSegments, removeSegmentFiles } from './recover-segments.ts';

export interface LoadOptions {
  readonly directory: LogDirectory;
  /** The process that wrote last stopped in order: nothing has to be scanned. */
  readonly isClean: boolean;
  readonly recoveryPoint: number;
  /** From the checkpoint; 0 where it has none. */
  readonly logStartOffset: number;
  /** From the checkpoint; 0 where it has none. */
  readonly highWatermark: number;
  /** For a partition that was written before its topic id could be. */
  readonly topicId?: string;
}

export interface LoadedPartition {
  readonly state: PartitionState;
  readonly files: PartitionFiles;
}

/** Opens the log of a partition directory: `LogLoader` in Kafka, with the same steps in the same order. */
export async function loadPartition(context: LogContext, options: LoadOptions): Promise<LoadedPartition> {
  const { disk } = context.host;
  const listing = await finishTransitions(context, await listPartition(disk, context.directory));
  const stored = await readEpochs(context);
  const epochs = stored ?? new LeaderEpochCache();
  const { segments, logEndOffset } = await loadSegments(context, listing, options, epochs);
  const list = new SegmentList(segments);
  if (stored === undefined) await rebuildEpochs(epochs, segments);
  const logStartOffset = Math.max(options.logStartOffset, list.first.baseOffset);
  epochs.truncateFromEnd(logEndOffset);
  epochs.truncateFromStart(logStartOffset);
  const producers = new ProducerStates();
  const snapshotOffset = await rebuildProducers(context, producers, list, {
    snapshotOffsets: listing.snapshotOffsets,
    logStartOffset,
    logEndOffset,
  });
  const state: PartitionState = {
    directory: options.directory,
    topicId: (await readTopicId(context)) ?? options.topicId ?? '',
    segments: list,
    producers,
    epochs,
    aborted: await readAborted(context, listing, logEndOffset),
    logStartOffset,
    logEndOffset,
    highWatermark: Math.min(Math.max(options.highWatermark, logStartOffset), logEndOffset),
    recoveryPoint: options.isClean ? logEndOffset : Math.min(options.recoveryPoint, logEndOffset),
    truncations: 0,
    isClosed: false,
  };
  const files = new PartitionFiles(context, { isDirectoryNew: false, lastSnapshotOffset: snapshotOffset });
  if (!options.isClean) files.noteEntryChange();
  return { state, files };
}

async function loadSegments(
  context: LogContext,
  listing: PartitionListing,
  options: LoadOptions,
  epochs: LeaderEpochCache,
): Promise<{ segments: LogSegment[]; logEndOffset: number }> {
  let segments = listing.segments.map(
    (listed) => new LogSegment(context, { ...listed, createdMs: listed.modifiedMs }),
  );
  let logEndOffset: number | undefined;
  if (!options.isClean) {
    ({ segments, logEndOffset } = await recoverSegments(context, segments, options.recoveryPoint, epochs));
  }
  logEndOffset ??= segments.length === 0 ? undefined : await endOfLast(context, segments, epochs);
  if (logEndOffset !== undefined && logEndOffset < options.logStartOffset) {
    context.logger.warn('Log ends below its start and is emptied', {
      log: context.name,
      logEndOffset,
      logStartOffset: options.logStartOffset,
    });
    for (const segment of segments) await removeSegmentFiles(context, segment);
    segments = [];
  }
  if (segments.length > 0) return { segments, logEndOffset: logEndOffset! };
  return {
    segments: [await LogSegment.create(context, options.logStartOffset)],
    logEndOffset: options.logStartOffset,
  };
}

/** After a clean stop the end is found from the index; a last segment that is damaged all the same is recovered. */
async function endOfLast(
  context: LogContext,
  segments: LogSegment[],
  epochs: LeaderEpochCache,
): Promise<number> {
  const last = segments.at(-1)!;
  try {
    return await last.nextOffset();
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    context.logger.warn('Last segment is damaged after a clean stop', {
      log: context.name,
      problem: error.message,
    });
    const recovered = await recoverSegments(context, segments, last.baseOffset, epochs);
    return recovered.logEndOffset ?? last.baseOffset;
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

async function rebuildEpochs(epochs: LeaderEpochCache, segments: readonly LogSegment[]): Promise<void> {
  epochs.clear();
  for (const segment of segments) {
    await segment.scan(0, false, (buffer, at) => {
      const epoch = batchLeaderEpoch(buffer, at);
      if (epoch > epochs.latestEpoch) epochs.assign(epoch, batchBaseOffset(buffer, at));
      return true;
    });
  }
}

async function readTopicId(context: LogContext): Promise<string | undefined> {
  const path = join(context.directory, PARTITION_METADATA);
  const content = await readOptionalFile(context.host.disk, path);
  // An empty file is one whose content a power loss took before the first flush.
  if (content === undefined || content.length === 0) return undefined;
  return parsePartitionMetadata(content.toString(), path);
}

async function readAborted(
  context: LogContext,
  listing: PartitionListing,
  logEndOffset: number,
): Promise<AbortedTransactions> {
  const aborted = new AbortedTransactions();
  for (const baseOffset of listing.transactionIndexes) {
    const path = join(context.directory, `${String(baseOffset).padStart(20, '0')}.txnindex`);
    const content = await readOptionalFile(context.host.disk, path);
    if (content === undefined) continue;
    for (const transaction of decodeAbortedTransactions(content, path, baseOffset)) {
      if (transaction.lastOffset < logEndOffset) aborted.add(transaction);
    }
  }
  return aborted;
}
