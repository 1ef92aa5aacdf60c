import { join } from 'node:path';
import { batchBaseOffset, batchLeaderEpoch, batchNextOffset } from '@millrace/protocol';
import type { LeaderEpochCache } from '../epoch/leader-epoch-cache.ts';
import { segmentFileName, segmentFileSuffixes } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { LogSegment } from '../segment/log-segment.ts';

export interface RecoveredSegments {
  /** What is left, in offset order; may be empty. */
  readonly segments: LogSegment[];
  /** `undefined` where the last segment was not scanned. */
  readonly logEndOffset: number | undefined;
}

/**
 * Scans every segment that may hold something at or above the recovery point, rebuilds its indexes and takes note of
 * leader epochs. At the first damaged batch the log is cut there and every later segment goes: after a power loss
 * later pages may be on the disk while earlier ones are not.
 */
export async function recoverSegments(
  context: LogContext,
  segments: readonly LogSegment[],
  recoveryPoint: number,
  epochs: LeaderEpochCache,
): Promise<RecoveredSegments> {
  let logEndOffset: number | undefined;
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index]!;
    const next = segments[index + 1];
    if (next !== undefined && next.baseOffset <= recoveryPoint) continue;
    logEndOffset = segment.baseOffset;
    const damage = await segment.recover((buffer, at) => {
      logEndOffset = batchNextOffset(buffer, at);
      const epoch = batchLeaderEpoch(buffer, at);
      if (epoch > epochs.latestEpoch) epochs.assign(epoch, batchBaseOffset(buffer, at));
    });
    if (damage === undefined) continue;
    const later = segments.slice(index + 1);
    context.logger.warn('Log is cut at the first damaged batch', {
      log: context.name,
      file: segment.file.path,
      position: damage.position,
      problem: damage.problem,
      lostBytes: damage.lostBytes + later.reduce((sum, each) => sum + each.sizeBytes, 0),
    });
    for (const each of later) await removeSegmentFiles(context, each);
    return { segments: segments.slice(0, index + 1), logEndOffset };
  }
  return { segments: [...segments], logEndOffset };
}

export async function removeSegmentFiles(context: LogContext, segment: LogSegment): Promise<void> {
  await segment.close();
  for (const suffix of segmentFileSuffixes) {
    const path = join(context.directory, segmentFileName(segment.baseOffset, suffix));
    if ((await context.host.disk.stat(path)) !== undefined) await context.host.disk.removeFile(path);
  }
}
