import { join } from 'node:path';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import { segmentFileName } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { SegmentList } from '../segment/segment-list.ts';

/** Removes snapshots that no segment begins at, except the one in use when it is newer than the active segment. */
export async function removeStraySnapshots(
  context: LogContext,
  snapshotOffsets: readonly number[],
  segments: SegmentList,
  usedOffset: number,
): Promise<void> {
  const bases = new Set(segments.all.map((segment) => segment.baseOffset));
  for (const offset of snapshotOffsets) {
    if (bases.has(offset) || (offset === usedOffset && offset >= segments.active.baseOffset)) continue;
    const path = join(context.directory, segmentFileName(offset, '.snapshot'));
    await removeOptionalFile(context.host.disk, path);
  }
}
