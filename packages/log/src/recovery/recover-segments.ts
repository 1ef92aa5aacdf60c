import { join } from 'node:path';
import { batchNextOffset } from '@millrace/protocol';
import type { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { damageMarkName } from '../files/damage-mark.ts';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import { segmentFileName, segmentFileSuffixes } from '../files/segment-file-name.ts';
import { isCompacted } from '../log-config.ts';
import type { LogContext } from '../partition/log-context.ts';
import { EpochScan } from './epoch-scan.ts';
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
  /** What was known of epochs before, where that counts more than a last batch that nothing bears out. */
  readonly knownEpochs?: LeaderEpochCache | undefined;
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
  options: RecoverOptions,
): Promise<RecoveredSegments> {
  const { recoveryPoint } = options;
  const first = segments.findIndex(
    (_, index) => (segments[index + 1]?.baseOffset ?? Infinity) > recoveryPoint,
  );
  if (first === -1) return { segments: [...segments], scanned: undefined };
  const epochScan = new EpochScan(options.epochs, options.knownEpochs);
  const scan = { ...options, first, epochScan };
  const { count, toOffset } = await scanSegments(context, segments, scan);
  epochScan.finish();
  return {
    segments: segments.slice(0, count),
    scanned: { fromOffset: segments[first]!.baseOffset, toOffset },
  };
}

/** @returns how many of the segments are left, and where the log ends. */
async function scanSegments(
  context: LogContext,
  segments: readonly LogSegment[],
  scan: RecoverOptions & { readonly first: number; readonly epochScan: EpochScan },
): Promise<{ count: number; toOffset: number }> {
  const { first, cleanedOffset = 0, epochScan } = scan;
  const isContiguous = scan.cleanedOffset === undefined && !isCompacted(context.config());
  let toOffset = segments[first]!.baseOffset;
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index]!;
    const isGap = index > first && segment.baseOffset > toOffset;
    if (isGap && segment.baseOffset > cleanedOffset) {
      const problem = `it begins at ${segment.baseOffset}, but the segment before it ends at ${toOffset}`;
      await cut(context, segments.slice(index), { file: segment.file.path, position: 0, problem });
      return { count: index, toOffset };
    }
    toOffset = Math.max(toOffset, segment.baseOffset);
    const order = { isContiguous, endOffset: segments[index + 1]?.baseOffset ?? Infinity };
    const damage = await segment.recover(order, (buffer, at) => {
      toOffset = batchNextOffset(buffer, at);
      epochScan.visit(buffer, at);
    });
    if (damage !== undefined) {
      await cut(context, segments.slice(index + 1), { file: segment.file.path, ...damage });
      return { count: index + 1, toOffset };
    }
  }
  return { count: segments.length, toOffset };
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
  if (segment.damage !== undefined)
    await removeOptionalFile(context.host.disk, join(context.directory, damageMarkName(segment.baseOffset)));
}
