import { join } from 'node:path';
import { batchBaseOffset, batchNextOffset } from '@millrace/protocol';
import { CorruptFileError } from '../errors.ts';
import { readOptionalFile } from '../files/read-optional-file.ts';
import { removeOptionalFile } from '../files/remove-optional-file.ts';
import { segmentFileName } from '../files/segment-file-name.ts';
import type { LogContext } from '../partition/log-context.ts';
import { applyBatch } from '../producer/apply-batch.ts';
import { decodeProducerSnapshot } from '../producer/producer-snapshot.ts';
import type { ProducerStates } from '../producer/producer-states.ts';
import type { SegmentList } from '../segment/segment-list.ts';
import type { AbortedTransaction } from '../segment/transaction-index.ts';

export interface RebuildOptions {
  readonly snapshotOffsets: readonly number[];
  /** Newer snapshots are removed: what they were made from is scanned again. */
  readonly maxSnapshotOffset: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
}

export interface RebuiltProducers {
  /** Of the snapshot that was used, -1 for none. */
  readonly snapshotOffset: number;
  /** Transactions whose ABORT markers were met behind the snapshot. */
  readonly aborted: readonly AbortedTransaction[];
}

/**
 * Producer states as of the log end: the newest valid snapshot, and a replay of the batches behind it. Damaged
 * snapshots are put aside.
 */
export async function rebuildProducers(
  context: LogContext,
  states: ProducerStates,
  segments: SegmentList,
  options: RebuildOptions,
): Promise<RebuiltProducers> {
  states.clear(options.logStartOffset);
  const snapshotOffset = await loadNewestSnapshot(context, states, options);
  // From the first batch on that is there, not from the log start: live states know what lies below it, too.
  const from = Math.max(snapshotOffset, segments.first.baseOffset);
  const aborted: AbortedTransaction[] = [];
  if (from < options.logEndOffset) {
    await replay(states, segments, { from, to: options.logEndOffset, aborted });
  }
  states.mapEndOffset = options.logEndOffset;
  return { snapshotOffset, aborted };
}

async function loadNewestSnapshot(
  context: LogContext,
  states: ProducerStates,
  options: RebuildOptions,
): Promise<number> {
  const { disk } = context.host;
  for (const offset of options.snapshotOffsets.toReversed()) {
    const path = join(context.directory, segmentFileName(offset, '.snapshot'));
    if (offset > options.maxSnapshotOffset) {
      await removeOptionalFile(disk, path);
      continue;
    }
    try {
      const content = await readOptionalFile(disk, path);
      if (content === undefined) continue;
      for (const entry of decodeProducerSnapshot(content, path)) states.restore(entry);
      return offset;
    } catch (error) {
      if (!(error instanceof CorruptFileError)) throw error;
      context.logger.warn('Damaged producer snapshot is put aside', { file: path, problem: error.message });
      await disk.rename(path, `${path}.damaged`);
    }
  }
  return -1;
}

async function replay(
  states: ProducerStates,
  segments: SegmentList,
  range: { readonly from: number; readonly to: number; readonly aborted: AbortedTransaction[] },
): Promise<void> {
  for (const segment of segments.covering(range.from, range.to)) {
    const position = await segment.positionOf(range.from);
    await segment.scan(position, false, (buffer, at) => {
      if (batchBaseOffset(buffer, at) >= range.to) return false;
      if (batchNextOffset(buffer, at) <= range.from) return true;
      const aborted = applyBatch(states, buffer, at);
      if (aborted !== undefined) range.aborted.push(aborted);
      return true;
    });
  }
}
