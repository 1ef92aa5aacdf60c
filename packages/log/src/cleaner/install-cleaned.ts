import { join } from 'node:path';
import { segmentFileName, type TransitionSuffix } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { PartitionState } from '../partition/partition-state.ts';
import { removeSegments } from '../retention/remove-segments.ts';
import { LogSegment } from '../segment/log-segment.ts';
import type { CleanedSegmentWriter } from './cleaned-segment-writer.ts';

/**
 * Puts a cleaned segment where its sources are. A power loss between any two steps leaves the old or the new content:
 *
 * 1. `.cleaned` -> `.swap`, on the disk before anything else: from here on recovery completes the replacement.
 * 2. The sources are renamed to `.deleted`, on the disk before 3: were they back after it, they would be there twice.
 * 3. `.swap` -> final name.
 *
 * Readers that hold a source go on with its open file. Runs within the tasks of the log.
 */
export async function installCleaned(
  context: LogContext,
  state: PartitionState,
  sources: readonly LogSegment[],
  cleaned: CleanedSegmentWriter,
): Promise<void> {
  const { disk, clock } = context.host;
  await renameCleaned(context, cleaned, '.cleaned', '.swap');
  await disk.syncDirectory(context.directory);

  const segment = new LogSegment(context, {
    baseOffset: cleaned.baseOffset,
    sizeBytes: cleaned.index.sizeBytes,
    modifiedMs: sources.at(-1)!.modifiedMs,
    createdMs: clock.nowMs(),
  });
  segment.adoptIndex(cleaned.index);
  const swapPath = join(context.directory, segmentFileName(cleaned.baseOffset, '.log', '.swap'));
  segment.file.renamed(swapPath);
  const endOffset = nextBase(state, sources);
  state.segments.replace(sources, [segment]);
  state.aborted.replaceRange(cleaned.baseOffset, endOffset, cleaned.aborted);
  await removeSegments(context, sources, ['.log', '.index', '.timeindex', '.txnindex']);
  await disk.syncDirectory(context.directory);

  // The file stays open while it is renamed, so that no reader opens it by a name that is gone.
  await segment.file.use(async () => {
    await renameCleaned(context, cleaned, '.swap', '');
    segment.file.renamed(join(context.directory, segmentFileName(cleaned.baseOffset, '.log')));
  });
  await removeSnapshots(context, sources.slice(1));
  await disk.syncDirectory(context.directory);
}

function nextBase(state: PartitionState, sources: readonly LogSegment[]): number {
  const all = state.segments.all;
  return all[all.indexOf(sources.at(-1)!) + 1]!.baseOffset;
}

/** The log file last: without it the others mean nothing. */
export async function renameCleaned(
  context: LogContext,
  cleaned: CleanedSegmentWriter,
  from: TransitionSuffix,
  to: TransitionSuffix | '',
): Promise<void> {
  for (const suffix of cleaned.suffixes.toReversed()) {
    const source = join(context.directory, segmentFileName(cleaned.baseOffset, suffix, from));
    const target = join(context.directory, segmentFileName(cleaned.baseOffset, suffix, to));
    await context.host.disk.rename(source, target);
  }
}

/** Snapshots belong to the beginnings of segments; those in the middle of the new one help nobody. */
async function removeSnapshots(context: LogContext, segments: readonly LogSegment[]): Promise<void> {
  for (const { baseOffset } of segments) {
    const path = join(context.directory, segmentFileName(baseOffset, '.snapshot'));
    if ((await context.host.disk.stat(path)) !== undefined) await context.host.disk.removeFile(path);
  }
}
