import { join } from 'node:path';
import { damageMarkName } from '../files/damage-mark.ts';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import { listPartition } from '../recovery/partition-listing.ts';
import { rebuildProducers } from '../recovery/rebuild-producers.ts';
import { removeSegmentFiles } from '../recovery/recover-segments.ts';
import { LogSegment } from '../segment/log-segment.ts';
import type { LogContext } from './log-context.ts';
import type { PartitionFiles } from './partition-files.ts';
import type { PartitionState } from './partition-state.ts';

/**
 * Drops the end of the log from `offset` on, as a follower does where its log diverged from the leader's. Below the
 * first segment nothing is left, and the log starts anew at `offset`.
 *
 * Everything is on the disk before this resolves: an append that follows must not meet files of the old history after
 * a power loss.
 * @returns whether anything was dropped.
 */
export async function truncateLog(
  context: LogContext,
  state: PartitionState,
  files: PartitionFiles,
  offset: number,
): Promise<boolean> {
  state.epochs.truncateFromEnd(offset);
  if (offset >= state.logEndOffset) {
    await files.writeEpochs(state.epochs, true);
    return false;
  }
  state.truncations++;
  const endOffset =
    offset < state.segments.first.baseOffset
      ? await startAnew(context, state, offset)
      : await cutAt(context, state, offset);
  state.logEndOffset = endOffset;
  state.logStartOffset = Math.min(state.logStartOffset, endOffset);
  state.highWatermark = Math.min(state.highWatermark, endOffset);
  state.recoveryPoint = Math.min(state.recoveryPoint, endOffset);
  if (state.cleanedOffset !== undefined) state.cleanedOffset = Math.min(state.cleanedOffset, endOffset);
  await dropAborted(state, files, endOffset);
  await rebuildStates(context, state, files);
  await files.writeEpochs(state.epochs, true);
  files.noteEntryChange();
  await files.sync();
  // The checkpoints may still name offsets that are written anew from here on: not flushed then, and not deleted.
  await context.persistRecoveryPoint();
  await context.persistLogStart();
  return true;
}

/** Drops everything and begins at `offset`, as a follower does whose leader has nothing older (KIP-101). */
export async function restartLog(
  context: LogContext,
  state: PartitionState,
  files: PartitionFiles,
  offset: number,
): Promise<void> {
  state.truncations++;
  state.logEndOffset = await startAnew(context, state, offset);
  state.highWatermark = offset;
  state.recoveryPoint = offset;
  state.cleanedOffset = undefined;
  state.aborted.truncateFromEnd(0);
  await rebuildStates(context, state, files);
  await files.writeEpochs(state.epochs, true);
  files.noteEntryChange();
  await files.sync();
  await context.persistRecoveryPoint();
  await context.persistLogStart();
}

async function startAnew(context: LogContext, state: PartitionState, offset: number): Promise<number> {
  const removed = state.segments.all;
  await removeNewestFirst(context, removed);
  state.segments.replace(removed, [await LogSegment.create(context, offset)]);
  state.logStartOffset = offset;
  state.epochs.clear();
  return offset;
}

async function cutAt(context: LogContext, state: PartitionState, offset: number): Promise<number> {
  const later = state.segments.all.slice(1).filter((segment) => segment.baseOffset > offset);
  state.segments.replace(later, []);
  await removeNewestFirst(context, later);
  const { active } = state.segments;
  const wasDamaged = active.damage !== undefined;
  const endOffset = await active.truncateTo(offset);
  // The damage is gone, and what will be written in its place is not damaged.
  if (wasDamaged && active.damage === undefined) {
    const mark = join(context.directory, damageMarkName(active.baseOffset));
    await removeOptionalFile(context.host.disk, mark);
  }
  return endOffset;
}

/** Each removal is on the disk before the next one begins: what a power loss leaves has no hole. */
async function removeNewestFirst(context: LogContext, segments: readonly LogSegment[]): Promise<void> {
  for (const segment of segments.toReversed()) {
    await removeSegmentFiles(context, segment);
    await context.host.disk.syncDirectory(context.directory);
  }
}

async function dropAborted(state: PartitionState, files: PartitionFiles, offset: number): Promise<void> {
  const before = state.aborted.size;
  state.aborted.truncateFromEnd(offset);
  if (state.aborted.size === before) return;
  const { baseOffset } = state.segments.active;
  await files.replaceAborted(baseOffset, state.aborted.withMarkersIn(baseOffset, Infinity), { sync: true });
}

async function rebuildStates(
  context: LogContext,
  state: PartitionState,
  files: PartitionFiles,
): Promise<void> {
  const { snapshotOffsets } = await listPartition(context.host.disk, context.directory);
  const { snapshotOffset } = await rebuildProducers(context, state.producers, state.segments, {
    snapshotOffsets,
    maxSnapshotOffset: state.logEndOffset,
    logStartOffset: state.logStartOffset,
    logEndOffset: state.logEndOffset,
  });
  files.noteSnapshot(snapshotOffset, true);
  state.producers.onHighWatermark(state.highWatermark);
}
