import { join } from 'node:path';
import { replaceFile } from '@millrace/host';
import { batchNextOffset } from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import {
  damageMarkName,
  formatDamageMark,
  parseDamageMark,
  type SegmentDamageMark,
} from '../files/damage-mark.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import type { LogSegment } from '../segment/log-segment.ts';
import type { SegmentList } from '../segment/segment-list.ts';
import type { LogContext } from './log-context.ts';

/** A range of offsets that readers are kept from, since the file that holds them is damaged. */
export interface LogDamage extends SegmentDamageMark {
  readonly file: string;
  /** Offsets from here on are readable again; `undefined` at the end of the log. */
  readonly toOffset: number | undefined;
}

/**
 * Keeps readers from the rest of a segment in which damage was found, in this life and the next ones: what lies before
 * it and later segments are served, the damage never is. `millrace log repair` ends that.
 */
export async function quarantineSegment(
  context: LogContext,
  segment: LogSegment,
  error: CorruptFileError,
  fromPosition: number,
): Promise<SegmentDamageMark> {
  if (segment.damage !== undefined) return segment.damage;
  const { position, problem } = error;
  const fromOffset = await offsetAt(segment, fromPosition, position);
  // Another reader may have met it meanwhile.
  if (segment.damage !== undefined) return segment.damage;
  const mark = { position, fromOffset, problem };
  segment.damage = mark;
  context.logger.error('Segment is damaged; the rest of it is not served until it is repaired', {
    log: context.name,
    file: segment.file.path,
    ...mark,
  });
  try {
    const path = join(context.directory, damageMarkName(segment.baseOffset));
    await replaceFile(context.host.disk, path, formatDamageMark(mark));
  } catch (cause) {
    // The next life finds the damage again; a mark that cannot be written is no reason to refuse good reads.
    context.logger.warn('The damage could not be marked', { log: context.name, error: cause });
  }
  return mark;
}

/** The error that readers of a quarantined range get. */
export function damageError(segment: LogSegment, { position, problem }: SegmentDamageMark): CorruptFileError {
  return new CorruptFileError(segment.file.path, position, problem);
}

/** Takes up what earlier lives have marked; a mark behind the end of its file is done with. */
export async function loadDamageMarks(
  context: LogContext,
  segments: SegmentList,
  marks: readonly number[],
): Promise<void> {
  for (const baseOffset of marks) {
    const path = join(context.directory, damageMarkName(baseOffset));
    const segment = segments.all.find((each) => each.baseOffset === baseOffset);
    const mark = await readMark(context, path);
    if (segment !== undefined && mark !== undefined && mark.position < segment.sizeBytes) {
      segment.damage = mark;
      context.logger.error('Segment is damaged; the rest of it is not served until it is repaired', {
        log: context.name,
        file: segment.file.path,
        ...mark,
      });
    } else await removeOptionalFile(context.host.disk, path);
  }
}

/** A mark that cannot be read says nothing: the damage will be found again. */
async function readMark(context: LogContext, path: string): Promise<SegmentDamageMark | undefined> {
  const content = await readOptionalFile(context.host.disk, path);
  try {
    return content === undefined ? undefined : parseDamageMark(content.toString(), path);
  } catch (error) {
    if (error instanceof CorruptFileError) return undefined;
    throw error;
  }
}

/** The offset behind the last whole batch before a position, told by headers. */
async function offsetAt(segment: LogSegment, fromPosition: number, position: number): Promise<number> {
  let next = segment.baseOffset;
  await segment.scan(Math.min(fromPosition, position), false, (buffer, at, found) => {
    if (found >= position) return false;
    next = Math.max(next, batchNextOffset(buffer, at));
    return true;
  });
  return next;
}
