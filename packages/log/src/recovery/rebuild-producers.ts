import { join } from 'node:path';
import { batchBaseOffset, batchNextOffset } from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';
import { segmentFileName } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import { applyBatch } from '../producer/apply-batch.ts';
import { decodeProducerSnapshot } from '../producer/producer-snapshot.ts';
import type { ProducerStates } from '../producer/producer-states.ts';
import type { SegmentList } from '../segment/segment-list.ts';

export interface RebuildOptions {
  readonly snapshotOffsets: readonly number[];
  readonly logStartOffset: number;
  readonly logEndOffset: number;
}

/**
 * Producer states as of the log end: the newest valid snapshot, and a replay of the batches behind it. Snapshots
 * above the log end and damaged ones are removed.
 * @returns the offset of the snapshot that was used, -1 for none.
 */
export async function rebuildProducers(
  context: LogContext,
  states: ProducerStates,
  segments: SegmentList,
  options: RebuildOptions,
): Promise<number> {
  states.clear(options.logStartOffset);
  const snapshotOffset = await loadNewestSnapshot(context, states, options);
  const from = Math.max(snapshotOffset, options.logStartOffset);
  if (from < options.logEndOffset) await replay(states, segments, from, options.logEndOffset);
  states.mapEndOffset = options.logEndOffset;
  return snapshotOffset;
}

async function loadNewestSnapshot(
  context: LogContext,
  states: ProducerStates,
  options: RebuildOptions,
): Promise<number> {
  const { disk } = context.host;
  for (const offset of options.snapshotOffsets.toReversed()) {
    const path = join(context.directory, segmentFileName(offset, '.snapshot'));
    if (offset > options.logEndOffset) {
      await disk.removeFile(path);
      continue;
    }
    try {
      const content = await readOptionalFile(disk, path);
      if (content === undefined) continue;
      for (const entry of decodeProducerSnapshot(content, path)) states.restore(entry);
      return offset;
    } catch (error) {
      if (!(error instanceof CorruptFileError)) throw error;
      context.logger.warn('Damaged producer snapshot is removed', { file: path, problem: error.message });
      await disk.removeFile(path);
    }
  }
  return -1;
}

async function replay(
  states: ProducerStates,
  segments: SegmentList,
  from: number,
  to: number,
): Promise<void> {
  for (const segment of segments.covering(from, to)) {
    const position = await segment.positionOf(from);
    await segment.scan(position, false, (buffer, at) => {
      if (batchBaseOffset(buffer, at) >= to) return false;
      if (batchNextOffset(buffer, at) > from) applyBatch(states, buffer, at);
      return true;
    });
  }
}
