import { join } from 'node:path';
import { batchBaseOffset, batchLeaderEpoch, batchNextOffset } from '@millrace/protocol';
import type { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import { segmentFileName, segmentFileSuffixes } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { LogSegment } from '../segment/log-segment.ts';

export interface RecoveredSegments {
  /** What is left, in offset order; may be empty. */
  readonly segments: LogSegment[];
  /** The log end, and where the scan began; `undefined` where nothing was scanned. */
  readonly scanned: { readonly fromOffset: number; readonly toOffset: number } | undefined;
}

export interface RecoverOptions {
  readonly recoveryPoint: number;
  /** Below it compaction may have left gaps between segments. */
  readonly cleanedOffset: number | undefined;
  /** Takes note of the epochs of what is scanned. */
  readonly epochs: LeaderEpochCache;
}

/**
 * Scans every segment that may hold something at or above the recovery point, rebuilds its indexes and takes note of
 * leader epochs. At the first damaged batch the log is cut there and every later segment goes: after a power loss
 * later pages may be on the disk while earlier ones are not. A segment that ends before the next one begins has lost
 * its end in the same way; compaction, which also leaves such gaps, only touches what is below the recovery point.
 */
export async function recoverSegments(
  context: LogContext,
  segments: readonly LogSegment[],
  { recoveryPoint, cleanedOffset = 0, epochs }: RecoverOptions,
): Promise<RecoveredSegments> {
  const first = segments.findIndex(
    (_, index) => (segments[index + 1]?.baseOffset ?? Infinity) > recoveryPoint,
  );
  if (first === -1) return { segments: [...segments], scanned: undefined };
  const fromOffset = segments[first]!.baseOffset;
  let toOffset = fromOffset;
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index]!;
    const isGap = index > first && segment.baseOffset > toOffset;
    if (isGap && segment.baseOffset > cleanedOffset) {
      const problem = `it begins at ${segment.baseOffset}, but the segment before it ends at ${toOffset}`;
      await cut(context, segments.slice(index), { file: segment.file.path, position: 0, problem });
      return { segments: segments.slice(0, index), scanned: { fromOffset, toOffset } };
    }
    toOffset = Math.max(toOffset, segment.baseOffset);
    const damage = await segment.recover((buffer, at) => {
      toOffset = batchNextOffset(buffer, at);
      const epoch = batchLeaderEpoch(buffer, at);
      if (epoch > epochs.latestEpoch) epochs.assign(epoch, batchBaseOffset(buffer, at));
    });
    if (damage !== undefined) {
      await cut(context, segments.slice(index + 1), { file: segment.file.path, ...damage });
      return { segments: segments.slice(0, index + 1), scanned: { fromOffset, toOffset } };
    }
  }
  return { segments: [...segments], scanned: { fromOffset, toOffset } };
}

interface Cut {
  readonly file: string;
  readonly position: number;
  readonly problem: string;
  readonly lostBytes?: number;
}

async function cut(context: LogContext, later: readonly LogSegment[], damage: Cut): Promise<void> {
  const lostBytes = later.reduce((sum, segment) => sum + segment.sizeBytes, damage.lostBytes ?? 0);
  context.logger.warn('Log is cut at the first damage', { log: context.name, ...damage, lostBytes });
  for (const segment of later) await removeSegmentFiles(context, segment);
}

export async function removeSegmentFiles(context: LogContext, segment: LogSegment): Promise<void> {
  await segment.close();
  for (const suffix of segmentFileSuffixes) {
    const path = join(context.directory, segmentFileName(segment.baseOffset, suffix));
    await removeOptionalFile(context.host.disk, path);
  }
}
