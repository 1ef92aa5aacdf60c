import { dirname, join } from 'node:path';
import { damageMarkName } from '../files/damage-mark.ts';
import { segmentFileName, type SegmentFileSuffix } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import type { LogSegment } from '../segment/log-segment.ts';

const suffixes: readonly SegmentFileSuffix[] = ['.log', '.index', '.timeindex', '.txnindex', '.snapshot'];

/**
 * Takes segments out of the directory: their files are renamed to `.deleted` at once and removed after
 * `file.delete.delay.ms`, so that reads in flight finish and the slow part happens later.
 */
export async function removeSegments(
  context: LogContext,
  segments: readonly LogSegment[],
  kinds: readonly SegmentFileSuffix[] = suffixes,
): Promise<void> {
  const { disk, timers } = context.host;
  const renamed: string[] = [];
  for (const segment of segments) {
    for (const suffix of kinds) {
      const path = join(context.directory, segmentFileName(segment.baseOffset, suffix));
      if ((await disk.stat(path)) === undefined) continue;
      const deleted = join(context.directory, segmentFileName(segment.baseOffset, suffix, '.deleted'));
      const rename = async (): Promise<void> => {
        await disk.rename(path, deleted);
        if (suffix === '.log') segment.file.renamed(deleted);
      };
      // Kept open meanwhile, so that no reader opens it by the name that goes: that would create it anew.
      await (suffix === '.log' ? segment.file.use(rename) : rename());
      renamed.push(deleted);
    }
  }
  for (const { damage, baseOffset } of segments) {
    if (damage !== undefined) renamed.push(join(context.directory, damageMarkName(baseOffset)));
  }
  const delayMs = context.config()['file.delete.delay.ms'];
  timers.schedule(delayMs, () => void removeFiles(context, segments, renamed), { background: true });
}

async function removeFiles(
  context: LogContext,
  segments: readonly LogSegment[],
  paths: readonly string[],
): Promise<void> {
  for (const segment of segments) await segment.close().catch(() => undefined);
  for (const path of paths) {
    try {
      await context.host.disk.removeFile(path);
    } catch (error) {
      // The next start removes `.deleted` files; a partition that was deleted meanwhile took them along.
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'ENOENT')
        context.logger.warn('A deleted segment file stays', { file: path, directory: dirname(path), error });
    }
  }
}
